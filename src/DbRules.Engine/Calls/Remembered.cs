using System.Runtime.CompilerServices;

namespace DbRules.Engine.Calls;

/// <summary>
/// One answer for each object, such as a body, worked out when it is first asked for and kept as long as the object. Thread-safe; of two threads that ask first at the same
/// time both may work it out, and one answer is kept.
/// </summary>
internal sealed class Remembered<TKey, T>
    where TKey : class
{
    private readonly ConditionalWeakTable<TKey, StrongBox<T>> _known = new();

    /// <param name="key">The object.</param>
    /// <param name="state">What <paramref name="read"/> needs: every rule asks, so that it must not take a delegate of its own each time.</param>
    /// <param name="read">Works the answer out.</param>
    public T Of<TState>(TKey key, TState state, Func<TKey, TState, T> read) =>
        _known.TryGetValue(key, out StrongBox<T>? known) ? known.Value : Keep(key, new StrongBox<T>(read(key, state)));

    private T Keep(TKey key, StrongBox<T> found) => _known.GetValue(key, _ => found).Value;
}
