using DbRules.Catalog;
using DbRules.Options;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.Transactions;

/// <summary>One transaction locks row after row in the order in which its caller names them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocksInCallersOrder() : DbRule(RuleCatalog.LocksInCallersOrder)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        if (context.IsProduction && context.Facts.Transactions.LockOrderOf(context.Call, context.Option(RuleOptions.SmallSequence)) is { } iteration)
            context.Report(iteration, hint: null);
    });
}
