using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR407 and DBR413: the context works afterwards, and the connection is closed when the code is through, also when it fails.</summary>
public sealed class LentConnectionTests
{
    private static bool IsSqlite => TestDatabase.Current.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal);

    [DatabaseFact]
    public Task Using_declaration() => WorksAgain("using var connection = db.Database.GetDbConnection();\nreturn connection.ExecuteScalar<int>(Sql);");

    [DatabaseFact]
    public Task Using_statement() => WorksAgain("using (var connection = db.Database.GetDbConnection())\n{\n    return connection.ExecuteScalar<int>(Sql);\n}");

    [DatabaseFact]
    public Task Dispose_call() => WorksAgain("var connection = db.Database.GetDbConnection();\nvar count = connection.ExecuteScalar<int>(Sql);\nconnection.Dispose();\nreturn count;");

    [DatabaseFact]
    public Task Opened_in_a_using_declaration() => WorksAgain("using var connection = db.Database.GetDbConnection();\nconnection.Open();\nreturn connection.ExecuteScalar<int>(Sql);");

    [DatabaseFact]
    public Task Opened_in_a_using_statement() => WorksAgain("using (var connection = db.Database.GetDbConnection())\n{\n    connection.Open();\n    return connection.ExecuteScalar<int>(Sql);\n}");

    [DatabaseFact]
    public Task Opened_and_disposed_in_finally() =>
        WorksAgain("var connection = db.Database.GetDbConnection();\nconnection.Open();\ntry\n{\n    return connection.ExecuteScalar<int>(Sql);\n}\nfinally\n{\n    connection.Dispose();\n}");

    /// <summary>The rows of a database in memory go with its connection.</summary>
    [DatabaseFact]
    public async Task Database_in_memory()
    {
        if (!IsSqlite)
            return;
        string source =
            """
            static class Snippet
            {
                public static object? Run(DbConnection unused)
                {
                    using var db = new ShopContext(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
                    db.Database.OpenConnection();
                    db.Database.EnsureCreated();
                    Count(db);
                    return db.Countries.Count();
                }

                private static int Count(ShopContext db)
                {
                    using var connection = db.Database.GetDbConnection();
                    return connection.ExecuteScalar<int>("select count(*) from countries");
                }
            }
            """;
        SnippetOutcome before = await ExecutionVerifier.OutcomeOf(source);
        SnippetOutcome after = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<LentConnectionDisposed, LentConnectionDisposedFix>(source));
        Assert.Contains("no such table", before.Exception?.Message, StringComparison.Ordinal);
        Assert.Null(after.Exception);
        Assert.Equal("0", after.Result);
    }

    [DatabaseFact]
    public Task Context_opened() => IsClosed("db.Database.OpenConnection();\nresult = db.Countries.Count();\nFail(fails);");

    [DatabaseFact]
    public Task Context_opened_asynchronously() => IsClosed("await db.Database.OpenConnectionAsync(ct);\nresult = await db.Countries.CountAsync(ct);\nFail(fails);");

    [DatabaseFact]
    public Task Connection_of_the_context_opened() =>
        IsClosed("var connection = db.Database.GetDbConnection();\nawait connection.OpenAsync(ct);\nresult = await connection.ExecuteScalarAsync<int>(\"select count(*) from countries\");\nFail(fails);");

    [DatabaseFact]
    public Task Connection_of_the_context_opened_if_closed() =>
        IsClosed("var connection = db.Database.GetDbConnection();\nif (connection.State != ConnectionState.Open)\n    connection.Open();\nresult = connection.ExecuteScalar<int>(\"select count(*) from countries\");\nFail(fails);");

    private static async Task WorksAgain(string body)
    {
        // A connection that a context makes for itself, as it does from a connection string.
        string source =
            $$"""
            static class Snippet
            {
                private const string Sql = "select count(*) from countries";

                public static object? Run(DbConnection connection)
                {
                    using var db = new ShopContext(new DbContextOptionsBuilder().{{(IsSqlite ? "UseSqlite" : "UseNpgsql")}}(connection.ConnectionString).Options);
                    var first = Count(db);
                    var state = db.Database.GetDbConnection().State;
                    var second = db.Countries.Count();
                    return new { first, second, state, same = Count(db) };
                }

                private static int Count(ShopContext db)
                {
                    {{body.ReplaceLineEndings("\n        ")}}
                }
            }
            """;
        SnippetOutcome before = await ExecutionVerifier.OutcomeOf(source);
        SnippetOutcome after = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<LentConnectionDisposed, LentConnectionDisposedFix>(source));
        // Microsoft.Data.Sqlite opens a disposed connection again.
        if (!IsSqlite)
            Assert.NotNull(before.Exception);
        Assert.Null(after.Exception);
        Assert.Contains("\"state\": 0", after.Result, StringComparison.Ordinal);
    }

    private static async Task IsClosed(string body)
    {
        string source =
            $$"""
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db, CancellationToken ct)
                {
                    var states = new List<string>();
                    foreach (var fails in new[] { false, true })
                    {
                        var result = "failed";
                        try
                        {
                            result = (await Report.CountAsync(db, fails, ct)).ToString();
                        }
                        catch (InvalidOperationException)
                        {
                        }

                        states.Add(result + " " + db.Database.GetDbConnection().State);
                        db.Database.GetDbConnection().Close();
                    }

                    return string.Join(", ", states);
                }
            }

            static class Report
            {
                public static async Task<int> CountAsync(ShopContext db, bool fails, CancellationToken ct)
                {
                    await Task.Yield();
                    int result;
                    {{body.ReplaceLineEndings("\n        ")}}
                    return result;
                }

                private static void Fail(bool fails)
                {
                    if (fails)
                        throw new InvalidOperationException();
                }
            }
            """;
        SnippetOutcome before = await ExecutionVerifier.OutcomeOf(source);
        SnippetOutcome after = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<ConnectionLeftOpen, ConnectionLeftOpenFix>(source));
        Assert.Null(before.Exception);
        Assert.Null(after.Exception);
        Assert.Equal("\"5 Open, failed Open\"", before.Result);
        Assert.Equal("\"5 Closed, failed Closed\"", after.Result);
        Assert.Equal(before.Rows, after.Rows);
        Assert.Equal(before.Commands, after.Commands);
    }
}
