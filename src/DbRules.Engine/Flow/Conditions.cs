using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Small questions about conditions and the branches behind them.</summary>
internal static class Conditions
{
    /// <summary>The parts of a condition that are joined by <c>&amp;&amp;</c>: all hold when the condition does. Empty without a condition.</summary>
    public static IEnumerable<IOperation> AllOf(IOperation? condition)
    {
        if (condition is null)
            yield break;
        var pending = new Stack<IOperation>();
        pending.Push(condition);
        while (pending.Count > 0)
        {
            IOperation part = Operations.Unwrap(pending.Pop());
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            {
                pending.Push(both.RightOperand);
                pending.Push(both.LeftOperand);
            }
            else
            {
                yield return part;
            }
        }
    }

    /// <summary>The last statement of a branch; the branch itself when it is no block.</summary>
    public static IOperation LastOf(IOperation branch)
    {
        IOperation last = branch is IBlockOperation { Operations: [.., var end] } ? end : branch;
        return last is IExpressionStatementOperation { Operation: IThrowOperation thrown } ? thrown : last;
    }

    /// <summary>Whether control never falls out of the end of a branch.</summary>
    public static bool Jumps(IOperation branch) => LastOf(branch) is IBranchOperation or IThrowOperation || Returns(LastOf(branch));

    /// <summary>Whether a statement leaves the function. <c>yield return</c> does not.</summary>
    public static bool Returns(IOperation statement) => statement is IReturnOperation { Kind: not OperationKind.YieldReturn };

    /// <summary>Whether code throws, returns or jumps on some way.</summary>
    public static bool MayLeave(IOperation code) => Operations.Any(code, static part => part is IThrowOperation or IBranchOperation or IReturnOperation { IsImplicit: false });

    /// <summary>What <c>x.HasValue</c> asks about; null for any other test.</summary>
    public static IOperation? AskedForValue(IOperation test) =>
        test is IPropertyReferenceOperation { Property: { Name: nameof(Nullable<int>.HasValue), ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } value } ? value : null;

    public static bool IsNull(IOperation operation) => Operations.Unwrap(operation).ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether a branch ends with leaving a loop: a <c>break</c> out of it, or a <c>return</c>.</summary>
    public static bool Leaves(IOperation? branch, ILoopOperation loop) => branch is not null && LastOf(branch) switch
    {
        IBranchOperation { Target: var target } => SymbolEqualityComparer.Default.Equals(target, loop.ExitLabel),
        var last => Returns(last),
    };

    /// <summary>Whether a value is null, zero, false or the default of its type.</summary>
    public static bool IsNothing(IOperation value) =>
        Operations.Unwrap(value) is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null or false or 0 or 0L } };

    /// <summary>What <c>if</c>, <c>?:</c> and <c>switch</c> around an operation test, innermost first, up to the function that it stands in.</summary>
    public static IEnumerable<IOperation> Around(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is IConditionalOperation { Condition: var condition })
                yield return condition;
            else if (parent is ISwitchOperation { Value: var value })
                yield return value;
        }
    }
}
