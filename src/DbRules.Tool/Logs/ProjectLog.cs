namespace DbRules.Tool.Logs;

/// <summary>What one build of one project for one target framework found.</summary>
/// <param name="Project">Its name.</param>
/// <param name="ProjectFile">Its full path; null when only the log is there.</param>
/// <param name="Baseline">The baseline that counts for it; null when it has none, or when only the log is there.</param>
/// <param name="Sources">The full paths of the files that it compiles; null when only the log is there.</param>
internal sealed record ProjectLog(string Project, string? ProjectFile, string? Baseline, IReadOnlySet<string>? Sources, IReadOnlyList<Finding> Findings)
{
    private const string Extension = ".sarif";

    /// <summary>Reads the logs of a folder by name.</summary>
    /// <exception cref="LogException">A log cannot be read.</exception>
    public static IReadOnlyList<ProjectLog> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Reads an error log, and what the package's targets wrote beside it about the project.</summary>
    /// <exception cref="LogException">The log cannot be read.</exception>
    public static ProjectLog Read(string sarifFile)
    {
        string project = Path.GetFileNameWithoutExtension(sarifFile);
        string? projectFile = null;
        string? baseline = null;
        HashSet<string>? sources = null;
        string besides = Path.ChangeExtension(sarifFile, ".project");
        if (File.Exists(besides))
        {
            sources = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (string line in File.ReadLines(besides))
            {
                int space = line.IndexOf(' ');
                string value = space < 0 ? "" : line[(space + 1)..].Trim();
                if (value.Length == 0)
                    continue;
                switch (line[..space])
                {
                    case "project": projectFile = value; project = Path.GetFileNameWithoutExtension(value); break;
                    case "baseline": baseline = value; break;
                    case "source": sources.Add(value); break;
                }
            }
        }

        return new ProjectLog(project, projectFile, baseline is not null && File.Exists(baseline) ? baseline : null, sources, SarifReader.Read(sarifFile, project));
    }

    /// <summary>The findings of several builds: what stands at one place is one finding, known only when every build knows it.</summary>
    public static IReadOnlyList<Finding> Distinct(IEnumerable<ProjectLog> logs) =>
    [
        .. logs.SelectMany(static log => log.Findings)
            .GroupBy(static finding => (finding.Rule.Id, finding.Place?.Path, finding.Place?.StartLine, finding.Place?.StartColumn, finding.Place is null ? finding.Message : null))
            .Select(static same => same.First() with
            {
                Severity = same.Max(static finding => finding.Severity),
                IsKnown = same.All(static finding => finding.IsKnown),
                HasFix = same.Any(static finding => finding.HasFix),
                Projects = [.. same.SelectMany(static finding => finding.Projects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            })
            .OrderBy(static finding => finding.Place?.Path, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Place?.StartLine)
            .ThenBy(static finding => finding.Place?.StartColumn)
            .ThenBy(static finding => finding.Rule.Id, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Message, StringComparer.Ordinal),
    ];
}
