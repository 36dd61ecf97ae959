using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>How a method returns what belongs to many keys.</summary>
public enum BatchResult
{
    /// <summary>A dictionary from key to row.</summary>
    Dictionary,

    /// <summary>A lookup from key to rows.</summary>
    Lookup,

    /// <summary>The keys that exist, as a set.</summary>
    Set,

    /// <summary>The rows of all keys, in a list or array.</summary>
    Rows,
}

/// <summary>A method beside a called one that answers for a list of keys what the called one answers for one key.</summary>
public sealed class BatchSibling
{
    public required IMethodSymbol Method { get; init; }

    /// <summary>How a call of the method before the loop replaces the calls in it; null when results could differ, or when that is not known.</summary>
    public BatchLookup? Lookup { get; init; }
}

/// <summary>How one call before a <c>foreach</c> statement replaces a call in it. It exists only where the results stay the same.</summary>
public sealed class BatchLookup
{
    public required IMethodSymbol Method { get; init; }

    public required IInvocationOperation Call { get; init; }

    public required KeyLookupShape Shape { get; init; }

    public required BatchResult Batch { get; init; }

    public required IForEachLoopOperation Loop { get; init; }

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

    /// <summary>The type of the rows; null where the call returns none.</summary>
    public required ITypeSymbol? Row { get; init; }

    /// <summary>The arguments of the new call, as source text; <c>{keys}</c> stands for the keys.</summary>
    public required string Arguments { get; init; }

    /// <summary>The operator in memory that makes a collection of keys which the new call takes: <c>ToList</c>, <c>ToArray</c> or <c>ToHashSet</c>.</summary>
    public required string Collect { get; init; }

    /// <summary>The operator in memory that makes of a key's rows what the call returned: <c>ToList</c>, <c>ToArray</c>, <c>First</c>, <c>Single</c>. Null when there is none.</summary>
    public string? Finish { get; init; }
}
