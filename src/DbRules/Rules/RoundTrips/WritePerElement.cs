using DbRules.Catalog;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A statement that changes rows, sent once per element, where one call could do it for all.</summary>
public sealed class WritePerElement() : DbRule(RuleCatalog.WritePerElement)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnCall(static context =>
        {
            if (context.Call.MayWrite
                && context.PerElement is { } iteration
                && context.Facts.WritesRowsOfElement(context.Call, iteration)
                && !context.Facts.HasReasonToWrite(context.Call.Operation, context.Call.Body, iteration))
            {
                context.Report([LoopText.Header(iteration)], HintFor(context, iteration), context.Call.Name, LoopText.Phrase(iteration), "");
            }
        });
        rule.OnOwnCall(static (body, call) => body.ReportWriteBehind(call, TripKind.Write));
    }

    private static Hint? HintFor(CallContext context, Iteration iteration) =>
        (Hint?)WritePerElementHints.From(context.Facts.WriteForAllOf(context.Call, iteration)) ?? CommandBatchHint.Of(context.Facts.CommandBatchOf(context.Call, iteration));
}
