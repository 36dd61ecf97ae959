using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fixes of DBR306 and DBR307 with a driver that takes part in ambient transactions.</summary>
public sealed class AmbientTransactionTests
{
    [DatabaseTheory]
    [InlineData("using (var scope = new TransactionScope()) { await Task.Yield(); await db.Payments.Where(p => p.OrderId < 9).ExecuteDeleteAsync(); scope.Complete(); }")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeOption.RequiresNew); await Task.Yield(); await connection.ExecuteAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" < 9\"); scope.Complete();")]
    [InlineData("var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Suppress); try { await Task.Yield(); await db.Payments.Where(p => p.OrderId < 9).ExecuteDeleteAsync(); scope.Complete(); } finally { scope.Dispose(); }")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted }); await Task.Yield(); await db.Payments.Where(p => p.OrderId < 9).ExecuteDeleteAsync(); scope.Complete();")]
    public async Task A_scope_that_goes_along(string body)
    {
        string before = OnThreadOfItsOwn(body);
        string after = await ExecutionVerifier.FixedStateCompiles<FlowlessScope, FlowlessScopeFix>(before);
        SnippetOutcome untouched = await ExecutionVerifier.Untouched;

        SnippetOutcome first = await ExecutionVerifier.OutcomeOf(before);
        Assert.Contains("same thread", Assert.IsType<InvalidOperationException>(first.Exception).Message, StringComparison.Ordinal);
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(after);
        Assert.Null(second.Exception);
        Assert.NotEqual(untouched.Rows, second.Rows);
    }

    [DatabaseFact]
    public async Task A_failure_undoes_what_was_written_behind_an_await()
    {
        string before = OnThreadOfItsOwn("using var scope = new TransactionScope(); await Task.Yield(); await db.Payments.ExecuteDeleteAsync(); throw new TimeoutException();");
        string after = await ExecutionVerifier.FixedStateCompiles<FlowlessScope, FlowlessScopeFix>(before);
        SnippetOutcome untouched = await ExecutionVerifier.Untouched;

        Assert.NotEqual(untouched.Rows, (await ExecutionVerifier.OutcomeOf(before)).Rows);
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(after);
        Assert.IsType<TimeoutException>(second.Exception);
        Assert.Equal(untouched.Rows, second.Rows);
    }

    [DatabaseTheory]
    [InlineData("using (var scope = new TransactionScope())\n{\n    db.Payments.Where(p => p.OrderId < 9).ExecuteDelete();\n}\n\nreturn null;")]
    [InlineData("using (new TransactionScope())\n{\n    db.Payments.Where(p => p.OrderId < 9).ExecuteDelete();\n}\n\nreturn null;")]
    [InlineData("using var scope = new TransactionScope();\nconnection.Execute(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" < 9\");\nreturn null;")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);\ndb.Countries.Add(new Country { Name = \"new\" });\nreturn await db.SaveChangesAsync();")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);\nawait connection.OpenAsync();\nawait using var command = connection.CreateCommand();\ncommand.CommandText = \"delete from \\\"Payments\\\"\";\nvar count = await command.ExecuteNonQueryAsync();\nreturn count;")]
    [InlineData("var scope = new TransactionScope();\ntry\n{\n    db.Payments.Where(p => p.OrderId < 9).ExecuteDelete();\n}\nfinally\n{\n    scope.Dispose();\n}\n\nreturn null;")]
    public async Task A_scope_that_is_completed(string body)
    {
        string before = Method(body);
        string after = await ExecutionVerifier.FixedStateCompiles<UncompletedScope, UncompletedScopeFix>(before);
        SnippetOutcome untouched = await ExecutionVerifier.Untouched;

        SnippetOutcome first = await ExecutionVerifier.OutcomeOf(before);
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(after);
        Assert.Equal((null, null), (first.Exception, second.Exception));
        Assert.Equal(first.Result, second.Result);
        Assert.Equal(untouched.Rows, first.Rows);
        Assert.NotEqual(untouched.Rows, second.Rows);
    }

    /// <summary>Starts on a thread that ends at the first <c>await</c>, so that no continuation can meet it again.</summary>
    private static string OnThreadOfItsOwn(string body) =>
        $$"""
        using System.Transactions;

        static class Snippet
        {
            public static Task Run(ShopContext db, DbConnection connection) =>
                Task.Factory.StartNew(() => WorkAsync(db, connection), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

            private static async Task WorkAsync(ShopContext db, DbConnection connection)
            {
                {{body}}
            }
        }
        """;

    private static string Method(string body) =>
        $$"""
        using System.Transactions;

        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, DbConnection connection)
            {
                await Task.Yield();
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;
}
