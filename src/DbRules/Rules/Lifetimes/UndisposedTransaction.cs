using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A transaction object that some path leaves without disposing it.</summary>
public sealed class UndisposedTransaction() : DbRule(RuleCatalog.UndisposedTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Transaction))
            body.Report(leak, leak.Acquisition.Maker, LeakText.How(leak));
    });
}
