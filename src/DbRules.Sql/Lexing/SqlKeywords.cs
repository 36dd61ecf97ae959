namespace DbRules.Sql;

/// <summary>Which word is which keyword.</summary>
internal static class SqlKeywords
{
    private static readonly KeyValuePair<string, SqlKeyword>[][] ByLength = GroupByLength();

    /// <summary>The keyword that the span spells in any letter case, or <see cref="SqlKeyword.None"/>.</summary>
    public static SqlKeyword Find(SqlText text, SqlSpan span)
    {
        if (span.Length >= ByLength.Length)
            return SqlKeyword.None;
        char first = ToUpper(text.Joined[span.Start]);
        foreach (KeyValuePair<string, SqlKeyword> entry in ByLength[span.Length])
        {
            if (entry.Key[0] == first && string.Compare(text.Joined, span.Start, entry.Key, 0, span.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return entry.Value;
        }

        return SqlKeyword.None;
    }

    /// <summary>Whether the word cannot be a name without quotes.</summary>
    public static bool IsReserved(SqlKeyword keyword) => keyword is not SqlKeyword.None and < SqlKeyword.Abort;

    private static char ToUpper(char c) => c is >= 'a' and <= 'z' ? (char)(c - 32) : c;

    private static KeyValuePair<string, SqlKeyword>[][] GroupByLength()
    {
        var words = Enum.GetValues(typeof(SqlKeyword)).Cast<SqlKeyword>().Where(keyword => keyword != SqlKeyword.None)
            .Select(keyword => new KeyValuePair<string, SqlKeyword>(keyword.ToString().ToUpperInvariant(), keyword))
            .ToLookup(entry => entry.Key.Length);
        return [.. Enumerable.Range(0, words.Max(group => group.Key) + 1).Select(length => words[length].ToArray())];
    }
}
