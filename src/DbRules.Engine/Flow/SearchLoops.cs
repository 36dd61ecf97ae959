using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// Tells a loop that looks for one thing and leaves when it is found from a loop that validates every element: both have an exit that
/// depends on the result, but a validation leaves by an error and runs to the end when all is well.
/// </summary>
internal sealed class SearchLoops(Origins origins)
{
    /// <summary>Whether the loop leaves as soon as the result of <paramref name="operation"/> is what it looks for.</summary>
    public bool LeavesOnHit(IOperation operation, Iteration iteration)
    {
        ILocalSymbol? holder = Holder(operation);
        bool found = false;
        Operations.Visit(iteration.Body, 0, (candidate, _) =>
        {
            if (!found && candidate is IConditionalOperation { WhenTrue: { } whenTrue } test && Polarity(test.Condition, operation, holder) is { } hitWhenTrue)
            {
                found = Leaves(whenTrue, iteration, operation, holder, onHit: hitWhenTrue)
                    || (test.WhenFalse is { } whenFalse && Leaves(whenFalse, iteration, operation, holder, onHit: !hitWhenTrue));
            }

            return !found;
        });
        return found;
    }

    /// <summary>The local that the result goes into, if it goes into one.</summary>
    private ILocalSymbol? Holder(IOperation operation)
    {
        IOperation current = operation;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IVariableDeclaratorOperation declarator:
                    return declarator.Symbol;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == current:
                    return target.Local;
                case IConversionOperation or IAwaitOperation or IParenthesizedOperation or IVariableInitializerOperation or IVariableDeclarationOperation:
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }:
                    current = parent;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>True when the condition holds on a hit, false when it holds on a miss, null when it does not test the result.</summary>
    private bool? Polarity(IOperation condition, IOperation operation, ILocalSymbol? holder)
    {
        bool positive = true;
        IOperation current = Operations.Unwrap(condition);
        while (true)
        {
            switch (current)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    positive = !positive;
                    current = Operations.Unwrap(not.Operand);
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                    return (Polarity(and.LeftOperand, operation, holder) ?? Polarity(and.RightOperand, operation, holder)) is { } inner ? inner == positive : null;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan } compare when IsResult(compare.LeftOperand, operation, holder):
                    return positive;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when IsResult(equal.LeftOperand, operation, holder):
                    return !positive;
                case IIsPatternOperation pattern when IsResult(pattern.Value, operation, holder):
                    return IsNullPattern(pattern.Pattern) ? !positive : positive;
                case IPropertyReferenceOperation { Property.Name: "HasValue", Instance: { } instance } when IsResult(instance, operation, holder):
                    return positive;
                default:
                    return IsResult(current, operation, holder) ? positive : null;
            }
        }
    }

    private static bool IsNullPattern(IPatternOperation pattern) => pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } };

    private static bool IsResult(IOperation value, IOperation operation, ILocalSymbol? holder)
    {
        IOperation result = Operations.Unwrap(value);
        return result == operation || (holder is not null && result is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, holder));
    }

    private bool Leaves(IOperation branch, Iteration iteration, IOperation operation, ILocalSymbol? holder, bool onHit)
    {
        IOperation last = branch is IBlockOperation { Operations: [.., var end] } ? end : branch;
        return last switch
        {
            IBranchOperation { BranchKind: BranchKind.Break } => onHit,
            IReturnOperation { ReturnedValue: null } => onHit,
            IReturnOperation { ReturnedValue: { } value } => ReturnsFinding(Operations.Unwrap(value), iteration, operation, holder, onHit),
            _ => false,
        };
    }

    private bool ReturnsFinding(IOperation value, Iteration iteration, IOperation operation, ILocalSymbol? holder, bool onHit)
    {
        if (value.ConstantValue is { HasValue: true, Value: true })
            return onHit;
        if (holder is not null && Operations.Any(value, part => part is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, holder)))
            return true;
        return Operations.RootSymbol(value) is { } root
            && value is not IInvocationOperation
            && (iteration.Elements.Contains(root, SymbolEqualityComparer.Default)
                || (root is ILocalSymbol local2 && origins.Of(local2).Any(assignment => Operations.IsInside(assignment.Site, iteration.Body))));
    }
}
