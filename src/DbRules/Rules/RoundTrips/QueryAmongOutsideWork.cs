using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query once per element, in the loop or behind a call, where each pass also waits for something other than a store.</summary>
public sealed class QueryAmongOutsideWork() : DbRule(RuleCatalog.QueryAmongOutsideWork)
{
    protected override void Register(RuleContext rule) => RepeatedReads.On(rule, RepeatedRead.AmongOutsideWork);
}
