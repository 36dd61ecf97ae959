using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR103, DBR104 and DBR108: one query with an include gives what the loop loaded, or what it missed.</summary>
public sealed class IncludeTests
{
    /// <summary>The shop once more, with entities that load lazily by hand: no package of proxies is needed for that.</summary>
    private const string LazyShop =
        """

        class LazyShop(DbContextOptions options) : DbContext(options)
        {
            public DbSet<LazyOrder> Orders { get; set; } = null!;
            public DbSet<LazyCustomer> Customers { get; set; } = null!;
            public DbSet<LazyLine> OrderLines { get; set; } = null!;

            protected override void OnModelCreating(ModelBuilder model) =>
                model.Entity<LazyOrder>().HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId);
        }

        class LazyOrder
        {
            private readonly Action<object, string>? _lazyLoader;
            private LazyCustomer _customer = null!;
            private List<LazyLine> _lines = new();

            public LazyOrder() { }
            private LazyOrder(Action<object, string> lazyLoader) => _lazyLoader = lazyLoader;

            public int Id { get; set; }
            public int CustomerId { get; set; }
            public LazyCustomer Customer { get { _lazyLoader?.Invoke(this, "Customer"); return _customer; } set => _customer = value; }
            public List<LazyLine> Lines { get { _lazyLoader?.Invoke(this, "Lines"); return _lines; } set => _lines = value; }
        }

        class LazyCustomer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class LazyLine
        {
            public int Id { get; set; }
            public int OrderId { get; set; }
            public int Quantity { get; set; }
        }
        """;

    [DatabaseFact]
    public Task Lazy_collection() => Lazy("foreach (var order in db.Orders.OrderBy(o => o.Id).ToList())\n            found.Add(order.Lines.Sum(l => l.Quantity));", ShopSeed.Orders);

    [DatabaseFact]
    public Task Lazy_reference() => Lazy("foreach (var order in db.Orders.OrderBy(o => o.Id).ToList())\n            found.Add(order.Customer.Name);", ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Lazy_reference_in_an_operator() => Lazy("found.AddRange(db.Orders.OrderBy(o => o.Id).ToList().Select(o => o.Customer.Name));", ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Lazy_reference_and_collection() => Lazy(
        "foreach (var order in db.Orders.OrderBy(o => o.Id).ToList())\n            found.Add(order.Customer.Name + order.Lines.Count);", ShopSeed.LastCustomerWithOrders + ShopSeed.Orders);

    [DatabaseFact]
    public Task Explicit_load_of_a_collection() => Explicit(
        "db.Entry(order).Collection(o => o.Lines).Load();\n            found.Add(order.Lines.OrderBy(l => l.Id).Select(l => l.Price).ToList());", ShopSeed.Orders);

    [DatabaseFact]
    public Task Explicit_load_of_a_collection_awaited() => Explicit(
        "await db.Entry(order).Collection(o => o.Lines).LoadAsync(ct);\n            found.Add(order.Lines.Count);", ShopSeed.Orders);

    [DatabaseFact]
    public Task Explicit_load_of_a_reference_by_name() => Explicit(
        "db.Entry(order).Reference(\"Customer\").Load();\n            found.Add(order.Customer.Name);", ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Missing_reference_throws_before() => Missing(
        "foreach (var order in db.Orders.Where(o => o.Open).OrderBy(o => o.Id).ToList())\n            found.Add(order.Customer.Name);",
        "found.AddRange(db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Select(o => o.Customer.Name));",
        throwsBefore: true);

    [DatabaseFact]
    public Task Missing_reference_of_one_row() => Missing(
        "var order = await db.Orders.AsNoTracking().FirstAsync(o => o.Id == 5, ct);\n        found.Add(order.Customer.Name);",
        "found.Add(await db.Orders.Where(o => o.Id == 5).Select(o => o.Customer.Name).FirstAsync(ct));",
        throwsBefore: true);

    [DatabaseFact]
    public Task Missing_collection_is_empty_before() => Missing(
        "foreach (var order in await db.Orders.OrderBy(o => o.Id).ToListAsync(ct))\n            found.Add(order.Lines.Sum(l => l.Quantity));",
        "foreach (var sum in await db.Orders.OrderBy(o => o.Id).Select(o => o.Lines.Sum(l => l.Quantity)).ToListAsync(ct))\n            found.Add(sum);",
        throwsBefore: false);

    [DatabaseFact]
    public Task Missing_collection_of_a_query_expression() => Missing(
        "foreach (var order in from o in db.Orders where o.Open orderby o.Id select o)\n            found.Add(order.Lines.Count);",
        "found.AddRange(db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Select(o => o.Lines.Count).AsEnumerable().Cast<object?>());",
        throwsBefore: false);

    private static Task Lazy(string statements, int loads) => ExecutionVerifier.SameResultFewerCommands<LazyNavigation, LazyNavigationFix>(
        Snippet(statements).Replace("ShopContext", "LazyShop", StringComparison.Ordinal) + LazyShop, 1 + loads, 1);

    private static Task Explicit(string body, int loads) => ExecutionVerifier.SameResultFewerCommands<ExplicitLoadPerElement, ExplicitLoadPerElementFix>(
        Snippet("foreach (var order in db.Orders.OrderBy(o => o.Id).ToList())\n        {\n            " + body + "\n        }"), 1 + loads, 1);

    /// <summary>The fixed code gives what a projection gives; the code before throws or gives something else.</summary>
    private static async Task Missing(string statements, string projection, bool throwsBefore)
    {
        string before = Snippet(statements);
        string after = await ExecutionVerifier.FixedStateCompiles<UnloadedNavigation, UnloadedNavigationFix>(before);
        (SnippetOutcome expected, SnippetOutcome repaired) = await ExecutionVerifier.SameResult(Snippet(projection), after);
        Assert.Equal(expected.Commands.Count, repaired.Commands.Count);
        (SnippetOutcome broken, _) = await ExecutionVerifier.SameResult(before, before, throwsBefore);
        Assert.NotEqual(expected.Result, broken.Result);
        if (throwsBefore)
            Assert.IsType<NullReferenceException>(broken.Exception);
    }

    private static string Snippet(string statements) =>
        $$"""
        static class Snippet
        {
            public static {{(statements.Contains("await ", StringComparison.Ordinal) ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
            {
                var found = new List<object?>();
                {{statements}}
                return found;
            }
        }
        """;
}
