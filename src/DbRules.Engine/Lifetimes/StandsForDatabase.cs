using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Connections that are kept because a database in memory lives as long as a connection to it.</summary>
internal static class StandsForDatabase
{
    /// <summary>Whether a value is made from the text of a connection string for such a database, written there or where a member that it names is declared.</summary>
    public static bool IsInMemory(IOperation value, BodyFacts body) => Operations.Any(value, operation => body.Origins.Resolve(operation) switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => IsInMemory(text),
        IFieldReferenceOperation { Field.DeclaringSyntaxReferences: [var field] } => IsInMemory(field.GetSyntax().ToString()),
        IPropertyReferenceOperation { Property.DeclaringSyntaxReferences: [var property] } => IsInMemory(property.GetSyntax().ToString()),
        _ => false,
    });

    /// <summary>Whether a text holds the connection string of such a database.</summary>
    public static bool IsInMemory(string text) =>
        text.IndexOf(":memory:", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("Mode=Memory", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a name says that its connection is there to stay.</summary>
    public static bool KeepsAlive(string name) => name.IndexOf("KeepAlive", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Keeper", StringComparison.OrdinalIgnoreCase) >= 0;
}
