using DbRules.Catalog;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that a loop runs once per element, with values of the element.</summary>
public sealed class QueryPerElement() : DbRule(RuleCatalog.QueryPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        // DBR108 speaks of explicit loading; DBR107 says better that nothing about the query changes.
        if (!context.Facts.IsExplicitLoad(context.Call) && context.ReadPerElement is { } iteration && !context.Facts.IsSameInEveryPass(context.Call, iteration))
            context.Report(iteration, KeyLookupHints.From(context.Facts.KeyLookupOf(context.Call, iteration)));
    });
}
