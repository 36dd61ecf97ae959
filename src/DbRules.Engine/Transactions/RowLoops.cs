using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>How the loops around two writes part them.</summary>
internal enum PassRelation
{
    /// <summary>They stand in different loops, or one saves for each row.</summary>
    Apart,

    /// <summary>The same loop is around both, or none.</summary>
    Same,

    /// <summary>A loop behind the first may write the rows of it.</summary>
    RowsBehind,

    /// <summary>A loop before the second may write the rows of it.</summary>
    RowsBefore,
}

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

    /// <summary>How the loops around two writes part them, as far as syntax tells: cheap, since it is asked of all pairs.</summary>
    public static PassRelation RelationOf(Commit first, Commit second)
    {
        ILoopOperation? ofFirst = Around(first.Operation);
        ILoopOperation? ofSecond = Around(second.Operation);
        return ofFirst == ofSecond ? PassRelation.Same
            : ofSecond is not null && !second.IsSave && Around(ofSecond) == ofFirst ? PassRelation.RowsBehind
            : ofFirst is not null && !first.IsSave && Around(ofFirst) == ofSecond && ofFirst.Syntax.Span.End <= second.Operation.Syntax.SpanStart ? PassRelation.RowsBefore
            : PassRelation.Apart;
    }

    /// <summary>
    /// Whether two writes run in one pass of what is around both, the one that a loop repeats for each row where their relation says so. What saves for each row is no
    /// such write: one save behind the loop does.
    /// </summary>
    public bool ShareAPass(PassRelation relation, Commit first, Commit second, BodyFacts body) => relation switch
    {
        PassRelation.Same => body.CanReachInPass(first.Operation, second.Operation),
        PassRelation.RowsBehind => WritesRows(second, body) && body.CanReachInPass(first.Operation, second.Operation),
        PassRelation.RowsBefore => WritesRows(first, body) && body.PathsAround(first.Operation)?.CanReach(first.Operation, second.Operation, []) == true,
        _ => false,
    };

    private bool WritesRows(Commit commit, BodyFacts body) =>
        commit is { IsSave: false, Write: { } write }
        && write.RepetitionBeyond(SmallSequence).PerElement is { } iteration
        && iteration.Repeats(write.Operation)
        && Operations.IsInside(iteration.Body, Around(write.Operation)!)
        && !reasons.KeepsElementsApart(write.Operation, body, iteration);
}
