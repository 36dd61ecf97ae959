using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR511: before it the database refuses the statement, after it the statement does what it says.</summary>
public sealed class UngivenParameterTests
{
    [DatabaseTheory]
    [InlineData("return connection.QuerySingle<string>(\"select number from orders where id = @order_id\", new { orderId = 3 });", "\"N-003\"")]
    [InlineData("return (await connection.ExecuteAsync(\"update products set price = @prices where id = @id or price = @prices\", new { id = 3, price = 1m })).ToString();", "\"1\"")]
    [InlineData("await connection.OpenAsync(ct);\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"select number from orders where id = @orderIds\";\nvar id = command.CreateParameter();\nid.ParameterName = \"@orderId\";\nid.Value = 4;\ncommand.Parameters.Add(id);\nreturn (string)(await command.ExecuteScalarAsync(ct))!;", "\"N-004\"")]
    public async Task Statement(string body, string expected)
    {
        string before =
            $$"""
            static class Snippet
            {
                public static async Task<string> Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    await Task.Yield();
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<UngivenParameter, UngivenParameterFix>(before);
        Assert.NotNull((await ExecutionVerifier.RunAsync(before)).Exception);
        SnippetOutcome outcome = await ExecutionVerifier.RunAsync(after);
        Assert.Null(outcome.Exception);
        Assert.Equal(expected, outcome.Result);
    }
}
