using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// The base of every rule. A rule only says when to speak; <see cref="RuleHost"/> knows how to be asked. A compiler loads the rules as those of one analyzer,
/// <see cref="WarningRules"/> or <see cref="SuggestionRules"/>; a rule alone is an analyzer too, so that a test can run it and a benchmark measure it.
/// </summary>
public abstract class DbRule(DiagnosticDescriptor descriptor) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [descriptor];

    /// <summary>What the rule reports.</summary>
    internal DiagnosticDescriptor Descriptor => descriptor;

#pragma warning disable RS1025, RS1026 // The host configures both.
    public sealed override void Initialize(AnalysisContext context) => RuleHost.Initialize(context, new RuleChecks([this]));
#pragma warning restore RS1025, RS1026

    /// <summary>Says what the rule looks at. Called once, for all compilations.</summary>
    protected abstract void Register(RuleContext rule);

    /// <summary>What the rule asks about each body.</summary>
    internal void AddTo(ImmutableArray<RuleCheck>.Builder checks) => Register(new RuleContext(checks, descriptor));
}
