using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.ExecutionTests;

/// <summary>
/// Runs code before and after a fix on two equal databases: the results, the exceptions and the rows left behind must be the same,
/// and the number of commands must fall.
/// </summary>
public static class ExecutionVerifier
{
    private const string SourcePath = "/0/Snippet.cs";

    private static readonly Lazy<Task<SnippetOutcome>> LazyUntouched = new(() => OutcomeOf("static class Snippet { public static int Run(DbConnection connection) => 0; }"));

    /// <summary>What comes of code that does nothing.</summary>
    public static Task<SnippetOutcome> Untouched => LazyUntouched.Value;

    /// <summary>Applies the fix to all its diagnostics, then compares the code before with the code after.</summary>
    /// <param name="source">A snippet, see <see cref="Snippet"/>; without test markup.</param>
    /// <param name="expectedBefore">Commands that the code before sends, exactly.</param>
    /// <param name="atMostAfter">Commands that the code after may send.</param>
    /// <param name="codeActionIndex">Which of the offered actions; null: the first.</param>
    /// <param name="throws">True: both must throw the same type of exception. False: none may throw.</param>
    public static async Task SameResultFewerCommands<TAnalyzer, TFix>(
        string source, int expectedBefore, int atMostAfter, int? codeActionIndex = null, bool throws = false)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        string after = await FixedStateCompiles<TAnalyzer, TFix>(source, codeActionIndex);
        await SameResultFewerCommands(source, after, expectedBefore, atMostAfter, throws);
    }

    /// <summary>Compares two snippets.</summary>
    public static async Task SameResultFewerCommands(string before, string after, int expectedBefore, int atMostAfter, bool throws = false)
    {
        (SnippetOutcome first, SnippetOutcome second) = await SameResult(before, after, throws);
        if (first.Commands.Count != expectedBefore)
            throw new InvalidOperationException($"The code before sends {first.Commands.Count} commands, not {expectedBefore}:\n{Lines(first.Commands)}");
        if (second.Commands.Count > atMostAfter)
            throw new InvalidOperationException($"The code after sends {second.Commands.Count} commands, more than {atMostAfter}:\n{Lines(second.Commands)}\n{after}");
    }

    /// <summary>Compares what two snippets return, throw and leave in the database; the commands are the caller's to judge.</summary>
    public static async Task<(SnippetOutcome Before, SnippetOutcome After)> SameResult(string before, string after, bool throws = false)
    {
        ShopDatabase database = TestDatabase.Current;
        SnippetOutcome first = await (await Snippet.LoadAsync(ProjectOf(before), "The code before")).RunAsync(database);
        SnippetOutcome second = await (await Snippet.LoadAsync(ProjectOf(after), "The code after")).RunAsync(database);
        RequireOutcome("The code before", first, throws);
        RequireOutcome("The code after", second, throws);
        if (DiagnosticText.Difference(first.Result, second.Result) is { } results)
            throw new InvalidOperationException($"The results differ (- before, + after):\n{results}\n{after}");
        if (first.Rows != second.Rows)
            throw new InvalidOperationException($"The rows in the database differ (- before, + after):\n{DiagnosticText.Difference(first.Rows, second.Rows)}\n{after}");
        return (first, second);
    }

    /// <summary>Runs a snippet on a fresh database; what comes of it is the caller's to judge.</summary>
    public static async Task<SnippetOutcome> OutcomeOf(string source) => await (await Snippet.LoadAsync(ProjectOf(source), "The code")).RunAsync(TestDatabase.Current);

    /// <summary>
    /// Applies the fix and requires that what is written is written as a whole: where nothing fails, the rows are the same before and after the fix; where the code
    /// fails on its way, some rows are changed before the fix and none after it.
    /// </summary>
    /// <param name="source">A snippet that throws on its way when it is failing.</param>
    /// <param name="failing">Makes a snippet, before or after the fix, fail on its way.</param>
    public static async Task AllOrNothing<TAnalyzer, TFix>(string source, Func<string, string> failing)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        string after = await FixedStateCompiles<TAnalyzer, TFix>(source);
        await SameResult(source, after);
        SnippetOutcome untouched = await Untouched;
        SnippetOutcome failedBefore = await OutcomeOf(failing(source));
        SnippetOutcome failedAfter = await OutcomeOf(failing(after));
        RequireOutcome("The failing code before", failedBefore, throws: true);
        RequireOutcome("The failing code after", failedAfter, throws: true);
        if (failedBefore.Rows == untouched.Rows)
            throw new InvalidOperationException("The failing code leaves no row behind before the fix: it shows nothing.");
        if (DiagnosticText.Difference(untouched.Rows, failedAfter.Rows) is { } left)
            throw new InvalidOperationException($"The failing code leaves rows behind after the fix:\n{left}\n{after}");
    }

    /// <summary>What one run of a snippet does.</summary>
    public static async Task<SnippetOutcome> RunAsync(string source) => await (await Snippet.LoadAsync(ProjectOf(source), "The code")).RunAsync(TestDatabase.Current);

    /// <summary>
    /// Applies the fix and requires that it is offered, that the result compiles, and that no diagnostic is left. For code that cannot be run here.
    /// </summary>
    /// <param name="source">The snippet.</param>
    /// <param name="codeActionIndex">Which of the offered actions; null: the first.</param>
    /// <param name="schema">The text of a file with SQL that states tables; null for none.</param>
    /// <returns>The source after the fix.</returns>
    public static async Task<string> FixedStateCompiles<TAnalyzer, TFix>(string source, int? codeActionIndex = null, string? schema = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        static ImmutableArray<DiagnosticAnalyzer> Analyzers() => [new TAnalyzer()];

        var fix = new TFix();
        var runs = new AnalyzerRun.Memory();
        Project project = ProjectOf(source);
        if (schema is not null)
            project = project.AddAdditionalDocument("schema.sql", schema, filePath: "/schema.sql").Project;
        AnalyzerRun before = await runs.OfAsync(project, Analyzers());
        before.RequireNoErrors("The code before");
        int fixable = CodeFixing.Fixable(before, fix).Count();
        if (fixable == 0)
            throw new InvalidOperationException($"{typeof(TAnalyzer).Name} reports nothing that {typeof(TFix).Name} fixes in:\n{source}");

        FixOutcome outcome = await CodeFixing.FixEachAsync(project, Analyzers, fix, new CodeActionChoice(codeActionIndex), limit: fixable, memory: runs);
        AnalyzerRun after = await runs.OfAsync(outcome.Project, Analyzers());
        after.RequireNoErrors("The code after");
        if (CodeFixing.Fixable(after, fix).Any())
            throw new InvalidOperationException($"After {outcome.Iterations} code actions there is still:\n{DiagnosticText.List(after.Findings)}");
        return (await after.Project.Documents.Single(document => document.FilePath == SourcePath).GetTextAsync()).ToString();
    }

    private static void RequireOutcome(string what, SnippetOutcome outcome, bool throws)
    {
        if (throws == (outcome.Exception is null))
            throw new InvalidOperationException(throws ? $"{what} should throw and returns\n{outcome.Result}" : $"{what} throws {outcome.Exception}");
    }

    private static Project ProjectOf(string source) =>
        TestProjects.Create(TestReferences.All, withShop: true, TestDatabase.Language).WithSource(SourcePath, source);

    private static string Lines(IEnumerable<string> commands) => string.Join("\n", commands.Select(command => "  " + command));
}
