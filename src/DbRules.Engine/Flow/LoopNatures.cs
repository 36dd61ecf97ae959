using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Tells a loop over elements from loops that retry, poll, page, walk a graph or count something else.</summary>
internal sealed class LoopNatures(IFlowVocabulary vocabulary, Origins origins)
{
    private readonly ConstantSequences _constants = new(origins);

    public Iteration Describe(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForEachLoopOperation each:
            {
                (Exemption nature, int? count) = each.IsAsynchronous && Waits(each.Collection) ? (Exemption.Polling, null) : OfSource(each.Collection);
                return new Iteration(loop, loop, each.Collection, LoopVariables(each), nature, count);
            }

            case IForLoopOperation counting:
                return DescribeFor(counting);

            case IWhileLoopOperation conditional:
                return DescribeWhile(conditional);

            default:
                return new Iteration(loop, loop, null, [], Exemption.NotOverElements, null);
        }
    }

    /// <summary>What a walk over this sequence is, whichever construct walks it.</summary>
    public (Exemption Nature, int? ConstantCount) OfSource(IOperation source)
    {
        IOperation value = origins.Resolve(source);
        if (value.Type is { } type && (vocabulary.HoldsAtMostOne(type) || (source.Type is { } written && vocabulary.HoldsAtMostOne(written))))
            return (Exemption.AtMostOne, null);
        if (Waits(value))
            return (Exemption.Polling, null);
        if (value is IInvocationOperation call && vocabulary.Batches(call.TargetMethod))
            return (Exemption.Chunks, null);
        return (Exemption.None, _constants.Count(value));
    }

    private bool Waits(IOperation source) =>
        Operations.Unwrap(source) is { } value
        && ((value.Type is { } type && vocabulary.Consumes(type)) || (value is IInvocationOperation call && vocabulary.Waits(call.TargetMethod)));

    private Iteration DescribeFor(IForLoopOperation loop)
    {
        ImmutableArray<ISymbol> counters = [.. loop.Locals];
        Exemption nature = Exemption.NotOverElements;
        int? count = null;
        IOperation? source = null;
        if (IsPolling(loop, loop.Condition))
        {
            nature = Exemption.Polling;
        }
        else if (Counter(loop) is { } counter)
        {
            counters = counters.Contains(counter.Symbol, SymbolEqualityComparer.Default) ? counters : counters.Add(counter.Symbol);
            nature = counter.StepIsOne ? Exemption.None : Exemption.Chunks;
            count = counter.StepIsOne ? _constants.Passes(loop, counter.Symbol) : null;
            source = counter.CountedSequence;
        }

        return new Iteration(loop, loop, source, counters, nature, count);
    }

    /// <summary>A while loop goes over elements only where it visibly takes them: from a cursor, a queue, or by an index.</summary>
    private Iteration DescribeWhile(IWhileLoopOperation loop)
    {
        if (IsPolling(loop, loop.Condition))
            return New(Exemption.Polling, null);

        IInvocationOperation? advance = null;
        Operations.Any(loop, operation =>
        {
            if (advance is null && operation is IInvocationOperation call && vocabulary.Advances(call.TargetMethod) && IsOwn(call, loop))
                advance = call;
            return advance is not null;
        });

        if (advance is not null)
        {
            bool inHeader = loop.Condition is { } condition && Operations.IsInside(advance, condition);
            bool countsDown = !inHeader && loop.Condition is not null && SameRoot(loop.Condition, advance);
            if (!inHeader && !countsDown)
                return New(Exemption.NotOverElements, null);
            // A queue that lives longer than the method is a worker's; one that the loop fills itself is a graph walk.
            if (Operations.RootSymbol(Operations.Receiver(advance)) is not (ILocalSymbol or IParameterSymbol))
                return New(Exemption.Polling, null);
            return FillsItself(loop, advance) ? New(Exemption.GraphWalk, null) : New(Exemption.None, Operations.Receiver(advance));
        }

        if (loop.Condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } comparison
            && Operations.Unwrap(comparison.LeftOperand) is ILocalReferenceOperation { Local: var index }
            && CountedSequence(comparison.RightOperand) is { } counted
            && IncrementsOnce(loop, index))
        {
            return new Iteration(loop, loop, counted, [index], Exemption.None, null);
        }

        return New(Exemption.NotOverElements, null);

        Iteration New(Exemption nature, IOperation? source) =>
            new(loop, loop, source, source is not null && Operations.RootSymbol(source) is { } cursor ? [cursor] : [], nature, null);
    }

    private bool IsPolling(ILoopOperation loop, IOperation? condition)
    {
        if (condition is not null && Operations.Any(condition, operation => operation is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }
            || (operation is IInvocationOperation call && vocabulary.Waits(call.TargetMethod))))
        {
            return true;
        }

        // A loop whose own body waits for time or work is a worker, unless its header walks a sequence.
        return loop is IWhileLoopOperation && Operations.Any(loop.Body, operation =>
            operation is IInvocationOperation call && vocabulary.Waits(call.TargetMethod) && IsOwn(call, loop));
    }

    private bool FillsItself(ILoopOperation loop, IInvocationOperation advance)
    {
        ISymbol? queue = Operations.RootSymbol(Operations.Receiver(advance));
        return Operations.Any(loop, operation => operation is IInvocationOperation call
            && call != advance
            && !vocabulary.Advances(call.TargetMethod)
            && call.TargetMethod.ReturnsVoid
            && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(Operations.Receiver(call)), queue));
    }

    private static bool IsOwn(IOperation operation, ILoopOperation loop)
    {
        for (IOperation? parent = operation.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }

        return true;
    }

    private static bool SameRoot(IOperation condition, IInvocationOperation advance)
    {
        ISymbol? cursor = Operations.RootSymbol(Operations.Receiver(advance));
        return cursor is not null && Operations.Any(condition, operation => operation is IPropertyReferenceOperation or IInvocationOperation
            && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(operation), cursor));
    }

    private static (ISymbol Symbol, bool StepIsOne, IOperation? CountedSequence)? Counter(IForLoopOperation loop)
    {
        if (loop.Condition is not IBinaryOperation comparison || loop.AtLoopBottom is not [var bottom])
            return null;
        (ISymbol? symbol, bool one) = (bottom is IExpressionStatementOperation statement ? statement.Operation : bottom) switch
        {
            IIncrementOrDecrementOperation step => (Operations.Referenced(step.Target), true),
            ICompoundAssignmentOperation step => (Operations.Referenced(step.Target), step.Value.ConstantValue is { HasValue: true, Value: 1 }),
            _ => (null, false),
        };
        if (symbol is null)
            return null;
        if (SymbolEqualityComparer.Default.Equals(Operations.Referenced(comparison.LeftOperand), symbol))
            return (symbol, one, CountedSequence(comparison.RightOperand) ?? BackwardSequence(loop));
        return SymbolEqualityComparer.Default.Equals(Operations.Referenced(comparison.RightOperand), symbol)
            ? (symbol, one, CountedSequence(comparison.LeftOperand))
            : null;
    }

    /// <summary><c>for (var i = list.Count - 1; i >= 0; i--)</c>.</summary>
    private static IOperation? BackwardSequence(IForLoopOperation loop)
    {
        foreach (IOperation before in loop.Before)
        {
            IOperation? found = null;
            Operations.Any(before, operation => (found = CountedSequence(operation)) is not null);
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>The sequence behind <c>x.Count</c>, <c>x.Length</c> or <c>x.Count()</c>.</summary>
    private static IOperation? CountedSequence(IOperation limit) => Operations.Unwrap(limit) switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } sequence } => sequence,
        IInvocationOperation { TargetMethod: { Name: "Count", IsExtensionMethod: true }, Arguments: [{ Value: { } sequence }] } => sequence,
        _ => null,
    };

    private static bool IncrementsOnce(ILoopOperation loop, ILocalSymbol index) =>
        Operations.Any(loop.Body, operation => operation is IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var local } }
            && SymbolEqualityComparer.Default.Equals(local, index));

    private static ImmutableArray<ISymbol> LoopVariables(IForEachLoopOperation loop) => [.. loop.Locals];
}
