using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>One search through a control-flow graph: is there a way to a block that does not lead through a barrier?</summary>
/// <param name="graph">The graph.</param>
/// <param name="target">The block that is looked for.</param>
/// <param name="throughExceptions">Whether an exception may leave any block for the handlers around it.</param>
/// <param name="isBarrier">Blocks that are not passed; an exception before their end still leaves them. None when null.</param>
/// <param name="flag">A Boolean whose constant values decide the branches that test it; null follows both sides of every branch.</param>
/// <param name="held">A local that is not null on the ways that are looked for; null when that is not known of any.</param>
internal sealed class PathSearch(ControlFlowGraph graph, int target, bool throughExceptions, Func<int, bool>? isBarrier = null, ISymbol? flag = null, ISymbol? held = null)
{
    private readonly HashSet<(int Block, bool? Flag)> _seen = [];
    private readonly Stack<(int Block, bool? Flag)> _pending = new();
    private readonly Dictionary<ControlFlowRegion, bool> _crossed = [];

    /// <summary>The Booleans that code sets to constants.</summary>
    public static IEnumerable<ISymbol> FlagsIn(IOperation scope)
    {
        var flags = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Operations.Visit(scope, flags, static (operation, flags) =>
        {
            if (SetsFlag(operation))
                flags.Add(Operations.Referenced(((ISimpleAssignmentOperation)operation).Target)!);
            return true;
        });
        return flags;
    }

    /// <summary>Whether an operation sets a Boolean to a constant.</summary>
    public static bool SetsFlag(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool } } assignment && Operations.Referenced(assignment.Target) is not null;

    /// <summary>Whether the end of a block has a way to the target.</summary>
    public bool Reaches(int from) => Run(from, null);

    /// <summary>Whether there is a way from behind an operation of a block; the rest of the block sets the flag.</summary>
    public bool ReachesAfter(IOperation operation, int block) => Run(block, FlagBehind(graph.Blocks[block], null, operation));

    private bool Run(int from, bool? value)
    {
        if (Leave(graph.Blocks[from], value))
            return true;
        while (_pending.Count > 0)
        {
            (int ordinal, bool? before) = _pending.Pop();
            BasicBlock block = graph.Blocks[ordinal];
            if (Leave(block, FlagBehind(block, before, null)))
                return true;
        }

        return false;
    }

    private bool Leave(BasicBlock block, bool? value)
    {
        bool? condition = ConditionOf(block, value);
        if (condition != false && Follow(block.ConditionalSuccessor, value))
            return true;
        if ((condition != true || block.ConditionalSuccessor is null) && Follow(block.FallThroughSuccessor, value))
            return true;
        return throughExceptions && FollowException(block.EnclosingRegion);
    }

    private bool Follow(ControlFlowBranch? branch, bool? value)
    {
        if (branch is null)
            return false;
        // Finally blocks run on the way to the destination.
        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            if (Arrive(region.FirstBlockOrdinal, value))
                return true;
            if (!CanCross(region))
                return false;
            value = flag is not null && value is not null && IsSetIn(region) ? null : value;
        }

        return branch.Destination is { } destination && Arrive(destination.Ordinal, value);
    }

    /// <summary>An exception in a try block goes to its handlers and on to those around; one in a handler only to those around.</summary>
    private bool FollowException(ControlFlowRegion? region)
    {
        ControlFlowRegion? inner = null;
        for (; region is not null; inner = region, region = region.EnclosingRegion)
        {
            if (region.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally) || inner?.Kind != ControlFlowRegionKind.Try)
                continue;
            foreach (ControlFlowRegion handler in region.NestedRegions)
            {
                if (handler.Kind != ControlFlowRegionKind.Try && Arrive(handler.FirstBlockOrdinal, null))
                    return true;
            }
        }

        return false;
    }

    private bool Arrive(int ordinal, bool? value)
    {
        if (ordinal == target)
            return true;
        if (isBarrier?.Invoke(ordinal) == true)
            return throughExceptions && _seen.Add((ordinal, null)) && FollowException(graph.Blocks[ordinal].EnclosingRegion);
        if (_seen.Add((ordinal, value)))
            _pending.Push((ordinal, value));
        return false;
    }

    /// <summary>Whether control gets from the start to the end of a finally block without meeting a barrier.</summary>
    private bool CanCross(ControlFlowRegion region)
    {
        if (isBarrier is null)
            return true;
        if (_crossed.TryGetValue(region, out bool known))
            return known;
        _crossed[region] = false;
        var seen = new HashSet<int>();
        var pending = new Stack<int>();
        Push(region.FirstBlockOrdinal);
        bool crossed = false;
        while (pending.Count > 0 && !crossed)
        {
            BasicBlock block = graph.Blocks[pending.Pop()];
            crossed = block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling };
            PushDestination(block.FallThroughSuccessor);
            PushDestination(block.ConditionalSuccessor);
        }

        _crossed[region] = crossed;
        return crossed;

        void PushDestination(ControlFlowBranch? branch)
        {
            if (branch?.Destination is { } destination && branch.FinallyRegions.All(CanCross))
                Push(destination.Ordinal);
        }

        void Push(int ordinal)
        {
            if (ordinal >= region.FirstBlockOrdinal && ordinal <= region.LastBlockOrdinal && !isBarrier(ordinal) && seen.Add(ordinal))
                pending.Push(ordinal);
        }
    }

    /// <summary>Whether the conditional successor is taken; null when neither the flag nor the local tells.</summary>
    private bool? ConditionOf(BasicBlock block, bool? value)
    {
        if (held is not null && Guards.TakesConditional(block, held) is { } taken)
            return taken;
        if (flag is null || value is null || block.BranchValue is not { } test || block.ConditionKind == ControlFlowConditionKind.None)
            return null;
        bool holds = value.Value;
        IOperation tested = Operations.Unwrap(test);
        while (tested is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
        {
            holds = !holds;
            tested = Operations.Unwrap(not.Operand);
        }

        if (!SymbolEqualityComparer.Default.Equals(Operations.Referenced(tested), flag))
            return null;
        return holds == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
    }

    private bool IsSetIn(ControlFlowRegion region)
    {
        for (int ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            if (FlagBehind(graph.Blocks[ordinal], true, null) != true || FlagBehind(graph.Blocks[ordinal], false, null) != false)
                return true;
        }

        return false;
    }

    /// <summary>The flag at the end of a block, from its value at the start or, given an operation, behind that operation.</summary>
    private bool? FlagBehind(BasicBlock block, bool? before, IOperation? behind)
    {
        if (flag is null)
            return null;
        bool? value = before;
        foreach (IOperation statement in block.Operations)
        {
            Operations.Any(statement, part =>
            {
                if (behind is null || Paths.Precedes(behind, part))
                    value = AfterPart(part, value);
                return false;
            });
        }

        return value;
    }

    private bool? AfterPart(IOperation part, bool? value) => part switch
    {
        ISimpleAssignmentOperation assignment when IsFlag(assignment.Target) => assignment.Value.ConstantValue is { HasValue: true, Value: bool constant } ? constant : null,
        ICompoundAssignmentOperation assignment when IsFlag(assignment.Target) => null,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when IsFlag(argument.Value) => null,
        _ => value,
    };

    private bool IsFlag(IOperation target) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(target), flag);
}
