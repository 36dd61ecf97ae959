using Xunit;
using Code = DbRules.Tests.Rules.SqlText.SchemaCode<DbRules.Rules.SqlText.NotInWithNull, DbRules.CodeFixes.SqlText.NotInWithNullFix>;
using Plain = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.NotInWithNull, DbRules.CodeFixes.SqlText.NotInWithNullFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR505 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class NotInWithNullTests
{
    private const string Schema = "CREATE TABLE sections (id int NOT NULL PRIMARY KEY, name text NOT NULL);\nCREATE TABLE articles (id int PRIMARY KEY, category_id int NULL, code text NOT NULL, note text);";

    [Theory]
    // Dapper
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles)", "SELECT * FROM sections WHERE NOT EXISTS (SELECT 1 FROM articles WHERE category_id = sections.id)")]
    [InlineData("select * from sections c where c.id not in (select category_id from articles where code = 'a') and name = 'b'", "select * from sections c where not exists (select 1 from articles where code = 'a' and category_id = c.id) and name = 'b'")]
    [InlineData("SELECT * FROM sections c WHERE id NOT IN (SELECT DISTINCT p.category_id FROM public.articles AS p)", "SELECT * FROM sections c WHERE NOT EXISTS (SELECT 1 FROM public.articles AS p WHERE p.category_id = c.id)")]
    [InlineData("SELECT * FROM [sections] WHERE [id] NOT IN (SELECT [category_id] FROM [articles] WHERE code = 'a' OR code = 'b')", "SELECT * FROM [sections] WHERE NOT EXISTS (SELECT 1 FROM [articles] WHERE (code = 'a' OR code = 'b') AND [category_id] = [sections].[id])")]
    [InlineData("SELECT * FROM `sections` WHERE `id` NOT IN (SELECT `category_id` FROM `articles` -- all\n)", "SELECT * FROM `sections` WHERE NOT EXISTS (SELECT 1 FROM `articles` WHERE `category_id` = `sections`.`id` -- all\n)")]
    [InlineData("DELETE FROM sections WHERE id NOT IN\n(SELECT category_id FROM articles)", "DELETE FROM sections WHERE NOT EXISTS\n(SELECT 1 FROM articles WHERE category_id = sections.id)")]
    [InlineData("UPDATE sections SET name = 'x' WHERE id NOT IN (SELECT category_id FROM articles)", "UPDATE sections SET name = 'x' WHERE NOT EXISTS (SELECT 1 FROM articles WHERE category_id = sections.id)")]
    [InlineData("SELECT 1 WHERE @id NOT IN (SELECT category_id FROM articles)", "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM articles WHERE category_id = @id)")]
    [InlineData("SELECT c.name FROM sections c JOIN stock s ON s.id = c.id WHERE s.id NOT IN (SELECT category_id FROM articles)", "SELECT c.name FROM sections c JOIN stock s ON s.id = c.id WHERE NOT EXISTS (SELECT 1 FROM articles WHERE category_id = s.id)")]
    [InlineData("SELECT * FROM sections WHERE name::text NOT IN (SELECT note FROM articles)", null)]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles ORDER BY id LIMIT 10)", null)]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles GROUP BY category_id)", null)]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT id FROM sections UNION SELECT category_id FROM articles)", null)]
    [InlineData("SELECT * FROM sections WHERE NOT id IN (SELECT category_id FROM articles)", null)]
    [InlineData("SELECT * FROM sections c JOIN stock s ON s.id = c.id WHERE number NOT IN (SELECT category_id FROM articles)", null)]
    [InlineData("SELECT * FROM articles WHERE id NOT IN (SELECT category_id FROM articles)", null)]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT p.id FROM stock s LEFT JOIN articles p ON p.id = s.id)", "SELECT * FROM sections WHERE NOT EXISTS (SELECT 1 FROM stock s LEFT JOIN articles p ON p.id = s.id WHERE p.id = sections.id)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT s.id FROM stock s RIGHT JOIN articles p ON p.id = s.id)", "SELECT * FROM sections WHERE NOT EXISTS (SELECT 1 FROM stock s RIGHT JOIN articles p ON p.id = s.id WHERE s.id = sections.id)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT NULL)", null)]
    [InlineData("IF @id NOT IN (SELECT category_id FROM articles) DELETE FROM sections WHERE id = @id", "IF NOT EXISTS (SELECT 1 FROM articles WHERE category_id = @id) DELETE FROM sections WHERE id = @id")]
    public Task Text(string sql, string? after)
    {
        string marked = sql;
        int at = sql.Contains("NOT id IN", StringComparison.Ordinal) ? sql.IndexOf("IN (", StringComparison.Ordinal) : sql.IndexOf("NOT IN", StringComparison.OrdinalIgnoreCase);
        int length = sql.Contains("NOT id IN", StringComparison.Ordinal) ? 2 : 3;
        marked = sql[..at] + "{|DBR505:" + sql.Substring(at, length) + "|}" + sql[(at + length)..];
        return Code.Fixes(Call(marked), Call(after ?? marked), Schema);
    }

    [Theory]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = @\"DELETE FROM \"\"sections\"\" WHERE \"\"id\"\" {|DBR505:NOT|} IN (SELECT category_id FROM articles)\";\nawait command.ExecuteNonQueryAsync(ct);", "using var command = connection.CreateCommand();\ncommand.CommandText = @\"DELETE FROM \"\"sections\"\" WHERE NOT EXISTS (SELECT 1 FROM articles WHERE category_id = \"\"sections\"\".\"\"id\"\")\";\nawait command.ExecuteNonQueryAsync(ct);")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM sections WHERE name = {connectionString} AND id {|DBR505:NOT|} IN (SELECT category_id FROM articles WHERE code = {connectionString})\", ct);", "await db.Database.ExecuteSqlAsync($\"DELETE FROM sections WHERE name = {connectionString} AND NOT EXISTS (SELECT 1 FROM articles WHERE code = {connectionString} AND category_id = sections.id)\", ct);")]
    [InlineData("connection.Execute(\"DELETE FROM sections WHERE id {|DBR505:NOT|} IN \" + \"(SELECT category_id FROM articles)\");", "connection.Execute(\"DELETE FROM sections WHERE NOT EXISTS \" + \"(SELECT 1 FROM articles WHERE category_id = sections.id)\");")]
    [InlineData("connection.Execute(\"DELETE FROM sections WHERE id \" + \"{|DBR505:NOT|} IN (SELECT category_id FROM articles)\");", null)]
    public Task Literals(string code, string? after) => Code.Fixes(code, after ?? code, Schema);

    [Theory]
    // Not nullable, or not known.
    [InlineData("SELECT * FROM sections WHERE name NOT IN (SELECT code FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT id FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT number FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM stock)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles, stock)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT * FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM #articles)")]
    [InlineData("WITH articles AS (SELECT 1 AS category_id) SELECT * FROM sections WHERE id NOT IN (SELECT p.code FROM articles p)")]
    // Left out.
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles WHERE category_id IS NOT NULL)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT p.category_id FROM articles p WHERE p.category_id > 0 AND p.code = 'a')")]
    [InlineData("SELECT * FROM sections c WHERE id NOT IN (SELECT p.category_id FROM articles p WHERE p.category_id = c.id)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles WHERE NOT (category_id IS NULL))")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT p.category_id FROM articles p JOIN sections c ON c.id = p.category_id)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT COALESCE(category_id, 0) FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT COUNT(category_id) FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT p.id FROM stock s LEFT JOIN articles p ON p.id = s.id WHERE p.code = 'a')")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT p.id FROM articles p LEFT JOIN stock s ON p.id = s.id)")]
    // Another question.
    [InlineData("SELECT * FROM sections WHERE id IN (SELECT category_id FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (1, 2, NULL)")]
    [InlineData("SELECT * FROM sections c WHERE NOT EXISTS (SELECT category_id FROM articles WHERE category_id = c.id)")]
    [InlineData("SELECT 'id NOT IN (SELECT category_id FROM articles)' -- id NOT IN (SELECT category_id FROM articles)")]
    [InlineData("SELECT * FROM sections WHERE id NOT IN (SELECT category_id FROM articles WHERE ((")]
    public Task Quiet_text(string sql) => Code.Reports(Call(sql), Schema);

    [Theory]
    [InlineData("connection.Execute($\"DELETE FROM sections WHERE id NOT IN (SELECT category_id FROM articles {connectionString})\");")]
    [InlineData("connection.Execute($\"DELETE FROM sections WHERE {connectionString} AND id NOT IN (SELECT category_id FROM articles)\");")]
    [InlineData("connection.Execute($\"DELETE FROM sections WHERE id NOT IN (SELECT {connectionString} FROM articles)\");")]
    [InlineData("Use(\"DELETE FROM sections WHERE id NOT IN (SELECT category_id FROM articles)\");")]
    public Task Quiet_code(string code) => Code.Reports(code, Schema);

    [Fact]
    public Task Entities_are_a_schema() => Plain.Fixes(
        "connection.Execute(\"DELETE FROM Countries WHERE Id {|DBR505:NOT|} IN (SELECT CategoryId FROM Products)\");",
        "connection.Execute(\"DELETE FROM Countries WHERE NOT EXISTS (SELECT 1 FROM Products WHERE CategoryId = Countries.Id)\");");

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM Customers WHERE Id NOT IN (SELECT CustomerId FROM Orders)\");")]
    [InlineData("connection.Execute(\"DELETE FROM Customers WHERE Id NOT IN (SELECT Id FROM Orders)\");")]
    [InlineData("connection.Execute(\"DELETE FROM Customers WHERE Id NOT IN (SELECT CategoryId FROM Others)\");")]
    public Task Quiet_with_entities(string code) => Plain.Reports(code);

    private static string Call(string sql) => $"connection.Execute(\"\"\"\n    {sql.ReplaceLineEndings("\n    ")}\n    \"\"\", new {{ id = 3 }});";
}
