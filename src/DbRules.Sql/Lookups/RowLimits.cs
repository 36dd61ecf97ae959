namespace DbRules.Sql;

/// <summary>Does a <c>SELECT</c> stop after one row?</summary>
internal static class RowLimits
{
    /// <summary>
    /// Whether the limiting clauses are none at all, or exactly one of <c>TOP 1</c>, <c>TOP (1)</c>, <c>LIMIT 1</c>,
    /// <c>FETCH FIRST 1 ROW ONLY</c>, which is then given as <paramref name="one"/>.
    /// </summary>
    public static bool AreNoneOrOne(TokenWindow window, SqlSelect select, out SqlSpan? one)
    {
        SqlClause[] limits = select.Clauses
            .Where(clause => clause.Kind is SqlClauseKind.Top or SqlClauseKind.Limit or SqlClauseKind.Offset or SqlClauseKind.Fetch)
            .ToArray();
        one = limits.Length == 1 && IsOne(window, limits[0]) ? limits[0].Span : null;
        return limits.Length == 0 || one is not null;
    }

    private static bool IsOne(TokenWindow window, SqlClause clause)
    {
        int start = clause.BodyStart;
        int length = clause.TokenEnd - start;
        return clause.Kind switch
        {
            SqlClauseKind.Limit => length == 1 && IsOne(window, start),
            SqlClauseKind.Top => (length == 1 && IsOne(window, start)) || (length == 3 && window.IsPunctuation(start, '(') && IsOne(window, start + 1)),
            SqlClauseKind.Fetch => length == 4 && IsOne(window, start + 1) && window.Keyword(start + 2) is SqlKeyword.Row or SqlKeyword.Rows
                && window.Is(start + 3, SqlKeyword.Only),
            _ => false,
        };
    }

    private static bool IsOne(TokenWindow window, int index) => window[index].Kind == SqlTokenKind.Number && window.TextOf(index) == "1";
}
