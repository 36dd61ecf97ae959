using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query once per element, in the loop or behind a call, where the elements are rows of which there are few.</summary>
public sealed class QueryPerFewRows() : DbRule(RuleCatalog.QueryPerFewRows)
{
    protected override void Register(RuleContext rule) => RepeatedReads.On(rule, RepeatedRead.OverFewRows);
}
