using DbRules.Catalog;
using DbRules.Engine.Effects;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A call that a loop runs once per element, and that reaches a query through any number of calls.</summary>
public sealed class CallPerElement() : DbRule(RuleCatalog.CallPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnOwnCall(static (body, call) =>
    {
        if (body.PerElementToStore(call) is { } iteration)
        {
            // A recursion over a tree is DBR109's business.
            if (body.Facts.SummaryOf(call).Read is not { } trip || body.Facts.IsRecursion(call))
                return;
            BatchSibling? sibling = body.Facts.BatchSiblingOf(call, iteration);
            string way = sibling is null ? trip.ToString() : $"{trip}; '{sibling.Method.Name}' loads all at once";
            body.Report(call.Location, [LoopText.Header(iteration), .. trip.Locations.Skip(1)], BatchLookupHints.From(sibling?.Lookup), call.Name, LoopText.Phrase(iteration), way);
        }
        else if (body.Facts.RepeatedDelegateOf(call) is ({ Kind: TripKind.Read } handed, var source))
        {
            body.Report(call.Location, handed.Locations.Skip(1), hint: null, call.Name, LoopText.Phrase(source), handed.ToString());
        }
    });
}
