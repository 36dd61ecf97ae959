using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Does one operation run on every way to a later one, and once for each time that this runs?</summary>
internal static class Straightness
{
    /// <summary>Whether no branch, loop, handler or function stands around the earlier operation that is not around the later one too.</summary>
    public static bool IsStraight(IOperation earlier, IOperation later)
    {
        IOperation child = earlier;
        for (IOperation? parent = earlier.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (Operations.IsInside(later, parent))
                return parent is not IConditionalOperation conditional || child == conditional.Condition;
            switch (parent)
            {
                case IConditionalOperation conditional when child != conditional.Condition:
                case ILoopOperation loop when !IsBefore(loop, child):
                case ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalAccessOperation or ICoalesceOperation:
                    return false;
            }
        }

        return true;
    }

    /// <summary>What a loop runs once, before its first pass.</summary>
    private static bool IsBefore(ILoopOperation loop, IOperation child) => loop switch
    {
        IForEachLoopOperation each => child == each.Collection,
        IForLoopOperation counted => counted.Before.Contains(child),
        _ => false,
    };
}
