using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using DbRules.Engine;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Rules;

/// <summary>
/// Asks rules about the bodies of a compilation: one analyzer for many rules, since a compiler pays for each analyzer in each project and each body. Registration,
/// early exit, rules that are switched off, generated code and concurrency are handled here.
/// </summary>
internal sealed class RuleHost
{
    private readonly DbFacts _facts;
    private readonly ImmutableArray<RuleCheck> _checks;
    private readonly CompilationOptions _options;
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<RuleCheck>> _checksOf = new();

    private RuleHost(DbFacts facts, ImmutableArray<RuleCheck> checks, CompilationOptions options)
    {
        _facts = facts;
        _checks = checks;
        _options = options;
    }

    /// <summary>All rules of a default severity.</summary>
    public static ImmutableArray<DbRule> RulesOf(DiagnosticSeverity severity) =>
    [
        .. typeof(RuleHost).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(DbRule)) && !type.IsAbstract)
            .Select(static type => (DbRule)Activator.CreateInstance(type))
            .Where(rule => rule.Descriptor.DefaultSeverity == severity)
            .OrderBy(static rule => rule.Descriptor.Id, StringComparer.Ordinal),
    ];

    /// <summary>Has rules asked about each body, as what an analyzer does.</summary>
    public static void Initialize(AnalysisContext context, ImmutableArray<DbRule> rules)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (DbFacts.For(start.Compilation, start.Options.AdditionalFiles, start.CancellationToken) is not { } facts)
                return;
            ImmutableArray<RuleCheck>.Builder checks = ImmutableArray.CreateBuilder<RuleCheck>();
            foreach (DbRule rule in rules)
                rule.AddTo(checks);
            start.RegisterOperationBlockAction(new RuleHost(facts, checks.ToImmutable(), start.Compilation.Options).Ask);
        });
    }

    private void Ask(OperationBlockAnalysisContext block)
    {
        BodyFacts body = _facts.Body(block.OwningSymbol, block.OperationBlocks);
        ExceptionDispatchInfo? failure = null;
        foreach (RuleCheck check in ChecksOf(block.FilterTree, block.CancellationToken))
        {
            if (!check.TakesEmpty && body == BodyFacts.Empty)
                continue;
            try
            {
                check.Ask(new BodyContext(block, _facts, body, check.Descriptor));
            }
            // A rule that fails must not silence the others; the compiler reports the first failure as that of the analyzer.
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private ImmutableArray<RuleCheck> ChecksOf(SyntaxTree tree, CancellationToken cancellation) =>
        _checksOf.TryGetValue(tree, out ImmutableArray<RuleCheck> checks) ? checks : _checksOf.GetOrAdd(tree, _checks.RemoveAll(check => IsOff(check.Descriptor, tree, cancellation)));

    /// <summary>Whether nothing of a rule would be shown in a file. The compiler drops what a rule reports there in any case; this saves the work.</summary>
    private bool IsOff(DiagnosticDescriptor descriptor, SyntaxTree tree, CancellationToken cancellation)
    {
        if (_options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out ReportDiagnostic stated))
            return stated == ReportDiagnostic.Suppress;
        return _options.SyntaxTreeOptionsProvider is { } trees
            && (trees.TryGetDiagnosticValue(tree, descriptor.Id, cancellation, out stated) || trees.TryGetGlobalDiagnosticValue(descriptor.Id, cancellation, out stated))
                ? stated == ReportDiagnostic.Suppress
                : !descriptor.IsEnabledByDefault;
    }
}
