using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>
/// The summaries of one compilation that have been worked out. In an editor those of an earlier compilation serve again. Thread-safe.
/// </summary>
/// <param name="bodies">The bodies of the compilation.</param>
/// <param name="memory">What earlier compilations have worked out.</param>
internal sealed class KnownSummaries(MemberBodies bodies, EditorMemory memory)
{
    private readonly SmallTable<FunctionNode, MethodSummary> _known = new();
    private readonly SmallTable<FunctionNode, ImmutableHashSet<WeakReference<SyntaxTree>>> _files = new();

    /// <summary>What a function does, where that is known already; null otherwise.</summary>
    public MethodSummary? Of(FunctionNode node)
    {
        if (_known.TryGetValue(node, out MethodSummary? known))
            return known;
        // A body that was walked costs nothing to read.
        if (memory.Answers is not { } answers || bodies.HasWalked(node.Symbol) || FunctionPlace.Of(node) is not { } place || answers.Summaries.Of(place, memory.Compilation) is not { } earlier)
            return null;
        _files.TryAdd(node, earlier.Files);
        return _known.GetOrAdd(node, earlier.Answer.WithTrips(trip => trip.BoundBy(bodies.CallAt)));
    }

    /// <summary>Adds what a function does.</summary>
    public void Add(FunctionNode node, MethodSummary summary) => _known.TryAdd(node, summary);

    /// <summary>Whether what is worked out is kept: in an editor.</summary>
    public bool IsKeeping => memory.Answers is not null;

    /// <summary>Keeps what functions do that call each other, where it is known what they depend on.</summary>
    /// <param name="functions">The functions; their summaries are known.</param>
    /// <param name="dependencies">What they depend on, themselves included; all others are known.</param>
    public void Keep(IReadOnlyCollection<FunctionNode> functions, IEnumerable<FunctionNode> dependencies)
    {
        if (memory.Answers is not { } answers)
            return;
        HashSet<FunctionNode> together = [.. functions];
        ImmutableHashSet<WeakReference<SyntaxTree>>.Builder files = ImmutableHashSet.CreateBuilder<WeakReference<SyntaxTree>>();
        foreach (FunctionNode dependency in dependencies.Where(dependency => !together.Contains(dependency)).Distinct())
        {
            if (!_files.TryGetValue(dependency, out ImmutableHashSet<WeakReference<SyntaxTree>>? behind))
                return;
            files.UnionWith(behind);
        }

        files.UnionWith(together.SelectMany(FilesOf));
        ImmutableHashSet<WeakReference<SyntaxTree>> all = files.ToImmutable();
        foreach (FunctionNode function in together)
        {
            _files.TryAdd(function, all);
            if ((function.Receiver is not null || IsHere(function.Symbol)) && FunctionPlace.Of(function) is { } place && _known.TryGetValue(function, out MethodSummary summary))
                answers.Summaries.Keep(place, summary.WithTrips(static trip => trip.Unbound()), all);
        }
    }

    /// <summary>The files of a function's type: whether its members change something is read from all of them.</summary>
    private IEnumerable<WeakReference<SyntaxTree>> FilesOf(FunctionNode node) => node.Symbol.ContainingType is { } type ? memory.FilesOf(type) : [];

    private bool IsHere(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, memory.Compilation.Assembly);
}
