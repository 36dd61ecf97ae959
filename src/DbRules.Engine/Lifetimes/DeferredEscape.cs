using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Something that leaves the <c>using</c> or <c>try</c> which releases what it needs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Maker">The call or property that makes it.</param>
/// <param name="Value">The expression that leaves.</param>
/// <param name="Site">Where it leaves: the <c>return</c>, the assignment, the statement that drops a task, or the later use of a local that is declared outside.</param>
public sealed record DeferredExpression(NeedKind Kind, IOperation Maker, IOperation Value, IOperation Site)
{
    /// <summary>How the code names what makes it.</summary>
    public string Name => Maker switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        IMemberReferenceOperation member => member.Member.Name,
        _ => CodeText.Short(Maker.Syntax),
    };
}

/// <summary>A resource that is released while something which needs it leaves.</summary>
/// <param name="Resource">How the code names it.</param>
/// <param name="Location">Where it is acquired.</param>
/// <param name="Leaving">What leaves, in source order; at least one.</param>
public sealed record DeferredEscape(string Resource, Location Location, ImmutableArray<DeferredExpression> Leaving)
{
    /// <summary>The word of the code that releases it: <c>using</c> or <c>finally</c>.</summary>
    public string Releaser { get; init; } = "using";

    /// <summary>Whether the function that holds the resource is asynchronous.</summary>
    public bool IsAsync { get; init; }
}
