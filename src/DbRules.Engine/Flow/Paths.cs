using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>
/// Questions about the order in which operations of one function body can run, answered on Roslyn's control-flow graph.
/// An operation that the graph does not hold makes every question answer with what keeps a rule quiet; see each member.
/// </summary>
public sealed class Paths
{
    private readonly ControlFlowGraph _graph;
    private readonly Dictionary<SyntaxNode, int> _blockOf = [];

    private Paths(ControlFlowGraph graph)
    {
        _graph = graph;
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
                Remember(operation, block.Ordinal);
            if (block.BranchValue is { } value)
                Remember(value, block.Ordinal);
        }
    }

    /// <summary>
    /// The graph of the function that an operation stands in: the member's body, a lambda or a local function.
    /// Null when Roslyn cannot build one (code with errors, initializers).
    /// </summary>
    public static Paths? Around(IOperation operation, CancellationToken cancellation)
    {
        var functions = new Stack<IOperation>();
        IOperation root = operation;
        for (IOperation? parent = operation; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                functions.Push(parent);
            root = parent;
        }

        ControlFlowGraph? graph = root switch
        {
            IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellation),
            IBlockOperation body => ControlFlowGraph.Create(body, cancellation),
            IFieldInitializerOperation body => ControlFlowGraph.Create(body, cancellation),
            IPropertyInitializerOperation body => ControlFlowGraph.Create(body, cancellation),
            _ => null,
        };
        while (graph is not null && functions.Count > 0)
            graph = Enter(graph, functions.Pop(), cancellation);
        return graph is null ? null : new Paths(graph);
    }

    /// <summary>
    /// Whether control can come back to an operation inside a loop after the operation ended without an exception, and without leaving
    /// the loop in between. True when unknown.
    /// </summary>
    public bool RepeatsAfterSuccess(IOperation operation, IOperation loop) =>
        BlockOf(operation) is not { } block || Reaches(block, block, throughExceptions: false, ordinal => IsOutside(_graph.Blocks[ordinal], loop));

    /// <summary>Whether control can reach <paramref name="later"/> after <paramref name="earlier"/>, exceptions included. False when unknown.</summary>
    public bool CanFollow(IOperation earlier, IOperation later)
    {
        if (BlockOf(earlier) is not { } from || BlockOf(later) is not { } to)
            return false;
        return (from == to && earlier.Syntax.SpanStart < later.Syntax.SpanStart) || Reaches(from, to, throughExceptions: true);
    }

    /// <summary>Whether every path from the start of the body to <paramref name="operation"/> runs <paramref name="guard"/> first. False when unknown.</summary>
    public bool IsDominatedBy(IOperation operation, IOperation guard)
    {
        if (BlockOf(operation) is not { } target || BlockOf(guard) is not { } barrier)
            return false;
        if (target == barrier)
            return guard.Syntax.SpanStart <= operation.Syntax.SpanStart;
        return !Reaches(0, target, throughExceptions: true, ordinal => ordinal == barrier);
    }

    /// <summary>Whether every path that leaves <paramref name="start"/> without an exception runs <paramref name="goal"/> before the body ends. False when unknown.</summary>
    public bool AlwaysReaches(IOperation start, IOperation goal)
    {
        if (BlockOf(start) is not { } from || BlockOf(goal) is not { } barrier)
            return false;
        if (from == barrier && start.Syntax.SpanStart <= goal.Syntax.SpanStart)
            return true;
        return !Reaches(from, _graph.Blocks.Length - 1, throughExceptions: false, ordinal => ordinal == barrier);
    }

    private int? BlockOf(IOperation operation)
    {
        for (SyntaxNode? node = operation.Syntax; node is not null; node = node.Parent)
        {
            if (_blockOf.TryGetValue(node, out int block))
                return block;
            if (node == _graph.OriginalOperation.Syntax)
                return null;
        }

        return null;
    }

    private bool Reaches(int from, int to, bool throughExceptions, Func<int, bool>? isBarrier = null)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>();
        pending.Push(from);
        while (pending.Count > 0)
        {
            int ordinal = pending.Pop();
            BasicBlock block = _graph.Blocks[ordinal];
            if (Step(block.FallThroughSuccessor) || Step(block.ConditionalSuccessor))
                return true;
            if (throughExceptions && StepToHandlers(block.EnclosingRegion))
                return true;
        }

        return false;

        bool Step(ControlFlowBranch? branch)
        {
            if (branch is null)
                return false;
            // A finally block runs on the way to the destination.
            foreach (ControlFlowRegion region in branch.FinallyRegions)
            {
                if (Arrive(region.FirstBlockOrdinal))
                    return true;
            }

            return branch.Destination is { } destination && Arrive(destination.Ordinal);
        }

        bool StepToHandlers(ControlFlowRegion? region)
        {
            for (; region is not null; region = region.EnclosingRegion)
            {
                if (region.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally))
                    continue;
                foreach (ControlFlowRegion handler in region.NestedRegions)
                {
                    if (handler.Kind != ControlFlowRegionKind.Try && Arrive(handler.FirstBlockOrdinal))
                        return true;
                }
            }

            return false;
        }

        bool Arrive(int ordinal)
        {
            if (ordinal == to)
                return true;
            if (isBarrier?.Invoke(ordinal) != true && seen.Add(ordinal))
                pending.Push(ordinal);
            return false;
        }
    }

    /// <summary>A block with code, none of which belongs to the loop. Blocks without code are passed through.</summary>
    private static bool IsOutside(BasicBlock block, IOperation loop)
    {
        bool hasCode = false;
        foreach (IOperation operation in block.Operations)
        {
            hasCode = true;
            if (Operations.IsInside(operation, loop))
                return false;
        }

        return block.BranchValue is { } value ? !Operations.IsInside(value, loop) : hasCode;
    }

    private void Remember(IOperation operation, int block)
    {
        Operations.Visit(operation, (this, block), static (below, state) =>
        {
            if (!state.Item1._blockOf.ContainsKey(below.Syntax))
                state.Item1._blockOf.Add(below.Syntax, state.block);
            return below is not IFlowAnonymousFunctionOperation;
        });
    }

    private static ControlFlowGraph? Enter(ControlFlowGraph graph, IOperation function, CancellationToken cancellation)
    {
        if (function is ILocalFunctionOperation local)
        {
            ImmutableArray<IMethodSymbol> known = graph.LocalFunctions;
            return known.Contains(local.Symbol, SymbolEqualityComparer.Default) ? graph.GetLocalFunctionControlFlowGraph(local.Symbol, cancellation) : null;
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations.Concat(block.BranchValue is { } value ? [value] : Array.Empty<IOperation>()))
            {
                if (Find(operation, function) is { } lambda)
                    return graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation);
            }
        }

        return null;
    }

    private static IFlowAnonymousFunctionOperation? Find(IOperation root, IOperation function)
    {
        IFlowAnonymousFunctionOperation? found = null;
        Operations.Any(root, operation =>
        {
            if (operation is IFlowAnonymousFunctionOperation lambda && lambda.Syntax == function.Syntax)
                found = lambda;
            return found is not null;
        });
        return found;
    }
}
