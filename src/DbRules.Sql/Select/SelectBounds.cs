namespace DbRules.Sql;

/// <summary>What inside a <c>SELECT</c> keeps its rows few?</summary>
internal static class SelectBounds
{
    private static readonly HashSet<string> Aggregates = new(StringComparer.OrdinalIgnoreCase)
    {
        "COUNT", "COUNT_BIG", "SUM", "AVG", "MIN", "MAX", "STRING_AGG", "GROUP_CONCAT", "LISTAGG", "ARRAY_AGG", "JSON_AGG", "JSONB_AGG", "JSON_OBJECT_AGG",
        "JSONB_OBJECT_AGG", "JSON_ARRAYAGG", "JSON_GROUP_ARRAY", "BOOL_AND", "BOOL_OR", "EVERY", "TOTAL", "CHECKSUM_AGG", "STDEV", "VAR", "XMLAGG",
        "PERCENTILE_CONT", "PERCENTILE_DISC", "APPROX_COUNT_DISTINCT",
    };

    private static readonly HashSet<string> RowSources = new(StringComparer.OrdinalIgnoreCase)
    {
        "UNNEST", "GENERATE_SERIES", "REGEXP_SPLIT_TO_TABLE", "JSON_EACH", "JSONB_EACH", "JSON_ARRAY_ELEMENTS", "JSONB_ARRAY_ELEMENTS", "JSONB_OBJECT_KEYS",
        "STRING_TO_TABLE",
    };

    public static SqlBound? Inside(TokenWindow window, SqlSelect select, IReadOnlyList<SqlCommonTable> common)
    {
        SqlSpan place = new(select.SelectKeyword.End, 0);
        if (select.GroupBy.Count == 0 && !select.Has(SqlClauseKind.GroupBy) && select.Items.Any(item => item.Expression is { } expression && IsAggregate(expression)))
            return new SqlBound(SqlBoundKind.Aggregate, place, null);
        if (!select.Has(SqlClauseKind.From))
            return select.Items.Any(item => item.Expression?.Any(IsRowSource) == true) ? null : new SqlBound(SqlBoundKind.NoTable, place, null);
        SqlQuery? source = select.Tables.Count == 1 ? SourceOf(select.Tables[0], common) : null;
        foreach (SqlExpression conjunct in select.Where?.Conjuncts ?? [])
        {
            if (IsRowNumberBound(window, conjunct, source))
                return new SqlBound(SqlBoundKind.RowNumber, conjunct.Span, null);
        }

        return source?.Bound is not null ? new SqlBound(SqlBoundKind.Inside, select.Tables[0].Span, source.Bound.Count) : null;
    }

    private static bool IsAggregate(SqlExpression expression) =>
        expression.Any(static node => node.Kind == SqlExpressionKind.Call && !node.IsWindowed && Aggregates.Contains(node.Name))
        && !expression.Any(static node => node.Kind == SqlExpressionKind.Call && node.IsWindowed);

    private static bool IsRowSource(SqlExpression node) => node.Kind == SqlExpressionKind.Call && RowSources.Contains(node.Name);

    private static SqlQuery? SourceOf(SqlTable table, IReadOnlyList<SqlCommonTable> common)
    {
        if (table.Query is { } own)
            return own;
        foreach (SqlCommonTable candidate in common)
        {
            if (table.Qualifiers.Count == 0 && string.Equals(candidate.Name, table.Name, StringComparison.OrdinalIgnoreCase))
                return candidate.Query;
        }

        return null;
    }

    /// <summary><c>ROWNUM &lt;= n</c>, or a column that numbers the rows of the only source, from above.</summary>
    private static bool IsRowNumberBound(TokenWindow window, SqlExpression condition, SqlQuery? source)
    {
        if (condition.Operands.Count == 0 || condition.IsNegated)
            return false;
        if (condition.Kind == SqlExpressionKind.Between)
            return NumbersRows(condition.Operands[0], source);
        if (condition.Kind != SqlExpressionKind.Comparison || condition.Operands.Count != 2)
            return false;
        string sign = window.Text.Slice(condition.Operator);
        return (sign is "<" or "<=" or "=" && NumbersRows(condition.Operands[0], source)) || (sign is ">" or ">=" or "=" && NumbersRows(condition.Operands[1], source));
    }

    private static bool NumbersRows(SqlExpression expression, SqlQuery? source)
    {
        if (expression.Kind != SqlExpressionKind.Name)
            return false;
        if (expression.Qualifier is null && string.Equals(expression.Name, "ROWNUM", StringComparison.OrdinalIgnoreCase))
            return true;
        return source?.Select is { } inner && NumbersRows(inner, expression.Name);
    }

    private static bool NumbersRows(SqlSelect inner, string column) => inner.Items.Any(item => string.Equals(item.ResultName, column, StringComparison.OrdinalIgnoreCase)
        && item.Expression is { } numbered
        && (numbered is { Kind: SqlExpressionKind.Call, IsWindowed: true } call && string.Equals(call.Name, "ROW_NUMBER", StringComparison.OrdinalIgnoreCase)
            || numbered is { Kind: SqlExpressionKind.Name, IsColumn: false } rowNumber && string.Equals(rowNumber.Name, "ROWNUM", StringComparison.OrdinalIgnoreCase)));
}
