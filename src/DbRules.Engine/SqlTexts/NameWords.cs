using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>What names in code say about the texts that they stand for, where nothing else tells. What they say about intentions, <see cref="StatedIntent"/> knows.</summary>
internal static class NameWords
{
    private static readonly string[] PieceOfSql =
    [
        "param", "clause", "expr", "sql", "query", "where", "filter", "condition", "fragment", "statement", "function", "placeholder", "operator", "columns", "fields", "prefix", "suffix",
    ];

    private static readonly string[] NameInSql = ["column", "table", "alias", "field"];
    private static readonly string[] Settings = ["Options", "Settings", "Configuration", "Config", "Setting", "Metadata", "Schema", "Schemata"];
    private static readonly string[] Escaping = ["Quote", "Escape", "Sanitize", "Sanitise", "Delimit", "Encode", "Hash", "Base64"];
    private static readonly string[] Validating = ["Valid", "Ensure", "Assert", "Guard", "Verify", "Allow", "Permit", "Check", "IsMatch", "IsDefined", "TryParse", "ContainsKey", "TryGetValue"];
    private static readonly string[] OtherChecks = ["Null", "Empty", "WhiteSpace"];

    /// <summary>Whether a variable or method is called a piece of SQL.</summary>
    public static bool SpeakOfPiece(string name) => HasAny(name, PieceOfSql, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a variable or method is called a table, a column or another name of SQL.</summary>
    public static bool SpeakOfName(string name) => HasAny(name, NameInSql, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the name of a method says that what it returns cannot change a statement.</summary>
    public static bool SpeakOfEscaping(IMethodSymbol method) => HasAny(method.Name, Escaping, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the name of a method says that it asks whether a value is allowed, and not only whether there is one.</summary>
    public static bool SpeakOfCheck(IMethodSymbol method) => HasAny(method.Name, Validating, StringComparison.Ordinal) && !HasAny(method.Name, OtherChecks, StringComparison.Ordinal);

    /// <summary>Whether a type is called one of what is set up once.</summary>
    public static bool SpeakOfSettings(ITypeSymbol? type) => type is not null && Settings.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal));

    private static bool HasAny(string name, string[] words, StringComparison comparison) => words.Any(word => name.IndexOf(word, comparison) >= 0);
}
