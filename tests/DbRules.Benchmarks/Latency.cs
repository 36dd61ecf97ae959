using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbRules.Benchmarks;

/// <summary>
/// What an editor waits for after a keystroke: the compilation is forked with one changed document, and that document's diagnostics are asked of a new driver.
/// </summary>
/// <param name="documents">How many documents of 300 to 1,500 lines of a code base are edited, one by one.</param>
/// <param name="rules">The rules.</param>
internal sealed class Latency(int documents, AnalyzerSet rules)
{
    private const int FewestLines = 300;
    private const int MostLines = 1500;
    private const int Repeats = 5;

    /// <summary>For each document the median of some edits, in milliseconds: with the no-op listener, and what the rules take above it in the same turn.</summary>
    public async Task<IReadOnlyList<(double NoOp, double Above)>> RunAsync(SourceCode code)
    {
        var measured = new List<(double, double)>();
        foreach (var (compilation, tree) in Choose(code))
        {
            var turns = new List<(double NoOp, double Rules)>();
            // The first turn pays for what is shared between edits.
            for (var turn = 0; turn <= Repeats; turn++)
            {
                var noOp = await EditAsync(compilation, tree, AnalyzerSet.NoOp, turn);
                var all = await EditAsync(compilation, tree, rules, turn);
                if (turn > 0)
                    turns.Add((noOp, all));
            }

            measured.Add((Figures.Quantile(turns.Select(t => t.NoOp), 0.5), Figures.Quantile(turns.Select(t => t.Rules - t.NoOp), 0.5)));
        }

        return measured;
    }

    private List<(CSharpCompilation Compilation, SyntaxTree Tree)> Choose(SourceCode code)
    {
        var fitting = (from compilation in code.WithLibraries
                       from tree in compilation.SyntaxTrees
                       where tree.GetText().Lines.Count is >= FewestLines and <= MostLines
                       orderby tree.FilePath.Length, tree.FilePath
                       select (compilation, tree)).ToList();
        var stride = Math.Max(1, fitting.Count / documents);
        return [.. fitting.Where((_, i) => i % stride == 0).Take(documents)];
    }

    private static async Task<double> EditAsync(CSharpCompilation compilation, SyntaxTree tree, AnalyzerSet set, int turn)
    {
        var text = tree.GetText();
        var edited = tree.WithChangedText(text.Replace(text.Length, 0, new string('\n', turn + 1)));
        var forked = compilation.ReplaceSyntaxTree(tree, edited);
        var watch = Stopwatch.StartNew();
        var driver = Benchmark.DriverOf(forked, set, crashes: null);
        await driver.GetAnalyzerSyntaxDiagnosticsAsync(edited, CancellationToken.None);
        await driver.GetAnalyzerSemanticDiagnosticsAsync(driver.Compilation.GetSemanticModel(edited), null, CancellationToken.None);
        return watch.Elapsed.TotalMilliseconds;
    }
}
