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
    private readonly RuleChecks _checks;
    private readonly bool _takesAnyRole;
    private readonly CompilationOptions _options;
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<RuleCheck>> _checksOf = new();
    private readonly ConcurrentDictionary<SyntaxTree, WaitingBodies> _waiting = new();

    private RuleHost(DbFacts facts, RuleChecks checks, CompilationOptions options)
    {
        _facts = facts;
        _checks = checks;
        _takesAnyRole = checks.All.Any(static check => check.IsOfAnyRole);
        _options = options;
    }

    /// <summary>Has rules asked about each body, as what an analyzer does.</summary>
    public static void Initialize(AnalysisContext context, RuleChecks checks)
    {
        context.EnableConcurrentExecution();
        // Nothing of it is analysed, so that nothing is reported there: to have the compiler make sure reads every token of a file with a finding.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            if (DbFacts.For(start.Compilation, start.Options.AdditionalFiles, start.CancellationToken) is not { } facts)
                return;
            var host = new RuleHost(facts, checks, start.Compilation.Options);
            start.RegisterOperationBlockAction(host.Read);
            start.RegisterSemanticModelAction(host.Ask);
        });
    }

    private void Read(OperationBlockAnalysisContext block)
    {
        BodyFacts facts = _facts.Body(block.OwningSymbol, block.OperationBlocks);
        // There is most of what does nothing to a store.
        if (facts == BodyFacts.Empty)
            return;
        // Asked first, and once for all rules: in a test project hardly one has anything to say.
        bool isProduction = facts.Role == CodeRole.Production;
        if (!isProduction && !_takesAnyRole)
            return;
        var body = new MemberBody(block.OwningSymbol, block.OperationBlocks, facts, isProduction);
        if (_waiting.GetOrAdd(block.FilterTree, static _ => new()).TryAdd(body))
            return;
        Action<Diagnostic> report = block.ReportDiagnostic;
        ExceptionDispatchInfo? failure = null;
        foreach (RuleCheck check in ChecksOf(block.FilterTree, block.CancellationToken))
            Ask(check, body, block.Options, report, ref failure);
        failure?.Throw();
    }

    /// <summary>
    /// The compiler comes to the end of a file when it has handed over all bodies, those of other files too, but for some that other threads are still at. A rule that follows
    /// calls finds them read; before, it would have each bound a second time, since the semantic model that the compiler has bound them with is not to be had. An editor,
    /// which asks for one file, has the others bound.
    /// </summary>
    private void Ask(SemanticModelAnalysisContext file)
    {
        if (_waiting.GetOrAdd(file.FilterTree, WaitingBodies.None).Take() is not { Count: > 0 } bodies)
            return;
        ImmutableArray<RuleCheck> checks = ChecksOf(file.FilterTree, file.CancellationToken);
        Action<Diagnostic> report = file.ReportDiagnostic;
        ExceptionDispatchInfo? failure = null;
        foreach (MemberBody body in bodies)
        {
            foreach (RuleCheck check in checks)
                Ask(check, body, file.Options, report, ref failure);
        }

        failure?.Throw();
    }

    /// <summary>A rule that fails must not silence the others; the compiler reports the first failure as that of the analyzer.</summary>
    private void Ask(RuleCheck check, MemberBody body, AnalyzerOptions options, Action<Diagnostic> report, ref ExceptionDispatchInfo? failure)
    {
        try
        {
            if (body.IsFor(check))
                check.Ask(new BodyContext(body, _facts, options, report, check.Descriptor));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    private ImmutableArray<RuleCheck> ChecksOf(SyntaxTree tree, CancellationToken cancellation) =>
        _checksOf.TryGetValue(tree, out ImmutableArray<RuleCheck> checks) ? checks : _checksOf.GetOrAdd(tree, ChecksThatAreOn(tree, cancellation));

    /// <summary>In most files those are on that are so by default: these files share one list.</summary>
    private ImmutableArray<RuleCheck> ChecksThatAreOn(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (RuleCheck check in _checks.All)
        {
            if (check.IsOff(_options, tree, cancellation) == check.Descriptor.IsEnabledByDefault)
                return _checks.All.RemoveAll(one => one.IsOff(_options, tree, cancellation));
        }

        return _checks.OnByDefault;
    }
}
