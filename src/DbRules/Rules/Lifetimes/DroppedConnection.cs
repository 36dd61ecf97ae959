using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that is used in the expression which makes it.</summary>
public sealed class DroppedConnection() : DbRule(RuleCatalog.DroppedConnection)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection))
        {
            if (leak.Path == LeakPath.Dropped)
                body.Report(leak, leak.Name);
        }
    });
}
