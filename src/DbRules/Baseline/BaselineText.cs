using System.Collections.Immutable;

namespace DbRules.Baseline;

/// <summary>The text of a baseline: one finding a line; empty lines and lines that start with <c>#</c> say nothing. The analyzers and the tool compile this same file.</summary>
internal static class BaselineText
{
    /// <summary>The name of every baseline.</summary>
    public const string FileName = "DbRules.baseline.txt";

    /// <summary>Whether a path is that of a baseline.</summary>
    public static bool IsBaseline(string path) =>
        path.EndsWith(FileName, StringComparison.OrdinalIgnoreCase) && (path.Length == FileName.Length || path[path.Length - FileName.Length - 1] is '/' or '\\');

    /// <summary>Whether a line says nothing.</summary>
    public static bool IsComment(string line) => line.Length == 0 || line[0] == '#' || string.IsNullOrWhiteSpace(line);

    /// <summary>How often each key is listed.</summary>
    public static ImmutableDictionary<FindingKey, int> Count(IEnumerable<FindingKey> keys)
    {
        ImmutableDictionary<FindingKey, int>.Builder counts = ImmutableDictionary.CreateBuilder<FindingKey, int>();
        foreach (FindingKey key in keys)
            counts[key] = counts.TryGetValue(key, out int count) ? count + 1 : 1;
        return counts.ToImmutable();
    }
}
