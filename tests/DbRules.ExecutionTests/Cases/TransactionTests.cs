using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR303 and DBR304: what was undone or refused before is in the database afterwards.</summary>
public sealed class TransactionTests
{
    private const string Kept = "Kept by the commit";

    private static bool IsSqlite => TestDatabase.Current.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal);

    [DatabaseFact]
    public Task Saved_changes() => Commits(
        """
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Countries.Add(new Country { Name = "Kept by the commit", Code = "KC" });
        await db.SaveChangesAsync(ct);
        """);

    [DatabaseFact]
    public Task Returned_count() => Commits(
        """
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        return await db.Database.ExecuteSqlRawAsync("update countries set name = 'Kept by the commit' where id = 1", ct);
        """);

    [DatabaseFact]
    public Task Early_return() => Commits(
        """
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var country = new Country { Name = "Kept by the commit", Code = "KC" };
        db.Countries.Add(country);
        await db.SaveChangesAsync(ct);
        if (country.Id > 0)
            return country;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        """);

    [DatabaseFact]
    public Task Try_in_a_using() => Commits(
        """
        await connection.OpenAsync(ct);
        using (var transaction = connection.BeginTransaction())
        {
            try
            {
                connection.Execute("update countries set name = 'Kept by the commit' where id = 1", null, transaction);
            }
            catch
            {
                transaction.Rollback();
                throw;
            }
        }
        """);

    [DatabaseFact]
    public Task Try_and_dispose() => Commits(
        """
        await connection.OpenAsync(ct);
        var transaction = connection.BeginTransaction();
        try
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "update countries set name = 'Kept by the commit' where id = 1";
            command.ExecuteNonQuery();
        }
        finally
        {
            transaction.Dispose();
        }
        """);

    [DatabaseFact]
    public Task Command_made_by_its_constructor() => Passes(
        """
        using var transaction = own.BeginTransaction();
        own.Execute("update countries set name = 'Kept by the commit' where id = 1", null, transaction);
        using var command = new Microsoft.Data.Sqlite.SqliteCommand("select name from countries where id = 1", own);
        var name = command.ExecuteScalar();
        transaction.Commit();
        return name;
        """);

    [DatabaseFact]
    public Task Command_made_before_the_transaction() => Passes(
        """
        using var command = own.CreateCommand();
        command.CommandText = "select name from countries where id = 1";
        using var transaction = own.BeginTransaction();
        own.Execute("update countries set name = 'Kept by the commit' where id = 1", null, transaction);
        var name = command.ExecuteScalar();
        transaction.Commit();
        return name;
        """);

    [DatabaseFact]
    public Task Command_made_by_its_constructor_before_the_transaction() => Passes(
        """
        using var command = new Microsoft.Data.Sqlite.SqliteCommand("select name from countries where id = 1", own);
        using var transaction = own.BeginTransaction();
        own.Execute("update countries set name = 'Kept by the commit' where id = 1", null, transaction);
        var name = command.ExecuteScalar();
        transaction.Commit();
        return name;
        """);

    /// <summary>The rows say that these providers run every command in the open transaction, or those that the connection creates: no finding, and no failure.</summary>
    [DatabaseFact]
    public async Task Connections_that_share_their_transaction()
    {
        string source = Snippet(
            """
            await connection.OpenAsync(ct);
            using var transaction = connection.BeginTransaction();
            connection.Execute("update countries set name = 'Kept by the commit' where id = 1");
            using var command = connection.CreateCommand();
            command.CommandText = "select name from countries where id = 1";
            var name = command.ExecuteScalar();
            transaction.Commit();
            return name;
            """);
        SnippetOutcome outcome = await ExecutionVerifier.OutcomeOf(source);
        Assert.Null(outcome.Exception);
        Assert.Contains(Kept, outcome.Result, StringComparison.Ordinal);
    }

    private static async Task Commits(string body)
    {
        (SnippetOutcome before, SnippetOutcome after) = await Run<UncommittedTransaction, UncommittedTransactionFix>(Snippet(body));
        Assert.Null(before.Exception);
        Assert.Null(after.Exception);
        Assert.DoesNotContain(Kept, before.Rows, StringComparison.Ordinal);
        Assert.Contains(Kept, after.Rows, StringComparison.Ordinal);
    }

    private static async Task Passes(string body)
    {
        // Npgsql runs every command in the open transaction, so that there is nothing to fix.
        if (!IsSqlite)
            return;
        string source = Snippet("var own = (Microsoft.Data.Sqlite.SqliteConnection)connection;\nawait own.OpenAsync(ct);\n" + body);
        (SnippetOutcome before, SnippetOutcome after) = await Run<CommandOutsideTransaction, CommandOutsideTransactionFix>(source);
        Assert.IsType<InvalidOperationException>(before.Exception);
        Assert.Null(after.Exception);
        Assert.Contains(Kept, after.Result, StringComparison.Ordinal);
    }

    private static async Task<(SnippetOutcome Before, SnippetOutcome After)> Run<TRule, TFix>(string source)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        (await ExecutionVerifier.OutcomeOf(source), await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<TRule, TFix>(source)));

    private static string Snippet(string body) =>
        $$"""
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, DbConnection connection, CancellationToken ct)
            {
                {{body.ReplaceLineEndings("\n        ")}}
                {{(body.Split('\n').Any(static line => line.StartsWith("return ", StringComparison.Ordinal)) ? "" : "return null;")}}
            }
        }
        """;
}
