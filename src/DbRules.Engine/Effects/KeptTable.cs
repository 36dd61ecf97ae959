using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>Answers to one question, kept for all compilations that declare the same. Thread-safe.</summary>
/// <param name="placeOf">Where that stands which a key asks about: when its file is gone nobody asks any more. Null when keys have no place.</param>
internal sealed class KeptTable<TKey, T>(Func<TKey, DeclaredPlace>? placeOf = null)
    where TKey : notnull
{
    private const int FewestToSweep = 256;

    private readonly ConcurrentDictionary<TKey, KeptAnswer<T>> _answers = new();
    private int _added;
    private int _sweepAfter = FewestToSweep;

    /// <summary>How many answers are kept.</summary>
    public int Count => _answers.Count;

    /// <summary>The answer in a compilation; null when nothing is kept, or when one of the files behind it is another one now.</summary>
    public KeptAnswer<T>? Of(TKey key, Compilation compilation)
    {
        if (!_answers.TryGetValue(key, out KeptAnswer<T>? kept))
            return null;
        foreach (WeakReference<SyntaxTree> file in kept.Files)
        {
            if (!file.TryGetTarget(out SyntaxTree? tree) || !compilation.ContainsSyntaxTree(tree))
                return null;
        }

        return kept;
    }

    public void Keep(TKey key, T answer, ImmutableHashSet<WeakReference<SyntaxTree>> files)
    {
        _answers[key] = new KeptAnswer<T>(answer, files);
        // Each keystroke makes another file, and what was asked about the one before stays.
        if (placeOf is null || Interlocked.Increment(ref _added) < Volatile.Read(ref _sweepAfter))
            return;
        foreach (TKey gone in _answers.Keys.Where(one => !placeOf(one).File.TryGetTarget(out _)))
            _answers.TryRemove(gone, out _);
        Volatile.Write(ref _added, 0);
        Volatile.Write(ref _sweepAfter, Math.Max(FewestToSweep, _answers.Count));
    }
}
