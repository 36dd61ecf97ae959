using Xunit;
using Verify = DbRules.Tests.CSharpCodeFixVerifier<DbRules.Rules.RoundTrips.QueryPerElement, DbRules.CodeFixes.RoundTrips.QueryPerElementFix>;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR101 writes for EF Core.</summary>
public class QueryPerElementFixTests
{
    [Fact]
    public Task OneRowByKeyAwaited() => Verify.VerifyCodeFixAsync(
        """
        public static class Report
        {
            public static async Task PrintAsync(ShopContext db, List<Order> orders, CancellationToken ct)
            {
                foreach (var order in orders)
                {
                    var customer = await db.Customers.{|DBR101:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct);
                    Console.WriteLine($"{order.Number}: {customer?.Name}");
                }
            }
        }
        """,
        """
        public static class Report
        {
            public static async Task PrintAsync(ShopContext db, List<Order> orders, CancellationToken ct)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
                foreach (var order in orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    Console.WriteLine($"{order.Number}: {customer?.Name}");
                }
            }
        }
        """);
}
