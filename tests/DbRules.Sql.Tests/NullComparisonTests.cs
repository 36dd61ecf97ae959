using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Which signs compare with <c>NULL</c>, and which assign it.</summary>
public sealed class NullComparisonTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE b = NULL", "b = NULL")]
    [InlineData("SELECT a FROM t WHERE b <> NULL AND c != null", "b <> NULL|c != null")]
    [InlineData("SELECT a FROM t WHERE NULL = b", "NULL = b")]
    [InlineData("SELECT a FROM t WHERE (t.b + 1) = (NULL)", "(t.b + 1) = (NULL)")]
    [InlineData("SELECT a FROM t WHERE NOT (b = 1 OR @p = NULL)", "@p = NULL")]
    [InlineData("SELECT a FROM t JOIN u ON u.id = t.id AND u.b = NULL", "u.b = NULL")]
    [InlineData("SELECT a FROM t GROUP BY a HAVING MAX(b) = NULL", "MAX(b) = NULL")]
    [InlineData("SELECT CASE WHEN b = NULL THEN 1 ELSE 2 END FROM t", "b = NULL")]
    [InlineData("SELECT a FROM t WHERE CASE WHEN b = NULL THEN 1 END = 1", "b = NULL")]
    [InlineData("SELECT a FROM t WHERE a IN (SELECT c FROM u WHERE d = NULL)", "d = NULL")]
    [InlineData("WITH x AS (SELECT c FROM u WHERE d = NULL) SELECT * FROM x", "d = NULL")]
    [InlineData("UPDATE t SET a = NULL, b = CASE WHEN c = NULL THEN 1 END WHERE d <> NULL", "c = NULL|d <> NULL")]
    [InlineData("DELETE FROM t WHERE a = NULL::int OR b = NULL", "b = NULL")]
    [InlineData("MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND t.b = NULL THEN UPDATE SET b = NULL;", "t.b = NULL")]
    [InlineData("IF @a = NULL SELECT 1", "@a = NULL")]
    [InlineData("SELECT IIF(b = NULL, 1, 2), IF(c <> NULL AND d = 1, 1, 2) FROM t", "b = NULL|c <> NULL")]
    [InlineData("UPDATE t SET a = IIF(b = NULL, NULL, 2) WHERE c = 1", "b = NULL")]
    [InlineData("SELECT a FROM t WHERE [b] == NULL /* = NULL */ AND c = '= NULL'", "[b] == NULL")]
    [InlineData("SELECT a FROM t WHERE b = NULL AND ~", "b = NULL")]
    public void Compares(string sql, string expected) => Assert.Equal(expected, string.Join("|", Found(sql)));

    [Theory]
    [InlineData("SELECT a FROM t WHERE b IS NULL AND c IS NOT DISTINCT FROM NULL AND d <=> NULL")]
    [InlineData("UPDATE t SET a = NULL, b = @b")]
    [InlineData("UPDATE t SET @a = b = NULL")]
    [InlineData("INSERT INTO t SET a = NULL")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = NULL")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE b = NULL")]
    [InlineData("EXEC p @a = NULL, @b = 1")]
    [InlineData("DECLARE @a int = NULL; SET @a = NULL; SELECT @a = NULL, b = NULL FROM t")]
    [InlineData("CREATE PROCEDURE p @a int = NULL AS SELECT 1")]
    [InlineData("CREATE FUNCTION f(a int = NULL) RETURNS int AS 'SELECT 1' LANGUAGE sql")]
    [InlineData("SET ANSI_NULLS OFF; SELECT a FROM t WHERE b = NULL")]
    [InlineData("SELECT CASE a WHEN NULL THEN 1 END FROM t")]
    [InlineData("SELECT IIF(b IS NULL, NULL, 2), f(b = NULL), x.iif(b = NULL, 1, 2) FROM t")]
    [InlineData("SELECT a FROM t WHERE b = 'NULL' -- c = NULL")]
    [InlineData("SELECT a FROM t WHERE b = \"NULL\" OR c = NULLIF(a, 1) OR NULL = NULL")]
    [InlineData("SELECT a FROM t WHERE b = NULL = c")]
    [InlineData("SELECT a FROM t WHERE ~ b = NULL")]
    public void Assigns_or_says_something_else(string sql) => Assert.Empty(Found(sql));

    private static IEnumerable<string> Found(string sql)
    {
        SqlScript script = SqlScript.Parse(Sql.Holes(sql));
        return script.AllStatements.SelectMany(statement => NullComparison.Of(script, statement)).Select(found => script.Text.At(found.Span)!);
    }
}
