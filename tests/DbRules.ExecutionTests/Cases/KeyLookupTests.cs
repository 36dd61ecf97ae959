using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR101: one query before the loop gives what a query for each element gave.</summary>
public sealed class KeyLookupTests
{
    [DatabaseFact]
    public Task First_or_default_by_key() => ForEachOrder("await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, ct)");

    [DatabaseFact]
    public Task First_or_default_by_key_sync() => ForEachOrder("db.Customers.FirstOrDefault(c => c.Id == order.CustomerId)");

    [DatabaseFact]
    public Task Single_or_default_by_key() => ForEachOrder("await db.Customers.SingleOrDefaultAsync(c => order.CustomerId == c.Id && c.Active, ct)");

    [DatabaseFact]
    public Task First_by_key() => ForEachOrder("(await db.Customers.FirstAsync(c => c.Id == order.CustomerId, ct)).Name");

    [DatabaseFact]
    public Task Single_by_key_sync() => ForEachOrder("db.Customers.Single(c => c.Id == order.CustomerId).Name");

    [DatabaseFact]
    public Task Where_then_first_untracked() => ForEachOrder("await db.Customers.AsNoTracking().Where(c => c.Id == order.CustomerId).FirstOrDefaultAsync(ct).ConfigureAwait(false)");

    [DatabaseFact]
    public Task Find_by_key() => ForEachOrder("await db.Customers.FindAsync(new object[] { order.CustomerId }, ct)", queriesBefore: ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Find_by_key_sync() => ForEachOrder("db.Find<Customer>(order.CustomerId)", queriesBefore: ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task First_or_default_by_foreign_key() => ForEachOrder("await db.Payments.FirstOrDefaultAsync(p => p.OrderId == order.Id, ct)");

    [DatabaseFact]
    public Task Single_or_default_by_foreign_key_sync() => ForEachOrder("db.Payments.SingleOrDefault(p => p.OrderId == order.Id)");

    [DatabaseFact]
    public Task Rows_by_foreign_key() => ForEachOrder("await db.OrderLines.Where(l => l.OrderId == order.Id && l.Quantity > 1).OrderByDescending(l => l.Id).ToListAsync(ct)");

    [DatabaseFact]
    public Task Rows_by_foreign_key_sync() => ForEachOrder("db.OrderLines.AsNoTracking().Where(l => l.OrderId == order.Id).OrderBy(l => l.ProductId).ThenBy(l => l.Id).ToArray()");

    [DatabaseFact]
    public Task Rows_enumerated() => Verify(
        """
        foreach (var order in orders)
        {
            foreach (var line in db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id))
                found.Add(line.Price);
        }
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Existence() => ForEachOrder("await db.Payments.AnyAsync(p => p.OrderId == order.Id && p.Amount > 10, ct)");

    [DatabaseFact]
    public Task Existence_sync() => ForEachOrder("db.Payments.Where(p => p.OrderId == order.Id).Any()");

    [DatabaseFact]
    public Task Count() => ForEachOrder("await db.OrderLines.CountAsync(l => l.OrderId == order.Id, ct)");

    [DatabaseFact]
    public Task Count_sync() => ForEachOrder("db.OrderLines.Where(l => l.Quantity > 1).LongCount(l => l.OrderId == order.Id)");

    [DatabaseFact]
    public Task Missing_rows() => ForEachCustomer("await db.Countries.FirstOrDefaultAsync(c => c.Id == customer.CountryId, ct)");

    [DatabaseFact]
    public Task Missing_rows_are_not_there() => ForEachCustomer("await db.Countries.AnyAsync(c => c.Id == customer.CountryId, ct)");

    [DatabaseFact]
    public Task Missing_row_throws() => ForEachCustomer("await db.Countries.SingleAsync(c => c.Id == customer.CountryId, ct)", queriesBefore: 19, throws: true);

    [DatabaseFact]
    public Task Second_row_throws() => Verify(
        "foreach (var customer in customers)\n    found.Add(await db.Orders.SingleOrDefaultAsync(o => o.CustomerId == customer.Id, ct));", queriesBefore: 1, throws: true);

    [DatabaseFact]
    public Task Keys_of_a_list() => Verify(
        """
        List<int> ids = orders.Select(o => o.CustomerId).ToList();
        foreach (var id in ids)
            found.Add(await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct));
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Keys_of_an_array() => Verify(
        """
        int[] ids = orders.Select(o => o.CustomerId).ToArray();
        foreach (var id in ids)
            found.Add(db.Orders.Count(o => o.CustomerId == id));
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Keys_of_a_set() => Verify(
        """
        HashSet<int> ids = orders.Select(o => o.CustomerId).ToHashSet();
        foreach (var id in ids)
            found.Add(db.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.Id).ToList().Count);
        """,
        ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Keys_of_interfaces() => Verify(
        """
        IReadOnlyCollection<int> read = orders.Select(o => o.CustomerId).ToList();
        foreach (var id in read)
            found.Add(db.Customers.FirstOrDefault(c => c.Id == id));
        ICollection<int> written = orders.Select(o => o.CustomerId).ToList();
        foreach (var id in written)
            found.Add(db.Customers.FirstOrDefault(c => c.Id == id));
        IList<int> indexed = orders.Select(o => o.CustomerId).ToList();
        foreach (var id in indexed)
            found.Add(db.Customers.FirstOrDefault(c => c.Id == id));
        IReadOnlyList<int> readIndexed = orders.Select(o => o.CustomerId).ToList();
        foreach (var id in readIndexed)
            found.Add(db.Customers.FirstOrDefault(c => c.Id == id));
        """,
        4 * ShopSeed.Orders,
        queriesAfter: 4);

    [DatabaseFact]
    public Task Keys_of_a_sequence() => Verify(
        """
        foreach (var id in orders.Select(o => o.CustomerId))
            found.Add(db.Customers.FirstOrDefault(c => c.Id == id));
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Guid_keys() => Verify(
        """
        var codes = db.Products.OrderBy(p => p.Id).Select(p => p.Code).ToList();
        foreach (var code in codes)
            found.Add(db.Products.SingleOrDefault(p => p.Code == code));
        """,
        1 + ShopSeed.Products,
        queriesAfter: 2);

    [DatabaseFact]
    public async Task Rows_that_the_loop_changes()
    {
        string before = Snippet(
            """
            foreach (var order in orders)
            {
                var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, ct);
                customer!.Name += "+";
            }

            found.Add(await db.SaveChangesAsync(ct));
            """);
        string after = await ExecutionVerifier.FixedStateCompiles<QueryPerElement, QueryPerElementFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        // How many commands a save takes is the provider's affair.
        Assert.Equal(ShopSeed.Orders - 1, first.Commands.Count - second.Commands.Count);
    }

    [DatabaseFact]
    public Task Several_calls_in_one_loop() => Verify(
        """
        foreach (var order in orders.Where(o => o.Id % 2 == 0))
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, ct);
            var lines = await db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).ToListAsync(ct);
            var paid = await db.Payments.AnyAsync(p => p.OrderId == order.Id, ct);
            var open = await db.Orders.CountAsync(o => o.CustomerId == order.CustomerId && o.Open, ct);
            found.Add(new { customer, lines, paid, open });
        }
        """,
        4 * ShopSeed.Orders / 2,
        queriesAfter: 4);

    [DatabaseFact]
    public Task Loop_without_elements() => Verify(
        """
        foreach (var order in orders.Where(o => o.Id < 0))
            found.Add(await db.Customers.FirstAsync(c => c.Id == order.CustomerId, ct));
        """,
        queriesBefore: 0);

    private static Task ForEachOrder(string call, int queriesBefore = ShopSeed.Orders) => Verify($"foreach (var order in orders)\n    found.Add({call});", queriesBefore);

    private static Task ForEachCustomer(string call, int queriesBefore = ShopSeed.Customers, bool throws = false) =>
        Verify($"foreach (var customer in customers)\n    found.Add({call});", queriesBefore, throws: throws);

    private static Task Verify(string loop, int queriesBefore, int queriesAfter = 1, bool throws = false) =>
        ExecutionVerifier.SameResultFewerCommands<QueryPerElement, QueryPerElementFix>(Snippet(loop), 1 + queriesBefore, 1 + queriesAfter, throws: throws);

    /// <summary>A snippet that loads the source of the loop with one command.</summary>
    private static string Snippet(string loop)
    {
        bool isAsync = loop.Contains("await ", StringComparison.Ordinal);
        string source = loop.Contains("in customers", StringComparison.Ordinal)
            ? "List<Customer> customers = db.Customers.OrderBy(c => c.Id).ToList();"
            : "List<Order> orders = db.Orders.OrderBy(o => o.Id).ToList();";
        return $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
                {
                    var found = new List<object?>();
                    {{source}}
            {{string.Join("\n", loop.Split('\n').Select(line => "        " + line))}}
                    return found;
                }
            }
            """;
    }
}
