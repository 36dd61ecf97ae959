using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Lifetimes;

/// <summary>A data reader that some path leaves without releasing it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
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
