using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR412 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class ConcurrentUseTests
{
    [Theory]
    [InlineData("await Task.WhenAll(db.Orders.LoadAsync(), db.{|DBR412:SaveChangesAsync|}());", "await db.Orders.LoadAsync();\nawait db.SaveChangesAsync();")]
    [InlineData("await Task.WhenAll(db.Orders.LoadAsync(), db.{|DBR412:SaveChangesAsync|}()).ConfigureAwait(false);", "await db.Orders.LoadAsync().ConfigureAwait(false);\nawait db.SaveChangesAsync().ConfigureAwait(false);")]
    [InlineData("if (flag)\n    await Task.WhenAll(db.Orders.LoadAsync(), db.{|DBR412:SaveChangesAsync|}());", "if (flag)\n{\n    await db.Orders.LoadAsync();\n    await db.SaveChangesAsync();\n}")]
    [InlineData("var counts = await Task.WhenAll(db.Orders.CountAsync(), db.Customers.{|DBR412:CountAsync|}());\nUse(counts);", "var counts = new[] { await db.Orders.CountAsync(), await db.Customers.CountAsync() };\nUse(counts);")]
    [InlineData("var ordersTask = db.Orders.CountAsync();\nvar customersTask = db.Customers.{|DBR412:CountAsync|}();\nUse(await ordersTask + await customersTask);", "var orders = await db.Orders.CountAsync();\nvar customers = await db.Customers.CountAsync();\nUse(orders + customers);")]
    [InlineData("Task<int> a = db.Orders.CountAsync();\nTask<int> b = db.Customers.{|DBR412:CountAsync|}();\nawait Task.WhenAll(a, b);\nUse(a.Result + b.Result);", "var a = await db.Orders.CountAsync();\nvar b = await db.Customers.CountAsync();\nUse(a + b);")]
    [InlineData("var a = db.Orders.ToListAsync();\nawait db.{|DBR412:SaveChangesAsync|}();\nUse((await a).Count);", "var a = await db.Orders.ToListAsync();\nawait db.SaveChangesAsync();\nUse(a.Count);")]
    [InlineData("_ = db.SaveChangesAsync();\nvar orders = await db.Orders.{|DBR412:ToListAsync|}();", "await db.SaveChangesAsync();\nvar orders = await db.Orders.ToListAsync();")]
    // No plan.
    [InlineData("Task<int> a, b;\nlock (ids)\n{\n    a = db.Orders.CountAsync();\n    b = db.Customers.{|DBR412:CountAsync|}();\n}\nUse(await a + await b);", null)]
    [InlineData("lock (ids)\n{\n    var a = db.Orders.CountAsync();\n    var b = db.Customers.{|DBR412:CountAsync|}();\n    Use(a.Result + b.Result);\n}", null)]
    [InlineData("await Task.WhenAll(ids.Select(async id => await db.Products.{|DBR412:FindAsync|}(id)));", null)]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, stop) => await db.Products.{|DBR412:FindAsync|}(new object[] { id }, stop));", null)]
    [InlineData("var tasks = new List<Task>();\nforeach (var id in ids)\n    tasks.Add(db.Orders.Where(o => o.Id == id).{|DBR412:LoadAsync|}());\nawait Task.WhenAll(tasks);", null)]
    [InlineData("var a = db.Orders.CountAsync();\nvar b = db.Customers.{|DBR412:CountAsync|}();\nawait Task.WhenAny(a, b);", null)]
    [InlineData("var (a, b) = (db.Orders.CountAsync(), db.Customers.{|DBR412:CountAsync|}());\nawait Task.WhenAll(a, b);", null)]
    [InlineData("(var a, var b) = (db.Orders.CountAsync(), db.Customers.{|DBR412:CountAsync|}());\nUse(await a + await b);", null)]
    [InlineData("var both = (db.Orders.CountAsync(), db.Customers.{|DBR412:CountAsync|}());\nawait Task.WhenAll(both.Item1, both.Item2);", null)]
    public Task Fires(string before, string? after) => SuggestionCode<ConcurrentUse, ConcurrentUseFix>.Fixes(Wrap(before), Wrap(after ?? before));

    [Theory]
    [InlineData("await db.Orders.LoadAsync(); await db.SaveChangesAsync();")]
    [InlineData("await Task.WhenAll(db.SaveChangesAsync(), other.SaveChangesAsync());")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await using var own = new ShopContext(); await own.SaveChangesAsync(); }));")]
    [InlineData("var (a, b) = (db.Orders.CountAsync(), 3);\nawait a;\nUse(await db.Orders.CountAsync() + b);")]
    [InlineData("var (a, b) = (await db.Orders.CountAsync(), await db.Customers.CountAsync());\nUse(a + b);")]
    [InlineData("var (a, b) = (db.Orders.CountAsync(), other.Customers.CountAsync());\nawait Task.WhenAll(a, b);")]
    public Task Quiet(string statements) => SuggestionCode<ConcurrentUse, ConcurrentUseFix>.Reports(Wrap(statements));

    [Theory]
    [InlineData("class Store(ShopContext db)\n{")]
    [InlineData("class Store\n{\n    private readonly ShopContext db;\n    public Store(ShopContext given) => db = given;")]
    public Task Through_members_of_the_object(string start) => SuggestionCode<ConcurrentUse, ConcurrentUseFix>.Reports(
        start +
        """

            public Task CountAsync() => Task.WhenAll(OrdersAsync(), {|DBR412:CustomersAsync|}());

            private Task<int> OrdersAsync() => db.Orders.CountAsync();

            private async Task<int> CustomersAsync() => await db.Customers.CountAsync();
        }
        """);

    private static string Wrap(string statements) => $$"""
        class Store
        {
            async Task RunAsync(ShopContext db, ShopContext other, int[] ids, bool flag)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
            }

            static void Use(object? value) { }
        }
        """;
}
