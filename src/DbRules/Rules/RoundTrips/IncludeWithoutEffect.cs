using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>An include whose related data nobody gets, or that another include loads already.</summary>
public sealed class IncludeWithoutEffect() : DbRule(RuleCatalog.IncludeWithoutEffect)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (DbCall call in context.Body.Calls)
        {
            foreach (UnusedInclude include in context.Facts.UnusedIncludesOf(call))
            {
                string reason = include.Reason == UnusedIncludeReason.Repeated ? "another Include of this query loads it already" : $"'{call.Name}' gets no entities that could hold it";
                context.Report(DbCall.LocationOf(include.Call), [call.Location], UnusedIncludeHint.Of(include), include.Path, reason);
            }
        }
    });
}
