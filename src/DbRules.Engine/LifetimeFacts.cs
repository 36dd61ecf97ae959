using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine;

/// <summary>What the code of one compilation acquires, and whether it releases it. Thread-safe.</summary>
public sealed class LifetimeFacts
{
    private readonly Acquisitions _acquisitions;
    private readonly Leaks _leaks;
    private readonly LentConnections _lent;
    private readonly SharedSessions _shared;
    private readonly PoolsPerCall _pools;
    private readonly HeldConnections _held;
    private readonly DeferredEscapes _escapes;
    private readonly ConcurrentUses _concurrent;

    internal LifetimeFacts(Compilation compilation, CompilationContext context, Sessions sessions, MemberBodies bodies, Callees callees, EditorMemory memory, Summaries summaries)
    {
        _acquisitions = new Acquisitions(context, callees, bodies, summaries.Of);
        var borrowing = new Borrowing(context, callees, bodies, summaries.Of);
        var lateUses = new LateUses(context, borrowing);
        var custodies = new CustodyReader(context, borrowing);
        var members = new MemberUses(context, bodies);
        var startUp = new StartUpCode(compilation, context);
        var kept = new KeptResources(context, _acquisitions, custodies, members, startUp);
        _leaks = new Leaks(context, _acquisitions, custodies, borrowing, kept, new UsingPlaces(lateUses), new SplitPlaces(lateUses));
        _lent = new LentConnections(compilation, context, _acquisitions, custodies, borrowing, callees, bodies, members);
        _shared = new SharedSessions(context, _acquisitions, startUp, memory);
        _pools = new PoolsPerCall(context, _acquisitions, custodies, borrowing, startUp);
        _held = new HeldConnections(context, sessions, borrowing, kept);
        _concurrent = new ConcurrentUses(context, sessions, new ParallelUses(context), summaries.OwnEffectsOf);
        _escapes = new DeferredEscapes(context, _acquisitions, custodies, new DeferredCalls(context, summaries.Of));
    }

    /// <summary>The connections, contexts, commands, readers, transactions and pools that a body gets and somebody must release, in source order.</summary>
    public ImmutableArray<Acquisition> AcquiredBy(BodyFacts body) => _acquisitions.Of(body);

    /// <summary>
    /// What a body acquires and, on some way that the code shows, neither releases nor hands on: at most one answer for each acquisition, in source order. Pools are
    /// not among them.
    /// </summary>
    public ImmutableArray<Leak> LeaksOf(BodyFacts body) => _leaks.Of(body);

    /// <summary>Where a body releases a connection that its context goes on owning and that may be asked for again, in source order.</summary>
    public IEnumerable<LentRelease> LentReleasesOf(BodyFacts body) => body.Lent.IsEmpty && body.OwnCalls.IsEmpty ? [] : _lent.ReleasedBy(body);

    /// <summary>The connections and contexts that a body puts into static members, or registers so that the application has one, in source order.</summary>
    public IEnumerable<SharedSession> SharedBy(BodyFacts body) => body.Static.IsEmpty && body.Registrations.IsEmpty ? [] : _shared.Of(body);

    /// <summary>The clients and pools that a body makes each time it runs and keeps to itself, in source order.</summary>
    public IEnumerable<Acquisition> PoolsPerCallOf(BodyFacts body) => body.Acquired.IsEmpty ? [] : _pools.Of(body);

    /// <summary>The connections of others that a body opens by hand, uses and leaves open, in source order.</summary>
    public IEnumerable<HeldConnection> HeldBy(BodyFacts body) => body.Calls.IsEmpty ? [] : _held.Of(body);

    /// <summary>
    /// The queries, rows, readers and tasks of a body that leave the <c>using</c> or <c>try</c> which releases what they need: at most one answer for each resource, in source order.
    /// </summary>
    public ImmutableArray<DeferredEscape> EscapesOf(BodyFacts body) => _escapes.Of(body);

    /// <summary>The operations of a body that run at the same time on one context, which takes one at a time, in source order.</summary>
    public ImmutableArray<ConcurrentUse> ConcurrentUsesOf(BodyFacts body) => _concurrent.Of(body);
}
