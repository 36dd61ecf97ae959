using DbRules.Engine.Calls;
using DbRules.Sql;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>The SQL behind a call, wherever the code puts it. A hole shows as <c>{}</c>.</summary>
public sealed class CommandTextTests
{
    [Theory]
    [InlineData("connection.Query(\"SELECT 1\"); //1", "SELECT 1")]
    [InlineData("connection.Query(sql: \"SELECT 1\", param: null); //1", "SELECT 1")]
    [InlineData("connection.Query(@\"SELECT\n1\"); //1", "SELECT\n1")]
    [InlineData("connection.Query(\"\"\"SELECT 1\"\"\"); //1", "SELECT 1")]
    [InlineData("const string sql = \"SELECT 1\"; connection.Query(sql); //1", "SELECT 1")]
    [InlineData("var sql = \"SELECT 1\"; connection.Query(sql); //1", "SELECT 1")]
    [InlineData("connection.Query(\"SELECT \" + \"1\"); //1", "SELECT 1")]
    [InlineData("connection.Query(\"SELECT \" + ids[0]); //1", "SELECT {}")]
    [InlineData("connection.Query(\"SELECT \" + text + \" FROM x WHERE id = \" + ids[0]); //1", "SELECT {} FROM x WHERE id = {}")]
    [InlineData("connection.Query($\"SELECT {text} FROM {nameof(Order)}\"); //1", "SELECT {} FROM Order")]
    [InlineData("var where = \"WHERE id = 1\"; connection.Query($\"SELECT 1 FROM x {where}\"); //1", "SELECT 1 FROM x WHERE id = 1")]
    [InlineData("const string table = \"orders\"; connection.Query($\"SELECT * FROM {table}\"); //1", "SELECT * FROM orders")]
    [InlineData("connection.Query<Order>(new CommandDefinition(\"SELECT 1\")); //1", "SELECT 1")]
    [InlineData("connection.Query<Order>(new CommandDefinition(cancellationToken: ct, commandText: \"SELECT 1\")); //1", "SELECT 1")]
    [InlineData("var definition = new CommandDefinition(\"SELECT 1\"); connection.Query<Order>(definition); //1", "SELECT 1")]
    [InlineData("await connection.QueryAsync<Order>(\"SELECT 1\"); //1", "SELECT 1")]
    [InlineData("SqlMapper.Query(connection, \"SELECT 1\"); //1", "SELECT 1")]
    [InlineData("db.Database.ExecuteSql($\"DELETE FROM x WHERE id = {ids[0]}\"); //1", "DELETE FROM x WHERE id = {}")]
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM x\"); //1", "DELETE FROM x")]
    public void Given_as_an_argument(string statements, string text) => Assert.Equal(text, TextOf(statements));

    [Theory]
    [InlineData("var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT 1\";\ncommand.ExecuteScalar(); //1", "SELECT 1")]
    [InlineData("using var command = plain.CreateCommand();\ncommand.CommandText = $\"SELECT {ids[0]}\";\ncommand.ExecuteReader(); //1", "SELECT {}")]
    [InlineData("using var command = new NpgsqlCommand(\"SELECT 1\", npgsql);\nawait command.ExecuteScalarAsync(); //1", "SELECT 1")]
    [InlineData("using var command = new NpgsqlCommand { Connection = npgsql, CommandText = \"SELECT 1\" };\ncommand.ExecuteScalar(); //1", "SELECT 1")]
    [InlineData("using var command = new NpgsqlCommand(\"SELECT 1\", npgsql);\ncommand.CommandText = \"SELECT 2\";\ncommand.ExecuteScalar(); //1", "SELECT 2")]
    [InlineData("new NpgsqlCommand(\"SELECT 1\", npgsql).ExecuteScalar(); //1", "SELECT 1")]
    [InlineData("await using var command = source.CreateCommand(\"SELECT 1\");\nawait command.ExecuteReaderAsync(ct); //1", "SELECT 1")]
    [InlineData("given.CommandText = \"SELECT 1\";\nvar command = given;\ncommand.ExecuteScalar(); //1", null)]
    [InlineData("var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT 1\";\ncommand.ExecuteScalar();\ncommand.CommandText = \"DELETE FROM x\";\ncommand.ExecuteScalar(); //1", null)]
    [InlineData("var other = connection.CreateCommand();\nother.CommandText = \"SELECT 2\";\nvar command = connection.CreateCommand();\ncommand.CommandText = \"SELECT 1\";\ncommand.ExecuteScalar(); //1", "SELECT 1")]
    [InlineData("var command = connection.CreateCommand();\ncommand.ExecuteScalar(); //1", null)]
    public void Held_by_a_command(string statements, string? text) => Assert.Equal(text, TextOf(statements));

    [Theory]
    [InlineData("connection.Query(text); //1")]
    [InlineData("connection.Query(text.Trim()); //1")]
    [InlineData("var sql = \"SELECT 1\"; if (flag) sql = \"DELETE FROM x\"; connection.Query(sql); //1")]
    [InlineData("given.ExecuteScalar(); //1")]
    [InlineData("db.Orders.ToList(); //1")]
    [InlineData("db.SaveChanges(); //1")]
    public void Unknown(string statements)
    {
        CommandText command = CodeUnderTest.Statements(statements).Call().Command;
        Assert.True(command.IsUnknown);
        Assert.Null(command.Reads);
        Assert.False(command.IsPaged);
        Assert.False(command.TakesKeyList);
    }

    [Theory]
    [InlineData("SELECT * FROM x", true)]
    [InlineData("WITH y AS (SELECT 1) SELECT * FROM y", true)]
    [InlineData("SELECT 1; SELECT 2", true)]
    [InlineData("-- delete from x\nSELECT 'insert into x'", true)]
    [InlineData("INSERT INTO x (a) VALUES (1)", false)]
    [InlineData("INSERT INTO x (a) VALUES (1) RETURNING id", false)]
    [InlineData("UPDATE x SET a = 1 WHERE id = 2; SELECT 1", false)]
    [InlineData("DELETE FROM x", false)]
    [InlineData("CREATE TABLE x (a int)", false)]
    [InlineData("EXEC FindOrder", null)]
    [InlineData("FindOrder", null)]
    [InlineData("", null)]
    public void Reads(string sql, bool? reads) =>
        Assert.Equal(reads, CodeUnderTest.Statements($"connection.Query(@\"{sql}\"); //1").Call("//1").Command.Reads);

    [Fact]
    public void Reads_is_unknown_where_the_verb_is_a_hole() =>
        Assert.Null(CodeUnderTest.Statements("connection.Query($\"{text} FROM x\"); //1").Call().Command.Reads);

    [Theory]
    [InlineData("SELECT * FROM x WHERE id IN @ids", true)]
    [InlineData("SELECT * FROM x WHERE id in (@ids)", true)]
    [InlineData("SELECT * FROM x WHERE id = ANY(@ids)", true)]
    [InlineData("SELECT * FROM x WHERE id IN (@a, @b)", false)]
    [InlineData("SELECT * FROM x WHERE id IN (SELECT id FROM y WHERE z = @z)", false)]
    [InlineData("SELECT * FROM x WHERE id = @id", false)]
    public void Takes_a_list_of_keys(string sql, bool takes) =>
        Assert.Equal(takes, CodeUnderTest.Statements($"connection.Query(\"{sql}\", new {{ ids }}); //1").Call().Command.TakesKeyList);

    [Theory]
    [InlineData("SELECT * FROM x ORDER BY id LIMIT 10 OFFSET @skip", true)]
    [InlineData("SELECT * FROM x ORDER BY id OFFSET 10 ROWS FETCH NEXT 10 ROWS ONLY", true)]
    [InlineData("SELECT * FROM x LIMIT 10", false)]
    public void Is_paged(string sql, bool paged) => Assert.Equal(paged, CodeUnderTest.Statements($"connection.Query(\"{sql}\"); //1").Call().Command.IsPaged);

    private static string? TextOf(string statements) =>
        CodeUnderTest.Statements(statements).Call().Command.Script?.Text.Joined.Replace(SqlText.HoleCharacter.ToString(), "{}", StringComparison.Ordinal);
}
