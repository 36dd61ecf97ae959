using DbRules.Catalog;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that a loop runs once per element, with values of the element.</summary>
public sealed class QueryPerElement() : DbRule(RuleCatalog.QueryPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        if (context.QueryPerElement is { } iteration)
            RepeatedReads.Report(context, iteration, RepeatedRead.Plain);
    });
}
