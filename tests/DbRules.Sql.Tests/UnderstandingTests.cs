using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>What is not understood is marked from where it starts, and holes are told apart by their places.</summary>
public sealed class UnderstandingTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE", "")]
    [InlineData("SELECT a FROM t WHERE a = 1 QUALIFY x = 1", "QUALIFY")]
    [InlineData("SELECT a FROM t WHERE a = 1 CONNECT BY PRIOR a = b", "CONNECT")]
    [InlineData("SELECT a FROM t WHERE a = AND b = 1", "AND")]
    [InlineData("SELECT a FROM t WHERE (a = 1", "(")]
    [InlineData("SELECT a FROM t ORDER BY", "")]
    [InlineData("SELECT a, FROM t", "FROM")]
    [InlineData("SELECT a FROM t,", "")]
    [InlineData("SELECT a FROM t WHERE a = 'x", "'x")]
    [InlineData("SELECT a FROM t # note", "#")]
    [InlineData("SELECT", "SELECT")]
    [InlineData("UPDATE t WHERE a = 1", "1")]
    [InlineData("UPDATE t SET WHERE a = 1", "WHERE")]
    [InlineData("INSERT INTO t (a)", ")")]
    [InlineData("DELETE", "DELETE")]
    [InlineData("WITH a AS SELECT 1", "SELECT")]
    [InlineData("MERGE INTO t USING s ON t.a = s.a", "a")]
    [InlineData("customers of the month", "customers")]
    [InlineData("SELECT a FROM ~ WHERE ~", "~")]
    [InlineData("SELECT a FROM t WHERE a = 1 ~", "~")]
    [InlineData("SELECT ~ FROM t", "~")]
    [InlineData("UPDATE t SET ~ WHERE a = 1", "~")]
    [InlineData("INSERT INTO t (a) VALUES ~", "~")]
    [InlineData("SELECT a FROM t ORDER BY a ~", "~")]
    public void Marked_from(string sql, string expected)
    {
        SqlText text = Sql.Holes(sql);
        SqlStatement statement = Assert.Single(SqlScript.Parse(text).Statements);
        Assert.False(statement.IsUnderstood);
        Assert.Equal(expected, text.At(statement.NotUnderstood));
    }

    [Theory]
    [InlineData("SELECT a FROM t WHERE a = ~ AND b IN (~, ~) AND f(~) = 1", "Value Value Value Value")]
    [InlineData("SELECT a FROM t WHERE a = '~' AND b LIKE '%~%'", "Value inside, Value inside")]
    [InlineData("SELECT ~.a AS x~ FROM s_~.t JOIN \"~\".u ON u.a = t.a", "Identifier Identifier Identifier Identifier inside")]
    [InlineData("SELECT a FROM ~ ORDER BY ~", "Identifier Identifier")]
    [InlineData("SELECT a FROM t ORDER BY a ~", "Keyword")]
    [InlineData("SELECT a FROM t WHERE ~", "Unknown")]
    [InlineData("SELECT a FROM t WHERE a = 1 AND ~ AND NOT (~)", "Unknown Unknown")]
    [InlineData("SELECT a FROM t ~", "Unknown")]
    [InlineData("SELECT ~ FROM t", "Unknown")]
    [InlineData("SELECT ~ AS a FROM t LIMIT ~ OFFSET ~", "Value Value Value")]
    [InlineData("SELECT TOP (~) a FROM t", "Value")]
    [InlineData("UPDATE ~ SET ~ = ~, b = ~ WHERE c = @p~", "Identifier Value Value Value Identifier inside")]
    [InlineData("INSERT INTO ~ (~, b) VALUES (~, '~')", "Identifier Identifier Value Value inside")]
    [InlineData("DELETE FROM ~ WHERE a = ~::int", "Identifier Value")]
    [InlineData("CREATE TABLE ~.t (a int DEFAULT ~)", "Identifier Value")]
    [InlineData("EXEC p ~, '~'", "Value Value inside")]
    [InlineData("~ SELECT 1", "Unknown")]
    [InlineData("WITH d AS (DELETE FROM ~ WHERE a = ~ RETURNING *) SELECT a FROM d", "Identifier Value")]
    [InlineData("IF EXISTS (SELECT 1 FROM ~) DELETE FROM ~", "Identifier Identifier")]
    public void Places_of_holes(string sql, string expected) =>
        Assert.Equal(expected.Replace(",", "", StringComparison.Ordinal), string.Join(" ", SqlScript.Parse(Sql.Holes(sql)).Statements.SelectMany(statement => statement.Holes)
            .Select(hole => hole.Place + (hole.IsInside ? " inside" : ""))));

    [Theory]
    // PostgreSQL
    [InlineData("SELECT DISTINCT ON (a) a, b[1:2], (c).d FROM ONLY s.t TABLESAMPLE SYSTEM (1) WHERE d = E'it\\'s' AND e = $tag$ ' $tag$ FOR UPDATE OF t SKIP LOCKED")]
    [InlineData("WITH RECURSIVE r(n) AS MATERIALIZED (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r")]
    [InlineData("SELECT COUNT(*) FILTER (WHERE a), SUM(b) OVER w FROM t WINDOW w AS (PARTITION BY c ORDER BY d) /* a /* b */ c */")]
    [InlineData("SELECT a FROM jsonb_to_recordset(@rows) AS x(a int, b text), unnest(@ids) WITH ORDINALITY AS u(id, n)")]
    [InlineData("SELECT a FROM t GROUP BY GROUPING SETS ((a), ()) HAVING MAX(b) > 1 ORDER BY a NULLS FIRST")]
    [InlineData("DO $$ BEGIN DELETE FROM t; END $$")]
    // SQL Server
    [InlineData("SELECT TOP (5) [a b], x = b, @v = c FROM [db]..[t] AS t WITH (NOLOCK, INDEX(1)) OUTER APPLY (SELECT 1 AS y) z OPTION (RECOMPILE)")]
    [InlineData("SELECT a FROM t FOR XML PATH(''), ROOT('r')")]
    [InlineData("SELECT @x.value('(/a)[1]', 'int'), c.value('.', 'int') FROM @x.nodes('/a') AS n(c)")]
    [InlineData("DECLARE @t TABLE (a int)")]
    [InlineData("SELECT a, TRY_CAST(b AS datetime2(7)), IIF(c = 1, 2, 3), N'x' FROM t")]
    // MySQL and SQLite
    [InlineData("SELECT SQL_CALC_FOUND_ROWS `a` FROM `t` FORCE INDEX (i) WHERE MATCH (b) AGAINST (@p IN BOOLEAN MODE) LOCK IN SHARE MODE")]
    [InlineData("SELECT GROUP_CONCAT(DISTINCT a ORDER BY b SEPARATOR ', ') FROM t WHERE c REGEXP '^x' AND d <=> NULL")]
    [InlineData("SELECT a FROM t INDEXED BY i WHERE b GLOB 'x*' AND c MATCH 'y' LIMIT 5 OFFSET ?1")]
    [InlineData("SET @x := (SELECT COUNT(*) FROM t)")]
    [InlineData("PRAGMA table_info('t')")]
    // Oracle
    [InlineData("SELECT a FROM t WHERE b = q'{it's}' AND c = :p AND d = DATE '2026-01-31' AND e = f(+) MINUS SELECT a FROM u")]
    [InlineData("SELECT s.NEXTVAL FROM dual WHERE ROWNUM <= 1")]
    public void Understood(string sql)
    {
        SqlText text = SqlText.From(sql);
        Assert.All(SqlScript.Parse(text).Statements, statement => Assert.True(statement.IsUnderstood, text.At(statement.NotUnderstood)));
    }
}
