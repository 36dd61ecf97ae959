using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Verifies the test state, applies the fix to its diagnostics one after another and as fix-all in document and project, and
/// compares the texts exactly. The fixed state must compile and have no other diagnostic than its markup says. A fixed source
/// that equals the test source states that no fix is offered at all.
/// </summary>
public abstract class CodeFixTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    public SolutionState FixedState { get; } = new();

    /// <summary>What fix-all gives, when that differs from fixing one after another.</summary>
    public SolutionState BatchFixedState { get; } = new();

    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    /// <summary>Which of the actions offered for one diagnostic is applied; null: the first.</summary>
    public int? CodeActionIndex { get; set; }

    /// <summary>Only actions with this key are applied; null: any.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <summary>Looks at each action before it is applied, for instance at its title.</summary>
    public Action<CodeAction, IVerifier>? CodeActionVerifier { get; set; }

    /// <summary>How many actions are applied one after another; negative: at most so many; null: at most one per diagnostic.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>How many rounds of fix-all are needed; negative: at most so many; null: at most one.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    protected abstract CodeFixProvider GetCodeFixProvider();

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        Project project = await VerifyStateAsync("The test source", TestState, TestState, cancellationToken);
        if (FixedState.Sources.Count == 0)
            return;

        RequireFixableIds();
        ResolvedState test = ResolvedState.Of(TestState, ResultFor);
        ResolvedState expected = ResolvedState.Of(FixedState, ResultFor);
        if (expected.Sources.SequenceEqual(test.Sources))
        {
            ImmutableArray<string> titles = await CodeFixing.OfferedTitlesAsync(project, GetDiagnosticAnalyzers(), GetCodeFixProvider(), cancellationToken, Runs);
            if (!titles.IsEmpty)
                Verify.Fail($"No fix should be offered, but there is: '{string.Join("', '", titles)}'.");
            return;
        }

        await VerifyEachAsync(project, expected, cancellationToken);
        await VerifyStateAsync("The fixed source", FixedState, TestState, cancellationToken);
        if (CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne))
            return;

        bool differs = BatchFixedState.Sources.Count > 0;
        ResolvedState batch = differs ? ResolvedState.Of(BatchFixedState, ResultFor) : expected;
        if (differs)
            await VerifyStateAsync("The batch-fixed source", BatchFixedState, TestState, cancellationToken);
        if (!CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.SkipFixAllInDocumentCheck))
            await VerifyAllAsync(project, batch, FixAllScope.Document, differs, cancellationToken);
        if (!CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.SkipFixAllInProjectCheck))
            await VerifyAllAsync(project, batch, FixAllScope.Project, differs, cancellationToken);
    }

    private async Task VerifyEachAsync(Project project, ResolvedState expected, CancellationToken cancellationToken)
    {
        if (CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne))
        {
            FixOutcome one = await CodeFixing.FixEachAsync(
                project, GetDiagnosticAnalyzers, GetCodeFixProvider(), Choice(), limit: 1, cancellationToken, stopAtLimit: true, Runs);
            await CompareAsync("after one applied code action", expected, one.Project, cancellationToken);
            return;
        }

        AnalyzerRun run = await Runs.OfAsync(project, GetDiagnosticAnalyzers(), cancellationToken);
        int fixable = CodeFixing.Fixable(run, GetCodeFixProvider()).Count();
        int limit = Math.Abs(NumberOfIncrementalIterations ?? Math.Max(fixable, 1));
        FixOutcome outcome = await CodeFixing.FixEachAsync(
            project, GetDiagnosticAnalyzers, GetCodeFixProvider(), Choice(), limit, cancellationToken, memory: Runs);
        await CompareAsync("after fixing one diagnostic after another", expected, outcome.Project, cancellationToken);
        if (NumberOfIncrementalIterations is >= 0 and { } exact)
            Verify.Equal(exact, outcome.Iterations, "Number of code actions applied one after another.");
    }

    private async Task VerifyAllAsync(Project project, ResolvedState expected, FixAllScope scope, bool required, CancellationToken cancellationToken)
    {
        // Fix-all in a document is asked of one document after another.
        int documents = scope == FixAllScope.Document ? expected.Sources.Length : 1;
        int limit = Math.Abs(NumberOfFixAllIterations ?? 1) * documents;
        FixOutcome? outcome = await CodeFixing.FixAllAsync(
            project, GetDiagnosticAnalyzers, GetCodeFixProvider(), scope, Choice(), limit, cancellationToken, Runs);
        if (outcome is null)
        {
            Verify.True(!required, $"The test has a batch-fixed source, but the fix has no fix-all in {scope}.");
            return;
        }

        await CompareAsync($"after fix-all in {scope}", expected, outcome.Project, cancellationToken);
        if (NumberOfFixAllIterations is >= 0 and { } exact && documents == 1)
            Verify.Equal(exact, outcome.Iterations, $"Rounds of fix-all in {scope}.");
    }

    private async Task CompareAsync(string when, ResolvedState expected, Project actual, CancellationToken cancellationToken)
    {
        var remaining = expected.Sources.ToDictionary(source => source.Path, source => source.Text);
        foreach (Document document in actual.Documents.Where(document => !TestProjects.IsPreamble(document.FilePath)))
        {
            string path = document.FilePath ?? document.Name;
            string text = (await document.GetTextAsync(cancellationToken)).ToString();
            if (!remaining.Remove(path, out string? wanted))
                Verify.Fail($"{path} is not expected {when}:\n{text}");
            if (DiagnosticText.Difference(wanted, text) is { } difference)
                Verify.Fail($"{path} is different {when} (- expected, + actual):\n{difference}");
        }

        if (remaining.Count > 0)
            Verify.Fail($"Missing {when}: {string.Join(", ", remaining.Keys)}");
        await RequirePreambleUntouchedAsync(when, actual, cancellationToken);
    }

    private async Task RequirePreambleUntouchedAsync(string when, Project actual, CancellationToken cancellationToken)
    {
        Project original = CreateProject();
        foreach (Document document in original.Documents)
        {
            Document? now = actual.Documents.FirstOrDefault(other => other.FilePath == document.FilePath);
            string before = (await document.GetTextAsync(cancellationToken)).ToString();
            string after = now is null ? "" : (await now.GetTextAsync(cancellationToken)).ToString();
            if (DiagnosticText.Difference(before, after) is { } difference)
                Verify.Fail($"The fix changed {document.FilePath} {when}:\n{difference}");
        }
    }

    private void RequireFixableIds()
    {
        CodeFixProvider fix = GetCodeFixProvider();
        var reported = GetDiagnosticAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).ToHashSet();
        if (!fix.FixableDiagnosticIds.Any(reported.Contains))
            Verify.Fail($"{fix.GetType().Name} fixes {string.Join(", ", fix.FixableDiagnosticIds)}, none of which the analyzer reports.");
    }

    private CodeActionChoice Choice() => new(
        CodeActionIndex,
        CodeActionEquivalenceKey,
        CodeActionVerifier is { } verifier ? action => verifier(action, Verify) : null);
}
