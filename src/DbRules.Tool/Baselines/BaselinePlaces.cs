using DbRules.Baseline;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Baselines;

/// <summary>Which baseline counts for which project: the nearest one in its folder or above, as the targets of the package see it.</summary>
internal static class BaselinePlaces
{
    /// <summary>The projects by the full path of their baseline; of those that have none, the place where a new one counts for all of them.</summary>
    /// <param name="given">The full path of the baseline that the user names; null where the nearest counts.</param>
    /// <param name="folder">The full path of the folder of the solution.</param>
    public static IEnumerable<IGrouping<string, ProjectLog>> Of(IReadOnlyList<ProjectLog> logs, string? given, string folder)
    {
        Lazy<string> other = new(() => PlaceOfNew([.. logs.Where(static log => log.Baseline is null)], folder));
        return logs.GroupBy(log => given ?? log.Baseline ?? other.Value, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal);
    }

    private static string PlaceOfNew(IReadOnlyList<ProjectLog> logs, string folder)
    {
        // A log alone does not say which baseline its project sees; the one that is above the folder, most likely.
        if (logs.All(static log => log.ProjectFile is null) && Above(folder).Select(static above => Path.Combine(above, BaselineText.FileName)).FirstOrDefault(File.Exists) is { } nearest)
            return nearest;
        string common = Above(folder).First(above => logs.All(log => log.ProjectFile is null || IsIn(log.ProjectFile, above)) || Path.GetDirectoryName(above) is null);
        return Path.Combine(common, BaselineText.FileName);
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (string? above = folder; above is not null; above = Path.GetDirectoryName(above))
            yield return above;
    }

    private static bool IsIn(string file, string folder) => file.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
}
