using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that some path leaves without releasing it.</summary>
public sealed class LeakedConnection() : DbRule(RuleCatalog.LeakedConnection)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection))
        {
            if (leak is { Path: not LeakPath.Dropped, IsClosedElse: false })
                body.Report(leak.Acquisition.Location, LeakText.Evidence(leak), LeakHints.Of(leak), leak.Acquisition.Name, LeakText.How(leak));
        }
    });
}
