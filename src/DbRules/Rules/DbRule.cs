using System.Collections.Immutable;
using DbRules.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// The base of every rule: registration, early exit, generated code and concurrency are handled here, so that a rule only says when to speak.
/// </summary>
public abstract class DbRule(DiagnosticDescriptor descriptor) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [descriptor];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (DbFacts.For(start.Compilation, start.Options.AdditionalFiles, start.CancellationToken) is { } facts)
                Register(new RuleContext(action => start.RegisterOperationBlockAction(action), facts, descriptor));
        });
    }

    /// <summary>Says what the rule looks at. Called once per compilation that uses a database library.</summary>
    protected abstract void Register(RuleContext rule);
}
