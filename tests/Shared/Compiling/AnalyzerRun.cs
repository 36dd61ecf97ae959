using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Testing;

/// <summary>An analyzer threw. Never an expected outcome, whatever the test is about.</summary>
public sealed class AnalyzerCrashException(string message)
    : Exception(message);

/// <summary>What the compiler and the analyzers said about a project.</summary>
/// <param name="Project">The project that was analysed.</param>
/// <param name="Compilation">Its compilation, without analyzers.</param>
/// <param name="CompilerDiagnostics">All the compiler's diagnostics, hidden ones included.</param>
/// <param name="Findings">The analyzers' diagnostics that are not suppressed, by file and place.</param>
public sealed record AnalyzerRun(
    Project Project,
    Compilation Compilation,
    ImmutableArray<Diagnostic> CompilerDiagnostics,
    ImmutableArray<Diagnostic> Findings)
{
    /// <summary>Runs the analyzers, also those whose rules are off by default.</summary>
    /// <exception cref="AnalyzerCrashException">An analyzer threw, or the driver reported AD0001.</exception>
    public static async Task<AnalyzerRun> OfAsync(
        Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken = default)
    {
        project = EnableAll(project, analyzers);
        Compilation compilation = await project.GetCompilationAsync(cancellationToken)
            ?? throw new InvalidOperationException("The project has no compilation.");
        if (analyzers.IsEmpty)
            return new AnalyzerRun(project, compilation, compilation.GetDiagnostics(cancellationToken), []);

        // As in a build: the compiler and the analyzers go over the code together, once.
        ImmutableArray<Diagnostic> all = await AnalyseAsync(
            compilation, analyzers, project.AnalyzerOptions, isConcurrent: true, analysis => analysis.GetAllDiagnosticsAsync(cancellationToken));
        ILookup<bool, Diagnostic> ofCompiler = all.ToLookup(diagnostic => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler));
        return new AnalyzerRun(project, compilation, [.. ofCompiler[true]], InOrder(ofCompiler[false]));
    }

    /// <summary>The analyzers' diagnostics that are not suppressed, by file and place.</summary>
    /// <exception cref="AnalyzerCrashException">An analyzer threw, or the driver reported AD0001.</exception>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(
        Compilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions? analyzerOptions = null,
        CancellationToken cancellationToken = default,
        bool isConcurrent = true)
    {
        if (analyzers.IsEmpty)
            return [];

        return InOrder(await AnalyseAsync(
            compilation, analyzers, analyzerOptions, isConcurrent, analysis => analysis.GetAnalyzerDiagnosticsAsync(cancellationToken)));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyseAsync(
        Compilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions? analyzerOptions,
        bool isConcurrent,
        Func<CompilationWithAnalyzers, Task<ImmutableArray<Diagnostic>>> ask)
    {
        var crashes = new ConcurrentQueue<string>();
        var options = new CompilationWithAnalyzersOptions(
            analyzerOptions ?? new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => crashes.Enqueue($"{analyzer.GetType().FullName} threw {exception}"),
            concurrentAnalysis: isConcurrent,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        ImmutableArray<Diagnostic> found = await ask(compilation.WithAnalyzers(analyzers, options));
        foreach (Diagnostic diagnostic in found.Where(diagnostic => diagnostic.Id is "AD0001" or "AD0002"))
            crashes.Enqueue(diagnostic.GetMessage());
        if (!crashes.IsEmpty)
            throw new AnalyzerCrashException("An analyzer failed:\n" + string.Join("\n", crashes.Distinct()));
        return found;
    }

    private static ImmutableArray<Diagnostic> InOrder(IEnumerable<Diagnostic> findings) =>
    [
        .. findings
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.End)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The same run for a project that has the same documents, options and references as one that was run before with these analyzers: a test of a fix asks for one
    /// text again and again.
    /// </summary>
    public sealed class Memory
    {
        private readonly Dictionary<string, AnalyzerRun> _known = new(StringComparer.Ordinal);

        /// <inheritdoc cref="AnalyzerRun.OfAsync"/>
        public async Task<AnalyzerRun> OfAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken = default)
        {
            string key = await KeyAsync(project, analyzers, cancellationToken);
            if (!_known.TryGetValue(key, out AnalyzerRun? run))
                _known.Add(key, run = await AnalyzerRun.OfAsync(project, analyzers, cancellationToken));
            return run;
        }

        /// <summary>The options and references of one test are the same objects in each of its projects.</summary>
        private static async Task<string> KeyAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
        {
            var key = new StringBuilder();
            foreach (DiagnosticAnalyzer analyzer in analyzers)
                key.Append(analyzer.GetType().FullName).Append(' ');
            foreach (TextDocument document in project.Documents.Concat(project.AdditionalDocuments).Concat(project.AnalyzerConfigDocuments))
                key.Append('\n').Append(document.FilePath).Append(' ').Append(Convert.ToHexString([.. (await document.GetTextAsync(cancellationToken)).GetChecksum()]));
            return key.ToString();
        }
    }

    /// <summary>Throws with the compiler's errors and their source lines when the project does not compile.</summary>
    /// <param name="what">What did not compile, to begin the message with.</param>
    public void RequireNoErrors(string what)
    {
        Diagnostic[] errors = [.. CompilerDiagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidOperationException($"{what} does not compile:\n{DiagnosticText.List(errors)}");
    }

    private static Project EnableAll(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        ImmutableDictionary<string, ReportDiagnostic> specific = project.CompilationOptions!.SpecificDiagnosticOptions;
        foreach (DiagnosticDescriptor descriptor in analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics))
        {
            if (!descriptor.IsEnabledByDefault && !specific.ContainsKey(descriptor.Id))
                specific = specific.Add(descriptor.Id, DiagnosticText.ToReport(descriptor.DefaultSeverity));
        }

        return specific == project.CompilationOptions.SpecificDiagnosticOptions
            ? project
            : project.WithCompilationOptions(project.CompilationOptions.WithSpecificDiagnosticOptions(specific));
    }
}
