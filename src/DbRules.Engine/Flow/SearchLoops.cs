using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// Tells a loop that looks for one thing and leaves when it is found from a loop that validates every element: both have an exit that
/// depends on the result, but a validation leaves by an error and runs to the end when all is well.
/// </summary>
internal sealed class SearchLoops(Origins origins)
{
    /// <summary>
    /// Whether the loop leaves as soon as the result of <paramref name="operation"/> is what it looks for. False for a delegate: a return
    /// there ends one pass only.
    /// </summary>
    public bool LeavesOnHit(IOperation operation, Iteration iteration)
    {
        if (iteration.Operation is not ILoopOperation loop)
            return false;
        var result = new ResultTests(operation);
        return LeavesOnHit(result, loop, iteration) || result.OfGathered(loop).Any(gathered => LeavesOnHit(gathered, loop, iteration));
    }

    private bool LeavesOnHit(ResultTests result, ILoopOperation loop, Iteration iteration)
    {
        if (StopsByHeader(loop, result))
            return true;
        bool found = false;
        Operations.Visit(loop.Body, 0, (candidate, _) =>
        {
            if (!found && candidate is IConditionalOperation { WhenTrue: { } whenTrue } test && result.HitWhenTrue(test.Condition) is { } hitWhenTrue)
            {
                found = Leaves(whenTrue, loop, iteration, result, hitWhenTrue)
                    || (test.WhenFalse is { } whenFalse && Leaves(whenFalse, loop, iteration, result, !hitWhenTrue))
                    || (Continues(whenTrue, loop) && test.Parent is IBlockOperation rest && Leaves(rest, loop, iteration, result, !hitWhenTrue));
            }

            return !found && candidate is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
        });
        return found;
    }

    /// <summary>
    /// Whether a loop that counts draws with <paramref name="operation"/> from what others fill, up to a limit: nothing in the pass uses the counter, the operation gets nothing of the
    /// pass, and the loop leaves when it finds nothing more.
    /// </summary>
    public static bool DrawsUntilNone(IOperation operation, Iteration iteration)
    {
        if (iteration is not { Operation: IForLoopOperation loop, Source: null, Elements: [var counter] } || Mentions(loop.Body, symbol => SymbolEqualityComparer.Default.Equals(symbol, counter)))
            return false;
        return !Operations.Any(operation, part => part is IArgumentOperation argument
                && Mentions(argument, symbol => Operations.IsDeclaredInside(symbol, loop.Body) && !Operations.IsDeclaredInside(symbol, argument)))
            && LeavesOnMiss(new ResultTests(operation), loop);
    }

    private static bool Mentions(IOperation code, Func<ISymbol, bool> asked) =>
        Operations.Any(code, part => part is ILocalReferenceOperation or IParameterReferenceOperation && asked(Operations.Referenced(part)!), insideExpressionTrees: true);

    private static bool LeavesOnMiss(ResultTests result, IForLoopOperation loop) =>
        Conditions.AllOf(loop.Condition).Any(part => result.HitWhenTrue(part) == true)
        || Operations.Any(loop.Body, part => part is IConditionalOperation test
            && result.HitWhenTrue(test.Condition) is { } hitWhenTrue
            && Conditions.Leaves(hitWhenTrue ? test.WhenFalse : test.WhenTrue, loop));

    /// <summary>Whether something in the body of a loop ends it without an error: a <c>break</c>, a <c>return</c>, a <c>goto</c>.</summary>
    public static bool HasExit(ILoopOperation loop)
    {
        bool found = false;
        Operations.Visit(loop.Body, loop, (operation, loop) =>
        {
            found |= operation is IReturnOperation { Kind: not OperationKind.YieldReturn }
                || (operation is IBranchOperation jump && (jump.BranchKind == BranchKind.GoTo || SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel)));
            return !found && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
        });
        return found;
    }

    /// <summary><c>for (...; i &lt; n &amp;&amp; found == null; i++) found = ...</c>.</summary>
    private static bool StopsByHeader(ILoopOperation loop, ResultTests result)
    {
        IOperation? condition = loop switch
        {
            IForLoopOperation counting => counting.Condition,
            IWhileLoopOperation conditional => conditional.Condition,
            _ => null,
        };
        return Conditions.AllOf(condition).Any(part => result.HitWhenTrue(part) == false);
    }

    private bool Leaves(IOperation branch, ILoopOperation loop, Iteration iteration, ResultTests result, bool onHit)
    {
        IOperation last = Conditions.LastOf(branch);
        if (last is IBranchOperation jump)
            return SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel) && (onHit || KeepsElement(branch, iteration));
        if (last is not IReturnOperation exit || !Conditions.Returns(exit))
            return false;
        return exit.ReturnedValue is null ? onHit : ReturnsFinding(Operations.Unwrap(exit.ReturnedValue), iteration, result, onHit);
    }

    private static bool Continues(IOperation branch, ILoopOperation loop) =>
        Conditions.LastOf(branch) is IBranchOperation jump && SymbolEqualityComparer.Default.Equals(jump.Target, loop.ContinueLabel);

    private bool ReturnsFinding(IOperation value, Iteration iteration, ResultTests result, bool onHit)
    {
        if (value.ConstantValue is { HasValue: true, Value: true })
            return onHit;
        if (onHit && Operations.Any(value, result.IsHeld))
            return true;
        return IsOfPass(value, iteration);
    }

    /// <summary><c>if (free) { name = candidate; break; }</c>: the loop looked for the element that the result speaks of.</summary>
    private bool KeepsElement(IOperation branch, Iteration iteration) => Operations.Any(branch, part =>
        part is ISimpleAssignmentOperation { Target: { } target, Value: { } value }
        && !IsOfPass(target, iteration)
        && IsOfPass(Operations.Unwrap(value), iteration));

    /// <summary>The element, or something that the pass made.</summary>
    private bool IsOfPass(IOperation value, Iteration iteration) =>
        value is not IInvocationOperation
        && Operations.RootSymbol(value) is { } root
        && (iteration.Elements.Contains(root, SymbolEqualityComparer.Default)
            || (root is ILocalSymbol local && origins.Of(local) is { Count: > 0 } assignments && assignments.All(assignment => iteration.Repeats(assignment.Site))));
}
