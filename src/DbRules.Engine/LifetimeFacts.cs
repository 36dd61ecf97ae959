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

    internal LifetimeFacts(CompilationContext context, MemberBodies bodies, Callees callees, Func<FunctionNode, MethodSummary> summaryOf)
    {
        _acquisitions = new Acquisitions(context, callees, bodies, summaryOf);
        var borrowing = new Borrowing(context, callees, bodies, summaryOf);
        var lateUses = new LateUses(context, borrowing);
        _leaks = new Leaks(context, _acquisitions, new CustodyReader(context, borrowing), borrowing, new UsingPlaces(lateUses), new SplitPlaces(lateUses));
    }

    /// <summary>The connections, contexts, commands, readers, transactions and pools that a body gets and somebody must release, in source order.</summary>
    public ImmutableArray<Acquisition> AcquiredBy(BodyFacts body) => _acquisitions.Of(body);

    /// <summary>
    /// What a body acquires and, on some way that the code shows, neither releases nor hands on: at most one answer for each acquisition, in source order. Pools are
    /// not among them.
    /// </summary>
    public ImmutableArray<Leak> LeaksOf(BodyFacts body) => _leaks.Of(body);
}
