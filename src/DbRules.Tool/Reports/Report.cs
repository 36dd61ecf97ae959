using DbRules.Baseline;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Reports;

/// <summary>How many findings of each kind something has. Known ones count as nothing else.</summary>
internal readonly record struct Tally(int Errors, int Warnings, int Suggestions, int Known)
{
    public int New => Errors + Warnings + Suggestions;

    public static Tally Of(IEnumerable<Finding> findings)
    {
        var tally = default(Tally);
        foreach (Finding finding in findings)
        {
            tally = finding switch
            {
                { IsKnown: true } => tally with { Known = tally.Known + 1 },
                { Severity: Severity.Error } => tally with { Errors = tally.Errors + 1 },
                { Severity: Severity.Warning } => tally with { Warnings = tally.Warnings + 1 },
                _ => tally with { Suggestions = tally.Suggestions + 1 },
            };
        }

        return tally;
    }
}

/// <summary>The findings of some builds, in the order and with the numbers that a report shows.</summary>
internal sealed class Report
{
    private readonly string _folder;

    private Report(IReadOnlyList<Finding> findings, string folder)
    {
        _folder = folder;
        All = Tally.Of(findings);
        New = [.. findings.Where(static finding => !finding.IsKnown)];
        Known = [.. findings.Where(static finding => finding.IsKnown)];
        Families = Rows(findings, static finding => [finding.Rule.Family]);
        Projects = Rows(findings, static finding => finding.Projects);
        Files = Rows(findings.Where(static finding => finding.Place is not null), finding => [PathOf(finding.Place!.Value)]);
    }

    public Tally All { get; }

    /// <summary>What no baseline lists.</summary>
    public IReadOnlyList<Finding> New { get; }

    /// <summary>What the baseline lists.</summary>
    public IReadOnlyList<Finding> Known { get; }

    /// <summary>Families, those with most new findings first.</summary>
    public IReadOnlyList<(string Name, Tally Tally)> Families { get; }

    /// <summary>Projects, those with most new findings first. A finding in several projects counts in each.</summary>
    public IReadOnlyList<(string Name, Tally Tally)> Projects { get; }

    /// <summary>Files, those with most new findings first.</summary>
    public IReadOnlyList<(string Name, Tally Tally)> Files { get; }

    public SourceCode Code { get; } = new();

    /// <param name="folder">The full path of the folder that paths are shown relative to.</param>
    public static Report Of(IEnumerable<ProjectLog> logs, string folder) => new(ProjectLog.Distinct(logs), folder);

    /// <summary>Findings by rule, by id.</summary>
    public static IEnumerable<(RuleInfo Rule, IReadOnlyList<Finding> Findings)> ByRule(IEnumerable<Finding> findings) =>
        findings.GroupBy(static finding => finding.Rule.Id).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => (group.First().Rule, (IReadOnlyList<Finding>)[.. group]));

    /// <summary>The name of a family for people: <c>RoundTrips</c> is <c>Round trips</c>.</summary>
    public static string FamilyName(string family) => family == "SqlText"
        ? "SQL text"
        : string.Concat(family.Select(static (c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The word for a severity.</summary>
    public static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>A number with what it counts.</summary>
    public static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>How many errors, warnings and suggestions, in words; those that there are none of are left out.</summary>
    public static string Words(Tally tally) => string.Join(", ", new[] { (tally.Errors, "error"), (tally.Warnings, "warning"), (tally.Suggestions, "suggestion") }
        .Where(static part => part.Item1 > 0).Select(static part => Number(part.Item1, part.Item2)));

    /// <summary>A file as the report shows it.</summary>
    public string PathOf(Place place)
    {
        string path = FindingKey.RelativePath(Path.Combine(_folder, "x"), place.Path);
        return path.StartsWith("../../../", StringComparison.Ordinal) ? place.Path : path;
    }

    private static List<(string Name, Tally Tally)> Rows(IEnumerable<Finding> findings, Func<Finding, IEnumerable<string>> namesOf) =>
    [
        .. findings.SelectMany(finding => namesOf(finding).Select(name => (Name: name, Finding: finding)))
            .GroupBy(static pair => pair.Name, static pair => pair.Finding)
            .Select(static group => (Name: group.Key, Tally: Tally.Of(group)))
            .OrderByDescending(static row => row.Tally.New)
            .ThenByDescending(static row => row.Tally.Known)
            .ThenBy(static row => row.Name, StringComparer.Ordinal)
            .Select(static row => (row.Name, row.Tally)),
    ];
}
