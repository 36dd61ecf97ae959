using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Tells what runs only where a context has not loaded it yet: <c>if (!entry.IsLoaded) entry.Load();</c>. Who calls such code with rows that bring the navigation sends nothing.
/// </summary>
internal sealed class LoadedChecks(ModelIndex models, Origins origins)
{
    private const int MostNesting = 8;

    /// <summary>Whether a test around an operation, or in front of it in a block around it, says that something is not loaded.</summary>
    public bool Guard(IOperation operation)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            bool guards = parent switch
            {
                IConditionalOperation test => test.Condition != child && SaysUnloaded(test.Condition, test.WhenTrue == child, 0),
                IBlockOperation block => LeavesWhenLoaded(block, child),
                _ => false,
            };
            if (guards)
                return true;
        }

        return false;
    }

    private bool LeavesWhenLoaded(IBlockOperation block, IOperation child)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement == child)
                return false;
            if (statement is IConditionalOperation { WhenTrue: { } whenTrue, WhenFalse: null } test && Conditions.Jumps(whenTrue) && SaysUnloaded(test.Condition, false, 0))
                return true;
        }

        return false;
    }

    /// <summary>Whether a condition with this outcome means that something is not loaded; also where a local keeps what it said.</summary>
    private bool SaysUnloaded(IOperation condition, bool outcome, int depth)
    {
        if (depth == MostNesting)
            return false;
        switch (Operations.Unwrap(condition))
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return SaysUnloaded(not.Operand, !outcome, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                bool bothHold = (both.OperatorKind == BinaryOperatorKind.ConditionalAnd) == outcome;
                bool left = SaysUnloaded(both.LeftOperand, outcome, depth + 1);
                return left == bothHold ? left : SaysUnloaded(both.RightOperand, outcome, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compare when Operations.Unwrap(compare.RightOperand).ConstantValue is { HasValue: true, Value: bool constant }:
                return SaysUnloaded(compare.LeftOperand, (compare.OperatorKind == BinaryOperatorKind.Equals) == (constant == outcome), depth + 1);
            case IPropertyReferenceOperation { Property: var property }:
                return !outcome && models.Of(property)?.Has(DbEffect.ProbesCache) == true;
            case ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } flag }:
                foreach (Assignment assignment in origins.Of(flag))
                {
                    if (assignment.Value is { } value && SaysUnloaded(value, outcome, depth + 1))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }
}
