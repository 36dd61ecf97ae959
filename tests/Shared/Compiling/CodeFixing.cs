using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Testing;

/// <summary>Which of the offered code actions is meant.</summary>
/// <param name="Index">Position among the actions offered for one diagnostic; null: the first.</param>
/// <param name="EquivalenceKey">Only actions with this key count; null: all.</param>
/// <param name="Inspect">Sees every action before it is applied; null: nobody does.</param>
public sealed record CodeActionChoice(int? Index = null, string? EquivalenceKey = null, Action<CodeAction>? Inspect = null);

/// <summary>The project after fixing, and how many code actions were applied to get there.</summary>
public sealed record FixOutcome(Project Project, int Iterations);

/// <summary>Applies code fixes as an editor would: one after another, or all of a scope at once.</summary>
public static class CodeFixing
{
    /// <summary>
    /// Fixes one diagnostic, analyses again, and so on until no diagnostic has an action left, or <paramref name="limit"/> actions
    /// were applied and <paramref name="stopAtLimit"/> says that this is enough.
    /// </summary>
    /// <exception cref="InvalidOperationException">Actions are left at the limit, or an action changes nothing.</exception>
    public static async Task<FixOutcome> FixEachAsync(
        Project project,
        Func<ImmutableArray<DiagnosticAnalyzer>> analyzers,
        CodeFixProvider fix,
        CodeActionChoice choice,
        int limit,
        CancellationToken cancellationToken = default,
        bool stopAtLimit = false,
        AnalyzerRun.Memory? memory = null)
    {
        memory ??= new AnalyzerRun.Memory();
        for (int iterations = 0; ; iterations++)
        {
            if (stopAtLimit && iterations == limit)
                return new FixOutcome(project, iterations);

            (CodeAction? action, _, _) = await FirstActionAsync(project, analyzers(), fix, choice, memory, cancellationToken);
            if (action is null)
                return new FixOutcome(project, iterations);
            if (iterations == limit)
                throw new InvalidOperationException($"After {limit} applied code actions the fix still offers '{action.Title}'.");

            choice.Inspect?.Invoke(action);
            project = await ApplyAsync(project, action, cancellationToken);
        }
    }

    /// <summary>
    /// Runs the fix-all of the provider for a scope until no diagnostic has an action left. Null when the provider has no
    /// fix-all, or none for this scope.
    /// </summary>
    /// <exception cref="InvalidOperationException">More than <paramref name="limit"/> rounds, or an action that changes nothing.</exception>
    public static async Task<FixOutcome?> FixAllAsync(
        Project project,
        Func<ImmutableArray<DiagnosticAnalyzer>> analyzers,
        CodeFixProvider fix,
        FixAllScope scope,
        CodeActionChoice choice,
        int limit,
        CancellationToken cancellationToken = default,
        AnalyzerRun.Memory? memory = null)
    {
        memory ??= new AnalyzerRun.Memory();
        FixAllProvider? provider = fix.GetFixAllProvider();
        if (provider is null || !provider.GetSupportedFixAllScopes().Contains(scope))
            return null;

        for (int iterations = 0; ; iterations++)
        {
            (CodeAction? action, Document? document, AnalyzerRun run) = await FirstActionAsync(project, analyzers(), fix, choice, memory, cancellationToken);
            if (action is null || document is null)
                return new FixOutcome(project, iterations);
            if (iterations == limit)
                throw new InvalidOperationException($"After {limit} rounds of fix-all in {scope} the fix still offers '{action.Title}'.");

            var diagnostics = new FoundDiagnostics(run);
            FixAllContext context = scope == FixAllScope.Document
                ? new FixAllContext(document, fix, scope, action.EquivalenceKey, fix.FixableDiagnosticIds, diagnostics, cancellationToken)
                : new FixAllContext(document.Project, fix, scope, action.EquivalenceKey, fix.FixableDiagnosticIds, diagnostics, cancellationToken);
            CodeAction? all = await provider.GetFixAsync(context);
            if (all is null)
                throw new InvalidOperationException($"Fix-all in {scope} has no action, though '{action.Title}' is offered for one diagnostic.");

            project = await ApplyAsync(project, all, cancellationToken);
        }
    }

    /// <summary>The titles of all actions offered for the diagnostics of a project, in the order of the diagnostics.</summary>
    public static async Task<ImmutableArray<string>> OfferedTitlesAsync(
        Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, CancellationToken cancellationToken = default, AnalyzerRun.Memory? memory = null)
    {
        AnalyzerRun run = await (memory ?? new AnalyzerRun.Memory()).OfAsync(project, analyzers, cancellationToken);
        ImmutableArray<string>.Builder titles = ImmutableArray.CreateBuilder<string>();
        foreach (Diagnostic diagnostic in Fixable(run, fix))
            titles.AddRange((await ActionsAsync(run.Project, diagnostic, fix, cancellationToken)).Select(action => action.Title));
        return titles.ToImmutable();
    }

    /// <summary>The findings that the fix declares to be its own.</summary>
    public static IEnumerable<Diagnostic> Fixable(AnalyzerRun run, CodeFixProvider fix) =>
        run.Findings.Where(finding => finding.Location.IsInSource && fix.FixableDiagnosticIds.Contains(finding.Id));

    private static async Task<(CodeAction? Action, Document? Document, AnalyzerRun Run)> FirstActionAsync(
        Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix, CodeActionChoice choice, AnalyzerRun.Memory memory, CancellationToken cancellationToken)
    {
        AnalyzerRun run = await memory.OfAsync(project, analyzers, cancellationToken);
        foreach (Diagnostic diagnostic in Fixable(run, fix))
        {
            IEnumerable<CodeAction> actions = await ActionsAsync(run.Project, diagnostic, fix, cancellationToken);
            if (choice.EquivalenceKey is { } key)
                actions = actions.Where(action => action.EquivalenceKey == key);
            if (actions.ElementAtOrDefault(choice.Index ?? 0) is { } chosen)
                return (chosen, run.Project.GetDocument(diagnostic.Location.SourceTree), run);
        }

        return (null, null, run);
    }

    private static async Task<List<CodeAction>> ActionsAsync(
        Project project, Diagnostic diagnostic, CodeFixProvider fix, CancellationToken cancellationToken)
    {
        Document document = project.GetDocument(diagnostic.Location.SourceTree)
            ?? throw new InvalidOperationException("A diagnostic stands in a file that the project does not have.");
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        return actions;
    }

    private static async Task<Project> ApplyAsync(Project project, CodeAction action, CancellationToken cancellationToken)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(cancellationToken);
        ApplyChangesOperation change = operations.OfType<ApplyChangesOperation>().Single();
        Solution solution = change.ChangedSolution;
        Project changed = solution.GetProject(project.Id) ?? throw new InvalidOperationException($"'{action.Title}' removed the project.");

        bool anyChange = changed.DocumentIds.Count != project.DocumentIds.Count;
        foreach (Document document in changed.Documents)
        {
            SourceText text = await document.GetTextAsync(cancellationToken);
            SourceText? before = project.GetDocument(document.Id) is { } original ? await original.GetTextAsync(cancellationToken) : null;
            if (before is not null && before.ContentEquals(text))
                continue;

            anyChange = true;
            // Parsing the text again keeps trees that only look right, but would not parse, from passing.
            solution = solution.WithDocumentText(document.Id, SourceText.From(text.ToString()));
        }

        if (!anyChange)
            throw new InvalidOperationException($"The code action '{action.Title}' changes nothing.");
        return solution.GetProject(project.Id)!;
    }

    /// <summary>Hands the findings of one run to a fix-all provider.</summary>
    private sealed class FoundDiagnostics(AnalyzerRun run) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(run.Findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(run.Findings.Where(finding => finding.Location.SourceTree?.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(run.Findings.Where(finding => !finding.Location.IsInSource));
    }
}
