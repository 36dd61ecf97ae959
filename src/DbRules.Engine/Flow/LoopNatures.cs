using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Tells a loop over elements from loops that retry, poll, page, walk a graph or count something else.</summary>
internal sealed class LoopNatures(IFlowVocabulary vocabulary, Origins origins)
{
    /// <summary>Operators behind each other on the way to where a sequence is made. More are not followed, so circular code ends.</summary>
    private const int LongestChain = 32;

    private readonly ConstantSequences _constants = new(origins);
    private readonly CountedLoops _counted = new(origins);

    private static readonly string[] AttemptWords = ["attempt", "retry", "retries", "tries"];
    private static readonly string[] PageWords = ["page", "chunk", "batch", "offset", "skip"];

    public Iteration Describe(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForEachLoopOperation each:
            {
                (Exemption nature, int? count) = OfSource(each.Collection);
                return new Iteration(loop, loop, each.Collection, [.. each.Locals], nature, count);
            }

            case IForLoopOperation counting:
                return DescribeFor(counting);

            case IWhileLoopOperation conditional:
                return DescribeWhile(conditional);

            default:
                return NotOverElements(loop, Exemption.NotOverElements);
        }
    }

    /// <summary>What a walk over this sequence is, whichever construct walks it.</summary>
    public (Exemption Nature, int? ConstantCount) OfSource(IOperation source)
    {
        IOperation value = origins.Resolve(source);
        if (HoldsAtMostOne(value) || HoldsAtMostOne(source))
            return (Exemption.AtMostOne, null);

        IOperation? step = value;
        for (int depth = 0; step is not null && depth < LongestChain; depth++)
        {
            if (Waits(step))
                return (Exemption.Polling, null);
            if (BatchNames.AreOfUnbound(step))
                return (Exemption.Chunks, null);
            if (step is not IInvocationOperation call)
                break;
            if ((vocabulary.Batches(call.TargetMethod) || BatchNames.AreOf(call)) && Sequences.IsSequence(Sequences.ElementType(value.Type)))
                return (Exemption.Chunks, null);
            step = call.TargetMethod.IsExtensionMethod && Operations.Receiver(call) is { } receiver ? origins.Resolve(receiver) : null;
        }

        return (Exemption.None, _constants.Count(source));
    }

    private bool HoldsAtMostOne(IOperation source) => Operations.Unwrap(source).Type is { } type && vocabulary.HoldsAtMostOne(type);

    private bool Waits(IOperation source) =>
        (source.Type is { } type && vocabulary.Consumes(type)) || (source is IInvocationOperation call && vocabulary.Waits(call.TargetMethod));

    private Iteration DescribeFor(IForLoopOperation loop)
    {
        if (HasWait(loop.Condition))
            return NotOverElements(loop, Exemption.Polling);
        if (_counted.CounterOf(loop) is { } counter)
            return DescribeCounted(loop, counter, _constants.Passes(loop, counter));
        if (Cursor(loop, loop.Condition) is { } advance)
            return DescribeCursor(loop, advance);
        return NotOverElements(loop, ChecksToken(loop.Condition) ? Exemption.Polling : Exemption.NotOverElements);
    }

    /// <summary>A while loop goes over elements only where it visibly takes them: from a cursor, a queue, or by an index.</summary>
    private Iteration DescribeWhile(IWhileLoopOperation loop)
    {
        if (HasWait(loop.Condition))
            return NotOverElements(loop, Exemption.Polling);
        if (Cursor(loop, loop.Condition) is { } advance)
            return DescribeCursor(loop, advance);
        if (_counted.CounterOf(loop) is { } counter)
            return DescribeCounted(loop, counter, null);
        // A loop that walks no sequence and waits for a token, for time or for work is a worker.
        return NotOverElements(loop, ChecksToken(loop.Condition) || WaitsInBody(loop) ? Exemption.Polling : Exemption.NotOverElements);
    }

    private Iteration DescribeCounted(ILoopOperation loop, Counter counter, int? passes)
    {
        Exemption nature = Exemption.None;
        if (!counter.StepIsOne)
            nature = Exemption.Chunks;
        else if (counter.Sequence is null && Counts(counter, AttemptWords))
            nature = Exemption.Retry;
        else if (counter.Sequence is null && Counts(counter, PageWords))
            nature = Exemption.Paging;
        else if (counter.Sequence is { } sequence && Operations.Referenced(sequence) is { } counted && Sequences.IsFilled(counted, loop, vocabulary))
            nature = Exemption.GraphWalk;
        return new Iteration(loop, loop, counter.Sequence, [counter.Symbol], nature, counter.StepIsOne ? passes : null);
    }

    /// <summary>What a loop counts, as its counter or its limit is called: <c>attempt</c>, <c>maxBatches</c>. A size is that of one page.</summary>
    private static bool Counts(Counter counter, string[] words) =>
        HasWord(counter.Symbol.Name, words)
        || (Limit(counter)?.Name is { } limit && !limit.EndsWith("size", StringComparison.OrdinalIgnoreCase) && HasWord(limit, words));

    private static ISymbol? Limit(Counter counter) =>
        SymbolEqualityComparer.Default.Equals(Operations.Referenced(counter.Comparison.LeftOperand), counter.Symbol)
            ? Operations.Referenced(counter.Comparison.RightOperand)
            : Operations.Referenced(counter.Comparison.LeftOperand);

    /// <summary>A loop that calls its counter so tries one thing again, or moves from page to page, however it decides to stop.</summary>
    private static bool HasWord(string name, string[] words) => words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private Iteration DescribeCursor(ILoopOperation loop, IInvocationOperation advance)
    {
        IOperation? receiver = Operations.Receiver(advance);
        // A queue that lives longer than the method is a worker's; one that the loop fills itself is a graph walk.
        if (Operations.RootSymbol(receiver) is not (ILocalSymbol or IParameterSymbol) || (receiver?.Type is { } type && vocabulary.Consumes(type)))
            return NotOverElements(loop, Exemption.Polling);
        if (Operations.Referenced(receiver) is { } queue && (Sequences.IsFilled(queue, loop, vocabulary) || Sequences.IsHandedOn(queue, loop)))
            return NotOverElements(loop, Exemption.GraphWalk);
        return new Iteration(loop, loop, receiver, [Operations.RootSymbol(receiver)!], Exemption.None, null);
    }

    private static Iteration NotOverElements(ILoopOperation loop, Exemption nature) => new(loop, loop, null, [], nature, null);

    /// <summary>The call that takes the next element and whose answer, or whose cursor's state, keeps the loop going.</summary>
    private IInvocationOperation? Cursor(ILoopOperation loop, IOperation? condition)
    {
        IInvocationOperation? leading = null;
        Operations.Any(loop, operation =>
        {
            if (operation is IInvocationOperation call && vocabulary.Advances(call.TargetMethod) && IsOwn(call, loop) && Leads(call, loop, condition))
                leading = call;
            return leading is not null;
        });
        return leading;
    }

    private static bool Leads(IInvocationOperation advance, ILoopOperation loop, IOperation? condition) =>
        (condition is not null && (Operations.IsInside(advance, condition) || TestsCursor(condition, advance))) || DecidesToLeave(advance, loop);

    /// <summary><c>while (queue.Count > 0)</c> around <c>queue.Dequeue()</c>.</summary>
    private static bool TestsCursor(IOperation condition, IInvocationOperation advance)
    {
        ISymbol? cursor = Operations.RootSymbol(Operations.Receiver(advance));
        return cursor is not null && Operations.Any(condition, operation => operation is IPropertyReferenceOperation or IInvocationOperation
            && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(operation), cursor));
    }

    /// <summary><c>while (true) { if (!reader.Read()) break; ... }</c>.</summary>
    private static bool DecidesToLeave(IOperation advance, ILoopOperation loop)
    {
        for (IOperation? parent = advance.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is IConditionalOperation test)
                return Operations.IsInside(advance, test.Condition) && (Conditions.Leaves(test.WhenTrue, loop) || Conditions.Leaves(test.WhenFalse, loop));
        }

        return false;
    }

    private bool HasWait(IOperation? condition) => condition is not null
        && Operations.Any(condition, operation => operation is IInvocationOperation call && vocabulary.Waits(call.TargetMethod));

    private static bool ChecksToken(IOperation? condition) => condition is not null
        && Operations.Any(condition, operation => operation is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" });

    private bool WaitsInBody(ILoopOperation loop) => Operations.Any(loop.Body, operation =>
        operation is IInvocationOperation call && vocabulary.Waits(call.TargetMethod) && IsOwn(call, loop));

    private static bool IsOwn(IOperation operation, ILoopOperation loop)
    {
        for (IOperation? parent = operation.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }

        return true;
    }
}
