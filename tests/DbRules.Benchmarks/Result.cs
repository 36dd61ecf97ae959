using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Benchmarks;

/// <summary>What one piece of work cost the process, all threads together but for wall time.</summary>
internal sealed class Sample
{
    private readonly Lazy<IReadOnlyDictionary<string, RuleCost>> _analyzers;

    public Sample() => _analyzers = new(Read);

    public double WallMs { get; set; }
    public double CpuMs { get; set; }

    /// <summary>Allocated.</summary>
    public double Bytes { get; set; }

    /// <summary>Still reachable afterwards, for as long as the compilations live.</summary>
    public double HeldBytes { get; set; }

    /// <summary>What the analyses of the projects said; none for binding. Read when all is measured: to read them takes something, too.</summary>
    public List<AnalysisResult> Analyses { get; } = [];

    /// <summary>Per analyzer, by name; empty for binding.</summary>
    public IReadOnlyDictionary<string, RuleCost> Analyzers => _analyzers.Value;

    public double CallbackMs => Analyzers.Values.Sum(c => c.Ms);

    public int Findings => Analyzers.Values.Sum(c => c.Findings);

    /// <summary>What was found.</summary>
    public IReadOnlyList<Diagnostic> Reported => [.. Analyses.SelectMany(a => a.GetAllDiagnostics())];

    private IReadOnlyDictionary<string, RuleCost> Read() => Analyses
        .SelectMany(a => a.AnalyzerTelemetryInfo, (a, entry) => (Name: NameOf(entry.Key), Cost: new RuleCost(entry.Value.ExecutionTime.TotalMilliseconds, a.GetAllDiagnostics(entry.Key).Length)))
        .GroupBy(a => a.Name)
        .ToDictionary(a => a.Key, a => new RuleCost(a.Sum(x => x.Cost.Ms), a.Sum(x => x.Cost.Findings)));

    private static string NameOf(DiagnosticAnalyzer analyzer) =>
        $"{string.Join(", ", analyzer.SupportedDiagnostics.Select(d => d.Id))} {analyzer.GetType().Name}";
}

/// <summary>
/// Time in the callbacks of one rule and what it reported. Facts that rules share are paid by the rule that asks first.
/// </summary>
internal sealed record RuleCost(double Ms, int Findings);

/// <summary>What was measured side by side.</summary>
internal sealed record Round(Sample Bind, Sample NoOp, Sample Rules, Sample BindWithoutLibraries, Sample RulesWithoutLibraries)
{
    /// <summary>Other packages of analyzers, by name.</summary>
    public Dictionary<string, Sample> Peers { get; } = [];

    /// <summary>The rules on one thread; null before that was measured.</summary>
    public Sample? OneThread { get; set; }

    /// <summary>The no-op listener, which also reports what the rules have found; null before that was measured.</summary>
    public Sample? Echo { get; set; }

    /// <summary>An analyzer that leaves at once, on the code without libraries; null before that was measured.</summary>
    public Sample? Leaving { get; set; }

    /// <summary>The rules, each as an analyzer of its own; null when that was not measured.</summary>
    public Sample? EachRule { get; set; }
}

/// <summary>All rounds on one piece of code.</summary>
internal sealed class Result(SourceCode code)
{
    public SourceCode Code { get; } = code;
    public List<Round> Rounds { get; } = [];

    /// <summary>The median over the rounds.</summary>
    public double Median(Func<Round, double> figure) => Figures.Quantile(Rounds.Select(figure), 0.5);

    /// <summary>What the rules allocate above the no-op listener, as a share of what binding allocates.</summary>
    public double BytesAbove => Median(r => (r.Rules.Bytes - r.NoOp.Bytes) / r.Bind.Bytes);

    /// <summary>What the rules allocate above the listener that reports the same places, as a share of what binding allocates: all that is not Roslyn's own work for findings.</summary>
    public double BytesAboveEcho => Median(r => (r.Rules.Bytes - r.Echo!.Bytes) / r.Bind.Bytes);

    /// <summary>As <see cref="BytesAbove"/>, in processor time.</summary>
    public double CpuAbove => Median(r => (r.Rules.CpuMs - r.NoOp.CpuMs) / r.Bind.CpuMs);

    /// <summary>As <see cref="BytesAboveEcho"/>, in processor time.</summary>
    public double CpuAboveEcho => Median(r => (r.Rules.CpuMs - r.Echo!.CpuMs) / r.Bind.CpuMs);

    /// <summary>
    /// The time in the callbacks of all rules on one thread, as a share of the processor time of binding. Several threads would also count what they wait: for a processor
    /// that another one has, and for each other.
    /// </summary>
    public double Callbacks => Median(r => r.OneThread!.CallbackMs / r.Bind.CpuMs);

    /// <summary>What the rules allocate where no database library is referenced, as a share of what binding allocates: they leave at once, so that nothing is bound for them.</summary>
    public double BytesWithoutLibraries => Median(r => r.RulesWithoutLibraries.Bytes / r.BindWithoutLibraries.Bytes);

    /// <summary>What one analyzer allocates there that does nothing at all, as a share of what binding allocates: it grows with the number of projects, not with their code.</summary>
    public double BytesOfLeaving => Median(r => r.Leaving!.Bytes / r.BindWithoutLibraries.Bytes);
}

internal static class Figures
{
    /// <summary>A quantile, between the two nearest figures; <see cref="double.NaN"/> for none.</summary>
    public static double Quantile(IEnumerable<double> figures, double share)
    {
        double[] sorted = [.. figures.Order()];
        if (sorted.Length == 0)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
