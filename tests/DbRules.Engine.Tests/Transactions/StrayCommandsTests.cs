using DbRules.Engine.Calls;
using DbRules.Engine.Tests.Calls;
using DbRules.Engine.Transactions;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>Which providers mind a command that is not given the open transaction, and how it can be given one.</summary>
public sealed class StrayCommandsTests
{
    [Theory]
    [InlineData("Microsoft.Data.SqlClient.SqlConnection", "c.Execute(\"delete from x\");", true)]
    [InlineData("Microsoft.Data.SqlClient.SqlConnection", "new Microsoft.Data.SqlClient.SqlCommand(\"delete from x\", c).ExecuteNonQuery();", true)]
    [InlineData("System.Data.SqlClient.SqlConnection", "c.Execute(\"delete from x\");", true)]
    [InlineData("MySql.Data.MySqlClient.MySqlConnection", "c.Execute(\"delete from x\");", false)]
    [InlineData("Npgsql.NpgsqlConnection", "c.Execute(\"delete from x\");", false)]
    [InlineData("Npgsql.NpgsqlConnection", "new NpgsqlCommand(\"delete from x\", c).ExecuteNonQuery();", false)]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", "c.Execute(\"delete from x\");", false)]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", "c.Execute(new CommandDefinition(\"delete from x\"));", false)]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", "var m = c.CreateCommand(); m.CommandText = \"delete from x\"; m.ExecuteNonQuery();", false)]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", "new Microsoft.Data.Sqlite.SqliteCommand(\"delete from x\", c).ExecuteNonQuery();", true)]
    // Several databases are referenced, and one of them minds.
    [InlineData("DbConnection", "c.Execute(\"delete from x\");", true)]
    [InlineData("IDbConnection", "c.Execute(\"delete from x\");", true)]
    public void By_provider(string connection, string send, bool isStray) =>
        Assert.Equal(isStray, Strays($"void Run({connection} c) {{ using var t = c.BeginTransaction(); {send} t.Commit(); }}").Length == 1);

    [Theory]
    [InlineData("using var t = db.Database.BeginTransaction(); db.Database.GetDbConnection().Execute(\"delete from x\");", "transaction", 2, true)]
    [InlineData("using var t = sql.BeginTransaction(); sql.Execute(\"delete from x\");", "transaction", 2, false)]
    [InlineData("using var t = sql.BeginTransaction(); new Microsoft.Data.SqlClient.SqlCommand(\"delete from x\", sql).ExecuteNonQuery();", "transaction", 2, false)]
    [InlineData("using var t = sql.BeginTransaction(); var m = sql.CreateCommand(); m.CommandText = \"delete from x\"; m.ExecuteNonQuery();", null, -1, false)]
    [InlineData("using IDbTransaction t = sql.BeginTransaction(); var m = sql.CreateCommand(); m.CommandText = \"delete from x\"; m.ExecuteNonQuery();", null, null, false)]
    public void Is_passed(string statements, string? parameter, int? position, bool needsInner)
    {
        TransactionPass? pass = Assert.Single(Strays($"void Run(Shop db, Microsoft.Data.SqlClient.SqlConnection sql) {{ {statements} }}")).Pass;
        Assert.Equal(position, pass?.Position);
        Assert.Equal(parameter, pass?.Parameter);
        Assert.Equal(needsInner, pass?.NeedsInner == true);
    }

    private static StrayCommand[] Strays(string method)
    {
        CodeUnderTest code = CodeUnderTest.Of($"class Report {{ {method} }}");
        return [.. code.Bodies().SelectMany(body => code.Facts.Transactions.StrayCommandsOf(body.Facts))];
    }
}
