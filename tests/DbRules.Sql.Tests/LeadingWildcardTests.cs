using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Patterns that start with a wildcard and choose the rows alone.</summary>
public sealed class LeadingWildcardTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE b LIKE '%x'", "'%x'")]
    [InlineData("SELECT a FROM t WHERE t.b ILIKE N'%x%' AND c > 3", "N'%x%'")]
    [InlineData("SELECT a FROM t WHERE [b] LIKE '%' + @x ORDER BY a", "'%' + @x")]
    [InlineData("SELECT a FROM t WHERE b LIKE '%' || :x || '%' ESCAPE '!'", "'%' || :x || '%'")]
    [InlineData("SELECT a FROM t WHERE `b` LIKE CONCAT('%', @x, '%')", "CONCAT('%', @x, '%')")]
    [InlineData("SELECT a FROM t WHERE b LIKE '%~%'", "'%~%'")]
    [InlineData("SELECT a FROM t WHERE b GLOB '*x'", "'*x'")]
    [InlineData("DELETE FROM t WHERE b LIKE '%x'", "'%x'")]
    [InlineData("SELECT a FROM t WHERE c IN (SELECT c FROM u WHERE d LIKE '%x')", "'%x'")]
    [InlineData("SELECT a FROM t WHERE b LIKE 'x%'", "")]
    [InlineData("SELECT a FROM t WHERE b LIKE @x", "")]
    [InlineData("SELECT a FROM t WHERE b LIKE @x + '%'", "")]
    [InlineData("SELECT a FROM t WHERE b LIKE '%'", "")]
    [InlineData("SELECT a FROM t WHERE b NOT LIKE '%x'", "")]
    [InlineData("SELECT a FROM t WHERE c = @c AND b LIKE '%x'", "")]
    [InlineData("SELECT a FROM t WHERE c IN (1, 2) AND b LIKE '%x'", "")]
    [InlineData("SELECT a FROM t WHERE b LIKE 'a' -- LIKE '%x'\n AND c = ' LIKE ''%x'''", "")]
    [InlineData("SELECT a FROM t WHERE LOWER(b) LIKE '%x'", "")]
    [InlineData("SELECT a FROM t WHERE b LIKE '*x'", "")]
    [InlineData("SELECT CASE WHEN b LIKE 'x' THEN 1 END FROM t WHERE MATCH (b) AGAINST (@x)", "")]
    [InlineData("SELECT a FROM t WHERE ~ AND b LIKE '%x'", "")]
    public void Patterns(string sql, string patterns)
    {
        SqlText text = Sql.Holes(sql);
        SqlScript script = SqlScript.Parse(text);
        Assert.Equal(patterns, string.Join(", ", LeadingWildcard.PatternsOf(script, script.Statements[0]).Select(pattern => text.At(pattern.Span))));
    }
}
