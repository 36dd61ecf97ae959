using DbRules.Catalog;
using DbRules.Engine.Effects;

namespace DbRules.Rules.RoundTrips;

/// <summary>A call that a loop runs once per element, and that reaches a query through any number of calls.</summary>
public sealed class CallPerElement() : DbRule(RuleCatalog.CallPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnOwnCall(static (body, call) =>
    {
        if (body.PerElementToStore(call) is { } iteration)
            RepeatedReads.Report(body, call, iteration, RepeatedRead.Plain);
        else if (body.Facts.RepeatedDelegateOf(call) is ({ Kind: TripKind.Read } handed, var source))
            body.Report(call.Location, handed.Locations.Skip(1), hint: null, call.Name, LoopText.Phrase(source), handed.ToString());
    });
}
