using DbRules.Catalog;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that a loop repeats although nothing about it changes between the passes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvariantQuery() : DbRule(RuleCatalog.InvariantQuery)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        if (context.ReadPerElement is { } iteration && context.Facts.IsSameInEveryPass(context.Call, iteration))
            context.Report(iteration, InvariantQueryHints.From(context.Facts.HoistOf(context.Call, iteration)));
    });
}
