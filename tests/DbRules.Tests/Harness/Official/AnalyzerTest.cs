using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DbRules.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Analyses the test state and compares what is found with what its markup and <see cref="SolutionState.ExpectedDiagnostics"/> expect:
/// ids, severities and exact spans, messages and additional locations where stated. An exception in an analyzer always fails the test.
/// </summary>
public abstract class AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    public SolutionState TestState { get; } = new();

    /// <summary>Adds a source to the test state.</summary>
    public string TestCode
    {
        set => TestState.Sources.Add(value);
    }

    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    public MarkupOptions MarkupOptions { get; set; }

    public ReferenceAssemblies ReferenceAssemblies { get; set; } = new(TestReferences.Framework);

    public List<Func<Solution, ProjectId, Solution>> SolutionTransforms { get; } = [];

    protected IVerifier Verify { get; } = new TVerifier();

    /// <summary>Runs the test.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default) => await RunImplAsync(cancellationToken);

    protected abstract ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers();

    protected virtual async Task RunImplAsync(CancellationToken cancellationToken) =>
        await VerifyStateAsync("The test source", TestState, TestState, cancellationToken);

    /// <summary>An empty project with the references; sources of the preamble, if any, are in it already.</summary>
    protected virtual Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, withShop: false);

    /// <summary>The diagnostic that markup with this id, or without one, stands for.</summary>
    private protected DiagnosticResult ResultFor(string? id)
    {
        DiagnosticDescriptor[] descriptors = [.. GetDiagnosticAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics)];
        DiagnosticResult result;
        if (id is null)
        {
            if (descriptors.Length == 0 || (descriptors.Length > 1 && !MarkupOptions.HasFlag(MarkupOptions.UseFirstDescriptor)))
                Verify.Fail($"[|...|] needs an analyzer with one descriptor; this one has {descriptors.Length}. Write {{|ID:...|}}.");
            result = new DiagnosticResult(descriptors[0]);
        }
        else if (descriptors.FirstOrDefault(descriptor => descriptor.Id == id) is { } known)
        {
            result = new DiagnosticResult(known);
        }
        else
        {
            result = DiagnosticResult.CompilerError(id).WithOptions(DiagnosticOptions.IgnoreSeverity);
        }

        return result.WithOptions(result.Options | DiagnosticOptions.IgnoreAdditionalLocations);
    }

    /// <summary>What was analysed for this test.</summary>
    private protected AnalyzerRun.Memory Runs { get; } = new();

    private protected Project CreateProject(ResolvedState resolved, SolutionState files)
    {
        Project project = CreateProject();
        if (files.OutputKind is { } kind)
            project = project.WithCompilationOptions(project.CompilationOptions!.WithOutputKind(kind));
        project = project.AddMetadataReferences(files.AdditionalReferences);
        foreach ((string path, string text) in resolved.Sources)
            project = project.WithSource(path, text);
        foreach ((string path, string text) in files.AdditionalFiles)
            project = project.AddAdditionalDocument(path, SourceText.From(text), filePath: path).Project;
        foreach ((string path, string text) in files.AnalyzerConfigFiles)
            project = project.AddAnalyzerConfigDocument(path, SourceText.From(text), filePath: path).Project;

        ProjectId id = project.Id;
        Solution solution = project.Solution;
        foreach (Func<Solution, ProjectId, Solution> transform in SolutionTransforms)
            solution = transform(solution, id);
        return solution.GetProject(id)!;
    }

    /// <summary>Compiles and analyses a state and fails the test when it is not as expected.</summary>
    /// <param name="name">What the state is called in a failure.</param>
    /// <param name="state">The sources and what is expected in them.</param>
    /// <param name="files">The state that gives additional files, options and references.</param>
    private protected async Task<Project> VerifyStateAsync(string name, SolutionState state, SolutionState files, CancellationToken cancellationToken)
    {
        ResolvedState resolved = ResolvedState.Of(state, ResultFor);
        Project project = CreateProject(resolved, files);
        AnalyzerRun run = await Runs.OfAsync(project, GetDiagnosticAnalyzers(), cancellationToken);
        List<Diagnostic> unexpected = [.. run.CompilerDiagnostics.Where(Matters), .. run.Findings];
        List<Expectation> missing = [];
        foreach (Expectation expectation in resolved.Expected)
        {
            int match = unexpected.FindIndex(diagnostic => Matches(expectation, diagnostic));
            if (match >= 0)
                unexpected.RemoveAt(match);
            else
                missing.Add(expectation);
        }

        // Compiler diagnostics below the level of the test may still be expected by name.
        missing.RemoveAll(expectation => run.CompilerDiagnostics.Any(diagnostic => !Matters(diagnostic) && Matches(expectation, diagnostic)));
        if (missing.Count > 0 || unexpected.Count > 0)
            Verify.Fail(Describe(name, run, resolved, missing, unexpected));
        return project;
    }

    private static bool Matches(Expectation expectation, Diagnostic actual)
    {
        DiagnosticResult expected = expectation.Result;
        if (expected.Id != actual.Id)
            return false;
        if (!expected.Options.HasFlag(DiagnosticOptions.IgnoreSeverity) && expected.Severity != actual.Severity)
            return false;
        if (expected.Message is { } message && message != actual.GetMessage(CultureInfo.InvariantCulture))
            return false;
        if (expectation.Places.IsEmpty)
            return actual.Location == Location.None || !actual.Location.IsInSource;
        if (!SamePlace(expectation.Places[0], actual.Location, expectation.StartOnly))
            return false;
        return expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations)
            || (actual.AdditionalLocations.Count == expectation.Places.Length - 1
                && actual.AdditionalLocations.Zip(expectation.Places.Skip(1)).All(pair => SamePlace(pair.Second, pair.First, startOnly: false)));
    }

    private static bool SamePlace(FileLinePositionSpan expected, Location actual, bool startOnly)
    {
        FileLinePositionSpan span = actual.GetLineSpan();
        return span.Path == expected.Path
            && span.StartLinePosition == expected.StartLinePosition
            && (startOnly || span.EndLinePosition == expected.EndLinePosition);
    }

    private static string Describe(
        string name, AnalyzerRun run, ResolvedState resolved, List<Expectation> missing, List<Diagnostic> unexpected)
    {
        var text = new StringBuilder();
        Diagnostic[] errors = [.. unexpected.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && run.CompilerDiagnostics.Contains(diagnostic))];
        Diagnostic[] others = [.. unexpected.Except(errors)];
        if (errors.Length > 0)
            text.Append(name).AppendLine(" does not compile:").Append(DiagnosticText.List(errors));
        if (missing.Count > 0)
            text.Append(name).AppendLine(": expected but not found:").AppendJoin("", missing.Select(one => one.Describe()));
        if (others.Length > 0)
            text.Append(name).AppendLine(": found but not expected:").Append(DiagnosticText.List(others));
        foreach (Diagnostic diagnostic in others.Where(diagnostic => diagnostic.AdditionalLocations.Count > 0))
        {
            text.Append("  additional locations of that ").Append(diagnostic.Id).Append(": ")
                .AppendJoin(", ", diagnostic.AdditionalLocations.Select(location => DiagnosticText.Place(location.GetLineSpan()))).AppendLine();
        }

        foreach ((string path, string source) in resolved.Sources)
        {
            IEnumerable<Diagnostic> here = run.Findings.Where(finding => finding.Location.GetLineSpan().Path == path);
            text.Append(path).AppendLine(" with what was found, as markup:").AppendLine(DiagnosticText.AsMarkup(SourceText.From(source), here));
        }

        return text.ToString();
    }

    private bool Matters(Diagnostic diagnostic) => !diagnostic.IsSuppressed && CompilerDiagnostics switch
    {
        CompilerDiagnostics.None => false,
        CompilerDiagnostics.Errors => diagnostic.Severity >= DiagnosticSeverity.Error,
        CompilerDiagnostics.Warnings => diagnostic.Severity >= DiagnosticSeverity.Warning,
        CompilerDiagnostics.Suggestions => diagnostic.Severity >= DiagnosticSeverity.Info,
        _ => true,
    };
}
