using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>What a loop counts with, and up to where.</summary>
/// <param name="Symbol">The variable that changes in every pass and that the condition compares.</param>
/// <param name="Comparison">The part of the condition that compares it.</param>
/// <param name="StepIsOne">Whether it moves by one; otherwise each pass takes a group.</param>
/// <param name="Sequence">The sequence whose size is the limit; null when the limit is another number.</param>
internal readonly record struct Counter(ISymbol Symbol, IBinaryOperation Comparison, bool StepIsOne, IOperation? Sequence);

/// <summary>Finds the counter of a loop that counts.</summary>
internal sealed class CountedLoops(Origins origins)
{
    /// <summary>The counter of a <c>for</c>; null when no variable of its condition takes steps at its bottom.</summary>
    public Counter? CounterOf(IForLoopOperation loop)
    {
        foreach (IBinaryOperation comparison in Comparisons(loop.Condition))
        {
            foreach (IOperation bottom in loop.AtLoopBottom)
            {
                if (Step(bottom) is not { } step)
                    continue;
                if (Is(comparison.LeftOperand, step.Symbol))
                    return new Counter(step.Symbol, comparison, step.IsOne, SequenceBehind(comparison.RightOperand) ?? SequenceCountedDown(loop));
                if (Is(comparison.RightOperand, step.Symbol))
                    return new Counter(step.Symbol, comparison, step.IsOne, SequenceBehind(comparison.LeftOperand));
            }
        }

        return null;
    }

    /// <summary>The counter of <c>while (i &lt; list.Count)</c> that the body moves by one; null for any other loop.</summary>
    public Counter? CounterOf(IWhileLoopOperation loop)
    {
        foreach (IBinaryOperation comparison in Comparisons(loop.Condition))
        {
            if (comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                && Operations.Unwrap(comparison.LeftOperand) is ILocalReferenceOperation { Local: var index }
                && SequenceBehind(comparison.RightOperand) is { } sequence
                && Operations.Any(loop.Body, operation => Step(operation) is { IsOne: true } step && SymbolEqualityComparer.Default.Equals(step.Symbol, index)))
            {
                return new Counter(index, comparison, true, sequence);
            }
        }

        return null;
    }

    /// <summary>The comparisons that all must hold for the loop to go on.</summary>
    private static IEnumerable<IBinaryOperation> Comparisons(IOperation? condition) => Conditions.AllOf(condition).OfType<IBinaryOperation>().Where(part =>
        part.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
            or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.NotEquals);

    private static (ISymbol Symbol, bool IsOne)? Step(IOperation operation)
    {
        (ISymbol? symbol, bool isOne) = (operation is IExpressionStatementOperation statement ? statement.Operation : operation) switch
        {
            IIncrementOrDecrementOperation step => (Operations.Referenced(step.Target), true),
            ICompoundAssignmentOperation step => (Operations.Referenced(step.Target), IsOneConstant(step.Value)),
            ISimpleAssignmentOperation { Value: IBinaryOperation sum } step when Operations.Referenced(step.Target) is { } target && Is(sum.LeftOperand, target) => (target, IsOneConstant(sum.RightOperand)),
            _ => (null, false),
        };
        return symbol is null ? null : (symbol, isOne);
    }

    /// <summary><c>for (var i = list.Count - 1; i >= 0; i--)</c>.</summary>
    private IOperation? SequenceCountedDown(IForLoopOperation loop)
    {
        IOperation? found = null;
        foreach (IOperation before in loop.Before)
        {
            if (Operations.Any(before, operation => (found = SequenceBehind(operation)) is not null))
                return found;
        }

        return null;
    }

    /// <summary>The sequence behind <c>x.Count</c>, <c>x.Length</c> or <c>x.Count()</c>, or behind a local that holds one of them.</summary>
    private IOperation? SequenceBehind(IOperation limit) => origins.Resolve(limit) switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } sequence } => sequence,
        IInvocationOperation { TargetMethod: { Name: "Count", IsExtensionMethod: true }, Arguments: [{ Value: { } sequence }] } => sequence,
        _ => null,
    };

    private static bool IsOneConstant(IOperation step) => step.ConstantValue is { HasValue: true, Value: 1 };

    private static bool Is(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(operation), symbol);
}
