namespace DbRules.Benchmarks;

/// <summary>What one piece of work cost the process, all threads together but for wall time.</summary>
internal sealed class Sample
{
    public double WallMs { get; set; }
    public double CpuMs { get; set; }
    public double Bytes { get; set; }

    /// <summary>Per analyzer; empty for binding.</summary>
    public List<RuleCost> Rules { get; } = [];
}

/// <summary>
/// Time in the callbacks of one rule and what it reported. Facts that rules share are paid by the rule that asks first.
/// </summary>
internal sealed record RuleCost(string Rule, double Ms, int Findings);

/// <summary>What was measured side by side.</summary>
internal sealed record Round(Sample Bind, Sample NoOp, Sample Rules, Sample BindWithoutLibraries, Sample RulesWithoutLibraries);

/// <summary>All rounds on one piece of code.</summary>
internal sealed class Result(SourceCode code)
{
    public SourceCode Code { get; } = code;
    public List<Round> Rounds { get; } = [];

    /// <summary>The median over the rounds.</summary>
    public double Median(Func<Round, double> figure)
    {
        var sorted = Rounds.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
