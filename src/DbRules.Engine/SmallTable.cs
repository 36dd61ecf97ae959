using System.Collections.Concurrent;

namespace DbRules.Engine;

/// <summary>
/// A thread-safe table of what is remembered for one compilation. There are many tables and many compilations, and most tables get few entries or none: they start small,
/// where a table as it comes has room for dozens.
/// </summary>
/// <param name="comparer">How keys are compared; null for their own way.</param>
internal sealed class SmallTable<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    : ConcurrentDictionary<TKey, TValue>(concurrencyLevel: 1, capacity: 1, comparer ?? EqualityComparer<TKey>.Default)
    where TKey : notnull;
