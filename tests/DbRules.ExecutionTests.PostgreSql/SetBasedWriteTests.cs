using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR106 for set-based writes, which the EF Core version of the other database does not have.</summary>
public sealed class SetBasedWriteTests
{
    [DatabaseFact]
    public Task Delete_by_key() => Verify(
        """
        var orders = await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).ToListAsync(ct);
        foreach (var order in orders)
            await db.Payments.Where(p => p.OrderId == order.Id && p.Amount > 5).ExecuteDeleteAsync(ct);
        """,
        before: 1 + (ShopSeed.Orders / 3),
        after: 2);

    [DatabaseFact]
    public Task Update_by_a_key_that_several_elements_have() => Verify(
        """
        var orders = db.Orders.OrderBy(o => o.Id).ToList();
        foreach (var order in orders)
        {
            db.Customers.Where(c => c.Id == order.CustomerId).ExecuteUpdate(s => s.SetProperty(c => c.Name, "seen"));
        }
        """,
        before: 1 + ShopSeed.Orders,
        after: 2);

    [DatabaseFact]
    public Task Delete_by_element() => Verify(
        """
        int[] ids = { 1, 2, 3, 3, 500, 6 };
        foreach (var id in ids)
            db.Payments.Where(p => p.Id == id).ExecuteDelete();
        """,
        before: 6,
        after: 1);

    private static Task Verify(string statements, int before, int after)
    {
        bool isAsync = statements.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
                {
                    {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                    return null;
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<WritePerElement, WritePerElementFix>(code, before, after);
    }
}
