using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// What the order of statements alone proves about the ways through a function, so that no control-flow graph has to be made. Says the same as <see cref="Paths"/>, or
/// nothing: code with labels, <c>switch</c> or constant conditions is left to the graph.
/// </summary>
internal static class StatementOrder
{
    /// <summary>Deeper statements than anybody writes are left to the graph, so that no recursion gets deep.</summary>
    private const int DeepestStatement = 32;

    /// <summary>
    /// Whether control can get from the end of one operation to a later one of the same function without an exception and within one pass of the loops around both. Null when
    /// statements alone do not tell.
    /// </summary>
    public static bool? CanReachInPass(IOperation earlier, IOperation later)
    {
        for (IOperation child = earlier; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (ChildAround(later, parent) is { } other)
            {
                return (parent is IBlockOperation block && FallsThrough(block, child, other) && Enters(other, later)) ? true
                    : AreBranches(parent, child, other) ? false
                    : null;
            }

            if (parent is IBlockOperation own && LeavesBehind(own, child))
                return Operations.IsInFinally(later) ? null : false;
            if (!GoesOn(parent, child))
                return null;
        }

        return null;
    }

    /// <summary>
    /// Whether every way on from an operation that takes no exception surely runs one of some others: one that stands behind it in the same block or around, with nothing in
    /// between that jumps. False when statements alone do not tell.
    /// </summary>
    public static bool AlwaysRunsOneOf(IOperation start, IReadOnlyCollection<IOperation> goals)
    {
        foreach (IOperation goal in goals)
        {
            if (AlwaysRuns(start, goal))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether control comes back to an operation of a loop in a later pass, after the operation ended without an exception. False when statements alone do not tell.
    /// </summary>
    public static bool SurelyRepeats(IOperation operation, IOperation loop)
    {
        IOperation? body = loop switch
        {
            IForEachLoopOperation each => each.Body,
            IWhileLoopOperation { Condition.ConstantValue.HasValue: false } conditional => conditional.Body,
            IForLoopOperation { Condition: null or { ConstantValue.HasValue: false } } counting => counting.Body,
            _ => null,
        };
        if (body is null || !Operations.IsInside(operation, body) || SetsFlag(loop))
            return false;
        for (IOperation child = operation; child != body; child = child.Parent)
        {
            if (child.Parent is not { } parent || !GoesOn(parent, child))
                return false;
        }

        return Enters(body, operation);
    }

    /// <summary>A flag may decide the branches that test it: only the graph knows.</summary>
    private static bool SetsFlag(IOperation loop) => Operations.Any(loop, PathSearch.SetsFlag);

    private static bool AlwaysRuns(IOperation start, IOperation goal)
    {
        for (IOperation child = start; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (ChildAround(goal, parent) is not { } other)
                continue;
            if (parent is not IBlockOperation block || !IsUnconditional(goal, other))
                return false;
            bool isBehind = false;
            foreach (IOperation statement in block.Operations)
            {
                isBehind |= statement == child;
                if (statement == other)
                    return isBehind && other != child;
                if (isBehind && MayJump(statement))
                    return false;
            }

            return false;
        }

        return false;
    }

    /// <summary>Whether an expression is worked out whenever control gets to the statement around it.</summary>
    private static bool IsUnconditional(IOperation expression, IOperation statement)
    {
        for (IOperation? child = expression; child != statement; child = child.Parent)
        {
            if (child?.Parent is not (IArgumentOperation or IAwaitOperation or IConversionOperation or IInvocationOperation or IObjectCreationOperation or ISimpleAssignmentOperation { IsRef: false }
                or IExpressionStatementOperation or IReturnOperation or IParenthesizedOperation or IPropertyReferenceOperation or IVariableInitializerOperation or IVariableDeclaratorOperation
                or IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation))
            {
                return child?.Parent is IUsingOperation { Resources: var resources } taken && resources == child && taken == statement;
            }
        }

        return true;
    }

    private static bool MayJump(IOperation statement)
    {
        bool found = false;
        Operations.Visit(statement, 0, (operation, _) =>
        {
            found |= operation is IBranchOperation or IReturnOperation or ILabeledOperation;
            return !found && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
        });
        return found;
    }

    /// <summary>The child of an operation that another one stands in, or is; null when it stands elsewhere.</summary>
    private static IOperation? ChildAround(IOperation operation, IOperation parent)
    {
        for (IOperation child = operation; child.Parent is { } around; child = around)
        {
            if (around == parent)
                return child;
        }

        return null;
    }

    /// <summary>Whether control gets from the end of one statement of a block to the start of a later one.</summary>
    private static bool FallsThrough(IBlockOperation block, IOperation from, IOperation? to)
    {
        bool isBehind = false;
        foreach (IOperation statement in block.Operations)
        {
            if (statement == to)
                return isBehind;
            if (isBehind && !Completes(statement, 0))
                return false;
            isBehind |= statement == from;
        }

        return to is null;
    }

    /// <summary>Whether control gets from the start of a statement to an operation in it.</summary>
    private static bool Enters(IOperation statement, IOperation operation)
    {
        for (IOperation child = operation; child != statement; child = child.Parent)
        {
            bool isEntered = child.Parent switch
            {
                IBlockOperation block => LeadsTo(block, child),
                IConditionalOperation choice => child == choice.Condition || !choice.Condition.ConstantValue.HasValue,
                ITryOperation attempt => child == attempt.Body,
                IForEachLoopOperation loop => child == loop.Collection || child == loop.Body,
                IWhileLoopOperation loop => child == loop.Body && loop.Condition?.ConstantValue.HasValue == false,
                IForLoopOperation loop => child == loop.Body && loop.Condition?.ConstantValue.HasValue != true,
                ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation => false,
                IBinaryOperation both => child == both.LeftOperand || !both.LeftOperand.ConstantValue.HasValue,
                ICoalesceOperation choice => child == choice.Value || !choice.Value.ConstantValue.HasValue,
                { } parent => IsPlain(parent),
                null => false,
            };
            if (!isEntered || child.Parent is null)
                return false;
        }

        return true;
    }

    private static bool LeadsTo(IBlockOperation block, IOperation to)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement == to)
                return true;
            if (!Completes(statement, 0))
                return false;
        }

        return false;
    }

    /// <summary>Whether control gets from the end of a child to the end of the operation that it stands in.</summary>
    private static bool GoesOn(IOperation parent, IOperation child) => parent switch
    {
        IBlockOperation block => FallsThrough(block, child, null),
        IConditionalOperation choice => child != choice.Condition || choice.Type is not null || Completes(choice, 0),
        IUsingOperation use => child == use.Body || Completes(use.Body, 0),
        ILockOperation locked => child == locked.Body || Completes(locked.Body, 0),
        ITryOperation attempt => child == attempt.Body && (attempt.Finally is null || Completes(attempt.Finally, 0)),
        IReturnOperation { Kind: not OperationKind.YieldReturn } or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation => false,
        _ => IsPlain(parent),
    };

    /// <summary>An expression, or a statement around one, that passes control on. No other statement has a type.</summary>
    private static bool IsPlain(IOperation operation) => operation switch
    {
        IThrowOperation => false,
        IUsingOperation or ILockOperation or IReturnOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation
            or IVariableInitializerOperation or IUsingDeclarationOperation or IArgumentOperation or IArrayInitializerOperation or IInterpolationOperation => true,
        _ => operation.Type is not null,
    };

    /// <summary>Whether control can get from the start to the end of a statement. False when unknown.</summary>
    private static bool Completes(IOperation statement, int depth)
    {
        while (true)
        {
            switch (statement)
            {
                case IExpressionStatementOperation { Operation: not IThrowOperation } or IVariableDeclarationGroupOperation or IUsingDeclarationOperation or IEmptyOperation or ILocalFunctionOperation or IForEachLoopOperation:
                case IReturnOperation { Kind: OperationKind.YieldReturn } or IConditionalOperation { WhenFalse: null, Condition.ConstantValue.HasValue: false }:
                case IWhileLoopOperation { ConditionIsTop: true, Condition.ConstantValue.HasValue: false } or IForLoopOperation { Condition.ConstantValue.HasValue: false }:
                    return true;
                case IConditionalOperation { Condition.ConstantValue.HasValue: false, WhenFalse: { } otherwise } choice:
                    if (depth < DeepestStatement && Completes(choice.WhenTrue, depth + 1))
                        return true;
                    statement = otherwise;
                    continue;
                case IUsingOperation { Body: var body }:
                    statement = body;
                    continue;
                case ILockOperation { Body: var body }:
                    statement = body;
                    continue;
                case ITryOperation attempt:
                    if (attempt.Finally is { } last && (depth >= DeepestStatement || !Completes(last, depth + 1)))
                        return false;
                    statement = attempt.Body;
                    continue;
                case IBlockOperation block when depth < DeepestStatement:
                    foreach (IOperation inner in block.Operations)
                    {
                        if (!Completes(inner, depth + 1))
                            return false;
                    }

                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether control leaves the function behind a statement of a block, by a <c>return</c> or <c>throw</c> that nothing jumps past.</summary>
    private static bool LeavesBehind(IBlockOperation block, IOperation statement)
    {
        bool isBehind = false;
        foreach (IOperation next in block.Operations)
        {
            isBehind |= next == statement;
            if (isBehind && next != statement && next is IReturnOperation { Kind: not OperationKind.YieldReturn } or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation })
                return true;
            if (isBehind && Operations.Any(next, static operation => operation is IBranchOperation or ILabeledOperation))
                return false;
        }

        return false;
    }

    /// <summary>Code may jump out of a branch, but never into one.</summary>
    private static bool AreBranches(IOperation parent, IOperation one, IOperation other) => parent is IConditionalOperation choice && one == choice.WhenTrue && other == choice.WhenFalse;
}
