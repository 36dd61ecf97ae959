using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>The fix of DBR102: where the called type has a method that takes all keys, and its code selects alike, one call of it before the loop.</summary>
public sealed class CallPerElementFixTests
{
    private const string One = "public Task<Customer?> GetAsync(int id, CancellationToken ct) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);";

    private const string Many =
        "public Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);";

    private const string Call = "await store.{|DBR102:GetAsync|}(order.CustomerId, ct)";

    private const string Keys = "var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();";

    private const string Map = "var customersById = await store.GetManyAsync(customerIds, ct);";

    [Fact]
    public Task A_dictionary_of_a_class() => Fixes(One, Many, Call, [Keys, Map], "customersById.GetValueOrDefault(order.CustomerId)");

    [Theory]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);")]
    [InlineData("var found = await db.Customers.Where(c => c.Id == id).SingleOrDefaultAsync(ct);\n        return found;")]
    [InlineData("return await db.Customers.FindAsync(new object[] { id }, ct);")]
    [InlineData("return await db.Set<Customer>().FindAsync([id], ct).ConfigureAwait(false);")]
    public Task One_row_in_every_spelling(string body) => Fixes(
        $"public async Task<Customer?> GetAsync(int id, CancellationToken ct)\n    {{\n        {body}\n    }}", Many, Call, [Keys, Map], "customersById.GetValueOrDefault(order.CustomerId)");

    [Theory]
    [InlineData("return await db.Customers.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);")]
    [InlineData("if (ids.Count == 0)\n            return new();\n        return await db.Customers.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);")]
    [InlineData("var keys = ids.Distinct().ToList();\n        var rows = await db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync(ct);\n        return rows.ToDictionary(c => c.Id);")]
    public Task A_dictionary_in_every_spelling(string body) => Fixes(
        One,
        $"public async Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct)\n    {{\n        {body}\n    }}",
        Call,
        [Keys, Map],
        "customersById.GetValueOrDefault(order.CustomerId)");

    [Theory]
    [InlineData("IEnumerable<int>", "ToList")]
    [InlineData("IList<int>", "ToList")]
    [InlineData("List<int>", "ToList")]
    [InlineData("HashSet<int>", "ToHashSet")]
    [InlineData("ISet<int>", "ToHashSet")]
    public Task Keys_of_every_kind(string type, string collect) => Fixes(
        One, Many.Replace("IReadOnlyCollection<int>", type), Call, [Keys.Replace("ToList", collect), Map], "customersById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task A_list_whose_key_is_known() => Fixes(
        "public Customer? Find(int id) => db.Customers.Find(id);",
        "public List<Customer> FindByIds(params int[] ids) => db.Customers.Where(c => ids.AsEnumerable().Contains(c.Id)).ToList();",
        "store.{|DBR102:Find|}(order.CustomerId)",
        [Keys.Replace("ToList", "ToArray"), "var customersById = store.FindByIds(customerIds).ToDictionary(c => c.Id);"],
        "customersById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task A_list_awaited() => Fixes(
        One,
        "public Task<List<Customer>> GetByIdsAsync(List<int> ids, CancellationToken ct = default) => db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync(ct);",
        Call + ".ConfigureAwait(false)",
        [Keys, "var customersById = (await store.GetByIdsAsync(customerIds, ct).ConfigureAwait(false)).ToDictionary(c => c.Id);"],
        "customersById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task A_missing_row_keeps_its_exception() => Fixes(
        One.Replace("FirstOrDefaultAsync", "SingleAsync").Replace("Customer?", "Customer"),
        "public Task<List<Customer>> GetManyAsync(List<int> ids, CancellationToken ct) => db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync(ct);",
        Call,
        [Keys, "var customersById = (await store.GetManyAsync(customerIds, ct)).ToLookup(c => c.Id);"],
        "customersById[order.CustomerId].Single()");

    [Fact]
    public Task A_lookup_of_many_rows() => Fixes(
        "public List<OrderLine> GetLines(int orderId) => db.OrderLines.Where(l => l.OrderId == orderId).OrderBy(l => l.Id).ToList();",
        "public ILookup<int, OrderLine> GetLinesByOrders(IEnumerable<int> orderIds) => db.OrderLines.Where(l => orderIds.Contains(l.OrderId)).OrderBy(l => l.Id).ToLookup(l => l.OrderId);",
        "store.{|DBR102:GetLines|}(order.Id)",
        ["var orderIds = orders.Select(o => o.Id).Distinct().ToList();", "var orderLinesByOrderId = store.GetLinesByOrders(orderIds);"],
        "orderLinesByOrderId[order.Id].ToList()");

    [Fact]
    public Task A_list_of_many_rows() => Fixes(
        "public async Task<OrderLine[]> LinesAsync(int orderId, bool large) => await db.OrderLines.AsNoTracking().Where(l => l.OrderId == orderId && l.Quantity > 1 == large).ToArrayAsync();",
        "public async Task<OrderLine[]> LinesManyAsync(bool large, IReadOnlyList<int> orders, CancellationToken token = default) => await db.OrderLines.AsNoTracking().Where(x => x.Quantity > 1 == large).Where(x => orders.Contains(x.OrderId)).ToArrayAsync(token);",
        "await store.{|DBR102:LinesAsync|}(order.Id, true)",
        ["var orderIds = orders.Select(o => o.Id).Distinct().ToList();", "var orderLinesByOrderId = (await store.LinesManyAsync(true, orderIds, ct)).ToLookup(o => o.OrderId);"],
        "orderLinesByOrderId[order.Id].ToArray()");

    [Fact]
    public Task A_set_of_what_exists() => Fixes(
        "public Task<bool> ExistsAsync(int id) => db.Customers.AnyAsync(c => c.Id == id);",
        "public async Task<HashSet<int>> ExistingAsync(IReadOnlyCollection<int> ids) => (await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync()).ToHashSet();",
        "await store.{|DBR102:ExistsAsync|}(order.CustomerId)",
        [Keys, "var existingCustomerIds = await store.ExistingAsync(customerIds);"],
        "existingCustomerIds.Contains(order.CustomerId)");

    [Fact]
    public Task Other_arguments_are_handed_on() => Fixes(
        "public Customer? Get(bool active, int id) => db.Customers.TagWith(active ? \"a\" : \"b\").FirstOrDefault(c => c.Active == active && c.Id == id);",
        "public Dictionary<int, Customer> GetMany(List<int> ids, bool active) => db.Customers.Where(x => ids.Contains(x.Id)).TagWith(active ? \"a\" : \"b\").Where(x => x.Active == active).ToDictionary(x => x.Id);",
        "store.{|DBR102:Get|}(true, order.CustomerId)",
        [Keys, "var customersById = store.GetMany(customerIds, true);"],
        "customersById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task Members_of_an_interface_with_a_decorator() => Code.Fixes(
        """
        public interface IStore
        {
            Task<Customer?> GetAsync(int id, CancellationToken ct);

            Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct);
        }

        public sealed class Store(ShopContext db) : IStore
        {
            public Task<Customer?> GetAsync(int id, CancellationToken ct) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);

            public Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        }

        public sealed class Decorator(IStore inner) : IStore
        {
            public async Task<Customer?> GetAsync(int id, CancellationToken ct) => await inner.GetAsync(id, ct);

            public async Task<Dictionary<int, Customer>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => await inner.GetManyAsync(ids, ct);
        }

        """ + Report("IStore", Call, "Print({0});"),
        Call,
        [Keys, Map],
        "customersById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task A_service_that_hands_on_and_a_generic_repository() => Code.Fixes(
        """
        public interface IEntity { int Id { get; } }

        public sealed class Tag : IEntity { public int Id { get; set; } public string Name { get; set; } = ""; }

        public class Repository<T>(DbContext context) where T : class, IEntity
        {
            public async Task<T?> GetAsync(int id, CancellationToken ct) => await context.Set<T>().FirstOrDefaultAsync(e => e.Id == id, ct);

            public async Task<List<T>> GetListAsync(IEnumerable<int> ids, CancellationToken ct) => await context.Set<T>().Where(e => ids.Contains(e.Id)).ToListAsync(ct);
        }

        public sealed class Store(Repository<Tag> repository)
        {
            public Task<Tag?> GetAsync(int id, CancellationToken ct) => repository.GetAsync(id, ct);

            public Task<List<Tag>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => repository.GetListAsync(ids, ct);
        }

        """ + Report("Store", Call, "Print({0});"),
        Call,
        [Keys, "var tagsById = (await store.GetManyAsync(customerIds, ct)).ToDictionary(t => t.Id);"],
        "tagsById.GetValueOrDefault(order.CustomerId)");

    [Fact]
    public Task Two_calls_share_the_rows() => new CSharpCodeFixVerifier<CallPerElement, CallPerElementFix>.Test
    {
        TestCode = Store(One, Many) + Report("Store", "", "// Names first.\n            Print(await store.{|DBR102:GetAsync|}(order.CustomerId, ct)); // once\n            Print((await store.{|DBR102:GetAsync|}(order.CustomerId, ct))?.Name);"),
        FixedCode = Store(One, Many) + Report(
            "Store", "", "// Names first.\n            Print(customersById.GetValueOrDefault(order.CustomerId)); // once\n            Print(customersById2.GetValueOrDefault(order.CustomerId)?.Name);",
            Keys + "\n        " + Map + "\n        " + Map.Replace("customersById", "customersById2") + "\n        "),
        BatchFixedCode = Store(One, Many) + Report(
            "Store", "", "// Names first.\n            Print(customersById.GetValueOrDefault(order.CustomerId)); // once\n            Print(customersById.GetValueOrDefault(order.CustomerId)?.Name);",
            Keys + "\n        " + Map + "\n        "),
    }.RunAsync();

    [Fact]
    public Task Elements_that_are_keys() => new CSharpCodeFixVerifier<CallPerElement, CallPerElementFix>.Test
    {
        TestCode = Store(One, Many) + "public sealed class Report(Store store)\n{\n    public async Task RunAsync(IEnumerable<int> ids, CancellationToken ct)\n    {\n        foreach (var id in ids)\n            Console.WriteLine(await store.{|DBR102:GetAsync|}(id, ct));\n    }\n}",
        FixedCode = Store(One, Many) + "public sealed class Report(Store store)\n{\n    public async Task RunAsync(IEnumerable<int> ids, CancellationToken ct)\n    {\n        var idList = ids.ToList();\n        var distinctIds = idList.Distinct().ToList();\n        var customersById = await store.GetManyAsync(distinctIds, ct);\n        foreach (var id in idList)\n            Console.WriteLine(customersById.GetValueOrDefault(id));\n    }\n}",
    }.RunAsync();

    [Theory]
    [InlineData("GetByIds")]
    [InlineData("GetAll")]
    [InlineData("GetCustomersByIds")]
    [InlineData("GetMany")]
    public Task Names_of_siblings_that_return_lists(string name) => Fixes(
        "public Customer? Get(int id) => db.Customers.Find(id);",
        $"public List<Customer> {name}(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToList();",
        "store.{|DBR102:Get|}(order.CustomerId)",
        [Keys, $"var customersById = store.{name}(customerIds).ToDictionary(c => c.Id);"],
        "customersById.GetValueOrDefault(order.CustomerId)");

    private static Task Fixes(string one, string many, string call, string[] before, string replacement) =>
        Code.Fixes(Store(one, many) + Report("Store", call, "Print({0});"), call, before, replacement);

    internal static string Store(string one, string many) => $"public sealed class Store(ShopContext db)\n{{\n    {one}\n\n    {many}\n}}\n\n";

    internal static string Report(string store, string call, string statement, string before = "") =>
        $$"""
        public sealed class Report({{store}} store)
        {
            public async Task RunAsync(List<Order> orders, CancellationToken ct)
            {
                {{before}}foreach (var order in orders)
                {
                    {{statement.Replace("{0}", call)}}
                }

                await Task.Yield();
            }

            private static void Print(object? value) { }
        }
        """;
}

/// <summary>Runs the fix of DBR102 on one call.</summary>
file static class Code
{
    public static Task Fixes(string source, string call, string[] before, string replacement)
    {
        string statements = string.Concat(before.Select(line => "        " + line + "\n"));
        string fixedSource = source.Replace(call, replacement).Replace("        foreach (var order in orders)", statements + "        foreach (var order in orders)");
        return new CSharpCodeFixVerifier<CallPerElement, CallPerElementFix>.Test { TestCode = source, FixedCode = fixedSource }.RunAsync();
    }
}
