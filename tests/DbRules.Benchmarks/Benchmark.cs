using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Benchmarks;

/// <summary>
/// Measures binding alone and each set of analyzers, each on compilations that have bound nothing yet. They take turns within a round and ratios are taken within a
/// round, so that a slow spell of the machine hits all. Analysis includes the binding that it needs: 1.25 of bind adds a quarter to a build. BenchmarkDotNet is
/// not used: it gives each benchmark a process of its own, and neither the ratio of neighbours nor the driver's times per analyzer.
/// </summary>
internal sealed class Benchmark(int rounds, AnalyzerSet rules, IReadOnlyList<AnalyzerSet> peers)
{
    private readonly AnalyzerSet _eachRule = AnalyzerSet.EachRule();
    private bool _peersAreWarm;

    /// <summary>Exceptions that left one of our analyzers: there must be none.</summary>
    public ConcurrentBag<string> Crashes { get; } = [];

    /// <param name="code">What is measured.</param>
    /// <param name="withPeers">Whether the other packages of analyzers are measured too.</param>
    /// <param name="byRule">Whether each rule is measured too.</param>
    public async Task<Result> RunAsync(SourceCode code, bool withPeers = true, bool byRule = false)
    {
        var result = new Result(code);
        for (var round = 0; round <= rounds; round++)
        {
            var measured = new Round(
                await BindAsync(code.WithLibraries),
                await AnalyzeAsync(code.WithLibraries, AnalyzerSet.NoOp),
                await AnalyzeAsync(code.WithLibraries, rules),
                await BindAsync(code.WithoutLibraries),
                await AnalyzeAsync(code.WithoutLibraries, rules));
            measured.Leaving = await AnalyzeAsync(code.WithoutLibraries, AnalyzerSet.Leaving);
            measured.OneThread = await AnalyzeAsync(code.WithLibraries, rules, concurrent: false);
            measured.Echo = await AnalyzeAsync(code.WithLibraries, AnalyzerSet.Echo(measured.Rules.Reported));
            if (byRule)
                measured.EachRule = await AnalyzeAsync(code.WithLibraries, _eachRule, concurrent: false);
            // Warmed up on the first code that they meet: on large code they take longer than all the rest.
            if (withPeers && (round > 0 || !_peersAreWarm))
            {
                foreach (var peer in peers)
                {
                    var sample = await AnalyzeAsync(code.WithLibraries, peer);
                    // What they say may hold what they said it of.
                    sample.Analyses.Clear();
                    measured.Peers.Add(peer.Name, sample);
                }

                _peersAreWarm = true;
            }

            // The first round pays for the JIT and for reading the references.
            if (round > 0)
                result.Rounds.Add(measured);
        }

        return result;
    }

    private static Task<Sample> BindAsync(IReadOnlyList<CSharpCompilation> compilations) => MeasureAsync(compilations, (compilation, _) =>
    {
        compilation.GetDiagnostics();
        return Task.FromResult<object>(compilation);
    });

    private Task<Sample> AnalyzeAsync(IReadOnlyList<CSharpCompilation> compilations, AnalyzerSet set, bool concurrent = true) => MeasureAsync(compilations, async (compilation, sample) =>
    {
        var driver = DriverOf(compilation, set, set == rules || set == _eachRule ? Crashes : null, concurrent);
        sample.Analyses.Add(await driver.GetAnalysisResultAsync(CancellationToken.None));
        return driver;
    });

    /// <param name="compilation">What is analyzed.</param>
    /// <param name="set">By what.</param>
    /// <param name="crashes">Takes exceptions that leave an analyzer; null when they do not matter.</param>
    /// <param name="concurrent">Whether analyzers run on several threads at once.</param>
    public static CompilationWithAnalyzers DriverOf(CSharpCompilation compilation, AnalyzerSet set, ConcurrentBag<string>? crashes, bool concurrent = true) => new(
        compilation,
        set.Analyzers,
        new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => crashes?.Add($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: concurrent,
            logAnalyzerExecutionTime: true));

    private static async Task<Sample> MeasureAsync(IReadOnlyList<CSharpCompilation> compilations, Func<CSharpCompilation, Sample, Task<object>> work)
    {
        // An analysis ends on the stack of its driver: what goes on from there keeps the driver alive, and finds the syntax trees as it left them.
        await Task.Yield();
        var before = Collected();
        var sample = new Sample();
        var held = new List<object>();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        foreach (var compilation in compilations)
        {
            held.Add(await work(compilation.Clone(), sample));
            await Task.Yield();
        }

        sample.WallMs = watch.Elapsed.TotalMilliseconds;
        sample.CpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        sample.Bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        sample.HeldBytes = Collected() - before;
        GC.KeepAlive(held);
        return sample;
    }

    private static long Collected()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
