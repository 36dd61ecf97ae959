using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR103 speaks only where the project shows that it loads lazily, and in loops.</summary>
public sealed class LazyNavigationTests
{
    [Theory]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(s.{|DBR103:Buyer|}.Name);")]
    [InlineData("foreach (var s in await db.Sales.ToListAsync(ct)) Use(s.{|DBR103:Buyer|}?.Name);")]
    [InlineData("foreach (var s in await db.Sales.ToListAsync(ct)) if (s.{|DBR103:Buyer|} != null) Use(s.Buyer.Name);")]
    [InlineData("var sales = db.Sales.Where(s => s.Id > 1).ToList();\nUse(sales.Sum(s => s.{|DBR103:Items|}.Count));")]
    [InlineData("var sales = db.Sales.ToList();\nUse(sales.Where(s => s.{|DBR103:Buyer|}.Name == \"x\").Select(s => s.Buyer.Name).ToList());")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items))\n    foreach (var i in s.Items) Use(i.{|DBR103:Article|}.Name);")]
    [InlineData("var s = db.Sales.Include(s => s.Items).First();\nforeach (var i in s.Items) Use(i.{|DBR103:Article|}.Name);")]
    [InlineData("foreach (var s in db.Sales.AsNoTracking().ToList()) Use(s.{|DBR103:Buyer|}.Name);")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    Use(s.{|DBR103:Buyer|}.Name);\n    Use(s.Buyer.Id);\n    Use(s.{|DBR103:Items|}.Count);\n}")]
    public Task Fires(string statements) => NavigationTest.RunLazyAsync(statements);

    [Theory]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Buyer)) Use(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First();\nUse(s.Buyer.Name);\nUse(s.Items.Count);")]
    [InlineData("await db.Buyers.LoadAsync();\nforeach (var s in db.Sales.ToList()) Use(s.Buyer.Name);")]
    [InlineData("var names = await db.Sales.Select(s => s.Buyer.Name).ToListAsync();\nforeach (var n in names) Use(n);")]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(db.Entry(s).Reference(s => s.Buyer).IsLoaded);")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    s.Buyer = new Buyer();\n    Use(s.Buyer.Name);\n}")]
    [InlineData("foreach (var s in db.Sales.ToList()) s.Items.Add(new Item());")]
    [InlineData("foreach (var o in shop.Orders.ToList()) Use(o.Customer?.Name);")]
    public Task Quiet(string statements) => NavigationTest.RunLazyAsync(statements);

    [Theory]
    [InlineData(".Include(s => s.Payer).WithBuyers(true).WithItems().Where(s => s.Id > 1)")]
    [InlineData(".WithBuyers(false).WithItems()")]
    [InlineData(".Include(s => s.Payer).WithItems().Where(s => s.Id > 1)")]
    [InlineData(".Include(s => s.Payer).WithBuyers(true).Where(s => s.Id > 1)", "{|DBR103:Items|}")]
    public Task Helpers_that_include(string query, string items = "Items") => NavigationTest.RunSourceAsync(
        NavigationTest.Method($"foreach (var s in await db.Sales{query}.ToListAsync(ct))\n    foreach (var i in s.{items}) Use(i.Quantity);") +
        """

        static class Guard { public static T NotNull<T>(T value) => value ?? throw new ArgumentNullException(); }

        static class SaleQueries
        {
            public static Microsoft.EntityFrameworkCore.Query.IIncludableQueryable<Sale, Land?> WithBuyers(this IQueryable<Sale> query, bool tags)
            {
                Guard.NotNull(query);

                if (tags)
                {
                    query = query
                        .Include(s => s.Payer)
                        .Include(s => s.Buyer.Land);
                }

                return query.AsSplitQuery().Include(s => s.Buyer).ThenInclude(b => b.Land);
            }

            public static Microsoft.EntityFrameworkCore.Query.IIncludableQueryable<Sale, Article> WithItems(this IQueryable<Sale> query)
            {
                Guard.NotNull(query);

                return query.AsSplitQuery().Include(s => s.Items).ThenInclude(i => i.Article);
            }
        }
        """, "", "dbrules.lazy_loading = on");

    [Fact]
    public Task A_helper_out_of_view_may_include_anything() => NavigationTest.RunSourceAsync(
        NavigationTest.Method("foreach (var s in await queries.Complete(db.Sales).Where(s => s.Id > 1).ToListAsync(ct)) Use(s.Buyer.Name);").Replace("int id,", "Queries queries, int id,", StringComparison.Ordinal) +
        """

        abstract class Queries
        {
            public abstract Microsoft.EntityFrameworkCore.Query.IIncludableQueryable<Sale, Land> Complete(IQueryable<Sale> query);
        }
        """, "", "dbrules.lazy_loading = on");

    [Fact]
    public Task A_navigation_that_no_proxy_can_override_is_missing() =>
        NavigationTest.RunLazyAsync("foreach (var o in shop.Orders.ToList()) Use(o.{|DBR104:Customer|}.Name);");

    [Fact]
    public Task Without_proof_it_is_no_query() => NavigationTest.RunAsync("foreach (var s in db.Sales.ToList()) Use(s.Buyer?.Name);");

    [Fact]
    public Task Virtual_without_a_setup_in_view_says_nothing() =>
        NavigationTest.RunSourceAsync(NavigationTest.Method("foreach (var s in db.Sales.ToList()) Use(s.Buyer.Name);"), "");

    [Theory]
    [InlineData("on", "DBR103")]
    [InlineData("ON ", "DBR103")]
    [InlineData("off", "DBR104")]
    public Task The_option_decides(string mode, string rule) => NavigationTest.RunSourceAsync(
        NavigationTest.Method("foreach (var s in db.Sales.ToList()) Use(s.{|" + rule + ":Buyer|}.Name);"), "", "dbrules.lazy_loading = " + mode);

    [Theory]
    [InlineData("private readonly Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader _loader = null!;")]
    [InlineData("private Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader Loader { get; set; } = null!;")]
    [InlineData("public Trip() { } private Trip(Microsoft.EntityFrameworkCore.Infrastructure.ILazyLoader loader) { }")]
    [InlineData("public Trip() { } private Trip(Action<object, string> lazyLoader) { }")]
    public Task A_loader_in_the_entity(string loader) => NavigationTest.RunSourceAsync(
        $$"""
        class TripContext : DbContext
        {
            public DbSet<Trip> Trips { get; set; } = null!;
            public DbSet<Driver> Drivers { get; set; } = null!;

            void Print()
            {
                foreach (var trip in Trips.ToList())
                    Console.WriteLine(trip.{|DBR103:Driver|}.Name);
            }
        }

        class Trip { {{loader}} public int Id { get; set; } public Driver Driver { get; set; } = null!; }
        class Driver { public int Id { get; set; } public string Name { get; set; } = ""; }
        """,
        "");
}
