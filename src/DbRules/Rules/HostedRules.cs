using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>All rules of one default severity, as one analyzer: a compiler pays for each analyzer in each project.</summary>
public abstract class HostedRules : DiagnosticAnalyzer
{
    private readonly ImmutableArray<ConfigurationRule> _configuration;
    private readonly Lazy<RuleChecks> _checks;

    private protected HostedRules(DiagnosticSeverity severity)
    {
        _configuration = All<ConfigurationRule>(severity);
        ImmutableArray<DbRule> rules = All<DbRule>(severity);
        SupportedDiagnostics = [.. _configuration.Concat<DiagnosticAnalyzer>(rules).SelectMany(static rule => rule.SupportedDiagnostics)];
        // One analyzer serves all projects.
        _checks = new(() => new RuleChecks(rules));
    }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

#pragma warning disable RS1025, RS1026 // The host configures both.
    public sealed override void Initialize(AnalysisContext context)
    {
        RuleHost.Initialize(context, _checks.Value);
        foreach (ConfigurationRule rule in _configuration)
            rule.Register(context);
    }
#pragma warning restore RS1025, RS1026

    private static ImmutableArray<TRule> All<TRule>(DiagnosticSeverity severity)
        where TRule : DiagnosticAnalyzer =>
    [
        .. typeof(HostedRules).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(TRule)) && !type.IsAbstract)
            .Select(static type => (TRule)Activator.CreateInstance(type))
            .Where(rule => rule.SupportedDiagnostics[0].DefaultSeverity == severity)
            .OrderBy(static rule => rule.SupportedDiagnostics[0].Id, StringComparer.Ordinal),
    ];
}
