using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>All rules of one default severity, as one analyzer.</summary>
public abstract class HostedRules : DiagnosticAnalyzer
{
    private readonly Lazy<ImmutableArray<RuleCheck>> _checks;

    private protected HostedRules(DiagnosticSeverity severity)
    {
        ImmutableArray<DbRule> rules = RuleHost.RulesOf(severity);
        SupportedDiagnostics = [.. rules.Select(static rule => rule.Descriptor)];
        // One analyzer serves all projects.
        _checks = new(() => RuleHost.ChecksOf(rules));
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

#pragma warning disable RS1025, RS1026 // The host configures both.
    public sealed override void Initialize(AnalysisContext context) => RuleHost.Initialize(context, _checks.Value);
#pragma warning restore RS1025, RS1026
}
