using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fixes of DBR104 and DBR108 write; that of DBR103 is the same as the one of DBR104.</summary>
public class NavigationFixTests
{
    [Fact]
    public Task Behind_the_set() => Fixes(
        "foreach (var s in db.Sales.Where(s => s.Id > 1)) Use(s.{|DBR104:Buyer|}.Name);",
        "foreach (var s in db.Sales.Include(s => s.Buyer).Where(s => s.Id > 1)) Use(s.Buyer.Name);");

    [Fact]
    public Task Enumerated_set() => Fixes(
        "foreach (var s in db.Sales) Use(s.{|DBR104:Buyer|}.Name);",
        "foreach (var s in db.Sales.Include(s => s.Buyer)) Use(s.Buyer.Name);");

    [Fact]
    public Task Set_of_a_type() => Fixes(
        "var sale = await db.Set<Sale>().SingleAsync(x => x.Id == id, ct);\nUse(sale.{|DBR104:Items|}.Count);",
        "var sale = await db.Set<Sale>().Include(s => s.Items).SingleAsync(x => x.Id == id, ct);\nUse(sale.Items.Count);");

    [Fact]
    public Task Behind_other_includes_in_the_style_of_the_chain() => Fixes(
        """
        var sales = await db.Sales
            .AsNoTracking() // read only
            .Include(s => s.Items)
                .ThenInclude(i => i.Article)
            .OrderBy(s => s.Id)
            .ToListAsync(ct);
        foreach (var sale in sales) Use(sale.{|DBR104:Buyer|}.Name);
        """,
        """
        var sales = await db.Sales
            .Include(s => s.Buyer)
            .AsNoTracking() // read only
            .Include(s => s.Items)
                .ThenInclude(i => i.Article)
            .OrderBy(s => s.Id)
            .ToListAsync(ct);
        foreach (var sale in sales) Use(sale.Buyer.Name);
        """);

    [Fact]
    public Task Continues_the_include_that_leads_there() => Fixes(
        "foreach (var s in db.Sales.Include(s => s.Items).OrderBy(s => s.Id))\n    foreach (var i in s.Items) Use(i.{|DBR104:Article|}.Name);",
        "foreach (var s in db.Sales.Include(s => s.Items).ThenInclude(i => i.Article).OrderBy(s => s.Id))\n    foreach (var i in s.Items) Use(i.Article.Name);");

    [Fact]
    public Task Continues_a_filtered_include() => Fixes(
        "foreach (var s in db.Sales.Include(s => s.Items.Where(i => i.Quantity > 1)))\n    foreach (var i in s.Items) Use(i.{|DBR104:Article|}.Name);",
        "foreach (var s in db.Sales.Include(s => s.Items.Where(i => i.Quantity > 1)).ThenInclude(i => i.Article))\n    foreach (var i in s.Items) Use(i.Article.Name);");

    [Fact]
    public Task Branches_from_an_include_that_goes_on() => Fixes(
        "foreach (var s in db.Sales.Include(s => s.Items).ThenInclude(i => i.Sale).OrderBy(s => s.Id))\n    foreach (var i in s.Items) Use(i.{|DBR104:Article|}.Name);",
        "foreach (var s in db.Sales.Include(s => s.Items).ThenInclude(i => i.Sale).Include(s => s.Items).ThenInclude(i => i.Article).OrderBy(s => s.Id))\n    foreach (var i in s.Items) Use(i.Article.Name);");

    [Fact]
    public Task Continues_a_reference() => Fixes(
        "var s = db.Sales.Include(s => s.Buyer).First();\nUse(s.Buyer.{|DBR104:Land|}.Name);",
        "var s = db.Sales.Include(s => s.Buyer).ThenInclude(b => b.Land).First();\nUse(s.Buyer.Land.Name);");

    [Fact]
    public Task Query_in_a_local() => Fixes(
        "var open = db.Sales.Where(s => s.Id > 1);\nif (flag) open = open.Take(3);\nforeach (var s in open.ToList()) Use(s.{|DBR104:Buyer|}.Name);",
        "var open = db.Sales.Where(s => s.Id > 1);\nif (flag) open = open.Take(3);\nforeach (var s in open.Include(s => s.Buyer).ToList()) Use(s.Buyer.Name);");

    [Fact]
    public Task Query_syntax() => Fixes(
        "foreach (var x in from s in db.Sales where s.Id > 2 orderby s.Id select s) Use(x.{|DBR104:Buyer|}.Name);",
        "foreach (var x in from s in db.Sales.Include(s => s.Buyer) where s.Id > 2 orderby s.Id select s) Use(x.Buyer.Name);");

    [Fact]
    public Task Two_navigations_of_one_query() => Fixes(
        "var s = db.Sales.First();\nUse(s.{|DBR104:Buyer|}.Name);\nUse(s.{|DBR104:Items|}.Count);",
        "var s = db.Sales.Include(sale => sale.Buyer).Include(sale => sale.Items).First();\nUse(s.Buyer.Name);\nUse(s.Items.Count);");

    [Fact]
    public Task Query_in_another_method_of_the_class() => Fixes(
        """
        class Reader(StoreContext db)
        {
            public async Task PrintAsync()
            {
                foreach (var sale in await OpenAsync())
                    Console.WriteLine(sale.{|DBR104:Buyer|}.Name);
            }

            private async Task<List<Sale>> OpenAsync() => await db.Sales.Where(s => s.Id > 1).ToListAsync();
        }
        """,
        """
        class Reader(StoreContext db)
        {
            public async Task PrintAsync()
            {
                foreach (var sale in await OpenAsync())
                    Console.WriteLine(sale.Buyer.Name);
            }

            private async Task<List<Sale>> OpenAsync() => await db.Sales.Include(s => s.Buyer).Where(s => s.Id > 1).ToListAsync();
        }
        """);

    [Fact]
    public Task Composed_in_another_method_of_the_class() => Fixes(
        """
        class Reader(StoreContext db)
        {
            public void Print()
            {
                foreach (var sale in Open().ToList())
                    Console.WriteLine(sale.{|DBR104:Buyer|}.Name);
            }

            private IQueryable<Sale> Open() => db.Sales.Where(s => s.Id > 1);
        }
        """,
        """
        class Reader(StoreContext db)
        {
            public void Print()
            {
                foreach (var sale in Open().Include(s => s.Buyer).ToList())
                    Console.WriteLine(sale.Buyer.Name);
            }

            private IQueryable<Sale> Open() => db.Sales.Where(s => s.Id > 1);
        }
        """);

    [Fact]
    public Task Explicit_load_of_a_collection() => FixesLoad(
        """
        foreach (var s in await db.Sales.ToListAsync(ct))
        {
            await db.Entry(s).Collection(x => x.Items).{|DBR108:LoadAsync|}(ct);

            Use(s.Items.Count);
        }
        """,
        """
        foreach (var s in await db.Sales.Include(s => s.Items).ToListAsync(ct))
        {
            Use(s.Items.Count);
        }
        """);

    [Fact]
    public Task Explicit_load_of_a_reference() => FixesLoad(
        """
        var sales = db.Sales.Where(s => s.Id > 1).ToList();
        foreach (var sale in sales)
        {
            Use(sale.Id);
            db.Entry(sale).Reference("Buyer").{|DBR108:Load|}();
            Use(sale.Buyer.Name);
        }
        """,
        """
        var sales = db.Sales.Include(s => s.Buyer).Where(s => s.Id > 1).ToList();
        foreach (var sale in sales)
        {
            Use(sale.Id);
            Use(sale.Buyer.Name);
        }
        """);

    [Theory]
    [InlineData("var s = db.Sales.Find(id)!;\nUse(s.{|DBR104:Buyer|}.Name);")]
    [InlineData("var s = db.Sales.FromSqlRaw(\"SELECT * FROM Sales\").First();\nUse(s.{|DBR104:Buyer|}.Name);")]
    public Task No_fix(string statements) => Fixes(statements, statements);

    [Theory]
    [InlineData("foreach (var s in db.Sales.ToList())\n    if (s.Id > 3) db.Entry(s).Reference(s => s.Buyer).{|DBR108:Load|}();")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    if (s.Id > 3) { db.Entry(s).Reference(s => s.Buyer).{|DBR108:Load|}(); }\n    Use(s);\n}")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    db.Entry(s).Reference(s => s.Buyer).{|DBR108:Load|}(); // needed\n    Use(s);\n}")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    Use(db.Entry(s).Collection(s => s.Items).Query().{|DBR108:Count|}());\n    Use(s);\n}")]
    public Task No_fix_of_explicit_loading(string statements) => FixesLoad(statements, statements);

    private static Task Fixes(string source, string fixedSource, string? batch = null) => Run<UnloadedNavigation, UnloadedNavigationFix>(source, fixedSource, batch);

    private static Task FixesLoad(string source, string fixedSource) => Run<ExplicitLoadPerElement, ExplicitLoadPerElementFix>(source, fixedSource, null);

    private static Task Run<TRule, TFix>(string source, string fixedSource, string? batch)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = Wrap(source), FixedCode = Wrap(fixedSource) };
        string store = NavigationTest.Store.Replace("virtual ", "", StringComparison.Ordinal);
        test.TestState.Sources.Add(("/0/Store.cs", store));
        test.FixedState.Sources.Add(("/0/Store.cs", store));
        if (batch is not null)
        {
            test.BatchFixedCode = Wrap(batch);
            test.BatchFixedState.Sources.Add(("/0/Store.cs", store));
        }

        return test.RunAsync();
    }

    private static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal) ? code : NavigationTest.Method(code);
}
