using DbRules.Catalog;
using DbRules.Hints;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.Lifetimes;

/// <summary>An operation of a context that starts while another one runs.</summary>
public sealed class ConcurrentUse() : DbRule(RuleCatalog.ConcurrentUse)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Engine.Lifetimes.ConcurrentUse use in body.ConcurrentUses)
        {
            IEnumerable<Location> evidence = use.Runner is { } runner ? [runner.Syntax.GetLocation()] : [use.First.Location, .. use.More.Select(static more => more.Location)];
            string meanwhile = use.Runner is not null ? "those of other elements still run"
                : use.First == use.Second ? "that of the pass before still runs"
                : $"'{use.First.Name}' still runs";
            body.Report(use.Second.Location, evidence, ConcurrencyHint.Of(use), use.Context, use.Second.Name, meanwhile);
        }
    });
}
