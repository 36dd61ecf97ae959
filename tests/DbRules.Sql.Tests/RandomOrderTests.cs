using Xunit;

namespace DbRules.Sql.Tests;

/// <summary>Which queries come in a random order.</summary>
public sealed class RandomOrderTests
{
    [Theory]
    [InlineData("SELECT a FROM t ORDER BY RAND() LIMIT 3", "RAND() RAND")]
    [InlineData("SELECT a FROM t ORDER BY RANDOM() DESC", "RANDOM() DESC RANDOM")]
    [InlineData("SELECT TOP 3 a FROM t ORDER BY NEWID()", "NEWID() NEWID")]
    [InlineData("SELECT TOP 3 a FROM t ORDER BY b, ABS(CHECKSUM(NEWID()))", "ABS(CHECKSUM(NEWID())) NEWID")]
    [InlineData("SELECT a FROM t ORDER BY dbms_random.value", "dbms_random.value DBMS_RANDOM")]
    [InlineData("SELECT a FROM t ORDER BY DBMS_RANDOM.VALUE()", "DBMS_RANDOM.VALUE() DBMS_RANDOM")]
    [InlineData("SELECT a FROM t ORDER BY -LOG(random()) / weight", "-LOG(random()) / weight RANDOM")]
    [InlineData("SELECT a, RANDOM() AS r FROM t ORDER BY r", "r RANDOM")]
    [InlineData("SELECT a FROM t WHERE id IN (SELECT id FROM t ORDER BY random() LIMIT 1)", "random() RANDOM")]
    [InlineData("INSERT INTO u SELECT a FROM t ORDER BY RANDOM() LIMIT 3", "RANDOM() RANDOM")]
    [InlineData("SELECT a FROM t UNION ALL SELECT a FROM u ORDER BY UUID()", "UUID() UUID")]
    [InlineData("SELECT a FROM (SELECT a FROM t ORDER BY gen_random_uuid()) x", "gen_random_uuid() GEN_RANDOM_UUID")]
    public void Random(string sql, string expected) => Assert.Equal(expected, Assert.Single(Found(sql)));

    [Theory]
    [InlineData("SELECT NEWID(), RAND() FROM t ORDER BY a")]
    [InlineData("SELECT a FROM t WHERE b > RANDOM() ORDER BY a")]
    [InlineData("SELECT a FROM t TABLESAMPLE SYSTEM (1)")]
    [InlineData("SELECT a FROM t ORDER BY rand, random, newid -- RAND()")]
    [InlineData("SELECT a FROM t ORDER BY 'RAND()', \"RANDOM()\"")]
    [InlineData("INSERT INTO t (a) VALUES (NEWID())")]
    [InlineData("SELECT a FROM t ~ ORDER BY RANDOM()")]
    public void Not_random(string sql) => Assert.Empty(Found(sql));

    private static IEnumerable<string> Found(string sql)
    {
        SqlScript script = SqlScript.Parse(Sql.Holes(sql));
        return script.AllStatements.SelectMany(RandomOrder.Of).Select(found => script.Text.At(found.Key.Span) + " " + found.Function);
    }
}
