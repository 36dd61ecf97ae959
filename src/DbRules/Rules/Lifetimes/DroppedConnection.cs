using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that is used in the expression which makes it.</summary>
public sealed class DroppedConnection() : DbRule(RuleCatalog.DroppedConnection)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection))
        {
            if (leak.Path == LeakPath.Dropped)
                body.Report(leak.Acquisition.Location, LeakText.Evidence(leak), LeakHints.Of(leak), leak.Acquisition.Name);
        }
    });
}
