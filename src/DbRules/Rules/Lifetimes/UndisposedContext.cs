using DbRules.Catalog;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Lifetimes;

/// <summary>A context that some path leaves without disposing it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndisposedContext() : DbRule(RuleCatalog.UndisposedContext)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (Leak leak in body.LeaksOf(ResourceKind.Context))
            body.Report(leak, leak.Name, LeakText.How(leak));
    });
}
