using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection or reader that is closed by name, where an exception skips the call.</summary>
public sealed class SkippedClose() : DbRule(RuleCatalog.SkippedClose)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection).Concat(body.LeaksOf(ResourceKind.Reader)))
        {
            if (leak is { IsClosedElse: true, Thrower: { } thrower })
                body.Report(leak, leak.Name, thrower);
        }
    });
}
