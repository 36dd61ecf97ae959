using System.Globalization;

namespace DbRules.Benchmarks;

/// <summary>Figures as Markdown tables.</summary>
internal static class Report
{
    private const double Mb = 1024 * 1024;

    public static void Write(Result result, TextWriter output)
    {
        var code = result.Code;
        output.WriteLine($"## {code.Name}: {code.Files} files, {code.Lines} lines, median of {result.Rounds.Count} rounds");
        output.WriteLine();
        output.WriteLine("| | wall ms | CPU ms | MB allocated | wall / bind | CPU / bind | bytes / bind |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        WriteRow(result, output, "bind", r => r.Bind, r => r.Bind);
        WriteRow(result, output, "no-op invocation listener", r => r.NoOp, r => r.Bind);
        WriteRow(result, output, "all rules", r => r.Rules, r => r.Bind);
        WriteRow(result, output, "bind, no database library", r => r.BindWithoutLibraries, r => r.BindWithoutLibraries);
        WriteRow(result, output, "all rules, no database library", r => r.RulesWithoutLibraries, r => r.BindWithoutLibraries);
        output.WriteLine();
        output.WriteLine(Invariant($"Above the no-op listener, in shares of bind: bytes {result.Median(r => (r.Rules.Bytes - r.NoOp.Bytes) / r.Bind.Bytes):0.000}, ")
            + Invariant($"CPU {result.Median(r => (r.Rules.CpuMs - r.NoOp.CpuMs) / r.Bind.CpuMs):0.00}, ")
            + Invariant($"wall {result.Median(r => (r.Rules.WallMs - r.NoOp.WallMs) / r.Bind.WallMs):0.00}."));
        output.WriteLine();
        output.WriteLine("| rule | ms in callbacks | share of bind CPU | findings |");
        output.WriteLine("|---|---:|---:|---:|");
        foreach (var rule in result.Rounds[0].Rules.Rules)
        {
            output.WriteLine(Invariant($"| {rule.Rule} | {result.Median(r => Cost(r, rule.Rule).Ms):0.0} | ")
                + Invariant($"{result.Median(r => Cost(r, rule.Rule).Ms / r.Bind.CpuMs):0.0%} | {rule.Findings} |"));
        }

        output.WriteLine(Invariant($"| total | {result.Median(r => r.Rules.Rules.Sum(c => c.Ms)):0.0} | ")
            + Invariant($"{result.Median(r => r.Rules.Rules.Sum(c => c.Ms) / r.Bind.CpuMs):0.0%} | {result.Rounds[0].Rules.Rules.Sum(c => c.Findings)} |"));
        output.WriteLine();
    }

    /// <summary>Cost per line for code of growing size: where it stays the same, cost grows linearly.</summary>
    public static void WriteGrowth(IReadOnlyList<Result> results, TextWriter output)
    {
        output.WriteLine("## Growth");
        output.WriteLine();
        output.WriteLine("| lines | bind CPU ms | rules CPU ms | CPU / bind | rules CPU µs per line | rules bytes per line | bytes per line above no-op |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            var lines = result.Code.Lines;
            output.WriteLine(Invariant($"| {lines} | {result.Median(r => r.Bind.CpuMs):0} | {result.Median(r => r.Rules.CpuMs):0} | ")
                + Invariant($"{result.Median(r => r.Rules.CpuMs / r.Bind.CpuMs):0.00} | {result.Median(r => r.Rules.CpuMs) * 1000 / lines:0.0} | ")
                + Invariant($"{result.Median(r => r.Rules.Bytes) / lines:0} | {result.Median(r => r.Rules.Bytes - r.NoOp.Bytes) / lines:0} |"));
        }

        output.WriteLine();
    }

    private static void WriteRow(Result result, TextWriter output, string name, Func<Round, Sample> sample, Func<Round, Sample> bind) =>
        output.WriteLine(Invariant($"| {name} | {result.Median(r => sample(r).WallMs):0.0} | {result.Median(r => sample(r).CpuMs):0.0} | ")
            + Invariant($"{result.Median(r => sample(r).Bytes) / Mb:0.0} | {result.Median(r => sample(r).WallMs / bind(r).WallMs):0.00} | ")
            + Invariant($"{result.Median(r => sample(r).CpuMs / bind(r).CpuMs):0.00} | {result.Median(r => sample(r).Bytes / bind(r).Bytes):0.000} |"));

    private static RuleCost Cost(Round round, string rule) => round.Rules.Rules.First(c => c.Rule == rule);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
