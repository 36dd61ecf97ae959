using DbRules.Catalog;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules.RoundTrips;

/// <summary>A query that a loop runs once per element, with values of the element.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QueryPerElement() : DbRule(RuleCatalog.QueryPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        if (context.PerElement is not { } iteration || !context.Call.IsRoundTrip || !context.Call.Reads)
            return;
        // DBR107 says that better.
        if (context.Facts.IsSameInEveryPass(context.Call, iteration))
            return;
        context.Report(iteration, KeyLookupHints.From(context.Facts.KeyLookupOf(context.Call, iteration)));
    });
}
