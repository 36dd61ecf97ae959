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
    private readonly DeferredEscapes _escapes;
    private readonly ConcurrentUses _concurrent;

    internal LifetimeFacts(CompilationContext context, MemberBodies bodies, Callees callees, Func<OwnCall, MethodSummary> summaryOf)
    {
        _acquisitions = new Acquisitions(context, callees, bodies, summaryOf);
        var borrowing = new Borrowing(context, callees, bodies, summaryOf);
        _concurrent = new ConcurrentUses(context, new ParallelUses(context), summaryOf);
        _escapes = new DeferredEscapes(context, _acquisitions, new DeferredCalls(context, summaryOf));
        _leaks = new Leaks(context, _acquisitions, new CustodyReader(context, borrowing), borrowing, new UsingPlaces(_escapes));
    }

    /// <summary>The connections, contexts, commands, readers, transactions and pools that a body gets and somebody must release, in source order.</summary>
    public ImmutableArray<Acquisition> AcquiredBy(BodyFacts body) => _acquisitions.Of(body);

    /// <summary>
    /// What a body acquires and, on some way that the code shows, neither releases nor hands on: at most one answer for each acquisition, in source order. Pools are
    /// not among them.
    /// </summary>
    public ImmutableArray<Leak> LeaksOf(BodyFacts body) => _leaks.Of(body);

    /// <summary>
    /// The queries, rows, readers and tasks of a body that leave the <c>using</c> which releases what they need: at most one answer for each resource, in source order.
    /// </summary>
    public ImmutableArray<DeferredEscape> EscapesOf(BodyFacts body) => _escapes.Of(body);

    /// <summary>
    /// Whether something that needs an acquisition may leave its function, or is used when the function goes on elsewhere: a task, a query, rows that are not read. True when in doubt.
    /// </summary>
    public bool MayOutlive(Acquisition acquisition, BodyFacts body) => _escapes.MayOutlive(acquisition, body);

    /// <summary>The operations of a body that run at the same time on one context, which takes one at a time, in source order.</summary>
    public ImmutableArray<ConcurrentUse> ConcurrentUsesOf(BodyFacts body) => _concurrent.Of(body);
}
