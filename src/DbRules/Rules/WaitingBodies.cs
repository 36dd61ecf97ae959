namespace DbRules.Rules;

/// <summary>The bodies of a file that wait until the compiler has come to its end. Thread-safe.</summary>
internal sealed class WaitingBodies
{
    /// <summary>Those of a file that the compiler came to the end of before it had one that waits.</summary>
    public static readonly WaitingBodies None = new() { _bodies = null };

    private readonly object _gate = new();
    private List<MemberBody>? _bodies = [];

    /// <summary>Has a body wait; false when the others were taken already.</summary>
    public bool TryAdd(MemberBody body)
    {
        lock (_gate)
        {
            _bodies?.Add(body);
            return _bodies is not null;
        }
    }

    /// <summary>The bodies that wait, by place, and from now on none does; null when they were taken already.</summary>
    public IReadOnlyList<MemberBody>? Take()
    {
        lock (_gate)
        {
            List<MemberBody>? taken = _bodies;
            _bodies = null;
            taken?.Sort(static (first, second) => first.Blocks[0].Syntax.SpanStart.CompareTo(second.Blocks[0].Syntax.SpanStart));
            return taken;
        }
    }
}
