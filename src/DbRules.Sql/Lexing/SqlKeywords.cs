namespace DbRules.Sql;

/// <summary>Which word is which keyword.</summary>
internal static class SqlKeywords
{
    private static readonly Dictionary<string, SqlKeyword> ByWord = Enum.GetValues(typeof(SqlKeyword)).Cast<SqlKeyword>()
        .Where(keyword => keyword != SqlKeyword.None)
        .ToDictionary(keyword => keyword.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly int LongestWord = ByWord.Keys.Max(word => word.Length);

    /// <summary>The keyword that the span spells in any letter case, or <see cref="SqlKeyword.None"/>.</summary>
    public static SqlKeyword Find(SqlText text, SqlSpan span) =>
        span.Length <= LongestWord && ByWord.TryGetValue(text.Slice(span), out SqlKeyword keyword) ? keyword : SqlKeyword.None;

    /// <summary>Whether the word cannot be a name without quotes.</summary>
    public static bool IsReserved(SqlKeyword keyword) => keyword is not SqlKeyword.None and < SqlKeyword.Abort;
}
