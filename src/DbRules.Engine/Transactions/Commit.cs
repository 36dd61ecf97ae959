using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>A place where code writes and, when no transaction is open, makes what it writes durable at once.</summary>
public sealed class Commit
{
    internal Commit(DbCall write, Session session)
    {
        Write = write;
        Session = session;
        Operation = write.Operation;
    }

    internal Commit(OwnCall call, Trip trip, Session session)
    {
        Call = call;
        Trip = trip;
        Session = session;
        Operation = call.Operation;
    }

    /// <summary>The write itself; null when a call leads to it.</summary>
    public DbCall? Write { get; }

    /// <summary>The call that leads to the write; null for the write itself.</summary>
    public OwnCall? Call { get; }

    /// <summary>The way to the write, for one that a call leads to.</summary>
    public Trip? Trip { get; }

    /// <summary>Whether it saves what was staged before, as the library's own member that it is or that it promises.</summary>
    public bool IsSave { get; internal init; }

    /// <summary>Whether a delegate makes the write that the call hands over.</summary>
    public bool IsHanded { get; internal init; }

    /// <summary>The context or connection that is written through.</summary>
    public Session Session { get; }

    public IOperation Operation { get; }

    /// <summary>The name of the called member.</summary>
    public string Name => Write?.Name ?? (IsHanded ? Trip!.Name : Call!.Name);

    /// <summary>Where to report: the name of the called member.</summary>
    public Location Location => Write?.Location ?? (IsHanded ? Trip!.Location! : Call!.Location);
}

/// <summary>Writes that become durable one by one, though the second can fail when the first has become so.</summary>
/// <param name="First">The write that is durable first.</param>
/// <param name="Second">The next one: it stands for all that follow.</param>
public sealed record UncoveredWrites(Commit First, Commit Second)
{
    /// <summary>The two and the writes behind them that go on with the same work, in source order.</summary>
    public IReadOnlyList<Commit> All { get; init; } = [First, Second];
}
