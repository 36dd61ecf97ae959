namespace DbRules.Sql;

/// <summary>Finds conditions that no index over a column can serve, because the pattern may start with anything.</summary>
public static class LeadingWildcard
{
    /// <summary>
    /// The patterns of a statement that start with a wildcard and are all that chooses rows: <c>a LIKE '%x'</c>, <c>a LIKE '%' + @x</c>. Where another condition that must
    /// hold too compares a column with a given value, the pattern is asked of few rows, and is left out. So are negated patterns, which no index serves anyway.
    /// </summary>
    public static IEnumerable<SqlExpression> PatternsOf(SqlScript script, SqlStatement statement) =>
        statement.Has(SqlKeyword.Like) || statement.Has(SqlKeyword.Ilike) || statement.Has(SqlKeyword.Glob) ? Find(script, statement) : [];

    private static IEnumerable<SqlExpression> Find(SqlScript script, SqlStatement statement)
    {
        foreach (SqlExpression condition in statement.Conditions.Where(condition => !SqlRestriction.LeavesFew(script.Text, condition)))
        {
            foreach (SqlExpression conjunct in condition.Conjuncts)
            {
                if (conjunct is { Kind: SqlExpressionKind.Like, IsNegated: false, Operands: [{ IsColumn: true }, var pattern, ..] } && StartsWithAnything(script.Text, conjunct, pattern)
                    && !(statement.NotUnderstood is { } unread && unread.Start <= pattern.Span.End))
                {
                    yield return pattern;
                }
            }
        }
    }

    private static bool StartsWithAnything(SqlText text, SqlExpression like, SqlExpression pattern)
    {
        char wildcard = text.Slice(like.Operator).ToUpperInvariant() switch
        {
            "LIKE" or "ILIKE" => '%',
            "GLOB" => '*',
            _ => '\0',
        };
        SqlExpression first = pattern;
        while (first.Kind == SqlExpressionKind.Concatenation || (first.Kind == SqlExpressionKind.Call && first.Name.Equals("CONCAT", StringComparison.OrdinalIgnoreCase)))
        {
            if (first.Operands.Count == 0)
                return false;
            first = first.Operands[0];
        }

        if (wildcard == '\0' || first.Kind != SqlExpressionKind.Literal)
            return false;
        string written = text.Slice(first.Span);
        int quote = written.IndexOf('\'');
        // A pattern of wildcards alone lets everything through, and is written for that.
        bool isMore = first != pattern || written.Substring(quote + 1).TrimEnd('\'').Trim(wildcard).Length > 0;
        return quote is 0 or 1 && quote + 1 < written.Length && written[quote + 1] == wildcard && isMore;
    }
}
