using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A method that queries and calls itself, directly or through others: one query per node of what it walks.</summary>
public sealed class QueryPerRecursion() : DbRule(RuleCatalog.QueryPerRecursion)
{
    protected override void Register(RuleContext rule) => rule.OnOwnCall(static (body, call) =>
    {
        if (body.Facts.RecursiveReadOf(call) is { } trip)
            body.Report(call.Location, trip.Locations, hint: null, call.Name, trip.ToString());
    });
}
