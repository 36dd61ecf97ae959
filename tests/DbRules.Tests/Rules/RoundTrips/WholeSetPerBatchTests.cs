using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR107 in loops over pages and groups: lists that have nothing to do with the page, and reads that have, or that another pass may answer otherwise.</summary>
public sealed class WholeSetPerBatchTests
{
    [Theory]
    [InlineData("Use(db.Countries.{|DBR107:ToList|}());")]
    [InlineData("Use(await db.Countries.{|DBR107:ToListAsync|}(ct));")]
    [InlineData("Use(await db.Countries.AsNoTracking().OrderBy(c => c.Name).{|DBR107:ToArrayAsync|}(ct));")]
    [InlineData("Use(db.Set<Country>().Where(c => c.Code != \"CH\").Select(c => c.Name).{|DBR107:ToList|}());")]
    [InlineData("Use({|DBR107:All|}(db));")]
    [InlineData("Use(await {|DBR107:AllAsync|}(db, ct));")]
    [InlineData("Use(await countries.{|DBR107:AllAsync|}());")]
    [InlineData("Use(await work.Countries.{|DBR107:AllAsync|}());\nawait work.CommitAsync();")]
    [InlineData("Use(db.Countries.{|DBR107:ToList|}());\nforeach (var order in page) order.Open = false;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Close(page, {|DBR107:All|}(db));\nawait db.SaveChangesAsync(ct);")]
    public Task Rows_that_no_page_names(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("for (var offset = 0; offset < orders.Count; offset += 100)")]
    [InlineData("foreach (var part in orders.Chunk(100))")]
    [InlineData("for (var page = 1; page <= orders.Count / 100; page++)")]
    public Task Loops_over_pages_and_groups(string header) => RoundTripTest.RunAsync(header + "\n{\n    Use(db.Countries.{|DBR107:ToList|}());\n}");

    [Theory]
    [InlineData("for (var page = 0; page < 3; page++)")]
    [InlineData("for (var attempt = 0; attempt < orders.Count / 2; attempt++)")]
    [InlineData("while (!ct.IsCancellationRequested)")]
    [InlineData("while (true)")]
    [InlineData("foreach (var part in orders.Take(3))\nforeach (var chunk in new[] { 1, 2 })", "foreach (var part in orders.Take(3))\n")]
    public Task Other_loops(string header, string removed = "-") =>
        RoundTripTest.RunAsync(header.Replace(removed, "", StringComparison.Ordinal) + "\n{\n    Use(db.Countries.ToList());\n    await Task.Delay(10);\n}");

    [Theory]
    // The page decides.
    [InlineData("var first = page[0].Id;\nUse(db.Countries.Where(c => c.Id >= first).ToList());")]
    [InlineData("Use(db.Orders.Skip(part.Length).Take(100).ToList());")]
    [InlineData("Use(db.Orders.Take(100).ToList());")]
    [InlineData("Use(db.Orders.Where(o => page.Contains(o)).ToList());")]
    [InlineData("Use(Of(db, page.Count));")]
    [InlineData("Use(await countries.OfAsync(page[0].CustomerId));")]
    // A flag that somebody else may set, or one row.
    [InlineData("if (!db.Countries.Any()) return null;")]
    [InlineData("Use(db.Countries.FirstOrDefault(c => c.Code == \"CH\"));")]
    [InlineData("Use(await countries.CountAsync());")]
    // A value that is not in view.
    [InlineData("Use(db.Countries.Where(c => c.Code == connectionString).ToList());")]
    [InlineData("Use(await countries.SelectedAsync());")]
    // The pass writes what it reads.
    [InlineData("Use(db.Orders.ToList());\nforeach (var order in page) order.Open = false;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(db.Orders.ToList());\nCloseAll(page);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(db.Countries.ToList());\ndb.Countries.Add(new Country());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(All(db));\nawait AddAsync(db, page);")]
    [InlineData("Use(await countries.AllAsync());\nawait countries.AddAsync(part.Length);")]
    [InlineData("Fill(page, All(db));\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(db.Countries.ToList());\nawait db.Countries.ExecuteDeleteAsync(ct);")]
    [InlineData("Use(db.Countries.ToList());\nawait db.Database.ExecuteSqlRawAsync(\"DELETE FROM Countries\", ct);")]
    [InlineData("Use(db.Countries.ToList());\ndb.ChangeTracker.Clear();")]
    // A store of the pass, a cache, an answer that ends the loop.
    [InlineData("using var own = factory.CreateDbContext();\nUse(own.Countries.ToList());")]
    [InlineData("var own = Make(part);\nUse(await own.AllAsync());")]
    [InlineData("if (_known is null) _known = All(db);")]
    [InlineData("try { Use(part); }\ncatch (DbException) { Use(All(db)); }")]
    public Task Reads_with_a_reason(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var other in ids)\n    Use(db.Countries.{|DBR107:ToList|}());")]
    [InlineData("foreach (var other in ids)\n    Use({|DBR102:All|}(db));")]
    public Task Inner_loops_over_elements_say_it_themselves(string statements) => RunAsync(statements);

    private static Task RunAsync(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        interface ICountries
        {
            Task<List<Country>> AllAsync();
            Task<List<Country>> OfAsync(int id);
            Task<List<Country>> SelectedAsync();
            Task<int> CountAsync();
            Task AddAsync(int id);
        }

        class CountryStore(ShopContext db) : ICountries
        {
            private int _selected;

            public Task<List<Country>> AllAsync() => db.Countries.ToListAsync();
            public Task<List<Country>> OfAsync(int id) => db.Countries.Where(c => c.Id == id).ToListAsync();
            public Task<List<Country>> SelectedAsync() => db.Countries.Where(c => c.Id == _selected).ToListAsync();
            public Task<int> CountAsync() => db.Countries.CountAsync();
            public async Task AddAsync(int id) { _selected = id; db.Countries.Add(new Country { Id = id }); await db.SaveChangesAsync(); }
        }

        interface IUnitOfWork
        {
            ICountries Countries { get; }
            Task<bool> CommitAsync();
        }

        class UnitOfWork(ShopContext db) : IUnitOfWork
        {
            public ICountries Countries => new CountryStore(db);
            public async Task<bool> CommitAsync() => await db.SaveChangesAsync() > 0;
        }

        class Report
        {
            private List<Country>? _known;

            async Task<object?> RunAsync(ShopContext db, IDbContextFactory<ShopContext> factory, ICountries countries, IUnitOfWork work, List<Order> orders, int[] ids, string connectionString, CancellationToken ct)
            {
                foreach (var part in orders.Chunk(100))
                {
                    var page = part.ToList();
                    {{statements.ReplaceLineEndings("\n            ")}}
                }

                return _known;
            }

            static List<Country> All(ShopContext db) => db.Countries.ToList();
            static async Task<List<Country>> AllAsync(ShopContext db, CancellationToken ct) => await db.Countries.ToListAsync(ct);
            static List<Country> Of(ShopContext db, int id) => db.Countries.Where(c => c.Id == id).ToList();
            static ICountries Make(Order[] part) => new CountryStore(new ShopContext());
            static void Close(List<Order> page, List<Country> countries) { foreach (var order in page) order.Open = countries.Count == 0; }
            static void CloseAll(List<Order> page) { foreach (var order in page) order.Open = false; }
            static void Fill(List<Order> page, List<Country> countries) => countries[0].Name = page[0].Number;
            static async Task AddAsync(ShopContext db, List<Order> page) { db.Countries.Add(new Country { Name = page[0].Number }); await db.SaveChangesAsync(); }
            static void Use(object? value) { }
        }
        """);
}
