using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// Whether two expressions are built alike: the same members, operators and constants, over the same variables. Names of lambda parameters do not
/// matter. Whether the variables have the same values at both places is another question.
/// </summary>
public static class SameExpressions
{
    /// <summary>Compares two expressions. Anything that is not known to be alike makes them different.</summary>
    /// <param name="first">The one expression.</param>
    /// <param name="second">The other.</param>
    /// <param name="isIrrelevant">Arguments that do not count, such as a cancellation token.</param>
    public static bool AreSame(IOperation first, IOperation second, Func<IArgumentOperation, bool> isIrrelevant)
    {
        var names = new Dictionary<ISymbol, ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<(IOperation First, IOperation Second)>();
        pending.Push((first, second));
        while (pending.Count > 0)
        {
            (IOperation one, IOperation other) = pending.Pop();
            if (one is IArgumentOperation argument && other is IArgumentOperation && isIrrelevant(argument))
                continue;
            if (one.Kind != other.Kind || !SymbolEqualityComparer.Default.Equals(one.Type, other.Type))
                return false;
            if (one.ConstantValue.HasValue || other.ConstantValue.HasValue)
            {
                if (!one.ConstantValue.HasValue || !other.ConstantValue.HasValue || !Equals(one.ConstantValue.Value, other.ConstantValue.Value))
                    return false;
                continue;
            }

            if (!IsSameItself(one, other, names))
                return false;
            // Children go onto the stack last to first, so that a lambda's parameters are known before its body.
            IOperation[] below = [.. one.ChildOperations.Reverse()];
            IOperation[] otherBelow = [.. other.ChildOperations.Reverse()];
            if (below.Length != otherBelow.Length)
                return false;
            for (int i = 0; i < below.Length; i++)
                pending.Push((below[i], otherBelow[i]));
        }

        return true;
    }

    private static bool IsSameItself(IOperation one, IOperation other, Dictionary<ISymbol, ISymbol> names)
    {
        switch (one)
        {
            case IAnonymousFunctionOperation lambda:
                return Rename(lambda.Symbol, ((IAnonymousFunctionOperation)other).Symbol, names);
            case ILocalReferenceOperation local:
                return IsSame(local.Local, ((ILocalReferenceOperation)other).Local, names);
            case IParameterReferenceOperation parameter:
                return IsSame(parameter.Parameter, ((IParameterReferenceOperation)other).Parameter, names);
            case IMemberReferenceOperation member:
                return IsSame(member.Member, ((IMemberReferenceOperation)other).Member, names);
            case IInvocationOperation call:
                return IsSame(call.TargetMethod, ((IInvocationOperation)other).TargetMethod, names);
            case IArgumentOperation argument:
                return argument.Parameter?.Ordinal == ((IArgumentOperation)other).Parameter?.Ordinal;
            case IObjectCreationOperation creation:
                return SymbolEqualityComparer.Default.Equals(creation.Constructor, ((IObjectCreationOperation)other).Constructor);
            case IBinaryOperation binary:
                return binary.OperatorKind == ((IBinaryOperation)other).OperatorKind
                    && SymbolEqualityComparer.Default.Equals(binary.OperatorMethod, ((IBinaryOperation)other).OperatorMethod);
            case IUnaryOperation unary:
                return unary.OperatorKind == ((IUnaryOperation)other).OperatorKind;
            case IConversionOperation conversion:
                return SymbolEqualityComparer.Default.Equals(conversion.OperatorMethod, ((IConversionOperation)other).OperatorMethod);
            case IInstanceReferenceOperation instance:
                return instance.ReferenceKind == ((IInstanceReferenceOperation)other).ReferenceKind;
            case IIsTypeOperation type:
                return SymbolEqualityComparer.Default.Equals(type.TypeOperand, ((IIsTypeOperation)other).TypeOperand) && type.IsNegated == ((IIsTypeOperation)other).IsNegated;
            default:
                return IsPlain(one);
        }
    }

    /// <summary>Operations that are the same when their kind, type and parts are.</summary>
    private static bool IsPlain(IOperation operation) => operation is IParenthesizedOperation or IAwaitOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation
        or IConditionalAccessInstanceOperation or IAnonymousObjectCreationOperation or ISimpleAssignmentOperation or IArrayCreationOperation or IArrayInitializerOperation
        or IArrayElementReferenceOperation or IDefaultValueOperation or IBlockOperation or IReturnOperation or IDelegateCreationOperation or ITranslatedQueryOperation
        or IObjectOrCollectionInitializerOperation or IInterpolatedStringOperation or IInterpolationOperation or IInterpolatedStringTextOperation or ILiteralOperation;

    private static bool Rename(IMethodSymbol one, IMethodSymbol other, Dictionary<ISymbol, ISymbol> names)
    {
        if (one.Parameters.Length != other.Parameters.Length)
            return false;
        for (int i = 0; i < one.Parameters.Length; i++)
            names[one.Parameters[i]] = other.Parameters[i];
        return true;
    }

    private static bool IsSame(ISymbol one, ISymbol other, Dictionary<ISymbol, ISymbol> names) =>
        SymbolEqualityComparer.Default.Equals(names.TryGetValue(one, out ISymbol? renamed) ? renamed : one, other);
}
