using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR110: the same result without the join.</summary>
public sealed class KeyJoinTests
{
    [DatabaseFact]
    public Task Filter() => WithoutJoin("return db.Orders.Where(o => o.Customer.Id == 3).OrderBy(o => o.Id).ToList();");

    [DatabaseFact]
    public Task Filter_awaited() => WithoutJoin("return await db.Orders.CountAsync(o => o.Customer.Id > 3, ct);");

    [DatabaseFact]
    public Task Order_and_projection() => WithoutJoin("return db.Orders.OrderBy(o => o.Customer.Id).ThenBy(o => o.Id).Select(o => new { o.Number, o.Customer.Id }).ToList();");

    [DatabaseFact]
    public Task Group() => WithoutJoin("return db.Orders.GroupBy(o => o.Customer.Id).Select(g => new { g.Key, N = g.Count() }).OrderBy(g => g.Key).ToList();");

    [DatabaseFact]
    public Task Nested() => WithoutJoin("return db.Customers.Where(c => db.Orders.Any(o => o.Customer.Id == c.Id && o.Open)).OrderBy(c => c.Id).Select(c => c.Id).ToList();");

    private static async Task WithoutJoin(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string before = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
                {
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<JoinForKey, JoinForKeyFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Contains("JOIN", Assert.Single(first.Commands), StringComparison.Ordinal);
        Assert.DoesNotContain("JOIN", Assert.Single(second.Commands), StringComparison.Ordinal);
    }
}
