using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Hints;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.RoundTrips;

/// <summary>What the loop is that runs a query per element: one rule speaks of each.</summary>
internal enum RepeatedRead
{
    /// <summary>Nothing speaks for it, or the remedy is at hand.</summary>
    Plain,

    /// <summary>Its elements are rows of which there are few.</summary>
    OverFewRows,

    /// <summary>The called code also commits a write: it may be meant to do all of it for one element.</summary>
    UnitOfWork,

    /// <summary>Each pass also waits for somebody else than a store.</summary>
    AmongOutsideWork,
}

/// <summary>Queries that an iteration repeats for each element, in the loop or behind a call.</summary>
internal static class RepeatedReads
{
    /// <summary>What speaks for a loop, first what is found with the least effort.</summary>
    private static readonly RepeatedRead[] Excused = [RepeatedRead.UnitOfWork, RepeatedRead.OverFewRows, RepeatedRead.AmongOutsideWork];

    /// <summary>Has a rule speak of one kind of them, in the loop or behind a call.</summary>
    public static void On(RuleContext rule, RepeatedRead kind)
    {
        // A query itself commits nothing.
        if (kind != RepeatedRead.UnitOfWork)
        {
            rule.OnCall(context =>
            {
                if (context.QueryPerElement is { } iteration)
                    Report(context, iteration, kind);
            });
        }

        rule.OnOwnCall((body, call) =>
        {
            if (body.PerElementToStore(call) is { } iteration)
                Report(body, call, iteration, kind);
        });
    }

    /// <summary>Reports a query in a loop, where the loop is of a kind.</summary>
    public static void Report(CallContext context, Iteration iteration, RepeatedRead kind)
    {
        BodyContext body = context.Body;
        if (!MayBe(kind, body, iteration, MethodSummary.Nothing))
            return;
        Hint? lookup = KeyLookupHints.From(context.Facts.KeyLookupOf(context.Call, iteration));
        if (KindOf(body, iteration, MethodSummary.Nothing, lookup) == kind)
            context.Report([LoopText.Header(iteration)], lookup, WordsOf(kind, body, context.Call.Name, iteration, way: null));
    }

    /// <summary>Reports a call that reaches a query, with the way to it, where the loop is of a kind.</summary>
    public static void Report(BodyContext body, OwnCall call, Iteration iteration, RepeatedRead kind)
    {
        MethodSummary summary = body.Facts.SummaryOf(call);
        // A recursion over a tree is DBR109's business.
        if (summary.Read is not { } trip || !MayBe(kind, body, iteration, summary) || body.Facts.IsRecursion(call) || !body.Facts.CouldBeOneTrip(call, iteration, trip))
            return;
        BatchSibling? sibling = body.Facts.BatchSiblingOf(call, iteration);
        if (KindOf(body, iteration, summary, sibling) != kind)
            return;
        string way = sibling is null ? trip.ToString() : $"{trip}; '{sibling.Method.Name}' loads all at once";
        body.Report(call.Location, [LoopText.Header(iteration), .. trip.Locations.Skip(1)], BatchLookupHints.From(sibling?.Lookup), WordsOf(kind, body, call.Name, iteration, way));
    }

    /// <summary>A first question: few loops are of another kind than the first, and to look for a remedy costs more.</summary>
    private static bool MayBe(RepeatedRead kind, BodyContext body, Iteration iteration, MethodSummary called) => kind switch
    {
        RepeatedRead.OverFewRows => body.FewRowsOf(iteration) is not null,
        RepeatedRead.UnitOfWork => (called.Save ?? called.Write) is not null,
        RepeatedRead.AmongOutsideWork => body.Facts.WorksOutside(body.Body, iteration),
        _ => true,
    };

    /// <summary>Where something at hand reads for all elements at once, what else speaks for the loop makes no difference.</summary>
    private static RepeatedRead KindOf(BodyContext body, Iteration iteration, MethodSummary called, object? remedy) =>
        remedy is null ? Array.Find(Excused, kind => MayBe(kind, body, iteration, called)) : RepeatedRead.Plain;

    /// <summary>What the holes of the messages are filled with.</summary>
    /// <param name="kind">What the loop is.</param>
    /// <param name="body">Where it is.</param>
    /// <param name="name">The name of the call.</param>
    /// <param name="iteration">The loop.</param>
    /// <param name="way">The way from the call to the query; null for the query itself.</param>
    private static string[] WordsOf(RepeatedRead kind, BodyContext body, string name, Iteration iteration, string? way)
    {
        string loop = LoopText.Phrase(iteration);
        // A query itself has no way to it.
        string tail = way is null ? "" : ": " + way;
        return kind switch
        {
            RepeatedRead.OverFewRows => [name, loop, body.FewRowsOf(iteration)!.Name, tail],
            RepeatedRead.AmongOutsideWork => [name, loop, tail],
            _ => way is null ? [name, loop] : [name, loop, way],
        };
    }
}
