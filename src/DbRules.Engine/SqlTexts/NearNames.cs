namespace DbRules.Engine.SqlTexts;

/// <summary>Tells names that somebody may have meant.</summary>
internal static class NearNames
{
    /// <summary>The only one of some names that differs from another by a slip; null when there is none, or more than one.</summary>
    public static string? NearestTo(string name, IEnumerable<string> names) => names.Where(other => AreNear(name, other)).Take(2).ToArray() is [var only] ? only : null;

    /// <summary>Whether two names differ by a slip: letter case and underscores left out, in one letter, or in two of long ones.</summary>
    private static bool AreNear(string left, string right)
    {
        string a = left.Replace("_", "").ToUpperInvariant();
        string b = right.Replace("_", "").ToUpperInvariant();
        int most = Math.Min(a.Length, b.Length) switch
        {
            < 3 => 0,
            < 7 => 1,
            _ => 2,
        };
        return Math.Abs(a.Length - b.Length) <= most && Distance(a, b) <= most;
    }

    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[b.Length];
    }
}
