using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that the same code has just run, with the same values.</summary>
public sealed class SameQueryTwice() : DbRule(RuleCatalog.SameQueryTwice)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        if (context.Body.Calls.Length < 2)
            return;
        foreach (DbCall call in context.Body.Calls)
        {
            // In a loop over elements DBR101 and DBR107 say what costs more.
            if (context.Facts.SameQueryBefore(call) is { } same && context.PerElement(call) is null)
                context.Report(call.Location, [same.Earlier.Location], SameQueryHint.Of(same.Kept), call.Name);
        }
    });
}
