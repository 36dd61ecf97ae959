using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>
/// How an expression that makes something can be taken out of its statement, so that a local before the statement holds what it makes.
/// </summary>
/// <param name="Creation">The expression, with the <c>await</c> that belongs to it.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
public sealed record SplitPlace(Location Creation, ResourceKind Kind, bool IsAsync);

/// <summary>Finds out where an expression can be taken out of its statement.</summary>
internal sealed class SplitPlaces(LateUses lateUses)
{
    /// <summary>
    /// The place of what an expression makes and drops; null where the statement would run in another order, or run it more or less often, or where what is made of it is
    /// used later.
    /// </summary>
    public SplitPlace? Of(Acquisition acquisition, BodyFacts body)
    {
        if (StatementAround(acquisition.Operation) is not { } statement || lateUses.MayFollow(acquisition, body))
            return null;
        // A reader that stays open to the end of the block is in the way of the next command.
        if (acquisition.Kind == ResourceKind.Reader && body.Calls.Any(call => call.IsRoundTrip && call.Operation.Syntax.SpanStart > statement.Syntax.Span.End))
            return null;
        return new SplitPlace(Whole(acquisition.Operation).Syntax.GetLocation(), acquisition.Kind, AsyncRelease.IsPossible(acquisition, acquisition.Type, body));
    }

    /// <summary>The statement that evaluates an operation first and once; null when there is none, or no <c>using</c> declaration can stand before it.</summary>
    private static IOperation? StatementAround(IOperation operation)
    {
        for (IOperation current = operation; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IExpressionStatementOperation or IReturnOperation { Kind: OperationKind.Return } or IVariableDeclarationGroupOperation:
                    return CanStandBefore(parent) ? parent : null;
                case IForEachLoopOperation { Collection: var collection } when collection == current:
                case IConditionalOperation { Condition: var condition, Syntax: IfStatementSyntax } when condition == current:
                case IUsingOperation { Resources: var resources } when resources == current:
                    return CanStandBefore(parent) ? parent : null;
                case IVariableDeclaratorOperation or IVariableDeclarationOperation or IVariableInitializerOperation or IConversionOperation or IAwaitOperation or IParenthesizedOperation or IArgumentOperation
                    or IInvocationOperation or IObjectCreationOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation or ITupleOperation or IUnaryOperation or IArrayCreationOperation or IArrayInitializerOperation
                    or IIsPatternOperation or IIsTypeOperation or IInterpolatedStringOperation or IInterpolationOperation or ISimpleAssignmentOperation:
                case IBinaryOperation { OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr) }:
                case IBinaryOperation { LeftOperand: var left } when left == current:
                case ICoalesceOperation { Value: var value } when value == current:
                case IConditionalOperation { Condition: var tested } when tested == current:
                case IConditionalAccessOperation { Operation: var accessed } when accessed == current:
                case ISwitchExpressionOperation { Value: var switched } when switched == current:
                    if (!parent.ChildOperations.TakeWhile(child => child != current).All(IsQuiet))
                        return null;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>A <c>using</c> declaration stands in a block: not in a switch section, nor in a lambda that is an expression.</summary>
    private static bool CanStandBefore(IOperation statement) => statement.Parent switch
    {
        IBlockOperation { Parent: IAnonymousFunctionOperation } block => block.Syntax is BlockSyntax,
        IUsingDeclarationOperation declaration => CanStandBefore(declaration),
        IBlockOperation or IConditionalOperation => true,
        _ => false,
    };

    /// <summary>What does nothing and is not changed by the making of an object.</summary>
    private static bool IsQuiet(IOperation operation) => !Operations.Any(operation, static part => part is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
        or IInstanceReferenceOperation or ILiteralOperation or IDefaultValueOperation or IConversionOperation or IArgumentOperation or ITypeOfOperation or INameOfOperation or IDiscardOperation
        or IInterpolatedStringTextOperation or IVariableDeclaratorOperation));

    private static IOperation Whole(IOperation operation)
    {
        IOperation whole = operation;
        for (IOperation? parent = operation.Parent; parent is IConversionOperation or IAwaitOperation or IParenthesizedOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }; parent = parent.Parent)
            whole = parent is IConversionOperation { IsImplicit: true } ? whole : parent;
        return whole;
    }
}
