using DbRules.Rules.ResultSize;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.FilterWithoutLimit, DbRules.CodeFixes.ResultSize.FilterWithoutLimitFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR202 speaks, when it is quiet, and what its fix writes.</summary>
public class FilterWithoutLimitTests
{
    private const string Open = "class Report { public List<Order> Open(ShopContext db) => db.Orders.Where(o => o.Open).{|#0:ToList|}(); }";

    [Theory]
    [InlineData("Use(await db.Orders.Where(o => o.Open).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(db.Orders.Where(o => o.Number == \"A\").OrderBy(o => o.Id).{|DBR202:ToArray|}());")]
    [InlineData("Use(await (from o in db.Orders where o.CreatedAt > DateTime.UtcNow select o.Number).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("IQueryable<Order> query = db.Orders; if (ids.Length > 3) query = query.Where(o => o.Open); Use(await query.{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Customers.Where(c => db.Orders.Any(o => o.CustomerId == c.Id)).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Customers.Where(c => db.Orders.Select(o => o.CustomerId).Contains(c.Id)).{|DBR202:ToListAsync|}(ct));")]
    [InlineData("Use(db.Orders.Where(o => o.Id == 3 || o.Open).{|DBR202:ToList|}());")]
    [InlineData("Use(db.Orders.Where(o => o.Id != 3).{|DBR202:ToList|}());")]
    [InlineData("Use(db.Customers.Where(c => c.Name.Contains(connectionString)).{|DBR202:ToList|}());")]
    [InlineData("Use(db.OrderLines.Where(l => l.Id == l.OrderId).{|DBR202:ToList|}());")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("Use(await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Take(3).ToListAsync(ct));")]
    // One row, one parent, the rows of a list.
    [InlineData("Use(await db.Orders.Where(o => o.Id == 3).ToListAsync(ct));")]
    [InlineData("Use((await db.Orders.Where(o => o.Open && o.Id == 3).ToListAsync(ct)).Single());")]
    [InlineData("Use(await db.OrderLines.Where(l => l.OrderId == 3).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Customer.Id == 3 && o.Open).ToListAsync(ct));")]
    [InlineData("var customer = db.Customers.First(); Use(await db.Orders.Where(o => o.Customer == customer).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Id == 3 || o.Id == 4).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Open && keys.Contains(o.CustomerId)).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.CustomerId == 3).SelectMany(o => o.Lines).ToListAsync(ct));")]
    // What the filter is the caller says.
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>> filter = o => o.Id == 3; Use(await db.Orders.Where(filter).ToListAsync(ct));")]
    // Streams.
    [InlineData("await foreach (var order in db.Orders.Where(o => o.Open).AsAsyncEnumerable()) Use(order);")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Open)) Use(order);")]
    [InlineData("Use(await db.Countries.Where(c => c.Name != \"\").ToListAsync(ct));")]
    [InlineData("Use(orders.AsQueryable().Where(o => o.Open).ToList());")]
    // The whole table: DBR201.
    [InlineData("Use(await db.Orders.ToListAsync(ct));")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("[Index(nameof(Code), IsUnique = true)] class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "")]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>().HasIndex(i => i.Code).IsUnique();")]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>(item => item.HasAlternateKey(i => i.Code));")]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity(\"Shop.Item\", b => { b.HasIndex(\"Code\").IsUnique(); });")]
    public Task Quiet_for_a_unique_index(string entity, string model) => Code.Reports(Items(entity, model, "ToList"));

    [Theory]
    [InlineData("[Index(nameof(Code))] class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "")]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>().HasIndex(i => new { i.Code, i.Number }).IsUnique();")]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>().HasIndex(i => i.Code).IsUnique(false);")]
    public Task Reported_for_another_index(string entity, string model) => Code.Reports(Items(entity, model, "{|DBR202:ToList|}"));

    [Theory]
    [InlineData("Use(await db.Orders.Where(o => o.Open).{|DBR202:ToListAsync|}(ct));", "Use(await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Take(100).ToListAsync(ct));")]
    [InlineData("Use(db.Orders.Where(o => o.Open).OrderBy(o => o.Number).{|DBR202:ToList|}());", "Use(db.Orders.Where(o => o.Open).OrderBy(o => o.Number).Take(100).ToList());")]
    public Task Fixed(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    // A limit before a filter would leave out rows that pass it.
    [InlineData(
        "Use(await db.Orders.Select(o => o.Number).Where(n => n != null).{|DBR202:ToListAsync|}(ct));",
        "Use(await db.Orders.OrderBy(o => o.Id).Select(o => o.Number).Where(n => n != null).Take(100).ToListAsync(ct));")]
    [InlineData(
        "var all = await db.Orders\n            .Select(o => o.Number)\n            .Where(n => n != null)\n            .{|DBR202:ToListAsync|}(ct);\n        Use(all);",
        "var all = await db.Orders\n            .OrderBy(o => o.Id)\n            .Select(o => o.Number)\n            .Where(n => n != null)\n            .Take(100)\n            .ToListAsync(ct);\n        Use(all);")]
    public Task Fixed_around_a_later_filter(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    // The first rows of what is made of many rows are those of no order.
    [InlineData("Use(db.Orders.SelectMany(o => o.Lines).Where(l => l.Id > 7).{|DBR202:ToList|}());")]
    public Task No_fix(string code) => Code.NoFix(code);

    [Theory]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("whole-table", DiagnosticSeverity.Info)]
    [InlineData("always", DiagnosticSeverity.Warning)]
    public Task Severity_by_option(string value, DiagnosticSeverity severity)
    {
        CSharpAnalyzerVerifier<FilterWithoutLimit>.Test test = Test(value);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("DBR202", severity).WithLocation(0).WithArguments("ToList", "Order"));
        return test.RunAsync();
    }

    [Fact]
    public Task Silenced_by_option() => Test("never").RunAsync();

    private static CSharpAnalyzerVerifier<FilterWithoutLimit>.Test Test(string rowLimit)
    {
        var test = new CSharpAnalyzerVerifier<FilterWithoutLimit>.Test { TestCode = Open };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\ndbrules.row_limit = {rowLimit}\n"));
        return test;
    }

    private static string Items(string entity, string model, string terminal) =>
        $$"""
        {{entity}}
        class Items : DbContext
        {
            public DbSet<Item> All => Set<Item>();
            public List<Item> Of(string code) => All.Where(i => i.Code == code).{{terminal}}();
            protected override void OnModelCreating(ModelBuilder model) { {{model}} }
        }
        """;
}
