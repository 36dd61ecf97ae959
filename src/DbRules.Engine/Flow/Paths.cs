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
    private const int MostFlags = 8;

    private readonly ControlFlowGraph _graph;
    private readonly SyntaxNode? _function;

    /// <summary>The syntax of the graph's operations, block by block. Few operations of a graph are asked about: looking through the list costs less than a table of all.</summary>
    private readonly List<SyntaxNode> _nodes = [];

    /// <summary>For each block, how many nodes stand in it and those before it.</summary>
    private readonly int[] _ends;

    private Paths(ControlFlowGraph graph, SyntaxNode? function)
    {
        _graph = graph;
        _function = function;
        _ends = new int[graph.Blocks.Length];
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
                Remember(operation);
            if (block.BranchValue is { } value)
                Remember(value);
            _ends[block.Ordinal] = _nodes.Count;
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
        SyntaxNode? function = functions.Count > 0 ? functions.Last().Syntax : null;
        while (graph is not null && functions.Count > 0)
            graph = Enter(graph, functions.Pop(), cancellation);
        return graph is null ? null : new Paths(graph, function);
    }

    /// <summary>
    /// Whether control can come back to an operation inside a loop after the operation ended without an exception, and without leaving
    /// the loop in between. A flag that the code sets to a constant on the way decides the branches that test it. True when unknown.
    /// </summary>
    public bool RepeatsAfterSuccess(IOperation operation, IOperation loop)
    {
        if (BlockOf(operation) is not { } block || Operations.EnclosingFunction(loop)?.Syntax != _function)
            return true;
        bool IsBarrier(int ordinal) => IsOutside(_graph.Blocks[ordinal], loop);
        if (!new PathSearch(_graph, block, throughExceptions: false, IsBarrier).Reaches(block))
            return false;
        return PathSearch.FlagsIn(loop).Take(MostFlags).All(flag => new PathSearch(_graph, block, throughExceptions: false, IsBarrier, flag).ReachesAfter(operation, block));
    }

    /// <summary>Whether control can reach <paramref name="later"/> after <paramref name="earlier"/>, exceptions included. False when unknown.</summary>
    public bool CanFollow(IOperation earlier, IOperation later)
    {
        if (BlockOf(earlier) is not { } from || BlockOf(later) is not { } to)
            return false;
        return (from == to && Precedes(earlier, later)) || new PathSearch(_graph, to, throughExceptions: true).Reaches(from);
    }

    /// <summary>
    /// Whether control can get from the end of <paramref name="earlier"/> to <paramref name="later"/> without an exception and without running one of
    /// <paramref name="barriers"/> on the way. False when unknown.
    /// </summary>
    /// <param name="earlier">Where the way starts.</param>
    /// <param name="later">Where it ends.</param>
    /// <param name="barriers">What must not run on it.</param>
    /// <param name="held">A local that is not null on it; null when that is not known of any.</param>
    public bool CanReach(IOperation earlier, IOperation later, IReadOnlyCollection<IOperation> barriers, ISymbol? held = null)
    {
        if (BlockOf(earlier) is not { } from || BlockOf(later) is not { } to)
            return false;
        bool isStraight = from == to && Precedes(earlier, later);
        var blocked = new HashSet<int>();
        foreach (IOperation barrier in barriers)
        {
            if (BlockOf(barrier) is not { } block)
                continue;
            bool isBehind = block == from && Precedes(earlier, barrier);
            bool isBefore = block == to && Precedes(barrier, later);
            if (isStraight ? isBehind && isBefore : isBehind || isBefore)
                return false;
            blocked.Add(block);
        }

        return isStraight || new PathSearch(_graph, to, throughExceptions: false, blocked.Contains, held: held).Reaches(from);
    }

    /// <summary>
    /// Whether control can get from the end of <paramref name="earlier"/> to <paramref name="later"/> without an exception and within one pass of the loops around
    /// both. False when unknown.
    /// </summary>
    public bool CanReachInPass(IOperation earlier, IOperation later)
    {
        if (BlockOf(earlier) is not { } from || BlockOf(later) is not { } to)
            return false;
        // Blocks stand in the order of the code, so that only a next pass leads back.
        return from == to ? Precedes(earlier, later) : from < to && new PathSearch(_graph, to, throughExceptions: false, ordinal => ordinal < from).Reaches(from);
    }

    /// <summary>
    /// Whether control can get from the end of an operation to the end of the body without an exception and without running one of
    /// <paramref name="barriers"/> on the way. False when unknown.
    /// </summary>
    /// <param name="operation">Where the way starts.</param>
    /// <param name="barriers">What must not run on it.</param>
    /// <param name="held">A local that is not null on it; null when that is not known of any.</param>
    public bool CanLeave(IOperation operation, IReadOnlyCollection<IOperation> barriers, ISymbol? held = null)
    {
        if (BlockOf(operation) is not { } from || barriers.Any(barrier => BlockOf(barrier) == from && Precedes(operation, barrier)))
            return false;
        HashSet<int> blocked = [.. barriers.Select(BlockOf).OfType<int>()];
        return new PathSearch(_graph, _graph.Blocks.Length - 1, throughExceptions: false, blocked.Contains, held: held).Reaches(from);
    }

    /// <summary>
    /// The first operation behind another whose exception may leave the function on a way that runs none of <paramref name="barriers"/>. Null when there is none, or when
    /// that is not known.
    /// </summary>
    /// <param name="start">The operation behind which to look.</param>
    /// <param name="barriers">What must run.</param>
    /// <param name="mayThrow">Which operations may throw; it is asked about those of the control-flow graph.</param>
    /// <param name="held">A local that is not null on the way; null when that is not known of any.</param>
    public IOperation? ThrowerAfter(IOperation start, IReadOnlyCollection<IOperation> barriers, Func<IOperation, bool> mayThrow, ISymbol? held = null)
    {
        if (BlockOf(start) is not { } from)
            return null;
        var blocked = new Dictionary<int, IOperation>();
        foreach (IOperation barrier in barriers)
        {
            if (BlockOf(barrier) is { } block && (block != from || Precedes(start, barrier)) && (!blocked.TryGetValue(block, out IOperation? known) || Precedes(barrier, known)))
                blocked[block] = barrier;
        }

        return new EscapeSearch(_graph, blocked, held).ThrowerAfter(start, from, mayThrow);
    }

    /// <summary>
    /// Whether every path from the start of the body to <paramref name="operation"/> runs <paramref name="guard"/> to its end first. False when unknown.
    /// </summary>
    public bool IsDominatedBy(IOperation operation, IOperation guard)
    {
        if (BlockOf(operation) is not { } target || BlockOf(guard) is not { } barrier)
            return false;
        if (target == barrier)
            return Precedes(guard, operation);
        return !new PathSearch(_graph, target, throughExceptions: true, ordinal => ordinal == barrier).Reaches(0);
    }

    /// <summary>Whether every path that leaves <paramref name="start"/> without an exception runs <paramref name="goal"/> before the body ends. False when unknown.</summary>
    public bool AlwaysReaches(IOperation start, IOperation goal)
    {
        if (BlockOf(start) is not { } from || BlockOf(goal) is not { } barrier)
            return false;
        if (from == barrier && Precedes(start, goal))
            return true;
        return !new PathSearch(_graph, _graph.Blocks.Length - 1, throughExceptions: false, ordinal => ordinal == barrier).Reaches(from);
    }

    /// <summary>Whether one operation of a block ends before another: arguments before their call, else by position.</summary>
    internal static bool Precedes(IOperation first, IOperation second)
    {
        (int firstEnd, int secondEnd) = (first.Syntax.Span.End, second.Syntax.Span.End);
        return firstEnd < secondEnd || (firstEnd == secondEnd && first.Syntax.SpanStart > second.Syntax.SpanStart);
    }

    private int? BlockOf(IOperation operation)
    {
        if (Operations.EnclosingFunction(operation)?.Syntax != _function)
            return null;
        for (SyntaxNode? node = operation.Syntax; node is not null; node = node.Parent)
        {
            if (_nodes.IndexOf(node) is var index and >= 0)
                return Array.FindIndex(_ends, end => end > index);
            if (node == _graph.OriginalOperation.Syntax)
                return null;
        }

        return null;
    }

    /// <summary>A block with code, none of which belongs to the passes of the loop. Blocks without code are passed through.</summary>
    private static bool IsOutside(BasicBlock block, IOperation loop)
    {
        bool hasCode = false;
        foreach (IOperation operation in block.Operations)
        {
            hasCode = true;
            if (IsOfPasses(operation, loop))
                return false;
        }

        return block.BranchValue is { } value ? !IsOfPasses(value, loop) : hasCode;
    }

    // A foreach asks for its next element at the place of its source, so only the start of a for counts as outside.
    private static bool IsOfPasses(IOperation operation, IOperation loop) =>
        Operations.IsInside(operation, loop) && !(loop is IForLoopOperation && Iteration.RunsOnce(loop, operation));

    private void Remember(IOperation operation) =>
        Operations.Visit(operation, _nodes, static (below, nodes) =>
        {
            // A conversion has the syntax of what it converts.
            if (nodes.Count == 0 || nodes[nodes.Count - 1] != below.Syntax)
                nodes.Add(below.Syntax);
            return below is not IFlowAnonymousFunctionOperation;
        });

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
