using System.Runtime.CompilerServices;

namespace DbRules.Engine.Calls;

/// <summary>
/// One answer for each body, worked out when it is first asked for and kept as long as the body. Thread-safe; of two threads that ask first at the same time both may work it
/// out, and one answer is kept.
/// </summary>
internal sealed class PerBody<T>
{
    private readonly ConditionalWeakTable<BodyFacts, StrongBox<T>> _known = new();

    /// <param name="body">The body.</param>
    /// <param name="state">What <paramref name="read"/> needs: every rule asks, so that it must not take a delegate of its own each time.</param>
    /// <param name="read">Works the answer out.</param>
    public T Of<TState>(BodyFacts body, TState state, Func<BodyFacts, TState, T> read) =>
        _known.TryGetValue(body, out StrongBox<T>? known) ? known.Value : Keep(body, new StrongBox<T>(read(body, state)));

    private T Keep(BodyFacts body, StrongBox<T> found) => _known.GetValue(body, _ => found).Value;
}
