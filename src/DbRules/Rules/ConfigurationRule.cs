using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// The base of what is said about the configuration of the rules: of every project, whether it uses a database or not. A compiler loads them as part of
/// <see cref="WarningRules"/>; alone each is an analyzer too, so that a test can run it.
/// </summary>
public abstract class ConfigurationRule(DiagnosticDescriptor descriptor) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [descriptor];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        Register(context);
    }

    /// <summary>Says what the rule looks at.</summary>
    protected internal abstract void Register(AnalysisContext context);
}
