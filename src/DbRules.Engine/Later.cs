namespace DbRules.Engine;

/// <summary>
/// An answer that is worked out when it is first asked for, and once. Thread-safe. There are dozens of them for each compilation, and most are never asked for: the state is
/// handed over, so that none needs a delegate or a closure of its own.
/// </summary>
/// <param name="state">What the answer is worked out from.</param>
/// <param name="find">Works it out; must not ask for the same answer.</param>
internal sealed class Later<TState, T>(TState state, Func<TState, T> find)
{
    private T _value = default!;
    private bool _isFound;

    public T Value
    {
        get
        {
            if (Volatile.Read(ref _isFound))
                return _value;
            // Nobody outside sees this object.
            lock (this)
            {
                if (!_isFound)
                {
                    _value = find(state);
                    Volatile.Write(ref _isFound, true);
                }
            }

            return _value;
        }
    }
}
