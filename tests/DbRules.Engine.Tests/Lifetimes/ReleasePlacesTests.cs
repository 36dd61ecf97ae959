using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>Where <c>using</c> can release what leaks: one shape of code a line.</summary>
public sealed class ReleasePlacesTests
{
    [Theory]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();", "async")]
    [InlineData("IDbConnection c = new NpgsqlConnection(text);\nc.Open();", "")]
    [InlineData("switch (ids.Length)\n{\ncase 1:\nvar c = new NpgsqlConnection(text);\nc.Open();\nbreak;\n}", "async block")]
    // What the declaration releases anyway.
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc.Close();\nc.Dispose();", "async -c.Close(); -c.Dispose();")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nif (c != null) c.Dispose();", "async -if (c != null) c.Dispose();")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc?.Dispose();", "async -c?.Dispose();")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc.Dispose();\nreturn Work();", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nc.Dispose();\nWork();\nreturn ids;", "async")]
    // What is complete may leave.
    [InlineData("var c = new NpgsqlConnection(text);\nreturn c.Query<int>(\"select 1\");", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nreturn await c.QueryAsync<int>(\"select 1\");", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nreturn c.QueryAsync<int>(\"select 1\").Result;", "async")]
    [InlineData("var shop = factory.CreateDbContext();\nreturn shop.Orders.Where(o => o.Id > 3).ToList();", "async")]
    [InlineData("var shop = factory.CreateDbContext();\nvar open = shop.Orders.Where(o => o.Id > 3);\nreturn await open.CountAsync(ct);", "async")]
    [InlineData("var shop = factory.CreateDbContext();\nreturn shop.Add(new Order()).Entity;", "async")]
    [InlineData("var command = connection.CreateCommand();\nvar p = command.CreateParameter();\ncommand.Parameters.Add(p);\nreturn command.ExecuteScalar();", "async")]
    [InlineData("var reader = given.ExecuteReader();\nvar all = new List<int>();\nwhile (reader.Read()) all.Add(reader.GetInt32(0));\nreturn all;", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nids.ToList().ForEach(id => c.Execute(\"select 1\"));", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nRun();\nvoid Run() => c.Execute(\"select 1\");", "async")]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nOne(3);\nvoid One(int n) { c.Execute(\"select 1\"); if (n > 0) Other(n - 1); }\nvoid Other(int n) { c.Execute(\"select 2\"); One(n); }", "async")]
    // What leaves still needs it.
    [InlineData("var c = new NpgsqlConnection(text);\nreturn c.QueryAsync<int>(\"select 1\");", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nreturn c.Query<int>(\"select 1\", buffered: false);", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nc.ExecuteAsync(\"select 1\");", null)]
    [InlineData("var shop = factory.CreateDbContext();\nreturn shop.Orders.Where(o => o.Id > 3);", null)]
    [InlineData("var shop = factory.CreateDbContext();\nvar all = shop.Orders.AsEnumerable().Select(o => o.Id);\nreturn all;", null)]
    [InlineData("var shop = factory.CreateDbContext();\nreturn shop.Add(new Order());", null)]
    [InlineData("var reader = given.ExecuteReader();\nreader.Read();\nreturn reader.GetStream(0);", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nreturn ids.Select(id => c.Execute(\"select 1\"));", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nFunc<int> run = () => c.Execute(\"select 1\");\nreturn run;", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nreturn Run();\nTask<int> Run() => c.ExecuteAsync(\"select 1\");", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nreturn Run();\nIEnumerable<int> Run() { yield return c.Execute(\"select 1\"); }", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\ngiven.Connection = c;\ngiven.ExecuteNonQuery();", null)]
    // No declaration can stand.
    [InlineData("NpgsqlConnection c = new(text), d = npgsql;\nc.Open();", null)]
    [InlineData("NpgsqlConnection c = new(text), d = new(text);\nc.Open();\nd.Query<int>(\"select 1\", buffered: false).Count();\nUse(d);", null)]
    // The assignment becomes the declaration.
    [InlineData("DbConnection c;\nc = new NpgsqlConnection(text);\nc.Open();", "async later c = new NpgsqlConnection(text);")]
    [InlineData("DbConnection? c = null;\nif (flag)\n{\nc = new NpgsqlConnection(text);\nc.Open();\n}", "async later c = new NpgsqlConnection(text);")]
    [InlineData("DbConnection? c = null;\nif (flag)\n{\nc = new NpgsqlConnection(text);\nc.Open();\n}\nUse(c?.State);", null)]
    [InlineData("DbConnection? c = null;\nUse(c == null);\nc = new NpgsqlConnection(text);\nc.Open();", null)]
    [InlineData("DbConnection? c = null;\nc = new NpgsqlConnection(text);\nc.Open();\nc = null;", null)]
    [InlineData("DbConnection? c = null, d = null;\nc = new NpgsqlConnection(text);\nc.Open();\nUse(d);", null)]
    [InlineData("DbConnection c = npgsql;\nc = new NpgsqlConnection(text);\nc.Open();", null)]
    [InlineData("var c = new NpgsqlConnection(text);\nc.Open();\nif (flag) goto end;\nc.Dispose();\nend: return null;", null)]
    public void Declarations(string statements, string? expected) => Assert.Equal(expected, Describe(LeakOf(statements).Place));

    [Theory]
    [InlineData("return new NpgsqlConnection(text).Query<int>(\"select 1\");", "new NpgsqlConnection(text) async")]
    [InlineData("return (await source.OpenConnectionAsync(ct).ConfigureAwait(false)).Query<int>(\"select 1\");", "await source.OpenConnectionAsync(ct).ConfigureAwait(false) async")]
    [InlineData("Use(flag, new NpgsqlConnection(text).Execute(\"select 1\"));", "new NpgsqlConnection(text) async")]
    [InlineData("if (new NpgsqlConnection(text).Execute(\"select 1\") > 0) return 1;", "new NpgsqlConnection(text) async")]
    [InlineData("foreach (var id in new NpgsqlConnection(text).Query<int>(\"select 1\")) Use(id);", "new NpgsqlConnection(text) async")]
    [InlineData("var found = given.ExecuteReader().Read();", "given.ExecuteReader() async")]
    // Something else runs before it, or decides whether it is made and how often.
    [InlineData("Use(Work(), new NpgsqlConnection(text).Execute(\"select 1\"));", null)]
    [InlineData("return flag && new NpgsqlConnection(text).Execute(\"select 1\") > 0;", null)]
    [InlineData("return flag ? new NpgsqlConnection(text).Execute(\"select 1\") : 0;", null)]
    [InlineData("while (new NpgsqlConnection(text).Execute(\"select 1\") > 0) Use(1);", null)]
    [InlineData("return ids.Select(id => new NpgsqlConnection(text).Execute(\"select 1\")).ToList();", null)]
    [InlineData("switch (ids.Length)\n{\ncase 1:\nnew NpgsqlConnection(text).Execute(\"select 1\");\nbreak;\n}", null)]
    // What leaves still needs it.
    [InlineData("return new NpgsqlConnection(text).QueryAsync<int>(\"select 1\");", null)]
    [InlineData("var found = given.ExecuteReader().Read();\ngiven.ExecuteNonQuery();", null)]
    public void Expressions(string statements, string? expected)
    {
        SplitPlace? split = LeakOf(statements).Split;
        Assert.Equal(expected, split is null ? null : TextAt(split.Creation) + (split.IsAsync ? " async" : ""));
    }

    private static string? Describe(UsingPlace? place) => place is null ? null
        : string.Join(" ", new[] { place.IsAsync ? "async" : null, place.NeedsBlock ? "block" : null, place.Assignment is { } assignment ? "later " + TextAt(assignment) : null }.OfType<string>().Concat(place.Needless.Select(static release => "-" + TextAt(release))));

    private static string TextAt(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    private static Leak LeakOf(string statements)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Report
            {
                async Task<object?> RunAsync(IDbContextFactory<Shop> factory, DbConnection connection, NpgsqlConnection npgsql, NpgsqlDataSource source, DbCommand given, int[] ids, string text, bool flag, CancellationToken ct)
                {
                    {{statements}}
                    return null;
                }

                static int Work() => 1;

                static void Use(params object?[] values) { }
            }
            """);
        return Assert.Single(code.Bodies().SelectMany(body => code.Facts.Lifetimes.LeaksOf(body.Facts)));
    }
}
