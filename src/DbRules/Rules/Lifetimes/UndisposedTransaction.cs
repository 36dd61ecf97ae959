using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;

namespace DbRules.Rules.Lifetimes;

/// <summary>A transaction object that some path leaves without disposing it.</summary>
public sealed class UndisposedTransaction() : DbRule(RuleCatalog.UndisposedTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Transaction))
            body.Report(leak.Acquisition.Location, LeakText.Evidence(leak), LeakHints.Of(leak), leak.Acquisition.Maker, LeakText.How(leak));
    });
}
