using System.Collections.Immutable;
using DbRules.Baseline;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Baselines;

/// <summary>What a baseline lists, against what was found.</summary>
/// <param name="Target">How often each finding has to be listed.</param>
/// <param name="Added">Findings that are not listed, as often as they lack.</param>
/// <param name="Removed">Listed findings that are gone, as often as they are.</param>
/// <param name="Kept">How many listed findings stay.</param>
internal sealed record BaselineUpdate(IReadOnlyDictionary<FindingKey, int> Target, IReadOnlyList<FindingKey> Added, IReadOnlyList<FindingKey> Removed, int Kept)
{
    public bool IsChange => Added.Count + Removed.Count > 0;

    /// <summary>Compares.</summary>
    /// <param name="baseline">What is listed now.</param>
    /// <param name="findings">All findings of the projects that the baseline counts for, each once.</param>
    /// <param name="judged">The files that were looked at; null for all. What is listed of other files stays, as long as these exist.</param>
    /// <param name="withSuggestions">Whether suggestions are listed like warnings. Those that are listed already stay in any case.</param>
    public static BaselineUpdate Of(BaselineFile baseline, IEnumerable<Finding> findings, IReadOnlySet<string>? judged, bool withSuggestions)
    {
        Dictionary<FindingKey, (int Seen, int Wanted)> found = [];
        foreach (Finding finding in findings)
        {
            if (finding is { Line: { } line, Place: { } place })
            {
                var key = new FindingKey(finding.Rule.Id, FindingKey.RelativePath(baseline.Path, place.Path), line);
                (int seen, int wanted) = found.GetValueOrDefault(key);
                found[key] = (seen + 1, wanted + (withSuggestions || finding.Severity > Severity.Suggestion ? 1 : 0));
            }
        }

        ImmutableDictionary<FindingKey, int> listed = baseline.Counts;
        Dictionary<FindingKey, int> target = [];
        List<FindingKey> added = [];
        List<FindingKey> removed = [];
        int kept = 0;
        foreach (FindingKey key in listed.Keys.Union(found.Keys).OrderBy(static key => key.ToString(), StringComparer.Ordinal))
        {
            int have = listed.GetValueOrDefault(key);
            (int seen, int wanted) = found.GetValueOrDefault(key);
            int count = Math.Max(wanted, IsJudged(key) ? Math.Min(have, seen) : have);
            added.AddRange(Enumerable.Repeat(key, Math.Max(0, count - have)));
            removed.AddRange(Enumerable.Repeat(key, Math.Max(0, have - count)));
            kept += Math.Min(have, count);
            if (count > 0)
                target[key] = count;
        }

        return new BaselineUpdate(target, added, removed, kept);

        bool IsJudged(FindingKey key)
        {
            if (judged is null)
                return true;
            string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(baseline.Path)!, key.Path));
            return judged.Contains(file) || !File.Exists(file);
        }
    }
}
