using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What options, model rows and the purpose of code change about DBR101.</summary>
public sealed class QueryPerElementTestsOfSettings
{
    private const string Loop = "foreach (var id in new[] { 1, 2, 3 }) Use(db.Orders.Find(id));";

    [Theory]
    [InlineData("", "Find")]
    [InlineData("dbrules.small_sequence = 3", "Find")]
    [InlineData("dbrules.small_sequence = 2", "{|DBR101:Find|}")]
    [InlineData("dbrules.small_sequence = 0", "{|DBR101:Find|}")]
    [InlineData("dbrules.small_sequence = 10", "Find")]
    [InlineData("dbrules.small_sequence = few", "Find")]
    [InlineData("dbrules.small_sequence = -1", "Find")]
    public Task Small_sequence(string option, string find) => RunWithOptionAsync(option, Loop.Replace("Find", find, StringComparison.Ordinal));

    [Theory]
    [InlineData("foreach (var id in new[] { 1, 2, 3, 4, 5 }) Use(db.Orders.{|DBR101:Find|}(id));")]
    [InlineData("foreach (var id in Enumerable.Range(1, 5)) Use(db.Orders.{|DBR101:Find|}(id));")]
    [InlineData("for (var id = 0; id <= 4; id++) Use(db.Orders.{|DBR101:Find|}(id));")]
    [InlineData("int[] five = [1, 2, 3, 4, 5];\nUse(five.Select(id => db.Orders.{|DBR101:Find|}(id)).ToList());")]
    [InlineData("int[] spread = [1, .. ids];\nforeach (var id in spread) Use(db.Orders.{|DBR101:Find|}(id));")]
    [InlineData("var growing = new List<int> { 1 };\ngrowing.AddRange(ids);\nforeach (var id in growing) Use(db.Orders.{|DBR101:Find|}(id));")]
    public Task Sequences_that_are_not_small(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task A_larger_limit_quiets_a_larger_sequence() =>
        RunWithOptionAsync("dbrules.small_sequence = 5", "foreach (var id in new[] { 1, 2, 3, 4, 5 }) Use(db.Orders.Find(id));");

    [Fact]
    public async Task The_option_holds_for_its_files()
    {
        var test = new RoundTripTest();
        test.TestState.Sources.Add(("/0/Strict/A.cs", RoundTripTest.Method(Loop.Replace("Find", "{|DBR101:Find|}", StringComparison.Ordinal))));
        test.TestState.Sources.Add(("/0/Calm/B.cs", RoundTripTest.Method(Loop).Replace("class Report", "class Other", StringComparison.Ordinal)));
        test.TestState.AnalyzerConfigFiles.Add(("/0/Strict/.editorconfig", "[*.cs]\ndbrules.small_sequence = 1\n"));
        await test.RunAsync();
    }

    [Fact]
    public Task Users_row_makes_a_method_a_round_trip() => RunWithRowsAsync(
        """
        type Shop.IOrderStore and-derived
          Load[Async] round-trip reads one
        """,
        "foreach (var id in ids) { _ = await store.{|DBR101:LoadAsync|}(id); _ = store.{|DBR101:Load|}(id); _ = own.{|DBR101:Load|}(id); }");

    [Fact]
    public Task Without_the_row_it_is_none() => RunWithRowsAsync(
        "",
        "foreach (var id in ids) { _ = await store.LoadAsync(id); _ = store.Load(id); _ = own.Load(id); }");

    [Fact]
    public Task Users_row_that_writes_is_no_query() => RunWithRowsAsync(
        """
        type Shop.IOrderStore and-derived
          Load[Async] round-trip writes none
        """,
        "foreach (var id in ids) { _ = await store.LoadAsync(id); _ = store.Load(id); }");

    [Fact]
    public Task Users_row_nothing_silences_a_member() => RunWithRowsAsync(
        """
        type Microsoft.EntityFrameworkCore.DbSet`1 and-derived
          Find[Async] nothing
        """,
        "foreach (var id in ids) { _ = db.Orders.Find(id); _ = await db.Orders.FindAsync(id); _ = db.Orders.{|DBR101:First|}(o => o.Id == id); }");

    [Fact]
    public Task Users_row_declares_a_cache() => RunWithRowsAsync(
        """
        type Shop.Cache
          Has probes-cache
          GetOrLoad on-miss:load
        """,
        "foreach (var id in ids) { if (!cache.Has(id)) _ = db.Orders.Find(id); _ = cache.GetOrLoad(id, key => db.Orders.First(o => o.Id == key)); }");

    [Fact]
    public Task Users_row_declares_a_sequence_of_at_most_one() => RunWithRowsAsync(
        """
        type Shop.Maybe`1 at-most-one
        """,
        "foreach (var id in maybe) _ = db.Orders.Find(id);");

    [Fact]
    public Task Users_row_declares_a_delegate_per_element() => RunWithRowsAsync(
        """
        type Shop.Maybe`1
          Each source:this per-element:action
        """,
        "maybe.Each(id => { _ = db.Orders.{|DBR101:Find|}(id); });");

    [Fact]
    public Task Users_row_declares_a_consumer() => RunWithRowsAsync(
        """
        type Shop.Maybe`1 consumes
        """,
        "foreach (var id in maybe) _ = db.Orders.Find(id);");

    [Theory]
    [InlineData("class OrderSeeder", "void Run")]
    [InlineData("class SeedData", "void Run")]
    [InlineData("class Setup", "void SeedOrders")]
    [InlineData("class Setup", "void MigrateOrders")]
    [InlineData("class DatabaseMigrator", "void Run")]
    [InlineData("class AddOrders : Microsoft.EntityFrameworkCore.Migrations.Migration", "protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder builder) { }\n    void Run")]
    public Task T33_seeding_and_migrations(string type, string method) => RoundTripTest.RunSourceAsync(
        $$"""
        {{type}}
        {
            {{method}}(ShopContext db, IDbConnection connection, int[] ids)
            {
                foreach (var id in ids)
                {
                    if (!db.Orders.Any(o => o.Id == id))
                        db.Orders.Add(new Order { Id = id });
                    _ = connection.QueryFirst<Order>("SELECT * FROM Orders WHERE Id = @id", new { id });
                }
            }
        }
        """);

    [Theory]
    [InlineData("Shop.Tests")]
    [InlineData("Shop.IntegrationTests")]
    [InlineData("Shop.UnitTest")]
    [InlineData("Shop.Benchmarks")]
    [InlineData("Shop.Specs")]
    public Task T33_test_projects(string assembly) => RunAsAssemblyAsync(assembly, "foreach (var id in ids) Use(db.Orders.Find(id));");

    [Theory]
    [InlineData("Shop")]
    [InlineData("Shop.Contests.Web")]
    [InlineData("Shop.Latest")]
    public Task Other_projects(string assembly) => RunAsAssemblyAsync(assembly, "foreach (var id in ids) Use(db.Orders.{|DBR101:Find|}(id));");

    [Fact]
    public Task T33_generated_code() => RunFileAsync("/0/Orders.g.cs", "foreach (var id in ids) Use(db.Orders.Find(id));");

    [Fact]
    public async Task A_suppression_holds()
    {
        var test = new RoundTripTest
        {
            TestCode = RoundTripTest.Method("#pragma warning disable DBR101\nforeach (var id in ids) Use(db.Orders.Find(id));\n#pragma warning restore DBR101\nforeach (var id in ids) Use(db.Orders.{|DBR101:Find|}(id));"),
        };
        await test.RunAsync();
    }

    private static Task RunWithOptionAsync(string option, string code)
    {
        var test = new RoundTripTest { TestCode = RoundTripTest.Method(code) };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{option}\n"));
        return test.RunAsync();
    }

    private static Task RunAsAssemblyAsync(string name, string code)
    {
        var test = new RoundTripTest { TestCode = RoundTripTest.Method(code) };
        test.SolutionTransforms.Add((solution, id) => solution.WithProjectAssemblyName(id, name));
        return test.RunAsync();
    }

    private static Task RunFileAsync(string path, string code)
    {
        var test = new RoundTripTest();
        test.TestState.Sources.Add((path, RoundTripTest.Method(code)));
        return test.RunAsync();
    }

    private static Task RunWithRowsAsync(string rows, string statements)
    {
        var test = new RoundTripTest
        {
            TestCode =
                $$"""
                namespace Shop;

                interface IOrderStore
                {
                    Order Load(int id);
                    Task<Order> LoadAsync(int id);
                }

                class OrderStore : IOrderStore
                {
                    public Order Load(int id) => new();
                    public Task<Order> LoadAsync(int id) => Task.FromResult(new Order());
                }

                class Cache
                {
                    public bool Has(int id) => false;
                    public Order GetOrLoad(int id, Func<int, Order> load) => load(id);
                }

                class Maybe<T> : List<T>
                {
                    public void Each(Action<T> action) => ForEach(action);
                }

                class Report
                {
                    async Task RunAsync(ShopContext db, IOrderStore store, OrderStore own, Cache cache, Maybe<int> maybe, int[] ids)
                    {
                        {{statements}}
                    }
                }
                """,
        };
        if (rows.Length > 0)
            test.TestState.AdditionalFiles.Add(("/shop.dbmodel", rows));
        return test.RunAsync();
    }
}
