using System.Globalization;

namespace DbRules.Benchmarks;

/// <summary>Figures as Markdown tables.</summary>
internal static class Report
{
    private const double Mb = 1024 * 1024;

    /// <summary>All figures of one code base, with the cost of each rule.</summary>
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
        foreach (var peer in result.Rounds[0].Peers.Keys)
            WriteRow(result, output, peer, r => r.Peers[peer], r => r.Bind);
        WriteRow(result, output, "bind, no database library", r => r.BindWithoutLibraries, r => r.BindWithoutLibraries);
        WriteRow(result, output, "all rules, no database library", r => r.RulesWithoutLibraries, r => r.BindWithoutLibraries);
        output.WriteLine();
        output.WriteLine(Invariant($"Above the no-op listener, in shares of bind: bytes {result.BytesAbove:0.000}, CPU {result.CpuAbove:0.00}, ")
            + Invariant($"wall {result.Median(r => (r.Rules.WallMs - r.NoOp.WallMs) / r.Bind.WallMs):0.00}."));
        output.WriteLine();
        WriteRules(result, output);
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

    /// <summary>One line for each code base: what the rules cost above the no-op listener.</summary>
    public static void WriteBudget(IReadOnlyList<Result> results, CodeSetup setup, TextWriter output)
    {
        output.WriteLine(setup.RulesOff.Count == 0 ? "## DbRules, all rules on" : $"## DbRules without {string.Join(", ", setup.RulesOff)}");
        output.WriteLine();
        output.WriteLine("| repository | files | lines | findings | bytes above no-op | above one with the same findings | CPU above no-op | above one with the same findings | callbacks | held MB above no-op | bytes / bind without a database library | of these, one analyzer that does nothing |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            output.WriteLine(Invariant($"| {result.Code.Name} | {result.Code.Files} | {result.Code.Lines} | {result.Rounds[0].Rules.Findings} | {result.BytesAbove:0.000} | {result.BytesAboveEcho:0.000} | {result.CpuAbove:0.00} | {result.CpuAboveEcho:0.00} | ")
                + Invariant($"{result.Callbacks:0.00} | {result.Median(r => r.Rules.HeldBytes - r.NoOp.HeldBytes) / Mb:0.0} | {result.BytesWithoutLibraries:0.000} | {result.BytesOfLeaving:0.000} |"));
        }

        output.WriteLine();
    }

    /// <summary>One line for each code base: bytes and processor time over binding, for each set that was measured.</summary>
    public static void WritePeers(IReadOnlyList<Result> results, TextWriter output)
    {
        List<Result> beside = [.. results.Where(r => r.Rounds[0].Peers.Count > 0)];
        if (beside.Count == 0)
            return;
        var peers = beside[0].Rounds[0].Peers.Keys.ToList();
        output.WriteLine("## Beside other analyzers");
        output.WriteLine();
        output.WriteLine("Total CPU / bytes, each over those of binding alone; every package with the rules that it has on by default.");
        output.WriteLine();
        output.WriteLine($"| repository | no-op | DbRules | {string.Join(" | ", peers)} |");
        output.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", peers.Count + 2))}");
        foreach (var result in beside)
            output.WriteLine($"| {result.Code.Name} | {Pair(result, r => r.NoOp)} | {Pair(result, r => r.Rules)} | {string.Join(" | ", peers.Select(peer => Pair(result, r => r.Peers[peer])))} |");
        output.WriteLine($"| **median** | {Middle(r => r.NoOp)} | {Middle(r => r.Rules)} | {string.Join(" | ", peers.Select(peer => Middle(r => r.Peers[peer])))} |");
        output.WriteLine();

        string Middle(Func<Round, Sample> sample) =>
            Invariant($"{Figures.Quantile(beside.Select(x => x.Median(r => sample(r).CpuMs / r.Bind.CpuMs)), 0.5):0.00} / {Figures.Quantile(beside.Select(x => x.Median(r => sample(r).Bytes / r.Bind.Bytes)), 0.5):0.00}");

        static string Pair(Result result, Func<Round, Sample> sample) =>
            Invariant($"{result.Median(r => sample(r).CpuMs / r.Bind.CpuMs):0.00} / {result.Median(r => sample(r).Bytes / r.Bind.Bytes):0.00}");
    }

    /// <summary>What an editor waits for after a keystroke.</summary>
    public static void WriteLatency(IReadOnlyList<(string Name, IReadOnlyList<(double NoOp, double Above)> Documents)> measured, TextWriter output)
    {
        output.WriteLine("## After a keystroke");
        output.WriteLine();
        output.WriteLine("Milliseconds for the diagnostics of one edited document of 300 to 1,500 lines.");
        output.WriteLine();
        output.WriteLine("| repository | documents | no-op p50 | no-op p95 | above no-op p50 | above no-op p95 |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (name, documents) in measured.Append(("**all**", [.. measured.SelectMany(m => m.Documents)])).Where(m => m.Documents.Count > 0))
        {
            output.WriteLine(Invariant($"| {name} | {documents.Count} | {Figures.Quantile(documents.Select(d => d.NoOp), 0.5):0.0} | {Figures.Quantile(documents.Select(d => d.NoOp), 0.95):0.0} | ")
                + Invariant($"{Figures.Quantile(documents.Select(d => d.Above), 0.5):0.0} | {Figures.Quantile(documents.Select(d => d.Above), 0.95):0.0} |"));
        }

        output.WriteLine();
    }

    /// <summary>What each rule costs as an analyzer of its own, and what all cost as they are shipped.</summary>
    private static void WriteRules(Result result, TextWriter output)
    {
        if (result.Rounds[0].EachRule is not { } each)
            return;
        output.WriteLine("| rule | ms in callbacks | share of bind CPU | findings |");
        output.WriteLine("|---|---:|---:|---:|");
        foreach (var (rule, cost) in each.Analyzers)
        {
            output.WriteLine(Invariant($"| {rule} | {result.Median(r => r.EachRule!.Analyzers[rule].Ms):0.0} | ")
                + Invariant($"{result.Median(r => r.EachRule!.Analyzers[rule].Ms / r.Bind.CpuMs):0.0%} | {cost.Findings} |"));
        }

        output.WriteLine(Invariant($"| all, as shipped | {result.Median(r => r.OneThread!.CallbackMs):0.0} | {result.Callbacks:0.0%} | {result.Rounds[0].Rules.Findings} |"));
        output.WriteLine();
    }

    private static void WriteRow(Result result, TextWriter output, string name, Func<Round, Sample> sample, Func<Round, Sample> bind) =>
        output.WriteLine(Invariant($"| {name} | {result.Median(r => sample(r).WallMs):0.0} | {result.Median(r => sample(r).CpuMs):0.0} | ")
            + Invariant($"{result.Median(r => sample(r).Bytes) / Mb:0.0} | {result.Median(r => sample(r).WallMs / bind(r).WallMs):0.00} | ")
            + Invariant($"{result.Median(r => sample(r).CpuMs / bind(r).CpuMs):0.00} | {result.Median(r => sample(r).Bytes / bind(r).Bytes):0.000} |"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
