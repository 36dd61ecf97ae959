using DbRules.CodeFixes.ResultSize;
using DbRules.ExecutionTests.Cases;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR210 for a loop that sends commands while it walks the rows of a query: a server refuses them before it, and answers them after it.</summary>
public sealed class LoopThatSendsTests
{
    [DatabaseFact]
    public async Task Rows_are_read_before_the_first_command()
    {
        const string before =
            """
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    var deleted = 0;
                    foreach (var order in db.Orders.Where(o => o.CustomerId == 1))
                        deleted += await db.Payments.Where(p => p.OrderId == order.Id).ExecuteDeleteAsync();
                    return deleted;
                }
            }
            """;
        SnippetOutcome first = await ExecutionVerifier.OutcomeOf(before);
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>(before));
        Assert.NotNull(first.Exception);
        Assert.Null(second.Exception);
    }
}
