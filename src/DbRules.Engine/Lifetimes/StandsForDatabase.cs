using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>Connections that are kept because a database in memory lives as long as a connection to it.</summary>
internal static class StandsForDatabase
{
    /// <summary>Whether a value is made from the text of a connection string for such a database.</summary>
    public static bool IsInMemory(IOperation value, BodyFacts body) => Operations.Any(value, operation =>
        body.Origins.Resolve(operation) is { ConstantValue: { HasValue: true, Value: string text } } && IsInMemory(text));

    /// <summary>Whether a text holds the connection string of such a database.</summary>
    public static bool IsInMemory(string text) =>
        text.IndexOf(":memory:", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("Mode=Memory", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a name says that its connection is there to stay.</summary>
    public static bool KeepsAlive(string name) => name.IndexOf("KeepAlive", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Keeper", StringComparison.OrdinalIgnoreCase) >= 0;
}
