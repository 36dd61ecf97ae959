using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR102: one call of the method that takes all keys gives what a call for each element gave.</summary>
public sealed class BatchCallTests
{
    [DatabaseFact]
    public Task A_dictionary() => ForEachOrder("await store.GetAsync(order.CustomerId, ct)");

    [DatabaseFact]
    public Task A_dictionary_behind_an_interface() => ForEachOrder("await shop.GetAsync(order.CustomerId, ct)");

    [DatabaseFact]
    public Task A_list_sync() => ForEachOrder("store.Find(order.CustomerId)", queriesBefore: ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task A_list_untracked() => ForEachOrder("await store.ReadAsync(order.CustomerId)");

    [DatabaseFact]
    public Task A_lookup() => ForEachOrder("store.Lines(order.Id)");

    [DatabaseFact]
    public Task A_list_of_many_rows() => ForEachOrder("await store.PaymentsAsync(order.Id, true)");

    [DatabaseFact]
    public Task A_set() => ForEachOrder("await store.IsPaidAsync(order.Id)");

    [DatabaseFact]
    public Task A_missing_row() => Verify("foreach (var customer in customers)\n    found.Add(await store.CountryAsync(customer.CountryId));", ShopSeed.Customers);

    [DatabaseFact]
    public Task A_missing_row_throws() => Verify("foreach (var customer in customers)\n    found.Add(await store.RequiredCountryAsync(customer.CountryId));", 19, throws: true);

    [DatabaseFact]
    public Task A_sequence_that_is_walked_once() => Verify("foreach (var id in orders.Select(o => o.CustomerId))\n    found.Add(await store.GetAsync(id, ct));", ShopSeed.Orders);

    [DatabaseFact]
    public Task A_sequence_without_elements() => Verify("foreach (var order in orders.Where(o => o.Id < 0))\n    found.Add(await store.GetAsync(order.CustomerId, ct));", 0);

    [DatabaseFact]
    public Task Several_calls() => Verify(
        "foreach (var order in orders)\n    found.Add(new { Customer = await store.GetAsync(order.CustomerId, ct), Lines = store.Lines(order.Id), Paid = await store.IsPaidAsync(order.Id) });", 3 * ShopSeed.Orders, queriesAfter: 3);

    private static Task ForEachOrder(string call, int queriesBefore = ShopSeed.Orders) => Verify($"foreach (var order in orders)\n    found.Add({call});", queriesBefore);

    private static Task Verify(string loop, int queriesBefore, int queriesAfter = 1, bool throws = false) =>
        ExecutionVerifier.SameResultFewerCommands<CallPerElement, CallPerElementFix>(Snippet(loop), 1 + queriesBefore, 1 + queriesAfter, throws: throws);

    /// <summary>A snippet that loads the source of the loop with one command, and the store that it calls.</summary>
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
                    var store = new Store(db);
                    IShop shop = store;
                    var found = new List<object?>();
                    {{source}}
            {{string.Join("\n", loop.Split('\n').Select(line => "        " + line))}}
                    return found;
                }
            }

            interface IShop
            {
                Task<Customer?> GetAsync(int id, CancellationToken ct);
                Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct);
            }

            sealed class Store(ShopContext db) : IShop
            {
                public Task<Customer?> GetAsync(int id, CancellationToken ct) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
                public Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);

                public Customer? Find(int id) => db.Customers.Find(id);
                public List<Customer> FindByIds(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToList();

                public async Task<Customer?> ReadAsync(int id) => await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
                public async Task<List<Customer>> ReadManyAsync(IEnumerable<int> ids) => await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync();

                public List<OrderLine> Lines(int orderId) => db.OrderLines.Where(l => l.OrderId == orderId).OrderBy(l => l.Id).ToList();
                public ILookup<int, OrderLine> LinesOf(ICollection<int> orderIds) => db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).OrderBy(l => l.Id).ToLookup(l => l.OrderId);

                public Task<List<Payment>> PaymentsAsync(int orderId, bool large) => db.Payments.Where(p => p.OrderId == orderId && p.Amount > 10 == large).OrderBy(p => p.Id).ToListAsync();
                public Task<List<Payment>> PaymentsByOrderIdsAsync(bool large, List<int> orderIds) => db.Payments.Where(p => orderIds.Contains(p.OrderId) && p.Amount > 10 == large).OrderBy(p => p.Id).ToListAsync();

                public Task<bool> IsPaidAsync(int orderId) => db.Payments.AnyAsync(p => p.OrderId == orderId);
                public async Task<HashSet<int>> PaidAsync(HashSet<int> orderIds) => (await db.Payments.Where(p => orderIds.Contains(p.OrderId)).Select(p => p.OrderId).Distinct().ToListAsync()).ToHashSet();

                public Task<Country?> CountryAsync(int id) => db.Countries.FirstOrDefaultAsync(c => c.Id == id);
                public Task<List<Country>> CountriesAsync(List<int> ids) => db.Countries.Where(c => ids.Contains(c.Id)).ToListAsync();

                public Task<Country> RequiredCountryAsync(int id) => db.Countries.SingleAsync(c => c.Id == id);
                public Task<List<Country>> RequiredCountriesAsync(List<int> ids) => db.Countries.Where(c => ids.Contains(c.Id)).ToListAsync();
            }
            """;
    }
}
