using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that some path leaves without releasing it.</summary>
public sealed class LeakedConnection() : DbRule(RuleCatalog.LeakedConnection)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection))
        {
            if (leak is { Path: not LeakPath.Dropped, IsClosedElse: false })
                body.Report(leak, leak.Name, LeakText.How(leak));
        }
    });
}
