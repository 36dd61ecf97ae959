using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests;

/// <summary>
/// Tests of a rule with its fix: <c>using Verify = DbRules.Tests.CSharpCodeFixVerifier&lt;TheRule, TheFix&gt;;</c>.
/// </summary>
public static class CSharpCodeFixVerifier<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    /// <inheritdoc cref="CSharpAnalyzerVerifier{TAnalyzer}.Diagnostic()"/>
    public static DiagnosticResult Diagnostic() => CSharpAnalyzerVerifier<TAnalyzer>.Diagnostic();

    public static DiagnosticResult Diagnostic(string diagnosticId) => CSharpAnalyzerVerifier<TAnalyzer>.Diagnostic(diagnosticId);

    public static DiagnosticResult Diagnostic(DiagnosticDescriptor descriptor) => CSharpAnalyzerVerifier<TAnalyzer>.Diagnostic(descriptor);

    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected) =>
        CSharpAnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync(source, expected);

    /// <summary>
    /// Fails unless the fix turns the source into the fixed source. Equal sources state that no fix is offered.
    /// </summary>
    public static Task VerifyCodeFixAsync(string source, string fixedSource) =>
        VerifyCodeFixAsync(source, DiagnosticResult.EmptyDiagnosticResults, fixedSource);

    public static Task VerifyCodeFixAsync(string source, DiagnosticResult expected, string fixedSource) =>
        VerifyCodeFixAsync(source, [expected], fixedSource);

    public static Task VerifyCodeFixAsync(string source, DiagnosticResult[] expected, string fixedSource)
    {
        var test = new Test { TestCode = source, FixedCode = fixedSource };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    public class Test : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    {
        public Test() => ReferenceAssemblies = ShopReferences.All;

        /// <summary>False leaves out the shop model and the usings of EF Core and Dapper.</summary>
        public bool IncludeShop { get; set; } = true;

        protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, IncludeShop);

        /// <summary>A fix of the product must not bring a finding of another rule into the code either.</summary>
        protected override async Task RunImplAsync(CancellationToken cancellationToken)
        {
            await base.RunImplAsync(cancellationToken);
            if (FixedState.Sources.Count == 0 || !ProductParts.FixTypes.Contains(typeof(TCodeFix)))
                return;

            HashSet<string> before = await IdsOfAllRulesAsync(TestState, cancellationToken);
            foreach (SolutionState state in new[] { FixedState, BatchFixedState }.Where(state => state.Sources.Count > 0))
            {
                HashSet<string> after = await IdsOfAllRulesAsync(state, cancellationToken);
                after.ExceptWith(before);
                Verify.True(after.Count == 0, $"The fix brings findings of other rules: {string.Join(", ", after)}.");
            }
        }

        private async Task<HashSet<string>> IdsOfAllRulesAsync(SolutionState state, CancellationToken cancellationToken)
        {
            Project project = CreateProject(ResolvedState.Of(state, ResultFor), TestState);
            AnalyzerRun run = await Runs.OfAsync(project, ProductParts.CreateAnalyzers(), cancellationToken);
            return [.. run.Findings.Where(IsOnByDefault).Select(finding => finding.Id)];
        }

        private static bool IsOnByDefault(Diagnostic finding) => finding.Descriptor.IsEnabledByDefault;
    }
}
