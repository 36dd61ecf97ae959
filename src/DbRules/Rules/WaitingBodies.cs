namespace DbRules.Rules;

/// <summary>The bodies of a file that wait until the compiler has come to its end. Thread-safe.</summary>
internal sealed class WaitingBodies
{
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

    /// <summary>The bodies that wait, by place; from now on none does.</summary>
    public IEnumerable<MemberBody> Take()
    {
        lock (_gate)
        {
            IEnumerable<MemberBody> taken = _bodies?.OrderBy(static body => body.Blocks[0].Syntax.SpanStart) ?? Enumerable.Empty<MemberBody>();
            _bodies = null;
            return taken;
        }
    }
}
