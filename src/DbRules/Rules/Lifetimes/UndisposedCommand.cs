using DbRules.Catalog;
using DbRules.Engine.Lifetimes;

namespace DbRules.Rules.Lifetimes;

/// <summary>A command, batch or data adapter that some path leaves without disposing it.</summary>
public sealed class UndisposedCommand() : DbRule(RuleCatalog.UndisposedCommand)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Command))
            body.Report(leak, leak.Name, LeakText.How(leak));
    });
}
