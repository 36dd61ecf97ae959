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
        if (context.PerElement is not { } iteration || !context.Call.IsRoundTrip || !context.Call.Reads)
            return;
        if (context.Facts.IsSameInEveryPass(context.Call, iteration))
            context.Report(iteration, InvariantQueryHints.From(context.Facts.HoistOf(context.Call, iteration)));
    });
}
