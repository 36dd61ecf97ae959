using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR104 speaks where the query in view does not load what the code needs, and nothing else can have.</summary>
public sealed class UnloadedNavigationTests
{
    [Theory]
    [InlineData("foreach (var s in db.Sales) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("foreach (var s in await db.Sales.ToListAsync(ct)) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("await foreach (var s in db.Sales.AsAsyncEnumerable()) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var sales = await db.Sales.Where(s => s.Id > 3).OrderBy(s => s.Id).Take(3).ToListAsync(ct);\nforeach (var s in sales) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var sales = db.Sales.ToArray();\nfor (int i = 0; i < sales.Length; i++) Use(sales[i].{|DBR104:Buyer|}.Name);")]
    [InlineData("var sales = db.Sales.ToList();\nUse(sales.Select(s => s.{|DBR104:Buyer|}.Name).ToList());")]
    [InlineData("Use((await db.Sales.ToListAsync()).Where(s => s.Id > 2).Sum(s => s.{|DBR104:Items|}.Count));")]
    [InlineData("var s = await db.Sales.FirstAsync(s => s.Id == id, ct);\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var s = db.Sales.SingleOrDefault(s => s.Id == id);\nif (s != null) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var s = await db.Sales.FindAsync(id) ?? throw new Exception();\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("if (await db.Sales.FirstOrDefaultAsync() is { } s) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var s = await db.Sales.FirstOrDefaultAsync();\nUse(s?.{|DBR104:Buyer|}.Name);")]
    [InlineData("var s = await db.Sales.AsNoTracking().FirstAsync();\nUse(s.{|DBR104:Payer|}!.Name);")]
    [InlineData("var s = db.Sales.First();\ns.{|DBR104:Buyer|}.Name = \"x\";")]
    [InlineData("var s = db.Sales.First();\nforeach (var i in s.{|DBR104:Items|}) Use(i);")]
    [InlineData("var s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Count);")]
    [InlineData("var s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Sum(i => i.Quantity));")]
    [InlineData("var s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Contains(null!));")]
    [InlineData("var s = db.Sales.Include(s => s.Buyer).First();\nUse(s.Buyer.Name);\nUse(s.{|DBR104:Items|}.Any());")]
    [InlineData("var s = db.Sales.Include(s => s.Buyer).First();\nUse(s.Buyer.{|DBR104:Land|}.Name);")]
    [InlineData("var s = db.Sales.Include(\"Buyer\").First();\nUse(s.Buyer.{|DBR104:Land|}.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items).ToList())\n    foreach (var i in s.Items) Use(i.{|DBR104:Article|}.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).ToList())\n    foreach (var i in s.Items) Use(i.Article.{|DBR104:Tags|}.Count);")]
    [InlineData("var s = db.Sales.First();\nUse(s.{|DBR104:Buyer|}.Name);\nUse(s.Buyer.Id);\nUse(s.{|DBR104:Items|}.Count);")]
    [InlineData("var open = db.Sales.Where(s => s.Id > 1);\nif (flag) open = open.Take(3);\nforeach (var s in open) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var count = await db.Buyers.CountAsync();\nvar s = db.Sales.First();\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var tags = await db.Tags.ToListAsync();\nvar s = db.Sales.First();\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var orders = await shop.Orders.ToListAsync();\nforeach (var o in orders) Use(o.{|DBR104:Customer|}.Name);\nforeach (var o in orders) Use(o.{|DBR104:Lines|}.Count);")]
    [InlineData("var names = await db.Buyers.Select(b => b.Name).ToListAsync();\nvar s = db.Sales.First();\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("foreach (var s in from s in db.Sales where s.Id > 2 orderby s.Id select s) Use(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("await db.Sales.ForEachAsync(s => Use(s.{|DBR104:Buyer|}.Name));")]
    public Task Fires(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Buyer)) Use(s.Buyer.Name);")]
    [InlineData("var query = db.Sales.Include(s => s.Buyer).AsQueryable();\nforeach (var s in query.OrderBy(s => s.Id).ToList()) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(\"Buyer\")) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(nameof(Sale.Buyer))) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(\"Buyer.Land\")) Use(s.Buyer.Land.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Buyer.Land)) Use(s.Buyer.Land.Name + s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items.Where(i => i.Quantity > 1).OrderBy(i => i.Id))) Use(s.Items.Count);")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).ThenInclude(a => a.Tags)) Use(s.Items.SelectMany(i => i.Article.Tags).Count());")]
    [InlineData("IQueryable<Sale> q = db.Sales;\nif (flag) q = q.Include(s => s.Buyer);\nforeach (var s in q) Use(s.Buyer.Name);")]
    [InlineData("var path = flag ? \"Buyer\" : \"Payer\";\nforeach (var s in db.Sales.Include(path)) Use(s.Buyer.Name);")]
    public Task Loaded_by_the_query(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("var rows = await db.Sales.Select(s => new { s.Id, s.Buyer.Name }).ToListAsync();\nforeach (var r in rows) Use(r.Name);")]
    [InlineData("var rows = await db.Sales.Where(s => s.Buyer.Name == \"x\").OrderBy(s => s.Buyer.Land.Name).Select(s => s.Items.Count).ToListAsync();\nUse(rows);")]
    [InlineData("Use(db.Sales.Any(s => s.Items.Count > 3 && s.Buyer.Name != \"\"));")]
    [InlineData("var sales = db.Sales.Select(s => new { Sale = s, s.Buyer }).ToList();\nforeach (var s in sales) Use(s.Sale.Buyer.Name);")]
    [InlineData("foreach (var b in db.Sales.Select(s => s.Buyer)) Use(b.Land.Name);")]
    [InlineData("foreach (var g in db.Sales.GroupBy(s => s.BuyerId)) foreach (var s in g) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Buyers.SelectMany(b => b.Sales)) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Join(db.Buyers, s => s.BuyerId, b => b.Id, (s, b) => s)) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.ToList().Select(s => new Sale { Buyer = new Buyer() })) Use(s.Buyer.Name);")]
    public Task Projections(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("await db.Buyers.Where(b => keys.Contains(b.Id)).LoadAsync();\nforeach (var s in await db.Sales.ToListAsync()) Use(s.Buyer.Name);")]
    [InlineData("var buyers = await db.Buyers.ToListAsync();\nforeach (var s in await db.Sales.ToListAsync()) Use(s.Buyer.Name);")]
    [InlineData("var buyer = await db.Buyers.FindAsync(id);\nvar s = db.Sales.First(s => s.BuyerId == id);\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First();\nawait db.Entry(s).Reference(s => s.Buyer).LoadAsync();\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First();\ndb.Entry(s).Collection(s => s.Items).Load();\nUse(s.Items.Count);")]
    [InlineData("var s = db.Sales.First();\nawait db.Entry(s).Collection(s => s.Items).Query().Where(i => i.Quantity > 1).LoadAsync();\nUse(s.Items.Count);")]
    [InlineData("var s = db.Sales.First();\ns.Buyer = new Buyer();\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First();\ns.Items = db.Items.Where(i => i.SaleId == s.Id).ToList();\nUse(s.Items.Count);")]
    [InlineData("var s = db.Sales.First();\ns.Items.Add(new Item());\nUse(s.Items.Count);")]
    [InlineData("var s = db.Sales.First();\ndb.Items.Add(new Item { SaleId = s.Id });\nUse(s.Items.Count);")]
    [InlineData("var s = new Sale { Buyer = new Buyer() };\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.FirstOrDefault() ?? new Sale { Buyer = new Buyer() };\nUse(s.Buyer.Name);")]
    [InlineData("var sales = db.Sales.ToList();\nsales.Add(new Sale { Buyer = new Buyer() });\nforeach (var s in sales) Use(s.Buyer.Name);")]
    [InlineData("var s = db.Buyers.Include(b => b.Sales).First();\nforeach (var x in s.Sales) Use(x.Buyer.Name);")]
    [InlineData("foreach (var a in db.Articles.ToList()) Use(a.Parent!.Name);")]
    [InlineData("var pairs = db.Sales.Select(s => new { s, s.Buyer }).ToList();\nvar sale = db.Sales.First();\nUse(sale.Buyer.Name);")]
    [InlineData("var items = db.Items.Include(i => i.Sale.Buyer).ToList();\nvar sale = db.Sales.First();\nUse(sale.Buyer.Name);")]
    [InlineData("foreach (var i in db.Entry(db.Sales.First()).Collection(s => s.Items).Query()) Use(i.Sale.Id);")]
    public Task Filled_by_something_else(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("foreach (var s in db.Sales) Use(s.Buyer?.Name);")]
    [InlineData("foreach (var s in db.Sales) if (s.Buyer != null) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales) if (s.Buyer is { } b) Use(b.Name);")]
    [InlineData("foreach (var s in db.Sales) Use((s.Buyer ?? new Buyer()).Name);")]
    [InlineData("foreach (var s in db.Sales)\n{\n    ArgumentNullException.ThrowIfNull(s.Buyer);\n    Use(s.Buyer.Name);\n}")]
    [InlineData("foreach (var s in db.Sales) Use(s.Buyer);")]
    [InlineData("foreach (var s in db.Sales) Use(s.Items);")]
    [InlineData("foreach (var s in db.Sales) Use(nameof(s.Buyer.Name));")]
    [InlineData("foreach (var s in db.Sales) s.Items.Clear();")]
    public Task Not_needed_or_expected_to_be_missing(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("foreach (var s in db.Sales) Use(s.Address.City);")]
    [InlineData("foreach (var s in db.Sales) Use(s.Remarks.Count);")]
    [InlineData("foreach (var s in db.Sales) Use(s.Title.Length);")]
    [InlineData("var list = new List<Sale>();\nforeach (var s in list) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in new List<Sale>().AsQueryable().Where(s => s.Id > 1)) Use(s.Buyer.Name);")]
    public Task No_navigation_or_no_query(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("await users.TouchAsync(id);\nvar s = db.Sales.First();\nUse(s.Buyer.Name);")]
    [InlineData("Fill(db);\nvar s = db.Sales.First();\nUse(s.Buyer.Name);")]
    [InlineData("LoadAll();\nvar s = db.Sales.First();\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.AsNoTracking().First();\nComplete(s);\nUse(s.Buyer.Name);")]
    [InlineData("Use(users.Current);\nvar s = db.Sales.First();\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First(s => s.BuyerId == given.Id);\nUse(s.Buyer.Name);")]
    [InlineData("var s = db.Sales.First(s => s.BuyerId == _last!.Id);\nUse(s.Buyer.Name);")]
    [InlineData("await work();\nvar s = db.Sales.First();\nUse(s.Buyer.Name);")]
    public Task Calls_and_values_that_may_bring_the_rows_in(string statements) => NavigationTest.RunSourceAsync(Service(statements));

    [Theory]
    [InlineData("await users.TouchAsync(id);\nvar s = db.Sales.AsNoTracking().First();\nUse(s.{|DBR104:Items|}.Count);")]
    [InlineData("var text = Format(id);\nvar s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Count + text);")]
    [InlineData("var text = Pure(id);\nvar s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Count + text);")]
    [InlineData("var s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Count);\nawait users.TouchAsync(id);")]
    [InlineData("Console.WriteLine(id);\nvar s = db.Sales.First();\nUse(s.{|DBR104:Items|}.Count);")]
    public Task Calls_that_do_not(string statements) => NavigationTest.RunSourceAsync(Service(statements));

    [Theory]
    [InlineData("IStore", "interface IStore { DbSet<Sale> Sales { get; } DbSet<Buyer> Buyers { get; } }")]
    [InlineData("DbContext", "")]
    public Task A_context_whose_configuration_is_not_in_view(string type, string declaration) => NavigationTest.RunSourceAsync(
        $$"""
        class Reader({{type}} db)
        {
            public void Print()
            {
                foreach (var sale in {{(type == "DbContext" ? "db.Set<Sale>()" : "db.Sales")}})
                    Console.WriteLine(sale.Buyer.Name);
            }
        }

        {{declaration}}
        """);

    [Theory]
    [InlineData("private", "Load(id).Items.Count", "db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).First(s => s.Id == id)", "Article")]
    [InlineData("private", "Load(id)", "db.Sales.Include(\"Items.Article\").First(s => s.Id == id)", "Article")]
    [InlineData("public", "Load(id)", "db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).First(s => s.Id == id)", "{|DBR104:Article|}")]
    [InlineData("private", "Load(id)", "db.Sales.Include(s => s.Items).First(s => s.Id == id)", "{|DBR104:Article|}")]
    [InlineData("private", "Load(id)", "db.Sales.First(s => s.Id == id)", "{|DBR104:Article|}")]
    public Task Callers_of_a_private_method_may_have_filled_the_context(string accessibility, string use, string query, string read) => NavigationTest.RunSourceAsync(
        $$"""
        class Sales(StoreContext db)
        {
            public void Run(int id) { Console.WriteLine({{use}}); Print(id); }

            private Sale Load(int id) => {{query}};

            {{accessibility}} void Print(int id)
            {
                foreach (var item in db.Set<Item>().Where(i => i.Id > id).ToList())
                    Console.WriteLine(item.{{read}}.Name);
            }
        }
        """);

    [Theory]
    [InlineData("using var other = new StoreContext();\n        foreach (var item in other.Set<Item>().ToList())")]
    [InlineData("foreach (var item in db.Set<Item>().AsNoTracking().ToList())")]
    public Task Callers_cannot_have_filled_another_context(string loop) => NavigationTest.RunSourceAsync(
        $$"""
        class Sales(StoreContext db)
        {
            public Sale Load(int id) => db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).First(s => s.Id == id);

            private void Print()
            {
                {{loop}}
                    Console.WriteLine(item.{|DBR104:Article|}.Name);
            }
        }
        """);

    [Fact]
    public Task Tests_and_seeding_are_left_alone() => NavigationTest.RunSourceAsync(
        """
        class ShopSeeder(StoreContext db)
        {
            public void Fill()
            {
                foreach (var sale in db.Sales)
                    Console.WriteLine(sale.Buyer.Name);
            }
        }
        """);

    private static string Service(string statements) =>
        $$"""
        interface IUsers { Task TouchAsync(int id); Buyer Current { get; } }

        class Reader(StoreContext db, IUsers users)
        {
            private Buyer? _last;

            public async Task RunAsync(int id, Func<Task> work{{(statements.Contains("given.", StringComparison.Ordinal) ? ", Buyer given" : "")}})
            {
                await Task.Yield();
                {{statements}}
            }

            public void Remember(Buyer buyer) => _last = buyer;
            private void LoadAll() => db.Buyers.Load();
            private string Pure(int id) => Format(id);
            private static void Fill(StoreContext db) => db.Buyers.Load();
            private static void Complete(Sale sale) => sale.Buyer = new Buyer();
            private static string Format(int id) => id.ToString();
            private static void Use(object? value) { }
        }
        """;
}
