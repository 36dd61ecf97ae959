using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Whole rows of which the code uses a few columns.</summary>
public sealed class ColumnRead
{
    /// <summary>The call that makes a list of the rows, or behind which they leave the store; null where a loop walks the query itself.</summary>
    public required IInvocationOperation? Boundary { get; init; }

    /// <summary>The query whose rows are fetched, where a projection fits.</summary>
    public required IOperation Query { get; init; }

    /// <summary>The entity.</summary>
    public required ITypeSymbol Row { get; init; }

    /// <summary>The columns that are used, in the order of their use.</summary>
    public required ImmutableArray<IPropertySymbol> Columns { get; init; }

    /// <summary>How many columns the entity has, as far as the code in view shows.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>Whether the code that uses the rows compiles with another type of row as well.</summary>
    public required bool CanProject { get; init; }
}
