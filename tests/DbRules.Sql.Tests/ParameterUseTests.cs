using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Which values a text takes from its caller by name.</summary>
public sealed class ParameterUseTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE b = @b AND c IN @c OR (d=:d)", "@b @c :d")]
    [InlineData("SELECT a FROM t WHERE b = @b -- @c\n AND d = '@d' /* :e */", "@b")]
    [InlineData("UPDATE t SET a = @a, b = @b WHERE c LIKE '%' + @c", "@a @b @c")]
    [InlineData("SELECT a::text, b @> '{}'::jsonb, c->>'x', d[1:2] FROM t WHERE e = :e::int", ":e")]
    [InlineData("SELECT @@ROWCOUNT, SCOPE_IDENTITY()", "")]
    [InlineData("DECLARE @now datetime = GETDATE(), @n AS int; SELECT a FROM t WHERE b < @now AND c = @c AND d = @n", "@c")]
    [InlineData("DECLARE @t TABLE (id int); INSERT INTO @t (id) VALUES (@id); SELECT id FROM @t", "@id")]
    [InlineData("SELECT @total = SUM(a), @n = COUNT(*) FROM t WHERE b = @b; UPDATE t SET c = @total WHERE b = @b", "@b @b")]
    [InlineData("SET @rank = 0; SELECT @rank := @rank + 1 FROM t WHERE a = @a", "@a")]
    [InlineData("SELECT a, b INTO @x, @y FROM t WHERE c = @c", "@c")]
    [InlineData("DELETE FROM t OUTPUT deleted.id INTO @gone WHERE a = @a", "@a")]
    [InlineData("EXEC p @id = @given, @other = 3", "@given")]
    [InlineData("EXEC @result = p @given", "@given")]
    [InlineData("EXEC sp_executesql N'SELECT @a', N'@a int', @a = @b", "@b")]
    [InlineData("SELECT a FROM t@link WHERE b = :b", ":b")]
    [InlineData("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = @b OUTPUT $action;", "@b")]
    [InlineData("SELECT a FROM t WHERE b = {0} AND c = $1 AND d = :1", "")]
    [InlineData("SELECT a FROM t WHERE b = ~ AND c = @c", "@c")]
    [InlineData("SELECT a FROM ~ WHERE c = @c", "@c")]
    [InlineData("BEGIN TRY UPDATE t SET a = @a WHERE b = 1 END TRY BEGIN CATCH THROW END CATCH", "@a")]
    public void Needed(string sql, string uses)
    {
        SqlText text = Sql.Holes(sql);
        Assert.Equal(uses, string.Join(" ", SqlParameterUse.NeededBy(SqlScript.Parse(text))!.Select(use => text.At(use.Span))));
    }

    [Theory]
    [InlineData("SELECT a FROM t WHERE b = ? AND c = @c")]
    [InlineData("SELECT a FROM t WHERE data ? 'x' AND c = @c")]
    [InlineData("SELECT a FROM t WHERE c = @c ~")]
    [InlineData("SELECT a FROM t WHERE c = @c AND ~")]
    [InlineData("SELECT a FROM t WHERE c = @c~")]
    [InlineData("~ SELECT a FROM t WHERE c = @c")]
    [InlineData("CREATE PROCEDURE p @c int AS SELECT a FROM t WHERE c = @c")]
    [InlineData("SELECT a FROM t WHERE (c = @c")]
    public void Not_known(string sql) => Assert.Null(SqlParameterUse.NeededBy(SqlScript.Parse(Sql.Holes(sql))));
}
