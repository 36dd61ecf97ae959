using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Transactions;

/// <summary>Writes that belong together become durable one by one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SplitWrites() : DbRule(RuleCatalog.SplitWrites)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (UncoveredWrites split in body.Facts.Transactions.SplitWritesOf(body.Body))
        {
            if (body.IsProduction)
                body.Report(split.Second.Location, [split.First.Location], WriteRegionHint.Of(body.Facts.Transactions.RegionOf(split, body.Body)), split.Second.Name, SplitText.Earlier(split));
        }
    });
}
