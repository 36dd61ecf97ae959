using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>All rules of one default severity, as one analyzer.</summary>
public abstract class HostedRules : DiagnosticAnalyzer
{
    private readonly ImmutableArray<DbRule> _rules;

    private protected HostedRules(DiagnosticSeverity severity)
    {
        _rules = RuleHost.RulesOf(severity);
        SupportedDiagnostics = [.. _rules.Select(static rule => rule.Descriptor)];
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

#pragma warning disable RS1025, RS1026 // The host configures both.
    public sealed override void Initialize(AnalysisContext context) => RuleHost.Initialize(context, _rules);
#pragma warning restore RS1025, RS1026
}
