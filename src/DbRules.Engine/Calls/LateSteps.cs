using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Operators that work in memory on fetched rows, that nothing else uses, and that leave less of them than were fetched: the store could have run them.</summary>
public sealed class LateSteps
{
    /// <summary>The call that fetches the rows, or behind which they come from the store (<c>AsEnumerable</c>).</summary>
    public required IInvocationOperation Boundary { get; init; }

    /// <summary>The operators directly behind the rows that the store could run, in the order in which they run.</summary>
    public required ImmutableArray<IOperation> Steps { get; init; }

    /// <summary>The first of the steps that leaves less than it gets.</summary>
    public required IOperation First { get; init; }

    /// <summary>Whether the last step returns one row or value.</summary>
    public required bool EndsInAnswer { get; init; }

    /// <summary>The only use of the local that holds the rows; null when the steps stand directly behind the boundary.</summary>
    public ILocalReferenceOperation? Use { get; init; }

    /// <summary>Whether the steps mean the same in front of the boundary: every value in them is there already, and every provider runs them.</summary>
    public required bool CanMove { get; init; }

    /// <summary>The name of a step.</summary>
    public static string NameOf(IOperation step) => step switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IPropertyReferenceOperation property => property.Property.Name,
        _ => "",
    };
}
