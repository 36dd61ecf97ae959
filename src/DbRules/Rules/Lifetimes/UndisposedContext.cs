using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A context that some path leaves without disposing it.</summary>
public sealed class UndisposedContext() : DbRule(RuleCatalog.UndisposedContext)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Context))
            body.Report(leak, leak.Name, LeakText.How(leak));
    });
}
