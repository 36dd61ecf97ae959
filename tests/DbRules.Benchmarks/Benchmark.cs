using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Benchmarks;

/// <summary>
/// Measures binding alone, an analyzer that listens to invocations and does nothing, and all rules, each on a compilation that has bound
/// nothing yet. They take turns within a round and ratios are taken within a round, so that a slow spell of the machine hits both sides.
/// Analysis includes the binding that it needs: 1.25 of bind adds a quarter to a build. BenchmarkDotNet is not used: it gives each
/// benchmark a process of its own, and neither the ratio of neighbours nor the driver's times per analyzer.
/// </summary>
internal sealed class Benchmark(int rounds)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
        [.. Assembly.Load("DbRules").GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    private static readonly ImmutableArray<DiagnosticAnalyzer> NoOp = [new InvocationListener()];

    /// <summary>Exceptions that left an analyzer: there must be none.</summary>
    public ConcurrentBag<string> Crashes { get; } = [];

    /// <exception cref="InvalidOperationException">There are no rules: an empty set would measure as free.</exception>
    public async Task<Result> RunAsync(SourceCode code)
    {
        if (Rules.IsEmpty)
            throw new InvalidOperationException("DbRules.dll holds no rules.");
        var result = new Result(code);
        for (var round = 0; round <= rounds; round++)
        {
            var measured = new Round(
                await BindAsync(code.WithLibraries),
                await AnalyzeAsync(code.WithLibraries, NoOp),
                await AnalyzeAsync(code.WithLibraries, Rules),
                await BindAsync(code.WithoutLibraries),
                await AnalyzeAsync(code.WithoutLibraries, Rules));
            // The first round pays for the JIT and for reading the references.
            if (round > 0)
                result.Rounds.Add(measured);
        }

        return result;
    }

    private static Task<Sample> BindAsync(CSharpCompilation compilation) =>
        MeasureAsync(_ => Task.FromResult(compilation.Clone().GetDiagnostics().Length));

    private Task<Sample> AnalyzeAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) => MeasureAsync(async sample =>
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => Crashes.Add($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: true);
        var analysis = await new CompilationWithAnalyzers(compilation.Clone(), analyzers, options).GetAnalysisResultAsync(CancellationToken.None);
        foreach (var (analyzer, telemetry) in analysis.AnalyzerTelemetryInfo)
            sample.Rules.Add(new RuleCost(NameOf(analyzer), telemetry.ExecutionTime.TotalMilliseconds, analysis.GetAllDiagnostics(analyzer).Length));
        return 0;
    });

    private static async Task<Sample> MeasureAsync(Func<Sample, Task<int>> work)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var sample = new Sample();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work(sample);
        sample.WallMs = watch.Elapsed.TotalMilliseconds;
        sample.CpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        sample.Bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return sample;
    }

    private static string NameOf(DiagnosticAnalyzer analyzer) =>
        $"{string.Join(", ", analyzer.SupportedDiagnostics.Select(d => d.Id))} {analyzer.GetType().Name}";

    private sealed class InvocationListener : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new DiagnosticDescriptor("NOOP", "No-op", "No-op", "Measure", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationAction(_ => { }, OperationKind.Invocation);
        }
    }
}
