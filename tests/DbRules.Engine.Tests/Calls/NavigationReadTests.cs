using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Which navigations a body needs that its queries do not load, and where those could.</summary>
public sealed class NavigationReadTests
{
    private const string Model =
        """
        public class Store : DbContext
        {
            public DbSet<Sale> Sales => Set<Sale>();
            public DbSet<Item> Items => Set<Item>();
            public DbSet<Article> Articles => Set<Article>();
            public DbSet<Buyer> Buyers => Set<Buyer>();
        }

        public class Sale { public int Id { get; set; } public Buyer Buyer { get; set; } = null!; public List<Item> Items { get; set; } = []; }
        public class Item { public int Id { get; set; } public Sale Sale { get; set; } = null!; public Article Article { get; set; } = null!; public int Quantity { get; set; } }
        public class Article { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Buyer { public int Id { get; set; } public string Name { get; set; } = ""; }

        """;

    [Theory]
    [InlineData("foreach (var s in db.Sales) Use(s.Buyer.Name);", "Buyer behind db.Sales per s")]
    [InlineData("foreach (var s in db.Sales.Where(s => s.Id > 1).ToList()) Use(s.Buyer.Name);", "Buyer behind db.Sales per s")]
    [InlineData("var s = db.Sales.AsNoTracking().First(); Use(s.Items.Count);", "Items behind db.Sales")]
    [InlineData("var s = db.Sales.Include(s => s.Buyer).First(); Use(s.Items.Count);", "Items behind db.Sales.Include(s => s.Buyer)")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items)) foreach (var i in s.Items) Use(i.Article.Name);", "Items.Article continuing db.Sales.Include(s => s.Items) per i")]
    [InlineData("foreach (var s in db.Sales.Include(\"Items\")) foreach (var i in s.Items) Use(i.Article.Name);", "Items.Article per i")]
    [InlineData("var list = db.Sales.ToList(); Use(list.Where(s => s.Id > 1).OrderBy(s => s.Buyer.Name).ToArray());", "Buyer behind db.Sales per s")]
    [InlineData("var list = db.Sales.ToList(); Use(list[0].Buyer.Name); Use(list.First().Items.Count);", "Buyer behind db.Sales, Items behind db.Sales")]
    [InlineData("foreach (var s in Open().ToList()) Use(s.Buyer.Name);", "Buyer behind Open() per s")]
    [InlineData("foreach (var s in Listed()) Use(s.Buyer.Name);", "Buyer behind db.Sales per s")]
    [InlineData("Use((await OneAsync())!.Buyer.Name);", "Buyer behind db.Sales")]
    [InlineData("var s = db.Sales.Find(1)!; Use(s.Buyer.Name);", "Buyer")]
    [InlineData("Use(db.Sales.AsEnumerable().Select(s => s.Buyer.Name).ToList());", "Buyer behind db.Sales per s")]
    [InlineData("Use(db.Sales.ToDictionary(s => s.Id, s => s.Buyer.Name));", "Buyer behind db.Sales per s")]
    [InlineData("foreach (var s in db.Sales.OrderBy(s => s.Id).ThenBy(s => s.Buyer.Name)) Use(s.Buyer.Name);", "Buyer behind db.Sales per s")]
    [InlineData("var q = db.Sales.OrderBy(s => s.Id); foreach (var s in q.ThenBy(s => s.Id)) Use(s.Buyer.Name);", "Buyer per s")]
    public void Reads(string statements, string expected) => Assert.Equal(expected, Describe(statements));

    [Theory]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Buyer)) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.Select(s => new { s.Buyer })) Use(s.Buyer.Name);")]
    [InlineData("var buyers = db.Buyers.ToList(); foreach (var s in db.Sales) Use(s.Buyer.Name);")]
    [InlineData("foreach (var i in db.Sales.Include(s => s.Items).ToList()[0].Items) Use(i.Sale.Id);")]
    [InlineData("foreach (var s in Tagged(db.Sales)) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in Either(true)) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in Both()) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.ToList().Concat(new List<Sale>())) Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in db.Sales.ToList().Append(new Sale())) Use(s.Buyer.Name);")]
    [InlineData("Sale s = db.Sales.First(); s = new Sale(); Use(s.Buyer.Name);")]
    [InlineData("foreach (var s in Recursive()) Use(s.Buyer.Name);")]
    public void Unknown_or_loaded(string statements) => Assert.Equal("", Describe(statements));

    private static string Describe(string statements)
    {
        CodeUnderTest code = CodeUnderTest.Of(Model +
            $$"""
            class Report(Store db)
            {
                async Task RunAsync()
                {
                    await Task.Yield();
                    {{statements}}
                }

                private IQueryable<Sale> Open() => db.Sales.Where(s => s.Id > 1);
                private List<Sale> Listed() { var found = db.Sales.ToList(); return found; }
                private async Task<Sale?> OneAsync() => await db.Sales.FirstOrDefaultAsync();
                private static IQueryable<Sale> Tagged(IQueryable<Sale> sales) => sales.Provider.CreateQuery<Sale>(sales.Expression);
                private List<Sale> Either(bool first) { if (first) return db.Sales.ToList(); return []; }
                private List<Sale> Both() { db.Buyers.Load(); return db.Sales.ToList(); }
                private List<Sale> Recursive() => Recursive();
                static void Use(object? value) { }
            }
            """);
        SyntaxTree tree = code.Compilation.SyntaxTrees.Last();
        MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(declaration => declaration.Identifier.ValueText == "RunAsync");
        SemanticModel model = code.Compilation.GetSemanticModel(tree);
        ImmutableArray<NavigationRead> reads = code.Facts.NavigationReads(model.GetDeclaredSymbol(method)!, [model.GetOperation(method.Body!)!]);
        return string.Join(", ", NavigationRead.FirstOfEach(reads.Where(read => read.IsMissing(LazyLoadingMode.Auto))).Select(Describe));
    }

    private static string Describe(NavigationRead read)
    {
        string place = read.Place is { } found ? (found.Continues ? " continuing " : " behind ") + found.Behind.Syntax : "";
        string loop = read.PerElement is { } iteration ? " per " + iteration.Elements[0].Name : "";
        return string.Join(".", read.Path.Select(property => property.Name)) + place + loop;
    }
}
