using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.WholeTableRead, DbRules.CodeFixes.ResultSize.WholeTableReadFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR201 speaks, when it is quiet, and what its fix writes.</summary>
public class WholeTableReadTests
{
    [Theory]
    [InlineData("Use(await db.Orders.{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(db.Orders.{|DBR201:ToList|}());")]
    [InlineData("Use(db.Orders.{|DBR201:ToArray|}());")]
    [InlineData("Use(await db.Orders.{|DBR201:ToDictionaryAsync|}(o => o.Id, ct));")]
    [InlineData("Use(db.Orders.{|DBR201:ToDictionary|}(o => o.Id, o => o.Number));")]
    [InlineData("Use(db.Orders.{|DBR201:ToLookup|}(o => o.CustomerId));")]
    [InlineData("await db.Orders.{|DBR201:LoadAsync|}(ct);")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.CreatedAt).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).AsNoTracking().{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.Select(o => new { o.Id, o.Number }).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Orders.SelectMany(o => o.Lines).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await (from o in db.Orders orderby o.Id select o.Number).{|DBR201:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Set<Order>().{|DBR201:ToListAsync|}(ct));")]
    [InlineData("var query = db.Orders.AsNoTracking(); Use(await query.{|DBR201:ToListAsync|}(ct));")]
    [InlineData("using var other = factory.CreateDbContext(); Use(other.Orders.{|DBR201:ToList|}());")]
    [InlineData("Use(await Everything(db).{|DBR201:ToListAsync|}(ct)); static IQueryable<Order> Everything(ShopContext db) => db.Orders.Include(o => o.Lines);")]
    [InlineData("Use(db.Orders.Skip(100).{|DBR201:ToList|}());")]
    [InlineData("Use(await Sorted(db.Orders).{|DBR201:ToListAsync|}(ct)); static IQueryable<Order> Sorted(IQueryable<Order> query) { query = query.OrderBy(o => o.Number); return query; }")]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).AsQueryable().{|DBR201:ToList|}());")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    // Limited, by whatever.
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Skip(10).Take(10).ToListAsync(ct));")]
    [InlineData("IQueryable<Order> query = db.Orders.OrderBy(o => o.Id); if (ids.Length > 3) query = query.Take(10); Use(await query.ToListAsync(ct));")]
    [InlineData("var query = ids.Length > 3 ? db.Orders.Take(10) : db.Orders; Use(await query.ToListAsync(ct));")]
    [InlineData("Use(await Page(db.Orders).ToListAsync(ct)); static IQueryable<Order> Page(IQueryable<Order> query) => query.OrderBy(o => o.Id).Take(10);")]
    [InlineData("Use(await First(db).ToListAsync(ct)); static IQueryable<Order> First(ShopContext db) => db.Orders.OrderBy(o => o.Id).Take(10);")]
    [InlineData("Use(await Paged(db.Orders)); static Task<List<Order>> Paged(IQueryable<Order> query) => query.Take(10).ToListAsync();")]
    [InlineData("Use(await All(db.Orders)); static Task<List<Order>> All(IQueryable<Order> query) => query.ToListAsync();")]
    [InlineData("Use((await db.Orders.FirstAsync(ct), db.Orders.Count(), await db.Orders.AnyAsync(ct), db.Orders.Max(o => o.Id)));")]
    // A helper that goes on with what it is given, and a query that was one already.
    [InlineData("Use(await For(db.Orders, 3).ToListAsync(ct)); static IQueryable<Order> For(IQueryable<Order> query, int customer) { if (customer == 0) return query; query = query.Where(o => o.CustomerId == customer); return query; }")]
    [InlineData("Use(For(db.Orders.AsNoTracking()).ToList()); static IOrderedQueryable<Order> For(IQueryable<Order> query) { query = from o in query where o.CustomerId == 3 select o; return query.OrderBy(o => o.Id); }")]
    [InlineData("Use(await Some(db.Orders).ToListAsync(ct)); static IQueryable<Order> Some(IQueryable<Order> query) { query = query.OrderBy(o => o.Id); query = query.Take(10); return query; }")]
    [InlineData("var query = db.Orders.Where(o => ids.Contains(o.CustomerId)).OrderBy(o => o.Id).AsQueryable(); Use(await query.ToListAsync(ct));")]
    [InlineData("Use(db.Orders.Take(3).AsQueryable().ToList());")]
    // A filter: DBR202.
    [InlineData("Use(await db.Orders.Where(o => o.Open).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => o.Id == 3).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync(ct));")]
    [InlineData("IQueryable<Order> query = db.Orders; if (ids.Length > 3) query = query.Where(o => o.Open); Use(await query.ToListAsync(ct));")]
    // Groups, keys and what else is small by nature.
    [InlineData("Use(await db.Orders.Select(o => o.CustomerId).Distinct().ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.GroupBy(o => o.Open).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct));")]
    [InlineData("Use(await db.Countries.OrderBy(c => c.Name).ToListAsync(ct));")]
    // Streams.
    [InlineData("await foreach (var order in db.Orders.AsNoTracking().AsAsyncEnumerable()) Use(order.Number);")]
    [InlineData("foreach (var order in db.Orders) Use(order.Number);")]
    [InlineData("await db.Orders.ForEachAsync(order => Use(order.Number), ct);")]
    [InlineData("Use(db.Orders.AsEnumerable().Select(o => o.Number).FirstOrDefault());")]
    [InlineData("Use(db.Orders.AsEnumerable().Where(o => o.Number.GetHashCode() > 3).ToList());")]
    // Not a table.
    [InlineData("Use(orders.AsQueryable().ToList());")]
    [InlineData("Use(db.Orders.Local.ToList());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders LIMIT 3\").ToList());")]
    [InlineData("Use(Some(db).ToList()); static IQueryable<Order> Some(ShopContext db) => db.Orders.FromSqlRaw(\"SELECT * FROM Orders LIMIT 3\");")]
    [InlineData("Use(db.Entry(orders[0]).Collection(o => o.Lines).Query().ToList());")]
    // A cache keeps them.
    [InlineData("_last ??= db.Orders.ToList().Last();")]
    [InlineData("Use(db.Orders.IgnoreQueryFilters().Concat(db.Orders).ToList());")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("static class Store<T> where T : class { public static Task<List<T>> All(ShopContext db) => db.Set<T>().ToListAsync(); }")]
    [InlineData("class Store { private List<Order>? _all; public List<Order> All(ShopContext db) => _all ??= db.Orders.ToList(); }")]
    [InlineData("class Store { private List<Order>? _all; public List<Order> All(ShopContext db) => LazyInitializer.EnsureInitialized(ref _all, () => db.Orders.ToList()); }")]
    [InlineData("class Store(ShopContext db, ICache cache) { public List<Order> All() => cache.GetCache(\"orders\", () => { return db.Orders.AsNoTracking().ToList(); }); } interface ICache { T GetCache<T>(string key, Func<T> read); }")]
    [InlineData("class Store(ShopContext db, IResults results) { public Task<List<Order>> All() => results.GetOrSetAsync(\"orders\", async ct => await db.Orders.ToListAsync(ct)); } interface IResults { Task<T> GetOrSetAsync<T>(string key, Func<CancellationToken, Task<T>> read); }")]
    [InlineData("class Store(ShopContext db, Dictionary<string, object> kept) { public List<Order> All() => Keep(\"orders\", () => db.Orders.ToList()); T Keep<T>(string key, Func<T> read) { if (!kept.TryGetValue(key, out var value)) kept[key] = value = read()!; return (T)value; } }")]
    [InlineData("class OrderCache { private Dictionary<int, Order> _orders = new(); public void Load(ShopContext db) => _orders = db.Orders.ToList().ToDictionary(o => o.Id); }")]
    [InlineData("class ConfigItem { public int Id { get; set; } } class Configs : DbContext { public DbSet<ConfigItem> All => Set<ConfigItem>(); public List<ConfigItem> Read() => All.ToList(); }")]
    [InlineData("class ShippingMethod { public int Id { get; set; } } class Shipping : DbContext { public DbSet<ShippingMethod> All => Set<ShippingMethod>(); public List<ShippingMethod> Read() => All.ToList(); }")]
    [InlineData("class LanguageEntity { public int Id { get; set; } } class Languages : DbContext { public DbSet<LanguageEntity> All => Set<LanguageEntity>(); public List<LanguageEntity> Read() => All.ToList(); }")]
    [InlineData("class Seeder { public void Run(ShopContext db) { if (db.Orders.ToList().Count == 0) db.Add(new Order()); } }")]
    [InlineData("enum Color { Red } class Paint { public Color Id { get; set; } } class Paints : DbContext { public DbSet<Paint> All => Set<Paint>(); public List<Paint> Read() => All.ToList(); }")]
    [InlineData("class SmallTableAttribute : Attribute; [SmallTable] class Paint { public int Id { get; set; } } class Paints : DbContext { public DbSet<Paint> All => Set<Paint>(); public List<Paint> Read() => All.ToList(); }")]
    [InlineData("class Paint { public int Id { get; set; } } class Paints : DbContext { public DbSet<Paint> All => Set<Paint>(); public List<Paint> Read() => All.ToList(); protected override void OnModelCreating(ModelBuilder model) => model.Entity<Paint>().HasData(new Paint { Id = 1 }); }")]
    public Task Quiet_for_some_code(string source) => Code.Reports(source);

    [Fact]
    public Task A_cache_that_keeps_nothing_is_none() => Code.Reports(
        "class Store(ShopContext db, NoCache cache) { public List<Order> All() => cache.GetOrAdd(\"orders\", () => db.Orders.{|DBR201:ToList|}()); } class NoCache { public T GetOrAdd<T>(string key, Func<T> read) => read(); }");

    [Fact]
    public Task Quiet_for_an_entity_that_the_options_name() =>
        ReportsWith("dbrules.small_entities = Customer, order", "class Report { public List<Order> All(ShopContext db) => db.Orders.ToList(); public List<Product> Products(ShopContext db) => db.Products.{|DBR201:ToList|}(); }");

    [Theory]
    [InlineData("Use(await db.Orders.{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(o => o.Id).Take(100).ToListAsync(ct));")]
    [InlineData("Use(db.Orders.AsNoTracking().{|DBR201:ToList|}());", "Use(db.Orders.AsNoTracking().OrderBy(o => o.Id).Take(100).ToList());")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Number).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(o => o.Number).Take(100).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Number).Select(o => o.Id).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(o => o.Number).Select(o => o.Id).Take(100).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => new { o.Id }).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).Take(100).Select(o => new { o.Id }).ToListAsync(ct));")]
    [InlineData("var query = db.Orders.AsNoTracking(); /* all */ Use(query.{|DBR201:ToList|}());", "var query = db.Orders.AsNoTracking(); /* all */ Use(query.OrderBy(o => o.Id).Take(100).ToList());")]
    [InlineData("var o = 3; Use(o); Use(db.Orders.{|DBR201:ToList|}());", "var o = 3; Use(o); Use(db.Orders.OrderBy(order => order.Id).Take(100).ToList());")]
    [InlineData("Use(await (from o in db.Orders orderby o.Id select o).{|DBR201:ToListAsync|}(ct));", "Use(await (from o in db.Orders orderby o.Id select o).Take(100).ToListAsync(ct));")]
    [InlineData(
        "var all = await db.Orders\n            .AsNoTracking() // read only\n            .{|DBR201:ToListAsync|}(ct);\n        Use(all);",
        "var all = await db.Orders\n            .AsNoTracking()\n            .OrderBy(o => o.Id)\n            .Take(100) // read only\n            .ToListAsync(ct);\n        Use(all);")]
    public Task Fixed(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    // No place or no key to order by.
    [InlineData("Use(await db.Orders.SelectMany(o => o.Lines).{|DBR201:ToListAsync|}(ct));", "Use(await db.Orders.OrderBy(o => o.Id).Take(100).SelectMany(o => o.Lines).ToListAsync(ct));")]
    public Task Fixed_before_a_step_that_changes_the_rows(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData("var names = db.Orders.Select(o => o.Number); Use(names.{|DBR201:ToList|}());")]
    [InlineData("class Mark { public string Text { get; set; } = \"\"; } class Marks : DbContext { public DbSet<Mark> All => Set<Mark>(); public List<Mark> Read() => All.{|DBR201:ToList|}(); }")]
    public Task No_fix(string code) => Code.NoFix(code);

    [Theory]
    [InlineData("never", DiagnosticSeverity.Info)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("whole-table", DiagnosticSeverity.Warning)]
    [InlineData("always", DiagnosticSeverity.Warning)]
    public Task Severity_by_option(string value, DiagnosticSeverity severity)
    {
        var test = new CSharpAnalyzerVerifier<WholeTableRead>.Test { TestCode = "class Orders { public List<Order> All(ShopContext db) => db.Orders.{|#0:ToList|}(); }" };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\ndbrules.row_limit = {value}\n"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult("DBR201", severity).WithLocation(0).WithArguments("ToList", "Order"));
        return test.RunAsync();
    }

    private static Task ReportsWith(string option, string source)
    {
        var test = new CSharpAnalyzerVerifier<WholeTableRead>.Test { TestCode = source };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + option + "\n"));
        return test.RunAsync();
    }
}
