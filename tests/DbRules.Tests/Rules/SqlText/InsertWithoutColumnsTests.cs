using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.InsertWithoutColumns, DbRules.CodeFixes.SqlText.InsertWithoutColumnsFix>;
using Schema = DbRules.Tests.Rules.SqlText.SchemaCode<DbRules.Rules.SqlText.InsertWithoutColumns, DbRules.CodeFixes.SqlText.InsertWithoutColumnsFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR513 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class InsertWithoutColumnsTests
{
    private const string Tags = "CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL, \"Color\" text, \"order\" int)";

    [Theory]
    // Dapper
    [InlineData("connection.Execute(\"INSERT INTO {|DBR513:Tags|} VALUES (1, 'a')\");")]
    [InlineData("await connection.ExecuteAsync(\"insert into {|DBR513:shop.tags|} values (@id, @name), (@id + 1, 'VALUES')\", new { id = 1, name = \"\" });")]
    [InlineData("connection.Execute(\"INSERT INTO {|DBR513:Archive|} SELECT * FROM Orders WHERE Open = 0\");")]
    [InlineData("connection.Execute(\"WITH old AS (SELECT Id FROM Orders) INSERT INTO {|DBR513:Archive|} (SELECT Id FROM old)\");")]
    [InlineData("connection.Execute(\"REPLACE INTO {|DBR513:`Tags`|} VALUES (1)\"); connection.Execute(\"INSERT IGNORE INTO {|DBR513:Tags|} VALUES (1)\"); connection.Execute(\"INSERT OR REPLACE INTO {|DBR513:Tags|} VALUES (1)\");")]
    [InlineData("connection.Execute(\"INSERT {|DBR513:[dbo].[Tags]|} WITH (TABLOCK) OUTPUT inserted.Id VALUES (1)\");")]
    [InlineData("npgsql.Execute(\"INSERT INTO {|DBR513:tags|} AS t VALUES (1, '{}'::jsonb) ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING t.id\");")]
    [InlineData("connection.Execute($\"INSERT INTO {{|DBR513:connectionString}.tags|} VALUES (1, {ids.Length})\");")]
    [InlineData("connection.Execute($\"INSERT INTO {|DBR513:tags|} VALUES (1, {string.Join(\",\", ids)})\");")]
    [InlineData("connection.Execute(\"DELETE FROM Tags WHERE Id = 3; INSERT INTO {|DBR513:Tags|} VALUES (3)\");")]
    // ADO.NET
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = @\"INSERT INTO {|DBR513:Tags|} VALUES (1)\"; command.ExecuteNonQuery();")]
    [InlineData("using var command = new NpgsqlCommand(\"INSERT INTO {|DBR513:tags|} VALUES ($1)\", npgsql); await command.ExecuteNonQueryAsync(ct);")]
    // EF Core
    [InlineData("db.Database.ExecuteSqlRaw(\"INSERT INTO {|DBR513:Tags|} VALUES ({0})\", 1);")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"INSERT INTO {|DBR513:Tags|} VALUES ({ids[0]})\", ct);")]
    public Task Reports(string code) => Code.Reports(code);

    [Theory]
    [InlineData("INSERT INTO Tags (Id) VALUES (1)")]
    [InlineData("INSERT INTO Tags (Id) SELECT Id FROM Orders")]
    [InlineData("INSERT INTO Tags([Id]) /* INSERT INTO Tags VALUES (1) */ VALUES ('INSERT INTO Tags VALUES (1)')")]
    [InlineData("INSERT INTO Tags DEFAULT VALUES")]
    [InlineData("INSERT INTO Tags SET Id = 1, Name = 'VALUES'")]
    [InlineData("INSERT INTO Tags EXEC ReadTags @id")]
    [InlineData("INSERT INTO #Tags VALUES (1)")]
    [InlineData("DECLARE @t TABLE (Id int); INSERT INTO @t VALUES (1); DELETE FROM Tags WHERE Id IN (SELECT Id FROM @t)")]
    [InlineData("CREATE TEMP TABLE tags (id int); INSERT INTO tags SELECT id FROM orders WHERE id = 3")]
    [InlineData("CREATE TABLE IF NOT EXISTS tags (id int); INSERT INTO tags VALUES (1)")]
    [InlineData("INSERT INTO pg_temp.tags VALUES (1)")]
    [InlineData("-- INSERT INTO Tags VALUES (1)\nSELECT 1")]
    [InlineData("MERGE INTO Tags t USING s ON t.Id = s.Id WHEN NOT MATCHED THEN INSERT VALUES (s.Id);")]
    [InlineData("BULK INSERT Tags FROM 'file.csv'")]
    [InlineData("SELECT Id INTO Tags2 FROM Tags WHERE Id = 3")]
    public Task Quiet(string sql) => Code.Reports($"connection.Execute(\"{sql.Replace("\n", "\\n")}\", new {{ id = 1 }});");

    [Theory]
    [InlineData("connection.Execute($\"INSERT INTO {connectionString} VALUES (1)\");")]
    [InlineData("connection.Execute($\"INSERT INTO tags {connectionString} VALUES (1)\");")]
    [InlineData("connection.Execute($\"INSERT INTO tags ({connectionString}) VALUES (1)\");")]
    [InlineData("connection.Execute($\"INSERT INTO tags{connectionString} VALUES (1)\");")]
    [InlineData("connection.Execute(\"INSERT INTO tags \" + connectionString);")]
    public Task Quiet_where_a_hole_may_name_them(string code) => Code.Reports(code);

    [Fact]
    public Task Quiet_in_migrations() => Code.Reports(
        "class Fill : Microsoft.EntityFrameworkCore.Migrations.Migration { protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder builder) => builder.Sql(\"INSERT INTO Tags VALUES (1)\"); }");

    [Theory]
    [InlineData("INSERT INTO {|DBR513:tags|} VALUES (1, 'a', NULL, 2), (2, 'b', NULL, 3)", "INSERT INTO tags (id, name, \"Color\", \"order\") VALUES (1, 'a', NULL, 2), (2, 'b', NULL, 3)")]
    [InlineData("INSERT INTO {|DBR513:tags|} AS t VALUES (1, 'a', NULL, 2)", "INSERT INTO tags AS t (id, name, \"Color\", \"order\") VALUES (1, 'a', NULL, 2)")]
    [InlineData("INSERT INTO {|DBR513:public.\"tags\"|} VALUES (@d, @c, @b, @a)", "INSERT INTO public.\"tags\" (\"id\", \"name\", \"Color\", \"order\") VALUES (@d, @c, @b, @a)")]
    [InlineData("INSERT INTO {|DBR513:tags|} SELECT id, name, color, 1 FROM old WHERE id = 3", "INSERT INTO tags (id, name, \"Color\", \"order\") SELECT id, name, color, 1 FROM old WHERE id = 3")]
    [InlineData("WITH old AS (SELECT 1 AS id) INSERT INTO {|DBR513:tags|} (SELECT id, 'a', 'b', 1 FROM old)", "WITH old AS (SELECT 1 AS id) INSERT INTO tags (id, name, \"Color\", \"order\") (SELECT id, 'a', 'b', 1 FROM old)")]
    public Task Fixed_by_a_file(string sql, string fixedSql) => Schema.Fixes($"npgsql.Execute(@\"{sql.Replace("\"", "\"\"")}\", new {{ a = 1, b = 2, c = 3, d = 4 }});", $"npgsql.Execute(@\"{fixedSql.Replace("\"", "\"\"")}\", new {{ a = 1, b = 2, c = 3, d = 4 }});", Tags);

    [Theory]
    [InlineData("sqlserver", "CREATE TABLE dbo.Tags (Id int IDENTITY PRIMARY KEY, Name nvarchar(9), [Key] int)", "INSERT INTO {|DBR513:dbo.Tags|} VALUES ('a', 1)", "INSERT INTO dbo.Tags (Name, [Key]) VALUES ('a', 1)")]
    [InlineData("sqlserver", "CREATE TABLE dbo.Tags (Id int, Name nvarchar(9))", "INSERT {|DBR513:[Tags]|} WITH (TABLOCK) VALUES (1, 'a')", "INSERT [Tags] WITH (TABLOCK) ([Id], [Name]) VALUES (1, 'a')")]
    [InlineData("mysql", "CREATE TABLE tags (id int AUTO_INCREMENT, `key` int, PRIMARY KEY (id))", "INSERT INTO {|DBR513:tags|} VALUES (NULL, 1)", "INSERT INTO tags (id, `key`) VALUES (NULL, 1)")]
    [InlineData("mysql", "CREATE TABLE tags (id int)", "INSERT INTO {|DBR513:`tags`|} VALUES (1)", "INSERT INTO `tags` (`id`) VALUES (1)")]
    [InlineData("sqlite", "CREATE TABLE Tags (Id INTEGER PRIMARY KEY AUTOINCREMENT, \"Name\")", "INSERT INTO {|DBR513:Tags|} VALUES (1, 'a')", "INSERT INTO Tags (Id, Name) VALUES (1, 'a')")]
    [InlineData("auto", "CREATE TABLE Tags (Id int, Name text)", "INSERT INTO {|DBR513:Tags|} VALUES (1, 'a')", "INSERT INTO Tags (Id, Name) VALUES (1, 'a')")]
    public Task Fixed_in_each_dialect(string dialect, string schema, string sql, string fixedSql) => Schema.Fixes($"connection.Execute(\"{sql}\");", $"connection.Execute(\"{fixedSql}\");", schema, dialect);

    [Theory]
    [InlineData("CREATE TABLE tags (id int, name text)", "VALUES (1)")]
    [InlineData("CREATE TABLE tags (id int, name text)", "VALUES (1, 'a'), (2)")]
    [InlineData("CREATE TABLE tags (id int, name text)", "SELECT * FROM old WHERE id = 3")]
    [InlineData("CREATE TABLE tags (id int, name text); ALTER TABLE tags ADD COLUMN c int AFTER id", "VALUES (1, 2, 'a')")]
    [InlineData("CREATE TABLE tags (id int, twice int GENERATED ALWAYS AS (id * 2) STORED)", "VALUES (1, DEFAULT)")]
    [InlineData("CREATE TABLE tags (id serial, name text)", "VALUES (1, 'a')")]
    [InlineData("CREATE TABLE tags (id int, name text) INHERITS (things)", "VALUES (1, 'a')")]
    [InlineData("CREATE TABLE tags (id int, \"Name\" text)", "VALUES (1, 'a')")]
    [InlineData("CREATE TABLE tags (id int, name text); CREATE TABLE tags (name text, id int)", "VALUES (1, 'a')")]
    [InlineData("CREATE TABLE others (id int)", "VALUES (1)")]
    public Task No_fix_where_the_columns_are_not_sure(string schema, string rows) => Schema.NoFix($"connection.Execute(\"INSERT INTO {{|DBR513:tags|}} {rows}\");", schema);

    [Fact]
    public Task No_fix_where_a_hole_may_be_several_values() => Schema.NoFix("connection.Execute($\"INSERT INTO {|DBR513:tags|} VALUES ({string.Join(\",\", ids)})\");", "CREATE TABLE tags (id int)");

    [Theory]
    [InlineData("npgsql.Execute(\"INSERT INTO {|DBR513:\\\"Countries\\\"|} VALUES (@id, @code, @name)\", new { id = 1, name = \"\", code = \"\" });", "npgsql.Execute(\"INSERT INTO \\\"Countries\\\" (\\\"Id\\\", \\\"Code\\\", \\\"Name\\\") VALUES (@id, @code, @name)\", new { id = 1, name = \"\", code = \"\" });")]
    [InlineData("sqlite.Execute(\"INSERT INTO {|DBR513:Countries|} VALUES (@Id, @Name, @Code)\", new { Id = 1, Name = \"\", Code = \"\" });", "sqlite.Execute(\"INSERT INTO Countries (Id, Name, Code) VALUES (@Id, @Name, @Code)\", new { Id = 1, Name = \"\", Code = \"\" });")]
    public Task Fixed_by_the_entity(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData("VALUES (1, 'a', 'b')")]
    [InlineData("VALUES (@Id, @Name, @Name)")]
    [InlineData("VALUES (@Id, @Name)")]
    [InlineData("VALUES (@Id, @Name, @Sign)")]
    public Task No_fix_where_parameters_do_not_name_the_columns(string rows) =>
        Code.NoFix($"sqlite.Execute(\"INSERT INTO {{|DBR513:Countries|}} {rows}\", new {{ Id = 1, Name = \"\", Code = \"\", Sign = \"\" }});");
}
