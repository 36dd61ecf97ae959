using DbRules.Catalog;
using DbRules.Engine.Effects;
using DbRules.Engine.Models;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>What was staged is saved once per element, where one save behind the loop would do.</summary>
public sealed class SavePerElement() : DbRule(RuleCatalog.SavePerElement)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnCall(static context =>
        {
            if (context.Call.Model?.Has(DbEffect.Saves) == true
                && context.PerElement is { } iteration
                && !context.Facts.HasReasonToWrite(context.Call.Operation, context.Call.Body, iteration))
            {
                context.Report([LoopText.Header(iteration)], SavePerElementHints.From(context.Facts.SaveMoveOf(context.Call, iteration)), context.Call.Name, LoopText.Phrase(iteration), "");
            }
        });
        rule.OnOwnCall(static (body, call) => body.ReportWriteBehind(call, TripKind.Save));
    }
}
