using DbRules.Catalog;
using DbRules.Engine.Flow;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that a loop repeats although nothing about it changes between the passes.</summary>
public sealed class InvariantQuery() : DbRule(RuleCatalog.InvariantQuery)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnCall(static context =>
        {
            if (context.ReadPerElement is { } each && context.Facts.IsSameInEveryPass(context.Call, each))
                Report(context, each, InvariantQueryHints.From(context.Facts.HoistOf(context.Call, each)));
            else if (context.WholeSetPerBatch is { } batch)
                Report(context, batch, context.Facts.IsSameInEveryPass(context.Call, batch) ? InvariantQueryHints.From(context.Facts.HoistOf(context.Call, batch)) : null);
        });
        rule.OnOwnCall(static (body, call) =>
        {
            if (body.WholeSetPerBatch(call) is ({ } loop, { } trip))
                body.Report(call.Location, [LoopText.Header(loop), .. trip.Locations.Skip(1)], hint: null, call.Name, LoopText.Phrase(loop), ": " + trip);
        });
    }

    private static void Report(CallContext context, Iteration loop, Hint? hint) =>
        context.Report([LoopText.Header(loop)], hint, context.Call.Name, LoopText.Phrase(loop), "");
}
