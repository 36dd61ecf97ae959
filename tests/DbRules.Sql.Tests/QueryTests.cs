using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>What bounds, orders and skips the rows of a result, and whether it has all columns.</summary>
public sealed class QueryTests
{
    [Theory]
    [InlineData("SELECT a FROM t", null)]
    [InlineData("SELECT a FROM t LIMIT 5", "Limit LIMIT 5")]
    [InlineData("SELECT a FROM t LIMIT @n OFFSET @m", "Limit LIMIT @n")]
    [InlineData("SELECT a FROM t LIMIT 5, 10", "Limit LIMIT 5, 10")]
    [InlineData("SELECT a FROM t LIMIT ALL", null)]
    [InlineData("SELECT a FROM t LIMIT -1", null)]
    [InlineData("SELECT TOP 5 a FROM t", "Top TOP 5")]
    [InlineData("SELECT TOP (@n) WITH TIES a FROM t ORDER BY a", "Top TOP (@n) WITH TIES")]
    [InlineData("SELECT TOP 10 PERCENT a FROM t", null)]
    [InlineData("SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH NEXT @n ROWS ONLY", "Fetch FETCH NEXT @n ROWS ONLY")]
    [InlineData("SELECT a FROM t ORDER BY a OFFSET 5 ROWS", null)]
    [InlineData("SELECT a FROM t FETCH FIRST ROW ONLY", "Fetch FETCH FIRST ROW ONLY")]
    [InlineData("SELECT a FROM t WHERE ROWNUM <= 10", "RowNumber ROWNUM <= 10")]
    [InlineData("SELECT a FROM t WHERE 10 > ROWNUM AND b = 1", "RowNumber 10 > ROWNUM")]
    [InlineData("SELECT a FROM t WHERE ROWNUM > 10", null)]
    [InlineData("SELECT a FROM t WHERE ROWNUM <= 10 OR b = 1", null)]
    [InlineData("SELECT * FROM (SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS n FROM t) x WHERE x.n BETWEEN @a AND @b", "RowNumber x.n BETWEEN @a AND @b")]
    [InlineData("WITH x AS (SELECT a, ROW_NUMBER() OVER (ORDER BY a) AS n FROM t) SELECT * FROM x WHERE n <= 5", "RowNumber n <= 5")]
    [InlineData("SELECT * FROM (SELECT a, b AS n FROM t) x WHERE x.n BETWEEN @a AND @b", null)]
    [InlineData("SELECT COUNT(*) FROM t", "Aggregate ")]
    [InlineData("SELECT MAX(a) + 1, COALESCE(SUM(b), 0) FROM t WHERE c = 1", "Aggregate ")]
    [InlineData("SELECT COUNT(*) FROM t GROUP BY a", null)]
    [InlineData("SELECT COUNT(*) OVER (), a FROM t", null)]
    [InlineData("SELECT LOWER(a) FROM t", null)]
    [InlineData("SELECT EXISTS (SELECT * FROM t)", "NoTable ")]
    [InlineData("SELECT 1", "NoTable ")]
    [InlineData("SELECT unnest(@ids)", null)]
    [InlineData("VALUES (1), (2)", "NoTable ")]
    [InlineData("SELECT * FROM (SELECT TOP 5 a FROM t) x", "Inside (SELECT TOP 5 a FROM t) x")]
    [InlineData("SELECT * FROM (SELECT TOP 5 a FROM t) x JOIN u ON u.a = x.a", null)]
    [InlineData("WITH x AS (SELECT a FROM t LIMIT 5) SELECT * FROM x", "Inside x")]
    [InlineData("WITH x AS (SELECT a FROM t LIMIT 5) SELECT * FROM t", null)]
    [InlineData("SELECT a FROM t WHERE b IN (SELECT b FROM u LIMIT 5)", null)]
    [InlineData("SELECT a FROM t UNION ALL SELECT a FROM u", null)]
    [InlineData("SELECT a FROM t UNION ALL SELECT a FROM u LIMIT 5", "Limit LIMIT 5")]
    [InlineData("SELECT TOP 1 a FROM t UNION ALL SELECT TOP 1 a FROM u", "Inside ")]
    [InlineData("SELECT COUNT(*) FROM t UNION ALL SELECT 0", "Inside ")]
    [InlineData("(SELECT a FROM t LIMIT 1) UNION ALL (SELECT a FROM u LIMIT 1)", "Inside ")]
    [InlineData("(SELECT a FROM t LIMIT 1) UNION ALL (SELECT a FROM u)", null)]
    [InlineData("(SELECT a FROM t) ORDER BY a LIMIT 3", "Limit LIMIT 3")]
    [InlineData("DELETE TOP (10) FROM t WHERE a = 1", "Top TOP (10)")]
    [InlineData("UPDATE t SET a = 1 ORDER BY b LIMIT 10", "Limit LIMIT 10")]
    public void What_bounds_a_result(string sql, string? expected)
    {
        SqlStatement statement = One(sql);
        Assert.True(statement.IsUnderstood, statement.NotUnderstood?.ToString());
        Assert.Equal(expected, statement.Bound is { } bound ? $"{bound.Kind} {SqlText.From(sql).At(bound.Span)}" : null);
    }

    [Theory]
    [InlineData("SELECT a FROM t LIMIT 5", "5")]
    [InlineData("SELECT a FROM t LIMIT 5, 10", "10")]
    [InlineData("SELECT TOP (@n) a FROM t", "@n")]
    [InlineData("SELECT a FROM t FETCH FIRST 3 ROWS ONLY", "3")]
    public void A_bound_tells_its_number(string sql, string expected) => Assert.Equal(expected, SqlText.From(sql).At(One(sql).Bound!.Count!.Span));

    [Theory]
    [InlineData("SELECT a FROM t", null, "")]
    [InlineData("SELECT a FROM t ORDER BY b DESC NULLS LAST, 2, LOWER(c)", null, "b desc, 2, LOWER(c)")]
    [InlineData("SELECT a FROM t ORDER BY a LIMIT 5 OFFSET 10", "OFFSET 10", "a")]
    [InlineData("SELECT a FROM t ORDER BY a LIMIT 5, 10", "LIMIT 5, 10", "a")]
    [InlineData("SELECT a FROM t ORDER BY a OFFSET @n ROWS FETCH NEXT 5 ROWS ONLY", "OFFSET @n ROWS", "a")]
    [InlineData("SELECT a FROM t UNION SELECT a FROM u ORDER BY 1", null, "1")]
    [InlineData("SELECT a FROM (SELECT a FROM t ORDER BY a) x", null, "")]
    [InlineData("SELECT a, ROW_NUMBER() OVER (ORDER BY b) FROM t", null, "")]
    [InlineData("WITH x AS (SELECT a FROM t ORDER BY a) SELECT a FROM x", null, "")]
    public void What_orders_and_skips(string sql, string? offset, string keys)
    {
        SqlText text = SqlText.From(sql);
        SqlQuery query = One(sql).Query!;
        Assert.Equal(offset, text.At(query.Offset));
        Assert.Equal(keys, string.Join(", ", query.SortKeys.Select(key => text.At(key.Expression.Span) + (key.IsDescending ? " desc" : ""))));
        Assert.Equal(keys.Length > 0, query.IsOrdered);
    }

    [Theory]
    [InlineData("SELECT * FROM t", true)]
    [InlineData("SELECT t.* FROM t", true)]
    [InlineData("SELECT a, t.* FROM t", true)]
    [InlineData("SELECT a FROM t UNION SELECT * FROM u", true)]
    [InlineData("SELECT COUNT(*) FROM t", false)]
    [InlineData("SELECT a * 2 FROM t", false)]
    [InlineData("SELECT EXISTS (SELECT * FROM t)", false)]
    [InlineData("SELECT a FROM (SELECT * FROM t) x", false)]
    [InlineData("SELECT a FROM t WHERE EXISTS (SELECT * FROM u)", false)]
    public void Whether_all_columns_are_selected(string sql, bool expected) => Assert.Equal(expected, One(sql).Query!.HasStar);

    [Theory]
    [InlineData("SELECT a FROM t FOR UPDATE", "FOR UPDATE")]
    [InlineData("SELECT a FROM t FOR NO KEY UPDATE SKIP LOCKED", "FOR NO KEY UPDATE SKIP LOCKED")]
    [InlineData("SELECT a FROM t LIMIT 1 FOR SHARE", "FOR SHARE")]
    [InlineData("SELECT a FROM t LOCK IN SHARE MODE", "LOCK IN SHARE MODE")]
    [InlineData("SELECT a FROM t FOR JSON PATH", null)]
    [InlineData("SELECT a FROM t", null)]
    public void Row_locks(string sql, string? expected) => Assert.Equal(expected, SqlText.From(sql).At(One(sql).Query!.RowLock));

    [Fact]
    public void A_set_operation_has_its_operands()
    {
        SqlText text = SqlText.From("SELECT a FROM t UNION ALL (SELECT b FROM u LIMIT 1) EXCEPT SELECT c FROM v ORDER BY 1");
        SqlQuery query = SqlScript.Parse(text).Statements[0].Query!;
        Assert.Equal(["SELECT a FROM t", "(SELECT b FROM u LIMIT 1)", "SELECT c FROM v ORDER BY 1"], query.Operands.Select(operand => text.At(operand.Span)));
        Assert.Equal(["UNION", "EXCEPT"], query.SetOperators.Select(sign => text.At(sign)));
        Assert.Equal([null, "Limit", null], query.Operands.Select(operand => operand.Bound?.Kind.ToString()));
    }

    [Theory]
    [InlineData("SELECT 1 FROM a, b", "a None, b Comma")]
    [InlineData("SELECT 1 FROM a INNER JOIN b ON a.x = b.x LEFT OUTER JOIN c ON c.x = b.x", "a None, b Inner on a.x = b.x, c Left on c.x = b.x")]
    [InlineData("SELECT 1 FROM a JOIN b USING (x) CROSS JOIN c NATURAL JOIN d", "a None, b Inner by name, c Cross, d Inner by name")]
    [InlineData("SELECT 1 FROM a CROSS APPLY f(a.x) g", "a None, g Apply")]
    [InlineData("SELECT 1 FROM a LEFT JOIN (b JOIN c ON b.x = c.x) ON a.x = b.x", "a None, b Left on a.x = b.x, c Inner on b.x = c.x")]
    [InlineData("SELECT 1 FROM a FULL JOIN LATERAL (SELECT 1) d ON TRUE", "a None, d Full on TRUE")]
    [InlineData("SELECT 1 FROM a INNER HASH JOIN b ON a.x = b.x", "a None, b Inner on a.x = b.x")]
    public void Joins(string sql, string expected)
    {
        SqlStatement statement = One(sql);
        Assert.Equal(expected, string.Join(", ", statement.Sources.Select(table =>
            $"{table.Reference} {table.Join}{(table.On is { } on ? " on " + SqlText.From(sql).At(on.Span) : "")}{(table.IsJoinedByName ? " by name" : "")}")));
    }

    private static SqlStatement One(string sql) => Assert.Single(SqlScript.Parse(sql).Statements);
}
