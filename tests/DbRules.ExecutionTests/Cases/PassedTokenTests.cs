using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR211: the same result, rows and commands with a token.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class PassedTokenTests
{
    [DatabaseTheory]
    [InlineData("return await db.Orders.FindAsync(3);", 1)]
    [InlineData("return await db.Database.ExecuteSqlRawAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = {0} or \\\"OrderId\\\" = {1}\", 3, 4);", 1)]
    [InlineData("return (await connection.QueryAsync<string>(\"select \\\"Name\\\" from \\\"Customers\\\" where \\\"Id\\\" = @id\", new { id = 4 })).First();", 1)]
    [InlineData("return await connection.ExecuteAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = @id\", param: new { id = 4 }, commandTimeout: 30);", 1)]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(); var order = await db.Orders.FirstAsync(o => o.Id == 3); order.Number = \"new\"; await db.SaveChangesAsync(); await transaction.CommitAsync(); return null;", 2)]
    public Task Given_the_token(string body, int commands) => SameCommands(body, commands);

    private static async Task SameCommands(string body, int commands)
    {
        string before = $$"""
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    await Task.Yield();
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<TokenNotPassed, TokenNotPassedFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Equal(commands, first.Commands.Count);
        Assert.Equal(first.Commands, second.Commands);
    }
}
