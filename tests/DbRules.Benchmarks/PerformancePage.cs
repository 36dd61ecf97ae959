using System.Runtime.InteropServices;

namespace DbRules.Benchmarks;

/// <summary>Writes <c>docs/performance.md</c>: its text up to the marker stays as it is, the figures behind it are new.</summary>
internal sealed class PerformancePage(Benchmark benchmark, Latency latency, CodeSetup setup)
{
    private const string Marker = "<!-- figures -->";

    /// <summary>Measures, and writes the page after each repository: what was measured stays when the rest is given up.</summary>
    /// <param name="repositories">What is measured.</param>
    /// <param name="growth">Generated code of growing size, measured.</param>
    /// <param name="file">The page.</param>
    public async Task WriteAsync(IEnumerable<Corpus> repositories, IReadOnlyList<Result> growth, string file)
    {
        var written = await File.ReadAllTextAsync(file);
        var text = written[..(written.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)];
        var results = new List<Result>();
        var latencies = new List<(string, IReadOnlyList<(double, double)>)>();
        var commits = new List<string>();
        foreach (var corpus in repositories)
        {
            var code = SourceCode.Read(corpus.Folder, setup, corpus.Name);
            results.Add(await benchmark.RunAsync(code));
            latencies.Add((corpus.Name, await latency.RunAsync(code)));
            commits.Add($"{corpus.Name} at `{corpus.Commit[..12]}`");
            await File.WriteAllTextAsync(file, text + Figures());
        }

        string Figures()
        {
            using var output = new StringWriter { NewLine = "\n" };
            output.WriteLine();
            output.WriteLine();
            output.WriteLine($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, Roslyn {typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version}; "
                + $"median of {results[0].Rounds.Count} {(results[0].Rounds.Count == 1 ? "round" : "rounds")} after one of warm-up.");
            output.WriteLine();
            Report.WriteBudget(results, setup, output);
            Report.WritePeers(results, output);
            Report.WriteLatency(latencies, output);
            Report.WriteGrowth(growth, output);
            output.WriteLine("## Commits");
            output.WriteLine();
            output.WriteLine(string.Join(", ", commits) + ".");
            return output.ToString();
        }
    }
}
