using System.Collections.Concurrent;

namespace DbRules.Engine;

/// <summary>
/// A thread-safe table of what is remembered for one compilation. There are many tables and many compilations, and most tables get few entries or none: they cost nothing
/// before the first, and start small, where a table as it comes has room for dozens.
/// </summary>
/// <param name="comparer">How keys are compared; null for their own way.</param>
internal sealed class SmallTable<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private ConcurrentDictionary<TKey, TValue>? _entries;

    /// <summary>Whether something is remembered for a key, and what.</summary>
    public bool TryGetValue(TKey key, out TValue value)
    {
        if (_entries is { } entries)
            return entries.TryGetValue(key, out value);
        value = default!;
        return false;
    }

    /// <summary>What is remembered for a key; a value that is given now when nothing is.</summary>
    public TValue GetOrAdd(TKey key, TValue value) => Entries().GetOrAdd(key, value);

    /// <summary>What is remembered for a key; worked out now when nothing is. Of two threads that ask first at the same time both may work it out, and one answer is kept.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> read) => TryGetValue(key, out TValue known) ? known : Entries().GetOrAdd(key, read(key));

    /// <summary>As the other, where what works it out needs a state: it is asked often, so that it must not take a delegate of its own each time.</summary>
    public TValue GetOrAdd<TState>(TKey key, TState state, Func<TKey, TState, TValue> read) => TryGetValue(key, out TValue known) ? known : Entries().GetOrAdd(key, read(key, state));

    /// <summary>Remembers a value unless something is remembered for its key.</summary>
    public void TryAdd(TKey key, TValue value) => Entries().TryAdd(key, value);

    private ConcurrentDictionary<TKey, TValue> Entries() =>
        _entries ?? FirstMade.Keep(ref _entries, new ConcurrentDictionary<TKey, TValue>(concurrencyLevel: 1, capacity: 1, comparer ?? EqualityComparer<TKey>.Default));
}
