using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query once per element, in the loop or behind a call, where each pass also waits for something other than a store.</summary>
public sealed class QueryAmongOutsideWork() : DbRule(RuleCatalog.QueryAmongOutsideWork)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnCall(static context =>
        {
            if (context.QueryPerElement is { } iteration)
                context.ReportRead(iteration, amongOutsideWork: true);
        });
        rule.OnOwnCall(static (body, call) =>
        {
            if (body.PerElementToStore(call) is { } iteration)
                body.ReportReadBehind(call, iteration, amongOutsideWork: true);
        });
    }
}
