using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Tells whether an operation runs only when something that remembers earlier results did not have the answer.</summary>
internal sealed class CachedLookups(IFlowVocabulary vocabulary, Origins origins)
{
    /// <summary>
    /// Whether <paramref name="operation"/> is guarded by a cache: the factory of a <c>GetOrAdd</c>, the right side of <c>??=</c> or of <c>??</c>
    /// after a cache read, a branch or the rest of a block that runs only on a miss, or an assignment to something that is still null.
    /// </summary>
    public bool IsGuarded(IOperation operation, Iteration iteration)
    {
        var misses = new Misses(vocabulary, origins, operation, iteration);
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null && child != iteration.Body; child = parent, parent = parent.Parent)
        {
            if (Guards(parent, child, misses))
                return true;
        }

        return false;
    }

    private bool Guards(IOperation parent, IOperation child, Misses misses) => parent switch
    {
        ICoalesceAssignmentOperation coalesce => coalesce.Value == child && misses.Fills(coalesce.Target),
        ICoalesceOperation coalesce => coalesce.WhenNull == child && misses.IsMissWhenNull(coalesce.Value),
        IConditionalOperation conditional => conditional.Condition != child && misses.IsMiss(conditional.Condition, conditional.WhenTrue == child, child),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => or.RightOperand == child && misses.IsMiss(or.LeftOperand, false, child),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => and.RightOperand == child && misses.IsMiss(and.LeftOperand, true, child),
        IBlockOperation block => IsBehindMiss(block, child, misses),
        IAnonymousFunctionOperation lambda => Operations.ArgumentOf(lambda)?.Parameter is { } parameter && vocabulary.RunsOnMiss(parameter.OriginalDefinition),
        _ => false,
    };

    /// <summary><c>if (cache.TryGetValue(...)) continue;</c> before the operation in the same block.</summary>
    private static bool IsBehindMiss(IBlockOperation block, IOperation child, Misses misses)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement == child)
                return false;
            if (statement is not IConditionalOperation { WhenTrue: { } whenTrue } guard)
                continue;
            if ((Conditions.Jumps(whenTrue) && misses.IsMiss(guard.Condition, false, block))
                || (guard.WhenFalse is { } whenFalse && Conditions.Jumps(whenFalse) && misses.IsMiss(guard.Condition, true, block)))
            {
                return true;
            }
        }

        return false;
    }
}
