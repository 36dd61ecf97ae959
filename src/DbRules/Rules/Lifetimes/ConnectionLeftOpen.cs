using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection of another that code opens by hand and leaves open.</summary>
public sealed class ConnectionLeftOpen() : DbRule(RuleCatalog.ConnectionLeftOpen)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (HeldConnection held in body.Facts.Lifetimes.HeldBy(body.Body))
        {
            body.Report(held.Opening.Location, [], HeldConnectionHint.Of(held), held.Owner);
        }
    });
}
