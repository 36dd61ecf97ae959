using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A write that a loop repeats, and that one call can do for all elements. It exists only where the loop does nothing else and the same rows are written.</summary>
public sealed class WriteForAll
{
    public required IForEachLoopOperation Loop { get; init; }

    /// <summary>The only statement of the loop.</summary>
    public required IOperation Statement { get; init; }

    /// <summary>The values of one element, which become a sequence of values; null where a key decides.</summary>
    public IOperation? Values { get; init; }

    /// <summary>Whether the values are the element itself.</summary>
    public bool IsElement { get; init; }

    /// <summary>The key that selects the rows; null where values are sent.</summary>
    public KeyLookup? Key { get; init; }
}
