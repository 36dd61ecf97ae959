using System.Collections.Concurrent;
using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>
/// The summaries of one compilation that have been worked out. In an editor those of an earlier compilation serve again, so that bodies of other files are not bound at every
/// keystroke. Thread-safe.
/// </summary>
/// <param name="compilation">The compilation.</param>
/// <param name="bodies">Its bodies.</param>
/// <param name="kept">What is kept for it; null when nothing is.</param>
internal sealed class KnownSummaries(Compilation compilation, MemberBodies bodies, Lazy<KeptSummaries>? kept)
{
    private readonly ConcurrentDictionary<FunctionNode, MethodSummary> _known = new();
    private readonly ConcurrentDictionary<FunctionNode, ImmutableHashSet<WeakReference<SyntaxTree>>> _files = new();

    /// <summary>What a function does, where that is known already; null otherwise.</summary>
    public MethodSummary? Of(FunctionNode node)
    {
        if (_known.TryGetValue(node, out MethodSummary? known))
            return known;
        // A body that was walked costs nothing to read.
        if (!IsInEditor || !KeptSummaries.CanKeep(node) || bodies.HasWalked(node.Symbol) || kept!.Value.Of(node, compilation) is not { } earlier)
            return null;
        _files.TryAdd(node, earlier.Files);
        return _known.GetOrAdd(node, earlier.Summary.WithTrips(trip => trip.BoundBy(bodies.CallAt)));
    }

    /// <summary>Adds what functions do that call each other.</summary>
    /// <param name="summaries">The functions.</param>
    /// <param name="dependencies">What they depend on, themselves included; all others are known.</param>
    public void Add(IReadOnlyCollection<KeyValuePair<FunctionNode, MethodSummary>> summaries, IEnumerable<FunctionNode> dependencies)
    {
        foreach (KeyValuePair<FunctionNode, MethodSummary> summary in summaries)
            _known.TryAdd(summary.Key, summary.Value);
        if (!IsInEditor)
            return;
        HashSet<FunctionNode> together = [.. summaries.Select(static summary => summary.Key)];
        ImmutableHashSet<WeakReference<SyntaxTree>>.Builder files = ImmutableHashSet.CreateBuilder<WeakReference<SyntaxTree>>();
        foreach (FunctionNode dependency in dependencies.Where(dependency => !together.Contains(dependency)).Distinct())
        {
            if (!_files.TryGetValue(dependency, out ImmutableHashSet<WeakReference<SyntaxTree>>? behind))
                return;
            files.UnionWith(behind);
        }

        files.UnionWith(together.SelectMany(FilesOf));
        ImmutableHashSet<WeakReference<SyntaxTree>> all = files.ToImmutable();
        foreach (KeyValuePair<FunctionNode, MethodSummary> summary in summaries)
        {
            _files.TryAdd(summary.Key, all);
            if (KeptSummaries.CanKeep(summary.Key) && IsHere(summary.Key.Symbol))
                kept!.Value.Keep(summary.Key, new KeptSummary(summary.Value.WithTrips(static trip => trip.Unbound()), all));
        }
    }

    /// <summary>A build walks nearly all bodies before it asks.</summary>
    private bool IsInEditor => kept is not null && !bodies.HasWalkedMost;

    /// <summary>The files of a function's type: whether its members change something is read from all of them.</summary>
    private IEnumerable<WeakReference<SyntaxTree>> FilesOf(FunctionNode node) => (node.Symbol.ContainingType?.DeclaringSyntaxReferences ?? [])
        .Where(declaration => compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        .Select(static declaration => KeptSummaries.File(declaration.SyntaxTree));

    private bool IsHere(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly);
}
