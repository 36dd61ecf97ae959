using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>
/// A test of all rules about navigations, with DBR101 and DBR107, which must not speak of the same place. Markup names the rule:
/// <c>o.{|DBR104:Customer|}.Name</c>. Code without markup must be quiet under all of them.
/// </summary>
internal sealed class NavigationTest : CSharpAnalyzerTest<UnloadedNavigation, DefaultVerifier>
{
    /// <summary>A second shop whose entities lead further: order, buyer, country; order, items, article; article and its parent.</summary>
    public const string Store =
        """
        public class StoreContext : DbContext
        {
            public DbSet<Sale> Sales { get; set; } = null!;
            public DbSet<Item> Items { get; set; } = null!;
            public DbSet<Article> Articles { get; set; } = null!;
            public DbSet<Buyer> Buyers { get; set; } = null!;
            public DbSet<Land> Lands { get; set; } = null!;
            public DbSet<Tag> Tags => Set<Tag>();
        }

        public class Sale
        {
            public int Id { get; set; }
            public int BuyerId { get; set; }
            public virtual Buyer Buyer { get; set; } = null!;
            public virtual Buyer? Payer { get; set; }
            public virtual ICollection<Item> Items { get; set; } = new List<Item>();
            public Address Address { get; set; } = null!;
            public List<string> Remarks { get; set; } = new();
            public string Title => Buyer.Name;
        }

        public class Address { public string City { get; set; } = ""; }

        public class Item
        {
            public int Id { get; set; }
            public int SaleId { get; set; }
            public virtual Sale Sale { get; set; } = null!;
            public virtual Article Article { get; set; } = null!;
            public int Quantity { get; set; }
        }

        public class Article
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public virtual Article? Parent { get; set; }
            public virtual ICollection<Tag> Tags { get; set; } = new List<Tag>();
        }

        public class Tag { public int Id { get; set; } public string Name { get; set; } = ""; }

        public class Buyer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public virtual Land Land { get; set; } = null!;
            public virtual ICollection<Sale> Sales { get; set; } = new List<Sale>();
        }

        public class Land { public int Id { get; set; } public string Name { get; set; } = ""; }

        """;

    private const string Setup =
        """
        static class Setup
        {
            public static void Use(IServiceProvider services) => AddDbContext<StoreContext>();
            private static void AddDbContext<T>() { }
        }

        """;

    private const string Proxies =
        """
        static class Setup
        {
            public static DbContextOptionsBuilder UseLazyLoadingProxies(this DbContextOptionsBuilder options) => options;
            public static void Use(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies();
        }

        """;

    private NavigationTest(string source)
    {
        ReferenceAssemblies = ShopReferences.All;
        TestCode = source;
    }

    /// <summary>Analyses one source file beside the shop and the store; nothing loads lazily.</summary>
    public static Task RunSourceAsync(string source, string setup = Setup, string? option = null)
    {
        var test = new NavigationTest(source);
        if (option is not null)
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + option + "\n"));
        test.TestState.Sources.Add(("/0/Store.cs", Store + setup));
        return test.RunAsync();
    }

    /// <summary>Analyses statements of an asynchronous method; nothing loads lazily.</summary>
    public static Task RunAsync(string statements) => RunSourceAsync(Method(statements));

    /// <summary>Analyses statements of an asynchronous method in a project that makes lazily loading proxies.</summary>
    public static Task RunLazyAsync(string statements) => RunSourceAsync(Method(statements), Proxies);

    /// <summary>A class with the statements in a method that is handed both contexts, keys and a token.</summary>
    public static string Method(string statements) =>
        $$"""
        class Report
        {
            async Task<object?> RunAsync(StoreContext db, ShopContext shop, int id, List<int> keys, bool flag, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                return null;
            }

            static void Use(object? value) { }
        }
        """;

    protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
        [new LazyNavigation(), new UnloadedNavigation(), new ExplicitLoadPerElement(), new QueryPerElement(), new InvariantQuery()];

    protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, withShop: true);
}
