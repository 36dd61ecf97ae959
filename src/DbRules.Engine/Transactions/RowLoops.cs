using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Loops that write the rows of something which is written once, before or behind them: an order and its lines.</summary>
internal sealed class RowLoops(WriteReasons reasons)
{
    /// <summary>As the option <c>dbrules.small_sequence</c> says by default.</summary>
    private const int SmallSequence = 4;

    /// <summary>The innermost loop of the same function around an operation; null when there is none.</summary>
    public static ILoopOperation? Around(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    /// <summary>A cheap first question, since it is asked of all pairs: whether no loop parts two writes, or only one that may write rows for the other.</summary>
    public static bool MayShareAPass(Commit first, Commit second)
    {
        ILoopOperation? ofFirst = Around(first.Operation);
        ILoopOperation? ofSecond = Around(second.Operation);
        return ofFirst == ofSecond
            || (ofSecond is not null && !second.IsSave && Around(ofSecond) == ofFirst)
            || (ofFirst is not null && !first.IsSave && Around(ofFirst) == ofSecond);
    }

    /// <summary>
    /// Whether one of two writes is repeated for each row by a loop that the other stands before or behind, and both run in one pass of what is around both. What saves
    /// for each row is no such write: one save behind the loop does.
    /// </summary>
    public bool AreOfOnePass(Commit first, Commit second, BodyFacts body, Paths paths)
    {
        ILoopOperation? ofFirst = Around(first.Operation);
        ILoopOperation? ofSecond = Around(second.Operation);
        if (ofSecond is not null && Around(ofSecond) == ofFirst)
            return WritesRows(second, ofSecond, body) && paths.CanReachInPass(first.Operation, second.Operation);
        return ofFirst is not null
            && Around(ofFirst) == ofSecond
            && ofFirst.Syntax.Span.End <= second.Operation.Syntax.SpanStart
            && WritesRows(first, ofFirst, body)
            && paths.CanReach(first.Operation, second.Operation, []);
    }

    private bool WritesRows(Commit commit, ILoopOperation loop, BodyFacts body) =>
        commit is { IsSave: false, Write: { } write }
        && write.RepetitionBeyond(SmallSequence).PerElement is { } iteration
        && iteration.Repeats(write.Operation)
        && Operations.IsInside(iteration.Body, loop)
        && !reasons.KeepsElementsApart(write.Operation, body, iteration);
}
