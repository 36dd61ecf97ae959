using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A client or pool that is made for one call.</summary>
public sealed class PoolPerCall() : DbRule(RuleCatalog.PoolPerCall)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Acquisition pool in body.Facts.Lifetimes.PoolsPerCallOf(body.Body))
        {
            body.Report(pool.Location, [], hint: null, pool.Maker);
        }
    });
}
