using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>Who releases the connection that a context lends: one shape of code a line.</summary>
public sealed class LentConnectionsTests
{
    [Theory]
    [InlineData("using var c = db.Database.GetDbConnection();\nc.Execute(\"select 1\");", "db by c = db.Database.GetDbConnection()")]
    [InlineData("await using var c = db.Database.GetDbConnection();\nawait c.ExecuteAsync(\"select 1\");", "db by c = db.Database.GetDbConnection()")]
    [InlineData("var c = db.Database.GetDbConnection();\nawait c.OpenAsync(ct);\nawait c.DisposeAsync();", "db by c.DisposeAsync() opened by await c.OpenAsync(ct);")]
    [InlineData("db.Database.GetDbConnection().Dispose();", "db by db.Database.GetDbConnection().Dispose()")]
    [InlineData("using var c = LentBy(db);\nc.Execute(\"select 1\");", "db by c = LentBy(db)")]
    [InlineData("using var c = Lent();\nc.Execute(\"select 1\");", "_db by c = Lent()")]
    // What the code also closes needs nobody else to close it.
    [InlineData("var c = db.Database.GetDbConnection();\nc.Open();\nc.Close();\nc.Dispose();", "db by c.Dispose()")]
    // Used, closed, or handed on.
    [InlineData("var c = db.Database.GetDbConnection();\nc.Execute(\"select 1\");", "")]
    [InlineData("var c = db.Database.GetDbConnection();\nc.Open();\nc.Execute(\"select 1\");\nc.Close();", "")]
    [InlineData("return db.Database.GetDbConnection();", "")]
    // The context ends with it.
    [InlineData("using var own = new Shop();\nusing var c = own.Database.GetDbConnection();\nc.Execute(\"select 1\");", "")]
    [InlineData("using var c = db.Database.GetDbConnection();\nc.Execute(\"select 1\");\ndb.Dispose();", "")]
    [InlineData("using var c = new NpgsqlConnection(text);\nc.Open();", "")]
    public void Locals(string statements, string expected) => Assert.Equal(expected, Released(
        $$"""
        async Task<object?> RunAsync(Shop db, string text, CancellationToken ct)
        {
            {{statements}}
            return null;
        }

        private Shop _db = new();
        static DbConnection LentBy(Shop db) => db.Database.GetDbConnection();
        DbConnection Lent() => _db.Database.GetDbConnection();
        """));

    [Theory]
    [InlineData("private readonly DbConnection _c;\npublic Report(Shop db) { _c = db.Database.GetDbConnection(); }\npublic void Dispose() => _c.Dispose();", "db by _c.Dispose()")]
    [InlineData("private readonly Shop _db;\nprivate readonly DbConnection _c;\npublic Report(Shop db) { _db = db; _c = _db.Database.GetDbConnection(); }\npublic async ValueTask DisposeAsync() { await _c.DisposeAsync(); }", "_db by _c.DisposeAsync()")]
    [InlineData("private DbConnection? _c;\npublic Report(Shop db) { _c = db.Database.GetDbConnection(); }\npublic void Dispose() { _c?.Dispose(); _c = null; }", "db by .Dispose()")]
    // It is only used or closed, or the class ends the context too.
    [InlineData("private readonly DbConnection _c;\npublic Report(Shop db) { _c = db.Database.GetDbConnection(); }\npublic void Dispose() => _c.Close();", "")]
    [InlineData("private readonly Shop _db;\nprivate readonly DbConnection _c;\npublic Report(Shop db) { _db = db; _c = db.Database.GetDbConnection(); }\npublic void Dispose() { _c.Dispose(); _db.Dispose(); }", "")]
    [InlineData("private readonly DbConnection _c;\npublic Report(Shop db) { _c = db.Database.GetDbConnection(); }\npublic Report(string text) { _c = new NpgsqlConnection(text); }\npublic void Dispose() => _c.Dispose();", "")]
    [InlineData("private readonly DbConnection _c;\npublic Report() { var db = new Shop(); _c = db.Database.GetDbConnection(); }\npublic void Dispose() => _c.Dispose();", "")]
    [InlineData("public readonly DbConnection C;\npublic Report(Shop db) { C = db.Database.GetDbConnection(); }\npublic void Dispose() => C.Dispose();", "")]
    public void Fields(string members, string expected) => Assert.Equal(expected, Released(members));

    [Fact]
    public void A_context_that_is_given_a_connection_does_not_own_it() => Assert.Equal(
        "",
        Released("static DbContextOptions Of(DbConnection connection) => new DbContextOptionsBuilder().UseNpgsql(connection).Options;\nvoid Run(Shop db) { using var c = db.Database.GetDbConnection(); c.Execute(\"select 1\"); }"));

    private static string Released(string members)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Report
            {
                {{members}}
            }
            """);
        return string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.LentReleasesOf(body.Facts)).Select(Describe));
    }

    private static string Describe(LentRelease release) =>
        $"{release.Owner} by {release.Site.Syntax}" + (release.OpeningStatement is { } opening ? " opened by " + opening.SourceTree!.GetText().ToString(opening.SourceSpan) : "");
}
