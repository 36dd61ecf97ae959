using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR211: the same result, rows and commands with a token.</summary>
public sealed class PassedTokenTests
{
    [DatabaseTheory]
    [InlineData("return await db.Orders.FindAsync(3);", 1)]
    [InlineData("return await db.Database.ExecuteSqlRawAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = {0} or \\\"OrderId\\\" = {1}\", 3, 4);", 1)]
    [InlineData("return (await connection.QueryAsync<string>(\"select \\\"Name\\\" from \\\"Customers\\\" where \\\"Id\\\" = @id\", new { id = 4 })).First();", 1)]
    [InlineData("return await connection.ExecuteAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = @id\", param: new { id = 4 }, commandTimeout: 30);", 1)]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync(); var order = await db.Orders.FirstAsync(o => o.Id == 3); order.Number = \"new\"; await db.SaveChangesAsync(); await transaction.CommitAsync(); return null;", 2)]
    public Task Given_the_token(string body, int commands) => AwaitedSnippet.SameCommands<TokenNotPassed, TokenNotPassedFix>(body, commands);
}
