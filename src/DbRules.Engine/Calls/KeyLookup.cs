using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What the code makes of the rows that a key selects.</summary>
public enum KeyLookupShape
{
    /// <summary>One row, or none.</summary>
    One,

    /// <summary>All rows.</summary>
    Many,

    /// <summary>Whether there is a row.</summary>
    Any,

    /// <summary>How many rows there are.</summary>
    Count,
}

/// <summary>How a sequence that a loop walks can be walked once more before it.</summary>
public enum SequenceUse
{
    /// <summary>As it stands: a collection that the code names.</summary>
    Again,

    /// <summary>It is a collection, but the expression makes or fetches it: a local has to hold it.</summary>
    Held,

    /// <summary>It may run again or give other elements: a local has to hold a list of it.</summary>
    Listed,

    /// <summary>It is a query over a store: a local has to hold its rows.</summary>
    Queried,
}

/// <summary>
/// A read in a <c>foreach</c> statement that selects rows by one key of the element, and that one query before the loop can replace. It exists
/// only where the results stay the same.
/// </summary>
public sealed class KeyLookup
{
    public required DbCall Call { get; init; }

    public required KeyLookupShape Shape { get; init; }

    public required IForEachLoopOperation Loop { get; init; }

    /// <summary>The loop variable.</summary>
    public required ILocalSymbol Element { get; init; }

    /// <summary>How the loop's source can be walked a second time.</summary>
    public required SequenceUse Source { get; init; }

    /// <summary>The expression whose value the loop uses: the call, or the <c>await</c> of it.</summary>
    public required IOperation Result { get; init; }

    /// <summary>The key where the call uses it.</summary>
    public required IOperation Key { get; init; }

    /// <summary>The key as an expression of the element: the element itself or a member chain of it.</summary>
    public required IOperation KeyOfElement { get; init; }

    /// <summary>The member of the row that equals the key.</summary>
    public required string Member { get; init; }

    /// <summary>Whether no two rows have the same key.</summary>
    public required bool IsUnique { get; init; }

    /// <summary>The type of the rows; null where the call returns none.</summary>
    public required ITypeSymbol? Row { get; init; }

    /// <summary>The equality inside a predicate; null for a lookup by primary key and for SQL.</summary>
    public IOperation? Condition { get; init; }

    /// <summary>The name of the one cancellation token that the code around has and the call does not pass; null when there is none.</summary>
    public string? UnusedToken { get; init; }

    /// <summary>What becomes of the SQL; null for LINQ.</summary>
    public SqlKeyLookup? Sql { get; init; }

    /// <summary>The parameter of the overload that takes an array of keys and returns a value for each; null where the call has no such overload.</summary>
    public string? KeyListParameter { get; init; }
}

/// <summary>How the SQL of a lookup by one key becomes the SQL of a lookup by many.</summary>
public sealed class SqlKeyLookup
{
    /// <summary>The SQL argument.</summary>
    public required IOperation Argument { get; init; }

    /// <summary>The text that the argument has.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Replacements in the text, last first. <c>{keys}</c> in a replacement stands for the name of the parameter that holds the keys.
    /// </summary>
    public required IReadOnlyList<SqlEdit> Edits { get; init; }

    /// <summary>The values argument: an anonymous object.</summary>
    public required IOperation Values { get; init; }

    /// <summary>The member of the values that holds the key.</summary>
    public required IOperation ValueMember { get; init; }

    /// <summary>The table's name, for names made from it.</summary>
    public required string Table { get; init; }
}

/// <summary>One replacement in an SQL text.</summary>
/// <param name="Start">The first character that goes.</param>
/// <param name="Length">How many go.</param>
/// <param name="Text">What comes in their place.</param>
public readonly record struct SqlEdit(int Start, int Length, string Text);
