using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// All rules that suggest by default. Apart from those that warn, since a build on the command line does not run an analyzer that has only suggestions.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SuggestionRules : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<DbRule> Rules = RuleHost.RulesOf(DiagnosticSeverity.Info);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules.Select(static rule => rule.Descriptor)];

#pragma warning disable RS1025, RS1026 // The host configures both.
    public override void Initialize(AnalysisContext context) => RuleHost.Initialize(context, Rules);
#pragma warning restore RS1025, RS1026
}
