using System.Collections.Immutable;
using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>A call of one function to another, before it is known what that does.</summary>
/// <param name="call">The call.</param>
/// <param name="target">The function; null when the code does not show it.</param>
/// <param name="delegates">The delegates that are handed over.</param>
/// <param name="scope">The function that the call is part of; null when it is looked at by itself.</param>
internal sealed class Edge(OwnCall call, FunctionNode? target, ImmutableArray<DelegateArgument> delegates, FunctionScope? scope)
{
    private const int Unasked = -1;

    private int _weight = Unasked;

    public OwnCall Call { get; } = call;

    public FunctionNode? Target { get; } = target;

    public ImmutableArray<DelegateArgument> Delegates { get; } = delegates;

    /// <summary>The ordinal of the caller's delegate parameter that the call invokes; null when it invokes another function.</summary>
    public int? OwnDelegate { get; init; }

    /// <summary>Whether the caller returns what the call returns.</summary>
    public bool IsReturned { get; init; }

    /// <summary>How the call counts for its caller. Most calls lead to no store, so that nobody asks.</summary>
    public Weight Weight
    {
        get
        {
            if (_weight == Unasked)
                _weight = (int)(scope?.WeightOf(Call) ?? Weight.Once);
            return (Weight)_weight;
        }
    }

    /// <summary>The ordinal of the caller's parameter whose elements repeat the call; null when none does.</summary>
    public int? Source => scope?.SourceOf(Call);

    /// <summary>Adds the functions whose summaries the edge needs.</summary>
    public void AddDependencies(List<FunctionNode> dependencies)
    {
        if (Target is not null)
            dependencies.Add(Target);
        foreach (DelegateArgument handed in Delegates)
        {
            if (handed.Node is { } node)
                dependencies.Add(node);
        }
    }
}

/// <summary>How something that stands in a function counts for a call of that function.</summary>
internal enum Weight
{
    /// <summary>It runs once, or at least once.</summary>
    Once,

    /// <summary>It runs once for each element of a sequence that the function goes over.</summary>
    PerElement,

    /// <summary>It runs when something that outlives the call did not remember an earlier result.</summary>
    OnMiss,

    /// <summary>It runs after an error, or when nobody here knows: only what it may write counts.</summary>
    Unknown,
}

/// <summary>What stands in a function itself, callees not included.</summary>
internal sealed class FunctionEffects
{
    private IReadOnlyList<FunctionNode>? _dependencies;

    /// <summary>What the function's own calls to the store add up to.</summary>
    public MethodSummary Own { get; init; } = MethodSummary.Nothing;

    /// <summary>The calls to other functions.</summary>
    public IReadOnlyList<Edge> Edges { get; init; } = [];

    /// <summary>The functions that one of may run, for a virtual call; all that run, for a request.</summary>
    public IReadOnlyList<FunctionNode> Alternatives { get; init; } = [];

    /// <summary>What referenced assemblies state of their own such functions: one summary for each assembly that has any.</summary>
    public IReadOnlyList<MethodSummary> Stated { get; init; } = [];

    public bool HasAlternatives => Alternatives.Count + Stated.Count > 0;

    /// <summary>The functions whose summaries that of this one needs.</summary>
    public IReadOnlyList<FunctionNode> Dependencies => _dependencies ??= FindDependencies();

    private IReadOnlyList<FunctionNode> FindDependencies()
    {
        if (Edges.Count == 0)
            return Alternatives;
        var found = new List<FunctionNode>(Edges.Count);
        found.AddRange(Alternatives);
        foreach (Edge edge in Edges)
            edge.AddDependencies(found);
        return found;
    }
}
