using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Lifetimes;

/// <summary>A connection that some path leaves without releasing it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeakedConnection() : DbRule(RuleCatalog.LeakedConnection)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Connection))
        {
            if (leak is { Path: not LeakPath.Dropped, IsClosedElse: false })
                body.Report(leak, leak.Name, LeakText.How(leak));
        }
    });
}
