using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.SqlTexts;
using DbRules.Engine.Tests.Calls;
using DbRules.Sql;
using Xunit;

namespace DbRules.Engine.Tests.SqlTexts;

/// <summary>Which SQL texts a body sends, or hands to what will send them. A hole reads as <c>~</c>.</summary>
public sealed class SentTextsTests
{
    private const string Wrapper =
        """
        class Store(DbConnection connection)
        {
            public const string All = "SELECT 1";
            private readonly string _schema = "shop";
            private static readonly string Open = "SELECT id FROM orders WHERE open";
            private string Closed => $"SELECT id FROM {_schema}.orders WHERE closed";
            public int Run(string sql, object? args) { var text = sql; return connection.Execute(text, args); }
            public int Twice(string text) => Run(text, null);
            public int Log(string text) => text.Length;
            public int Loud(string text) { using var command = connection.CreateCommand(); command.CommandText = text; return command.ExecuteNonQuery(); }
            public int Marked([System.Diagnostics.CodeAnalysis.StringSyntax("Sql")] string text) => text.Length;
            [System.Diagnostics.CodeAnalysis.StringSyntax("SQL")] public string Text { get; set; } = "";
            public void Test(string name, bool flag, IStore store)
            {
        BODY
            }
        }
        interface IStore { int Send(string sql); int Note(string text); }
        """;

    [Theory]
    // Strings of each kind.
    [InlineData("connection.Query(\"SELECT a\");", "SELECT a")]
    [InlineData("connection.Query(@\"SELECT a\");", "SELECT a")]
    [InlineData("connection.Query($\"SELECT {text} FROM {nameof(Order)}\");", "SELECT ~ FROM Order")]
    [InlineData("connection.Query(\"SELECT a\" + \" FROM \" + text);", "SELECT a FROM ~")]
    [InlineData("connection.Query(string.Concat(\"SELECT a\", \" FROM \", text));", "SELECT a FROM ~")]
    [InlineData("connection.Query(string.Concat(\"SELECT a\", \", b\", \", c\", \" FROM \", text));", "SELECT a, b, c FROM ~")]
    [InlineData("connection.Query(string.Format(\"SELECT {1:x} FROM {0,3} {{b}}\", text, 1));", "SELECT ~ FROM ~ {b}")]
    [InlineData("connection.Query(string.Format(\"SELECT {0} {\", text));", "")]
    [InlineData("connection.Query(string.Format(\"SELECT {3}\", text));", "")]
    [InlineData("connection.Query(string.Join(\" \", \"SELECT a\", \"FROM t\", text));", "SELECT a FROM t ~")]
    [InlineData("connection.Query(\"  SELECT a \".Trim());", "  SELECT a ")]
    [InlineData("connection.Query(FormattableString.Invariant($\"SELECT {text}\"));", "SELECT ~")]
    // Locals.
    [InlineData("var sql = \"SELECT a\"; connection.Query(sql);", "SELECT a")]
    [InlineData("var sql = \"SELECT a\"; sql += \" FROM t\"; sql += text; connection.Query(sql);", "SELECT a FROM t~")]
    [InlineData("var sql = \"SELECT a\"; sql = sql + \" FROM t\"; connection.Query(sql);", "SELECT a FROM t")]
    [InlineData("var sql = \"DELETE FROM t\"; if (flag) sql += \" WHERE a = 1\"; sql += \" RETURNING a\"; connection.Query(sql);", "DELETE FROM t~ RETURNING a")]
    [InlineData("var sql = \"DELETE FROM t\"; foreach (var i in ids) sql += \" OR a = 1\"; connection.Query(sql);", "DELETE FROM t~")]
    [InlineData("var sql = \"SELECT a\"; connection.Query(sql); sql = \"SELECT b\"; connection.Query(sql);", "SELECT a|SELECT b")]
    [InlineData("string sql; if (flag) sql = \"SELECT a\"; else sql = \"SELECT b\"; connection.Query(sql);", "SELECT a|SELECT b")]
    [InlineData("var sql = text; connection.Query(sql);", "")]
    [InlineData("var sql = \"SELECT a\"; Change(ref sql); connection.Query(sql); static void Change(ref string s) { }", "")]
    // Choices between texts, and a choice inside a text.
    [InlineData("connection.Query(flag ? \"SELECT a\" : \"SELECT b\");", "SELECT a|SELECT b")]
    [InlineData("connection.Query(text switch { \"a\" => \"SELECT a\", _ => \"SELECT b\" });", "SELECT a|SELECT b")]
    [InlineData("connection.Query(\"DELETE FROM t\" + (flag ? \" WHERE a = 1\" : \"\"));", "DELETE FROM t~")]
    // Builders.
    [InlineData("var s = new System.Text.StringBuilder(); s.Append(\"SELECT a\").AppendLine(\" FROM t\"); s.Append($\"WHERE b = {text}\"); connection.Query(s.ToString());", "SELECT a FROM t\nWHERE b = ~")]
    [InlineData("connection.Query(new System.Text.StringBuilder(\"SELECT a\").AppendFormat(\" FROM {0}\", text).Append(';').ToString());", "SELECT a FROM ~;")]
    [InlineData("var s = new System.Text.StringBuilder(\"DELETE FROM t\"); if (flag) s.Append(\" WHERE a = 1\"); connection.Query(s.ToString());", "DELETE FROM t~")]
    [InlineData("var s = new System.Text.StringBuilder(\"DELETE FROM t\"); foreach (var i in ids) s.Append(i); connection.Query(s.ToString());", "DELETE FROM t~")]
    [InlineData("var s = new System.Text.StringBuilder(\"DELETE FROM t\"); Fill(s); connection.Query(s.ToString()); static void Fill(System.Text.StringBuilder s) { }", "")]
    [InlineData("var s = new System.Text.StringBuilder(\"DELETE FROM t\"); s.Replace(\"t\", text); connection.Query(s.ToString());", "")]
    [InlineData("var s = new System.Text.StringBuilder(\"SELECT a\"); if (s.Length > 3) s.Append(' '); s.Length = 3; connection.Query(s.ToString());", "")]
    // Commands, wherever they run.
    [InlineData("given.CommandText = \"SELECT a\";", "SELECT a")]
    [InlineData("given.CommandText = \"DELETE FROM t\"; given.CommandText += \" WHERE a = 1\";", "")]
    [InlineData("given.CommandText = \"DELETE FROM t\"; given.CommandText = given.CommandText + \" WHERE a = 1\";", "")]
    [InlineData("given.CommandText = \"SELECT a\"; given.ExecuteScalar(); given.CommandText = \"SELECT b\"; given.ExecuteScalar();", "SELECT a|SELECT b")]
    [InlineData("Use(new NpgsqlCommand(\"SELECT a\"));", "SELECT a")]
    [InlineData("Use(new NpgsqlCommand { CommandText = \"SELECT a\" });", "SELECT a")]
    [InlineData("Use(new NpgsqlCommand(\"SELECT a\", npgsql)); await npgsql.ExecuteAsync(\"SELECT b\");", "SELECT a|SELECT b")]
    [InlineData("var batch = source.CreateBatch(); batch.BatchCommands.Add(new NpgsqlBatchCommand(\"SELECT a\"));", "SELECT a")]
    [InlineData("Use(source.CreateCommand(\"SELECT a\"));", "SELECT a")]
    [InlineData("Use(new CommandDefinition(\"SELECT a\"));", "SELECT a")]
    [InlineData("Use(new NpgsqlDataAdapter(\"SELECT a\", npgsql));", "SELECT a")]
    // EF Core.
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT a\"));", "SELECT a")]
    [InlineData("Use(db.Orders.FromSql($\"SELECT {text}\").ToList());", "SELECT ~")]
    [InlineData("Use(db.Database.SqlQueryRaw<int>(\"SELECT a\")); await db.Database.ExecuteSqlAsync($\"DELETE FROM t WHERE a = {text}\", ct);", "SELECT a|DELETE FROM t WHERE a = ~")]
    [InlineData("void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder b) => b.Sql(\"UPDATE t SET a = 1\");", "UPDATE t SET a = 1")]
    // Comments.
    [InlineData("Use(/* language=sql */ \"SELECT a\");", "SELECT a")]
    [InlineData("Use(/*lang=SQL,strict*/ \"SELECT a \" + text);", "SELECT a ~")]
    [InlineData("// lang=sql\nvar sql = \"SELECT a\"; Use(sql);", "SELECT a")]
    [InlineData("/* language=json */ Use(\"SELECT a\");", "")]
    [InlineData("Use(\"SELECT a\");", "")]
    public void Of_a_body(string statements, string expected) => Assert.Equal(expected, Texts(CodeUnderTest.Statements(statements)));

    [Theory]
    [InlineData("connection.Execute(All);", "SELECT 1")]
    [InlineData("connection.Execute(Open);", "SELECT id FROM orders WHERE open")]
    [InlineData("connection.Execute(Closed);", "SELECT id FROM shop.orders WHERE closed")]
    [InlineData("Run(\"DELETE FROM t\", null);", "DELETE FROM t")]
    [InlineData("Twice(\"DELETE FROM t\");", "DELETE FROM t")]
    [InlineData("Loud($\"DELETE FROM {name}\");", "DELETE FROM ~")]
    [InlineData("var sql = \"DELETE FROM t\"; Run(sql, null);", "DELETE FROM t")]
    [InlineData("Log(\"DELETE FROM t\");", "")]
    [InlineData("Run(\"t\", null);", "")]
    [InlineData("Marked(\"SELECT a\");", "SELECT a")]
    [InlineData("Text = \"SELECT a\";", "SELECT a")]
    [InlineData("store.Send(\"SELECT a\");", "SELECT a")]
    [InlineData("store.Note(\"SELECT a\");", "")]
    public void Through_members(string statements, string expected) => Assert.Equal(expected, Texts(CodeUnderTest.Of(Wrapper.Replace("BODY", statements, StringComparison.Ordinal)), "Test"));

    [Theory]
    [InlineData("var sql = \"SELECT a FROM t WHERE 1 = 1\"; if (flag) sql += \" AND b = \" + text; connection.Query(sql);", "SELECT a FROM t WHERE 1 = 1 AND b = ~")]
    [InlineData("var s = new System.Text.StringBuilder(\"SELECT a FROM t\"); if (flag) s.Append($\" WHERE b = {text}\"); connection.Query(s.ToString());", "SELECT a FROM t WHERE b = ~")]
    [InlineData("connection.Query(\"SELECT a FROM t\" + (flag ? \"\" : \" WHERE b = \" + text));", "SELECT a FROM t WHERE b = ~")]
    [InlineData("connection.Query(\"SELECT a FROM t WHERE b IN (\" + string.Join(\", \", ids.Select(i => $\"'{i}'\")) + \")\");", "SELECT a FROM t WHERE b IN ('~')")]
    [InlineData("connection.Query(Of(text)); static string Of(string name) => $\"SELECT a FROM t WHERE b = '{name}'\";", "SELECT a FROM t WHERE b = '~'")]
    [InlineData("connection.Query(Of(\"SELECT a \" + text)); static string Of(string sql) => sql + \" LIMIT 3\";", "SELECT a ~ LIMIT 3")]
    [InlineData("connection.Query(\"SELECT a FROM \" + Of(3)); static string Of(int kind) { if (kind > 3) return \"t\"; return Of(kind + 1); }", "SELECT a FROM t")]
    [InlineData("connection.Query(\"SELECT a FROM \" + Of(text)); static string Of(string name) => name.ToUpper();", "SELECT a FROM ~")]
    [InlineData("connection.Query(\"SELECT a FROM \" + Of(text)); static string Of(string name) => Of(name) + Of(name);", "SELECT a FROM ~")]
    [InlineData("connection.Query(\"SELECT a FROM t\");", "")]
    public void With_what_is_there_on_some_ways(string statements, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        var context = new CompilationContext(code.Compilation, Models(code), false);
        var sent = new SentTexts(context, new MemberBodies(context));
        Assert.Equal(expected, Joined(code.Bodies().SelectMany(body => sent.FullOf(body.Facts))));
    }

    [Fact]
    public void The_call_is_known_where_the_body_has_it()
    {
        CodeUnderTest code = CodeUnderTest.Statements("connection.Query(\"SELECT a\"); given.CommandText = \"SELECT b\"; given.ExecuteScalar(); Use(new NpgsqlCommand(\"SELECT c\"));");
        ImmutableArray<SentSql> all = [.. code.Bodies().SelectMany(body => code.Facts.SqlText.SentBy(body.Facts))];
        Assert.Equal(["Query", null, null], all.Select(sql => sql.Call?.Name));
        Assert.Equal(SqlDialect.PostgreSql, code.Facts.SqlText.DialectOf(all[2], null));
        Assert.Equal(SqlDialect.MySql, code.Facts.SqlText.DialectOf(all[1], "mysql"));
    }

    [Fact]
    public void Members_that_refer_to_each_other_end() =>
        Assert.NotNull(Texts(CodeUnderTest.Of("class A { string B => C + C; string C => B + B; void Test(DbConnection connection) => connection.Execute(B); }"), "Test"));

    private static DbRules.Engine.Models.ModelIndex Models(CodeUnderTest code) => DbRules.Engine.Models.ModelIndex.Create(code.Compilation, DbRules.Engine.Models.ModelSet.BuiltIn);

    private static string Texts(CodeUnderTest code, string? member = null) =>
        Joined(code.Bodies().Where(body => member is null || body.Owner.Name == member).SelectMany(body => code.Facts.SqlText.SentBy(body.Facts)));

    private static string Joined(IEnumerable<SentSql> sent) => string.Join("|", sent.Select(sql => sql.Script.Text.Joined.Replace(SqlText.HoleCharacter, '~')));
}
