using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace DbRules.Engine.Flow;

/// <summary>
/// Looks for an exception that leaves a function on a way that runs none of some operations. A handler or <c>finally</c> block that holds one of them counts as
/// running it.
/// </summary>
/// <param name="graph">The function.</param>
/// <param name="barriers">The blocks of the operations that must run, each with the first of them.</param>
/// <param name="held">A local that is not null on the ways that are looked for; null when that is not known of any.</param>
internal sealed class EscapeSearch(ControlFlowGraph graph, IReadOnlyDictionary<int, IOperation> barriers, ISymbol? held)
{
    /// <summary>The first operation, in source order, that may throw behind another one and whose exception leaves the function; null when there is none.</summary>
    /// <param name="start">The operation behind which to look.</param>
    /// <param name="from">Its block.</param>
    /// <param name="mayThrow">Which operations throw.</param>
    public IOperation? ThrowerAfter(IOperation start, int from, Func<IOperation, bool> mayThrow)
    {
        foreach (int ordinal in ReachableFrom(from).OrderBy(static ordinal => ordinal))
        {
            BasicBlock block = graph.Blocks[ordinal];
            IOperation? found = null;
            bool? leaves = null;
            foreach (IOperation statement in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                Operations.Any(statement, operation =>
                {
                    if (mayThrow(operation)
                        && (ordinal != from || Paths.Precedes(start, operation))
                        && (!barriers.TryGetValue(ordinal, out IOperation? barrier) || Paths.Precedes(operation, barrier))
                        && (leaves ??= Leaves(block.EnclosingRegion)))
                    {
                        found = operation;
                    }

                    return found is not null;
                });
                if (found is not null)
                    return found;
            }
        }

        return null;
    }

    /// <summary>Whether an exception from a region leaves the function, or is caught by code that goes on to the end of the function.</summary>
    private bool Leaves(ControlFlowRegion? region)
    {
        ControlFlowRegion? inner = null;
        for (; region is not null; inner = region, region = region.EnclosingRegion)
        {
            if (inner?.Kind != ControlFlowRegionKind.Try || region.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally))
                continue;
            ControlFlowRegion[] handlers = [.. region.NestedRegions.Where(static nested => nested.Kind != ControlFlowRegionKind.Try)];
            if (handlers.Any(HoldsBarrier))
                return false;
            if (region.Kind == ControlFlowRegionKind.TryAndCatch && handlers.FirstOrDefault(CatchesAll) is { } handler)
                return LeavesHandler(handler);
        }

        return true;
    }

    /// <summary>Whether the code of a handler throws again, or goes on to the end of the function, without a barrier.</summary>
    private bool LeavesHandler(ControlFlowRegion handler)
    {
        int exit = graph.Blocks.Length - 1;
        foreach (int ordinal in ReachableFrom(handler.FirstBlockOrdinal))
        {
            BasicBlock block = graph.Blocks[ordinal];
            if (ordinal == exit)
                return true;
            bool isThrow = block.FallThroughSuccessor?.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow;
            if (isThrow && ordinal >= handler.FirstBlockOrdinal && ordinal <= handler.LastBlockOrdinal && Leaves(handler.EnclosingRegion))
                return true;
        }

        return false;
    }

    private bool HoldsBarrier(ControlFlowRegion region) => barriers.Keys.Any(ordinal => ordinal >= region.FirstBlockOrdinal && ordinal <= region.LastBlockOrdinal);

    private static bool CatchesAll(ControlFlowRegion handler) => handler.Kind == ControlFlowRegionKind.Catch && Operations.CatchesAll(handler.ExceptionType);

    /// <summary>The blocks that control gets to without an exception and without running a barrier to its end; those with one are among them.</summary>
    private HashSet<int> ReachableFrom(int from)
    {
        HashSet<int> seen = [];
        var pending = new Stack<int>();
        Arrive(from);
        while (pending.Count > 0)
        {
            BasicBlock block = graph.Blocks[pending.Pop()];
            bool? taken = held is null ? null : Guards.TakesConditional(block, held);
            if (taken != true)
                Follow(block.FallThroughSuccessor);
            if (taken != false)
                Follow(block.ConditionalSuccessor);
        }

        return seen;

        void Follow(ControlFlowBranch? branch)
        {
            if (branch is null)
                return;
            foreach (ControlFlowRegion region in branch.FinallyRegions)
            {
                Arrive(region.FirstBlockOrdinal);
                if (HoldsBarrier(region))
                    return;
            }

            if (branch.Destination is { } destination)
                Arrive(destination.Ordinal);
        }

        void Arrive(int ordinal)
        {
            if (seen.Add(ordinal) && !barriers.ContainsKey(ordinal))
                pending.Push(ordinal);
        }
    }
}
