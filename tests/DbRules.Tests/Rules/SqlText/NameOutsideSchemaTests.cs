using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;
using Schema = DbRules.Tests.Rules.SqlText.SchemaCode<DbRules.Rules.SqlText.NameOutsideSchema, DbRules.CodeFixes.SqlText.InsertWithoutColumnsFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR512 speaks, and when it is quiet.</summary>
public sealed class NameOutsideSchemaTests
{
    private const string Tables =
        "CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL, colour text); CREATE TABLE posts (id int PRIMARY KEY, number text, tag_id int); CREATE VIEW open_posts AS SELECT id FROM posts;";

    [Theory]
    // Columns
    [InlineData("SELECT id, {|DBR512:nmae|} FROM tags WHERE id = @id")]
    [InlineData("SELECT t.id, {|DBR512:t.color|} FROM tags t WHERE t.id = @id")]
    [InlineData("SELECT o.id FROM posts o JOIN tags t ON t.id = {|DBR512:o.tagid|} WHERE o.id = @id ORDER BY {|DBR512:t.rank|}")]
    [InlineData("SELECT id FROM posts o WHERE EXISTS (SELECT 1 FROM tags t WHERE t.id = o.tag_id AND {|DBR512:t.kind|} = @id)")]
    [InlineData("UPDATE tags SET {|DBR512:nmae|} = 'a' WHERE id = @id")]
    [InlineData("DELETE FROM tags WHERE {|DBR512:tag_id|} = @id")]
    [InlineData("INSERT INTO {|DBR512:tags|} (id, name, color) VALUES (@id, 'a', 'b')")]
    [InlineData("SELECT [id] FROM [dbo].[tags] WHERE {|DBR512:[kind]|} = @id")]
    [InlineData("SELECT o.id FROM posts o JOIN tags t ON t.id = {|DBR512:o.tagid|} WHERE o.id = @id")]
    [InlineData("SELECT number, {|DBR512:nmae|} FROM posts o JOIN tags t ON t.id = o.tag_id WHERE o.id = @id AND {|DBR512:rank|} > 3 ORDER BY {|DBR512:kind|}")]
    [InlineData("SELECT number FROM posts, tags WHERE {|DBR512:tagid|} = @id")]
    [InlineData("SELECT number FROM posts LEFT JOIN tags ON tag_id = {|DBR512:tags_id|} WHERE number = @id")]
    [InlineData("SELECT title = {|DBR512:nmae|} FROM tags WHERE id = @id")]
    // Tables
    [InlineData("SELECT id FROM {|DBR512:tag|} WHERE id = @id")]
    [InlineData("SELECT o.id FROM posts o JOIN {|DBR512:public.labels|} l ON l.id = o.tag_id WHERE o.id = @id")]
    [InlineData("INSERT INTO {|DBR512:label|} (id) VALUES (@id)")]
    public Task Reports(string sql) => Schema.Reports(Call(sql), Tables);

    [Theory]
    [InlineData("SELECT ID, Name AS title FROM Tags WHERE Id = @id ORDER BY title")]
    [InlineData("SELECT title = name, [the colour] = colour + 'x' FROM tags WHERE id = @id ORDER BY title")]
    [InlineData("SELECT t, t.id FROM tags t WHERE id = @id")]
    [InlineData("SELECT posts, tags FROM posts JOIN tags ON tag_id = tags.id WHERE number = @id")]
    [InlineData("SELECT o.id FROM posts AS o JOIN tags ON tags.id = o.tag_id WHERE o.id = @id")]
    [InlineData("SELECT id FROM open_posts WHERE id = @id")]
    [InlineData("SELECT number, name, COUNT(*) AS total FROM posts JOIN tags ON tag_id = tags.id WHERE colour = @id GROUP BY number, name ORDER BY total")]
    [InlineData("SELECT number, nmae FROM posts o JOIN open_posts p ON p.id = o.id WHERE o.id = @id")]
    [InlineData("SELECT number, nmae FROM posts o CROSS JOIN LATERAL generate_series(1, 3) AS nmae WHERE o.id = @id")]
    [InlineData("WITH kept AS (SELECT id AS kept_id FROM tags) SELECT number, nmae FROM posts JOIN kept ON kept_id = tag_id WHERE number = @id")]
    [InlineData("SELECT number, nmae FROM posts JOIN tags ON tags.id = tag_id JOIN #rest ON rest_id = number WHERE number = @id")]
    [InlineData("SELECT number, (SELECT nmae FROM tags WHERE tags.id = tag_id) FROM posts JOIN tags t ON t.id = tag_id WHERE number = @id")]
    [InlineData("SELECT number FROM posts JOIN tags USING (id) WHERE id = @id")]
    [InlineData("WITH kept AS (SELECT id AS kept_id FROM tags) SELECT kept_id FROM kept WHERE kept_id = @id")]
    [InlineData("SELECT x.total FROM (SELECT COUNT(*) AS total FROM posts) x WHERE x.total > @id")]
    [InlineData("SELECT id FROM tags WHERE id IN (SELECT tag_id FROM posts WHERE number = name)")]
    [InlineData("INSERT INTO tags (id, name) VALUES (@id, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id")]
    [InlineData("UPDATE tags SET name = 'a' OUTPUT inserted.id WHERE id = @id")]
    [InlineData("SELECT rowid, ctid FROM tags WHERE id = @id")]
    [InlineData("SELECT relname FROM pg_class WHERE relname = 'tags'")]
    [InlineData("SELECT table_name FROM information_schema.tables WHERE table_name = 'x'")]
    [InlineData("SELECT id FROM #labels WHERE id = @id")]
    [InlineData("CREATE TABLE labels (id int); SELECT id FROM labels WHERE id = @id")]
    [InlineData("SELECT id FROM generate_series(1, 3) AS id WHERE id = @id")]
    [InlineData("SELECT 'nmae' FROM tags WHERE id = @id -- SELECT nmae FROM tag")]
    [InlineData("SELECT DATEPART(year, name) FROM tags WHERE id = @id")]
    public Task Quiet(string sql) => Schema.Reports(Call(sql), Tables);

    [Theory]
    [InlineData("SELECT nmae FROM tags WHERE id = @id", "CREATE TABLE tags (id int) INHERITS (things)")]
    [InlineData("SELECT id FROM labels WHERE id = @id", "CREATE TABLE tags (id int); EXEC sp_rename 'tags', 'labels'")]
    [InlineData("SELECT nmae FROM tags WHERE id = @id", "CREATE TABLE tags (id int); CREATE TABLE tags (name text)")]
    public Task Quiet_where_the_schema_may_state_more(string sql, string schema) => Schema.Reports(Call(sql), schema);

    [Theory]
    [InlineData("Use(connection.QueryFirst<int>(\"SELECT {|DBR512:c.Nmae|} FROM Countries c WHERE c.Id = @id\", new { id = 1 }));")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"SELECT {|DBR512:Nmae|} FROM Countries WHERE Id = 1\"; Use(await command.ExecuteScalarAsync(ct));")]
    [InlineData("Use(connection.QueryFirst<int>(\"SELECT Name FROM Nowhere WHERE Id = @id\", new { id = 1 }));")]
    [InlineData("Use(connection.QueryFirst<int>($\"SELECT Nmae FROM Countries WHERE {connectionString}\"));")]
    // Code that makes the table itself, or adds the column to it.
    [InlineData("connection.Execute(\"IF EXISTS (SELECT 1 FROM sys.objects) DROP TABLE [dbo].[Countries]\\n\\nCREATE TABLE [dbo].[Countries] ([Id] int NOT NULL, [Nmae] varchar(255) NULL)\"); Use(connection.QueryFirst<int>(\"SELECT c.Nmae FROM Countries c WHERE c.Id = @id\", new { id = 1 }));")]
    [InlineData("connection.Execute($\"ALTER TABLE Countries ADD Nmae varchar({ids[0]})\"); Use(connection.QueryFirst<int>(\"SELECT c.Nmae FROM Countries c WHERE c.Id = @id\", new { id = 1 }));")]
    [InlineData("connection.Execute(\"ALTER TABLE Countries DROP CONSTRAINT PK_Countries\"); Use(connection.QueryFirst<int>(\"SELECT {|DBR512:c.Nmae|} FROM Countries c WHERE c.Id = @id\", new { id = 1 }));")]
    public Task Mapped_entities(string code) => new CSharpAnalyzerVerifier<NameOutsideSchema>.Test { TestCode = RoundTripTest.Method(code) }.RunAsync();

    private static string Call(string sql) => $"Use(connection.QueryFirst<int>(@\"{sql}\", new {{ id = 1 }}));";
}
