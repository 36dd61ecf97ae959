using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.NullComparedBySign, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR506 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class NullComparedBySignTests
{
    [Theory]
    // Dapper
    [InlineData("Use(connection.Query<int>(\"SELECT Id FROM Orders WHERE Id = @id AND {|DBR506:Number = NULL|}\", new { id = 3 }));", "Number IS NULL")]
    [InlineData("Use(await connection.QueryAsync<int>(\"select Id from Orders where {|DBR506:Number<>null|} limit 9\"));", "Number is not null")]
    [InlineData("await connection.ExecuteAsync(new CommandDefinition(\"UPDATE Orders SET Number = NULL WHERE {|DBR506:Open != NULL|}\", cancellationToken: ct));", "Open IS NOT NULL")]
    [InlineData("connection.Execute(@\"DELETE FROM \"\"Orders\"\" WHERE {|DBR506:\"\"Number\"\"\n  = NULL|}\");", "\"\"Number\"\"\n  IS NULL")]
    [InlineData("connection.Execute(\"\"\"\n    UPDATE Orders\n    SET Number = CASE WHEN {|DBR506:Open = NULL|} THEN 1 ELSE 2 END\n    WHERE Id = 3 -- = NULL\n    \"\"\");", "Open IS NULL")]
    [InlineData("connection.Execute(\"UPDATE Orders SET Number = IIF({|DBR506:Open = NULL|}, 1, 2) WHERE Id = 3\");", "Open IS NULL")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = {keys} AND {|DBR506:Number = NULL|}\");", "Number IS NULL")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE {|DBR506:NULL <> Number|} AND Id = {keys}\");", "Number IS NOT NULL")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE {|DBR506:NULL = (Number)|}\");", "(Number) IS NULL")]
    [InlineData("connection.Execute(\"DELETE FROM Orders \" + \"WHERE {|DBR506:[Number] = NULL|} \" + \"AND Id = 3\");", "[Number] IS NULL")]
    [InlineData("var sql = \"DELETE FROM orders WHERE {|DBR506:data->>'a' = NULL|}\"; npgsql.Execute(sql);", "data->>'a' IS NULL")]
    [InlineData("npgsql.Execute(\"DELETE FROM orders WHERE {|DBR506:number::text = NULL|}\");", "number::text IS NULL")]
    // ADO.NET
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT COUNT(*) FROM `Orders` WHERE {|DBR506:`Number` = NULL|}\";\nUse(await command.ExecuteScalarAsync(ct));", "`Number` IS NULL")]
    [InlineData("using var command = new NpgsqlCommand(\"IF EXISTS (SELECT 1 FROM Orders WHERE {|DBR506:Number = NULL|}) DELETE FROM Orders WHERE Id = 3\", npgsql);\ncommand.ExecuteNonQuery();", "Number IS NULL")]
    [InlineData("using var command = new SqliteCommand(\"WITH old AS (SELECT Id FROM Orders WHERE {|DBR506:Number == NULL|}) DELETE FROM Orders WHERE Id IN (SELECT Id FROM old)\", sqlite);\ncommand.ExecuteNonQuery();", "Number IS NULL")]
    // EF Core
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE {|DBR506:Number = NULL|}\").FirstOrDefault(o => o.Id == 3));", "Number IS NULL")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Id = {keys} OR {|DBR506:Number = NULL|}\", ct);", "Number IS NULL")]
    [InlineData("Use(db.Database.SqlQuery<int>($\"SELECT COUNT(*) AS Value FROM Orders HAVING {|DBR506:MAX(Number) = NULL|}\").Single());", "MAX(Number) IS NULL")]
    public Task Fixed(string code, string test)
    {
        int start = code.IndexOf("{|", StringComparison.Ordinal);
        int end = code.IndexOf("|}", StringComparison.Ordinal);
        return Code.Fixes(code, code[..start] + test + code[(end + 2)..]);
    }

    [Fact]
    public Task All_of_one_text() => Code.Fixes(
        "connection.Execute(\"DELETE FROM Orders WHERE {|DBR506:A = NULL|} OR {|DBR506:B <> NULL|} OR {|DBR506:C= NULL|}\");",
        "connection.Execute(\"DELETE FROM Orders WHERE A IS NULL OR B IS NOT NULL OR C IS NULL\");");

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE {|DBR506:Number = (NULL)|}\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE {|DBR506:Number = /* none */ NULL|}\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE {|DBR506:Number = \" + \"NULL|}\");")]
    public Task Reported_without_fix(string code) => Code.NoFix(code);

    [Fact]
    public Task Constant_of_the_type_is_fixed_where_it_is_written() => Code.Fixes(
        """
        class Orders
        {
            private const string Old = "DELETE FROM Orders WHERE Number = NULL";
            public int Clean(DbConnection connection) => connection.Execute({|DBR506:Old|});
        }
        """,
        """
        class Orders
        {
            private const string Old = "DELETE FROM Orders WHERE Number IS NULL";
            public int Clean(DbConnection connection) => connection.Execute(Old);
        }
        """);

    [Theory]
    [InlineData("UPDATE Orders SET Number = NULL, Open = @open WHERE Id = 3")]
    [InlineData("UPDATE Orders SET @old = Number = NULL WHERE Id = 3")]
    [InlineData("INSERT INTO Orders (Id) VALUES (1) ON CONFLICT (Id) DO UPDATE SET Number = NULL")]
    [InlineData("INSERT INTO Orders (Id) VALUES (1) ON DUPLICATE KEY UPDATE Number = NULL")]
    [InlineData("MERGE INTO Orders t USING s ON t.Id = s.Id WHEN MATCHED THEN UPDATE SET Number = NULL;")]
    [InlineData("EXEC CloseOrder @id = 3, @number = NULL")]
    [InlineData("DECLARE @n int = NULL; SET @n = NULL; SELECT @n = NULL")]
    [InlineData("SELECT Number = NULL FROM Orders WHERE Id = 3")]
    [InlineData("CREATE TABLE #Found (Id int, Number int DEFAULT NULL)")]
    [InlineData("CREATE PROCEDURE Close @number int = NULL AS DELETE FROM Orders WHERE Id = @number")]
    [InlineData("SET ANSI_NULLS OFF; DELETE FROM Orders WHERE Number = NULL")]
    [InlineData("DELETE FROM Orders WHERE Number IS NULL AND Open IS NOT NULL")]
    [InlineData("DELETE FROM Orders WHERE Number <=> NULL")]
    [InlineData("DELETE FROM Orders WHERE Number IS DISTINCT FROM NULL")]
    [InlineData("DELETE FROM Orders WHERE Number = 'NULL' OR Number = @null OR Number = NULLIF(@a, '')")]
    [InlineData("DELETE FROM Orders WHERE Id = 3 -- AND Number = NULL\n/* OR Number <> NULL */")]
    [InlineData("DELETE FROM Orders WHERE Text = 'a = NULL' OR Text = $$ b <> NULL $$")]
    [InlineData("DELETE FROM Orders WHERE Text = E'it''s = NULL'")]
    [InlineData("SELECT CASE Number WHEN NULL THEN 1 ELSE 2 END FROM Orders WHERE Id = 3")]
    [InlineData("DELETE FROM [Orders = NULL] WHERE \"a = NULL\" = 3 AND `b = NULL` = 4")]
    [InlineData("DELETE FROM Orders WHERE (( Number = NULL")]
    public Task Quiet_text(string sql) => Code.Reports($"connection.Execute(\"\"\"\n{sql}\n\"\"\", new {{ id = 3 }});");

    [Theory]
    [InlineData("Use(connectionString == null || connectionString != null);")]
    [InlineData("Use(\"SELECT Id FROM Orders WHERE Number = NULL\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders {connectionString} Number = NULL\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE {connectionString} = {connectionString ?? \"NULL\"}\");")]
    [InlineData("connection.Execute(\"p = NULL\", commandType: System.Data.CommandType.StoredProcedure);")]
    [InlineData("Use(db.Orders.FirstOrDefault(o => o.Number == null && o.Id == 3));")]
    public Task Quiet_code(string code) => Code.Reports(code);

    [Theory]
    [InlineData("using Xunit; class OrderTests { [Fact] public void Reads() { } public object All(DbConnection c) => c.Execute(\"DELETE FROM Orders WHERE Number = NULL\"); } namespace Xunit { class FactAttribute : Attribute { } }")]
    [InlineData("class OrderSeeder { public object All(DbConnection c) => c.Execute(\"DELETE FROM Orders WHERE Number = NULL\"); }")]
    [InlineData("class Move : Microsoft.EntityFrameworkCore.Migrations.Migration { protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder b) => b.Sql(\"DELETE FROM Orders WHERE Number = NULL\"); }")]
    public Task Quiet_outside_production(string code) => Code.Reports(code);
}
