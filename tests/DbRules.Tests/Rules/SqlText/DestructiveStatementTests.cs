using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.DestructiveStatement, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR514 speaks, and when it is quiet.</summary>
public sealed class DestructiveStatementTests
{
    [Theory]
    [InlineData("connection.Execute(\"{|DBR514:DROP TABLE|} Orders\");")]
    [InlineData("await connection.ExecuteAsync(\"{|DBR514:drop table|} if exists shop.orders, `lines` cascade\");")]
    [InlineData("connection.Execute($\"{|DBR514:TRUNCATE TABLE|} {connectionString}.orders\");")]
    [InlineData("new NpgsqlCommand(\"{|DBR514:TRUNCATE|} orders RESTART IDENTITY\", npgsql).ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = @\"{|DBR514:DROP DATABASE|} [Shop]\";\nawait command.ExecuteNonQueryAsync(ct);")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"ALTER TABLE \\\"Orders\\\" {|DBR514:DROP COLUMN|} \\\"Number\\\"\", ct);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = 3; IF OBJECT_ID('Lines') IS NOT NULL {|DBR514:DROP TABLE|} Lines\");")]
    [InlineData("connection.Execute(\"{|DBR514:DROP SCHEMA|} sales CASCADE\");")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("DROP TABLE #Found")]
    [InlineData("DROP TABLE IF EXISTS #Found, temp.found")]
    [InlineData("CREATE TEMPORARY TABLE found (Id int); DROP TABLE found")]
    [InlineData("TRUNCATE TABLE tempdb..found")]
    [InlineData("CREATE TABLE found (Id int); DROP TABLE found")]
    [InlineData("DROP TABLE IF EXISTS found; CREATE TABLE found (Id int)")]
    [InlineData("IF EXISTS (SELECT 1 FROM sys.tables) DROP TABLE [dbo].[found]\n\nCREATE TABLE [dbo].[found] (Id int)")]
    [InlineData("DROP TABLE orders; ALTER TABLE orders2 RENAME TO orders")]
    [InlineData("DROP TABLE orders_old")]
    [InlineData("TRUNCATE TABLE staging_orders")]
    [InlineData("DROP INDEX ix ON Orders")]
    [InlineData("DROP VIEW OpenOrders")]
    [InlineData("ALTER TABLE Orders DROP CONSTRAINT fk")]
    [InlineData("ALTER TABLE Orders ADD Number int")]
    [InlineData("ALTER TABLE Orders ALTER COLUMN Number DROP NOT NULL")]
    [InlineData("ALTER TABLE Orders DROP PARTITION p2020")]
    [InlineData("SELECT 'DROP TABLE Orders' -- TRUNCATE TABLE Orders\n/* DROP DATABASE Shop */")]
    [InlineData("SELECT \"DROP TABLE\" FROM [TRUNCATE TABLE] WHERE Id = 3::int")]
    [InlineData("DELETE FROM Orders")]
    public Task Quiet_text(string sql) => Code.Reports($"connection.Execute(\"\"\"\n{sql}\n\"\"\");");

    [Theory]
    [InlineData("connection.Execute($\"DROP TABLE {connectionString}\");")]
    [InlineData("connection.Execute(\"TRUNCATE TABLE \" + connectionString);")]
    [InlineData("connection.Execute(\"CREATE TABLE found (Id int)\"); connection.Execute(\"DROP TABLE found\");")]
    [InlineData("connection.Execute(\"TRUNCATE TABLE Orders\"); connection.Execute(\"INSERT INTO Orders (Id) VALUES (@Id)\", orders);")]
    [InlineData("void Reset() => connection.Execute(\"TRUNCATE TABLE Orders\"); Reset();")]
    [InlineData("Use(\"DROP TABLE Orders\");")]
    public Task Quiet_code(string code) => Code.Reports(code);

    [Theory]
    [InlineData("class SchemaManager { public void Old(DbConnection c) => c.Execute(\"DROP TABLE Orders\"); }")]
    [InlineData("class Shop { public void InstallAsync(DbConnection c) => c.Execute(\"DROP TABLE Orders\"); }")]
    [InlineData("class Shop { public void DropOrders(DbConnection c) => c.Execute(\"DROP TABLE Orders\"); }")]
    [InlineData("class Shop { public void DeleteTenant(DbConnection c) => c.Execute(\"DROP SCHEMA sales\"); }")]
    [InlineData("namespace Shop.Setup { class Orders { public void Old(DbConnection c) => c.Execute(\"DROP TABLE Orders\"); } }")]
    [InlineData("class PriceRefresher { public void Run(DbConnection c) => c.Execute(\"TRUNCATE TABLE Prices\"); }")]
    [InlineData("class OrderSeeder { public void Old(DbConnection c) => c.Execute(\"TRUNCATE TABLE Orders\"); }")]
    [InlineData("class Upgrades { public void UpgradeTo3(DbConnection c) => c.Execute(\"ALTER TABLE Orders DROP COLUMN Number\"); }")]
    [InlineData("class Move : Microsoft.EntityFrameworkCore.Migrations.Migration { protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder b) => b.Sql(\"DROP TABLE Orders\"); }")]
    [InlineData("using Xunit; class OrderTests { [Fact] public void Reads() { } public object Old(DbConnection c) => c.Execute(\"DROP TABLE Orders\"); } namespace Xunit { class FactAttribute : Attribute { } }")]
    public Task Quiet_where_it_belongs(string code) => Code.Reports(code);
}
