using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR504: the same objects.</summary>
public sealed class MappedStarTests
{
    [DatabaseTheory]
    [InlineData("return await connection.QuerySingleAsync<Order>(\"select * from \\\"Orders\\\" where \\\"Id\\\" = @id\", new { id = 3 });")]
    [InlineData("return connection.Query<Payment>(@\"SELECT p.* FROM \"\"Payments\"\" p JOIN \"\"Orders\"\" o ON o.\"\"Id\"\" = p.\"\"OrderId\"\" WHERE o.\"\"CustomerId\"\" = 3 ORDER BY p.\"\"Id\"\" LIMIT 5\").ToList();")]
    [InlineData("return (await db.Database.GetDbConnection().QueryAsync<Line>(\"\"\"\n    SELECT *\n    FROM \"OrderLines\" -- all\n    WHERE \"OrderId\" = 4\n    ORDER BY \"Id\"\n    LIMIT 10\n    \"\"\")).ToList();")]
    public async Task Same_objects(string body)
    {
        string before =
            $$"""
            public class Line { public int Id { get; set; } public int Quantity { get; set; } public decimal Price { get; set; } }

            static class Snippet
            {
                public static async Task<object> Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    await Task.Yield();
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<MappedStar, MappedStarFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Equal(first.Commands.Count, second.Commands.Count);
        Assert.NotEqual(first.Commands, second.Commands);
    }
}
