using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A predicate with one condition that compares a member of the row with a key of the element, next to conditions that stay the same.</summary>
/// <param name="Condition">The equality.</param>
/// <param name="Member">The member of the row.</param>
/// <param name="Key">The key as the equality names it.</param>
/// <param name="KeyOfElement">The key as an expression of the element.</param>
internal readonly record struct KeyPredicate(IOperation Condition, IPropertySymbol Member, IOperation Key, IOperation KeyOfElement)
{
    /// <summary>The key condition of a filter; null when it has none, several, or another condition that varies.</summary>
    public static KeyPredicate? Find(IOperation filter, KeyLookupLoop loop)
    {
        if (LambdaOf(filter) is not { Symbol.Parameters: [{ } row], Body.Operations: [IReturnOperation { ReturnedValue: { } body }] } lambda)
            return null;
        KeyPredicate? found = null;
        foreach (IOperation condition in Conjuncts(body))
        {
            if (found is null && OfCondition(condition, row, loop) is { } equality)
                found = equality;
            else if (!IsSame(condition, lambda, loop))
                return null;
        }

        return found;
    }

    /// <summary>The lambda that an argument is; null for anything else.</summary>
    public static IAnonymousFunctionOperation? LambdaOf(IOperation filter)
    {
        IOperation current = filter;
        while (true)
        {
            switch (current)
            {
                case IConversionOperation conversion:
                    current = conversion.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    current = creation.Target;
                    break;
                case IParenthesizedOperation parenthesized:
                    current = parenthesized.Operand;
                    break;
                default:
                    return current as IAnonymousFunctionOperation;
            }
        }
    }

    /// <summary>The conditions that all have to hold.</summary>
    public static IEnumerable<IOperation> Conjuncts(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            IOperation condition = KeyLookupLoop.WithoutParentheses(pending.Pop());
            if (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            {
                pending.Push(both.RightOperand);
                pending.Push(both.LeftOperand);
            }
            else
            {
                yield return condition;
            }
        }
    }

    private static KeyPredicate? OfCondition(IOperation condition, IParameterSymbol row, KeyLookupLoop loop) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, IsLifted: false } equality
            ? OfSides(equality, equality.LeftOperand, equality.RightOperand, row, loop) ?? OfSides(equality, equality.RightOperand, equality.LeftOperand, row, loop)
            : null;

    private static KeyPredicate? OfSides(IBinaryOperation equality, IOperation rowSide, IOperation keySide, IParameterSymbol row, KeyLookupLoop loop)
    {
        // C# compares enums as numbers and small numbers as int: what counts is what stands in the source.
        IOperation member = WithoutWidening(rowSide);
        IOperation key = WithoutWidening(keySide);
        return member is IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: IParameterReferenceOperation { Parameter: var parameter }, Property: var property }
            && SymbolEqualityComparer.Default.Equals(parameter, row)
            && KeyLookupLoop.SameType(property.Type, key.Type)
            && loop.KeyOfElement(key) is { } keyOfElement
            ? new KeyPredicate(equality, property, key, keyOfElement)
            : null;
    }

    private static IOperation WithoutWidening(IOperation operand)
    {
        IOperation plain = KeyLookupLoop.WithoutParentheses(operand);
        return plain is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion ? KeyLookupLoop.WithoutParentheses(conversion.Operand) : plain;
    }

    /// <summary>Whether a condition asks the same of a row in every pass: what is not the row's is the same and exists before the loop.</summary>
    private static bool IsSame(IOperation condition, IAnonymousFunctionOperation lambda, KeyLookupLoop loop)
    {
        return !Operations.Any(condition, Hinders, insideExpressionTrees: true);

        bool Hinders(IOperation part) => part switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation => !IsOfLambda(Operations.Referenced(part)!) && !loop.IsSame(part),
            IFieldReferenceOperation or IPropertyReferenceOperation => !IsOfRow(part) && !loop.IsSame(part),
            IInvocationOperation => !Operations.Any(part, IsOfRow, insideExpressionTrees: true) && !loop.IsSame(part),
            IAssignmentOperation or IInvalidOperation => true,
            _ => false,
        };

        bool IsOfRow(IOperation part) => Operations.RootSymbol(part) is IParameterSymbol parameter && IsOfLambda(parameter);

        bool IsOfLambda(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Any(reference => lambda.Syntax.Span.Contains(reference.Span));
    }
}
