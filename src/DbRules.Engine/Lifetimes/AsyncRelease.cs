using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Whether code can release something with <c>await using</c>.</summary>
internal static class AsyncRelease
{
    /// <summary>Whether the function awaits and the type of the local can be released so.</summary>
    public static bool IsPossible(Acquisition acquisition, ITypeSymbol type, BodyFacts body) =>
        AsyncPlaces.AllowsAwait(acquisition.Operation, body) && type.AllInterfaces.Concat([type]).Any(static one => one is { Name: "IAsyncDisposable", ContainingNamespace.Name: "System" });
}
