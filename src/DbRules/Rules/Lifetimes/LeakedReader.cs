using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A data reader that some path leaves without releasing it.</summary>
public sealed class LeakedReader() : DbRule(RuleCatalog.LeakedReader)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Reader))
        {
            if (!leak.IsClosedElse)
                body.Report(leak, leak.Acquisition.Maker, LeakText.How(leak));
        }
    });
}
