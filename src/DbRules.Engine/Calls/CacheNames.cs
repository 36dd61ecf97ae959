using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What the names of members without a row say about caches: projects wrap the cache libraries that they use.</summary>
internal static class CacheNames
{
    /// <summary>Whether a delegate gives what a cache does not hold yet, as the name of the method (<c>GetOrAdd</c>, <c>GetCached</c>) or of its type says.</summary>
    public static bool IsFactory(IParameterSymbol parameter) =>
        parameter is { Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: false }, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension, ReturnsVoid: false } method }
        && (method.Name.StartsWith("GetOr", StringComparison.Ordinal) || Names(method.Name) || Names(method.ContainingType.Name));

    private static bool Names(string name) => name.Contains("Cache");
}
