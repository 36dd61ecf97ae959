using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>What the places of holes and parameters say about them.</summary>
public sealed class SqlHolesTests
{
    [Theory]
    [InlineData("UPDATE t SET a = ~ WHERE id = ~", false)]
    [InlineData("INSERT INTO t (a) VALUES (~, ~)", false)]
    [InlineData("DELETE FROM t WHERE a IN (~)", false)]
    [InlineData("UPDATE t SET a = '~'", false)]
    [InlineData("DELETE FROM ~ WHERE a = 1", true)]
    [InlineData("INSERT INTO ~ (a) VALUES (1)", true)]
    [InlineData("INSERT INTO \"~\" (a) VALUES (1)", true)]
    [InlineData("INSERT INTO s.~ (a) VALUES (1)", true)]
    [InlineData("INSERT INTO ~.t (a) VALUES (1)", true)]
    [InlineData("UPDATE ~ SET a = 1", true)]
    [InlineData("UPDATE t_~ SET a = 1", true)]
    [InlineData("UPDATE ~_t SET a = 1", true)]
    [InlineData("~ DELETE FROM t", true)]
    public void Holes_for_names(string sql, bool expected) => Assert.Equal(expected, SqlHoles.StandForNames(SqlScript.Parse(Sql.Holes(sql))));

    [Theory]
    [InlineData("SELECT a FROM t WHERE a = ~ AND b = 'x~' AND c LIKE ~ LIMIT ~ OFFSET ~", "~ 'x~' ~ ~ ~")]
    [InlineData("SELECT a FROM t WHERE a IN (1, ~, '~') AND b >= ~", "~ '~' ~")]
    [InlineData("INSERT INTO t (~, b) VALUES (~, f(1), ~), (2, ~)", "~ ~ ~")]
    [InlineData("UPDATE ~ SET a = ~, b = N'~' WHERE ~", "~ N'~'")]
    [InlineData("EXEC p @a = '~'", "'~'")]
    [InlineData("SELECT ~ FROM ~ WHERE ~ = 1 AND f(~) = a + ~ ORDER BY ~", "")]
    [InlineData("SELECT a FROM t ~ WHERE b = '~' -- '~'", "'~'")]
    [InlineData("SELECT \"~\", [~], `~` FROM t WHERE a = $$~$$", "$$~$$")]
    [InlineData("CREATE USER u PASSWORD '~'", "")]
    [InlineData("SET x = '~'", "")]
    [InlineData("IF EXISTS (SELECT 1 FROM t WHERE a = '~' AND b = ~) DELETE FROM t WHERE a = 3 ELSE UPDATE t SET a = ~", "'~' ~ ~")]
    [InlineData("DECLARE @a int = ~, @b nvarchar(9) = N'~'; SET @a = ~; DECLARE c CURSOR FOR SELECT '~'", "~ N'~' ~")]
    [InlineData("SELECT a FROM t WHERE b = \"~\" AND c LIKE \"%~%\" AND d IN (\"~\")", "\"%~%\"")]
    [InlineData("SELECT \"~\" FROM t JOIN \"~\" ON t.a = \"~\".b AND `~` = \"~\" AND c = `~`", "\"~\"", SqlDialect.MySql)]
    [InlineData("INSERT INTO `~` (\"~\") VALUES (\"~\", \"a\")", "\"~\"", SqlDialect.MySql)]
    [InlineData("SELECT \"~\" FROM \"~\" JOIN t ON \"~\".a = \"~\".b WHERE \"~\" = 3 ORDER BY \"~\"", "", SqlDialect.MySql)]
    public void Holes_for_values(string sql, string expected, SqlDialect dialect = SqlDialect.Unknown)
    {
        SqlScript script = SqlScript.Parse(Sql.Holes(sql));
        Assert.Equal(expected, string.Join(" ", script.AllStatements.SelectMany(statement => SqlValueHoles.Of(statement, dialect)).Select(hole => script.Text.Slice(hole.Span).Replace(SqlText.HoleCharacter, '~'))));
    }

    [Theory]
    [InlineData("SELECT a FROM ~ WHERE b = ~ AND c = '~' ORDER BY ~ ~, ~", "~ ~! ~! ~!")]
    [InlineData("SELECT a FROM s.~ JOIN [~] ON x = y WHERE t_~ = 1", "~ [~] ~")]
    [InlineData("SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY ~) FROM \"~\" GROUP BY c", "\"~\"")]
    [InlineData("SELECT a FROM t WHERE ~ = @p AND ~ LIKE '%a' AND ~ = b AND ~", "~ ~")]
    [InlineData("INSERT INTO ~ (a) VALUES (~)", "~")]
    [InlineData("UPDATE ~ SET a = 1 WHERE b = 2; DELETE FROM ~", "~ ~")]
    [InlineData("SELECT ~ FROM t ~ LIMIT ~", "")]
    [InlineData("SELECT @p~ FROM t -- ~", "")]
    [InlineData("DROP TABLE ~", "")]
    [InlineData("CREATE TABLE ~ (a INT)", "")]
    public void Holes_for_names_in_statements(string sql, string expected)
    {
        SqlScript script = SqlScript.Parse(Sql.Holes(sql));
        Assert.Equal(expected, string.Join(" ", script.AllStatements.SelectMany(static statement => SqlNameHoles.Of(statement, static _ => true)).Select(hole => script.Text.Slice(hole.Span).Replace(SqlText.HoleCharacter, '~') + (hole.IsSortKey ? "!" : ""))));
    }

    [Theory]
    [InlineData("INSERT INTO t SELECT * FROM UNNEST(@ids)", true)]
    [InlineData("insert into t select a from openjson(@rows)", true)]
    [InlineData("INSERT INTO t VALUES (@a)", false)]
    public void Parameters_for_many_rows(string sql, bool expected) => Assert.Equal(expected, SqlHoles.TakesManyRows(SqlScript.Parse(sql)));
}
