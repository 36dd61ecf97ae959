using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>Why DBR307 says nothing about SQLite: its driver takes no part in ambient transactions, and EF Core refuses to work in one.</summary>
public sealed class AmbientTransactionTests
{
    [DatabaseFact]
    public async Task The_driver_writes_beside_the_transaction()
    {
        SnippetOutcome untouched = await ExecutionVerifier.Untouched;
        SnippetOutcome uncompleted = await ExecutionVerifier.OutcomeOf(Method("using (new TransactionScope()) connection.Execute(\"delete from Payments\"); return null;"));
        Assert.Null(uncompleted.Exception);
        Assert.NotEqual(untouched.Rows, uncompleted.Rows);
    }

    [DatabaseFact]
    public async Task EF_Core_throws()
    {
        SnippetOutcome outcome = await ExecutionVerifier.OutcomeOf(Method("using var scope = new TransactionScope(); db.Countries.Add(new Country { Name = \"new\" }); db.SaveChanges(); scope.Complete(); return null;"));
        Assert.Contains("AmbientTransactionWarning", Assert.IsType<InvalidOperationException>(outcome.Exception).Message, StringComparison.Ordinal);
    }

    private static string Method(string body) =>
        $$"""
        using System.Transactions;

        static class Snippet
        {
            public static object? Run(ShopContext db, DbConnection connection)
            {
                {{body}}
            }
        }
        """;
}
