using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

public class NavigationsTests
{
    private const string Usings =
        """
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using Microsoft.EntityFrameworkCore;
        global using Microsoft.EntityFrameworkCore.Metadata.Builders;

        public class Line { public int Id { get; set; } }
        public class Customer { public int Id { get; set; } }
        public class Vip : Customer { }
        public class Money { public int Amount { get; set; } }
        """;

    private static readonly CSharpCompilation Base = Libraries.Compile(Usings);

    private static CSharpParseOptions Language => (CSharpParseOptions)Base.SyntaxTrees[0].Options;

    [Theory]
    [InlineData("public Customer X { get; set; } = null!;", NavigationKind.Reference)]
    [InlineData("public Customer? X { get; set; }", NavigationKind.Reference)]
    [InlineData("public virtual Customer X { get; private set; } = null!;", NavigationKind.Reference)]
    [InlineData("public Vip X { get; set; } = null!;", NavigationKind.Reference)]
    [InlineData("private Customer _x = null!; public Customer X { get => _x; set => _x = value; }", NavigationKind.Reference)]
    [InlineData("public List<Line> X { get; set; } = new();", NavigationKind.Collection)]
    [InlineData("public ICollection<Line> X { get; } = new List<Line>();", NavigationKind.Collection)]
    [InlineData("private readonly List<Line> _x = new(); public IReadOnlyCollection<Line> X => _x;", NavigationKind.Collection)]
    [InlineData("private readonly List<Line> _x = new(); public IEnumerable<Line> X => _x.AsReadOnly();", NavigationKind.Collection)]
    [InlineData("private readonly List<Line> _x = new(); public IEnumerable<Line> X { get { return _x; } }", NavigationKind.Collection)]
    [InlineData("public string X { get; set; } = \"\";", NavigationKind.None)]
    [InlineData("public int X { get; set; }", NavigationKind.None)]
    [InlineData("public Money X { get; set; } = null!;", NavigationKind.None)]
    [InlineData("public List<string> X { get; set; } = new();", NavigationKind.None)]
    [InlineData("public List<Money> X { get; set; } = new();", NavigationKind.None)]
    [InlineData("[NotMapped] public Customer X { get; set; } = null!;", NavigationKind.None)]
    [InlineData("[Column(TypeName = \"jsonb\")] public Customer X { get; set; } = null!;", NavigationKind.None)]
    [InlineData("public static Customer X { get; set; } = null!;", NavigationKind.None)]
    [InlineData("public Customer X => new Customer();", NavigationKind.None)]
    [InlineData("public List<Line> All { get; set; } = new(); public IEnumerable<Line> X => All.FindAll(l => l.Id > 1);", NavigationKind.None)]
    public void Properties(string property, NavigationKind kind) => Assert.Equal(kind, KindOf(property));

    [Theory]
    [InlineData("model.Entity<Order>().Ignore(o => o.X);")]
    [InlineData("model.Entity<Order>(order => { order.Ignore(\"X\"); });")]
    [InlineData("model.Ignore<Customer>();")]
    [InlineData("model.Entity<Order>().OwnsOne(o => o.X);")]
    [InlineData("model.Entity<Order>().OwnsOne(o => o.X, x => x.ToTable(\"X\"));")]
    [InlineData("model.Entity<Order>(order => order.OwnsOne<Customer>(nameof(Order.X)));")]
    [InlineData("model.Owned<Customer>();")]
    public void Configured_as_something_else(string configuration) => Assert.Equal(NavigationKind.None, KindOf("public Customer X { get; set; } = null!;", configuration));

    [Theory]
    [InlineData("model.Entity<Line>().Ignore(\"X\");")]
    [InlineData("model.Entity<Order>().HasOne(o => o.X).WithMany();")]
    [InlineData("model.Entity<Order>().OwnsOne(o => o.Price);")]
    public void Configured_as_it_is(string configuration) =>
        Assert.Equal(NavigationKind.Reference, KindOf("public Money Price { get; set; } = null!; public Customer X { get; set; } = null!;", configuration));

    [Theory]
    [InlineData("public Money X { get; set; } = null!;", "model.Entity<Money>().HasKey(m => m.Amount);", "")]
    [InlineData("public Money X { get; set; } = null!;", "", "class MoneyConfiguration : IEntityTypeConfiguration<Money> { public void Configure(EntityTypeBuilder<Money> builder) { } }")]
    public void An_entity_without_a_set(string property, string configuration, string more) => Assert.Equal(NavigationKind.Reference, KindOf(property, configuration, more));

    [Theory]
    [InlineData("", false)]
    [InlineData("model.Entity<Order>().Navigation(o => o.X).AutoInclude();", true)]
    [InlineData("model.Entity<Order>(order => order.Navigation(\"X\").AutoInclude());", true)]
    [InlineData("model.Entity<Order>().Navigation(o => o.Y).AutoInclude();", false)]
    [InlineData("model.Entity<Order>().Navigation(o => o.X).AutoInclude(false);", false)]
    [InlineData("foreach (var entity in model.Model.GetEntityTypes()) foreach (var navigation in entity.GetNavigations()) navigation.SetIsEagerLoaded(true);", true)]
    public void Automatically_included(string configuration, bool expected)
    {
        (Navigations navigations, IPropertySymbol property, _) = Read("public Customer X { get; set; } = null!; public Customer Y { get; set; } = null!;", configuration, "");
        Assert.Equal(expected, navigations.IsAutoIncluded(property));
    }

    [Fact]
    public void Without_a_context_only_the_configuration_counts()
    {
        (Navigations navigations, IPropertySymbol property, _) = Read("public Customer X { get; set; } = null!;", "", "");
        Assert.Equal(NavigationKind.None, navigations.KindOf(property, null));
    }

    [Theory]
    [InlineData("public virtual Customer X { get; set; } = null!;", "", false, true, LazyLoadingMode.Auto)]
    [InlineData("public virtual Customer X { get; set; } = null!;", "options.UseLazyLoadingProxies();", true, false, LazyLoadingMode.Auto)]
    [InlineData("public Customer X { get; set; } = null!;", "options.UseLazyLoadingProxies();", false, true, LazyLoadingMode.Auto)]
    [InlineData("public virtual Customer X { get; set; } = null!;", "options.UseLazyLoadingProxies();", false, true, LazyLoadingMode.Off)]
    [InlineData("public virtual Customer X { get; set; } = null!;", "", true, false, LazyLoadingMode.On)]
    [InlineData("public Customer X { get; set; } = null!;", "", false, true, LazyLoadingMode.On)]
    public void Lazy_loading(string property, string setup, bool isProven, bool isRuledOut, LazyLoadingMode mode)
    {
        string more = "static class Extensions { public static void UseLazyLoadingProxies(this DbContextOptionsBuilder options) { } }".Replace("Proxies", setup.Length > 0 ? "Proxies" : "", StringComparison.Ordinal);
        (_, IPropertySymbol navigation, CSharpCompilation compilation) = Read(property, "", more + "class Derived : Shop { protected override void OnConfiguring(DbContextOptionsBuilder options) { " + setup + " } }");
        var loading = new LazyLoading(compilation, ModelIndex.Create(compilation, ModelSet.Create([])));
        Assert.Equal(isProven, loading.IsProven(navigation, mode));
        Assert.Equal(isRuledOut, loading.IsRuledOut(navigation, mode));
    }

    [Fact]
    public void Without_a_setup_in_view_a_virtual_navigation_may_load_lazily()
    {
        (_, IPropertySymbol navigation, CSharpCompilation compilation) = Read("public virtual Customer X { get; set; } = null!;", "", "");
        var loading = new LazyLoading(compilation, ModelIndex.Create(compilation, ModelSet.Create([])));
        Assert.False(loading.IsProven(navigation, LazyLoadingMode.Auto));
        Assert.False(loading.IsRuledOut(navigation, LazyLoadingMode.Auto));
        Assert.True(loading.IsRuledOut(navigation, LazyLoadingMode.Off));
    }

    [Fact]
    public void Configuration_of_a_project_that_is_referenced_as_source_counts()
    {
        CSharpCompilation data = Base.WithAssemblyName("Data").AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Customer> Customers => Set<Customer>(); protected override void OnModelCreating(ModelBuilder model) { model.Entity<Order>().Navigation(o => o.X).AutoInclude(); } } public class Order { public int Id { get; set; } public Customer X { get; set; } = null!; }", Language));
        CSharpCompilation web = Libraries.Compile("class Web { }").AddReferences(data.ToMetadataReference());
        var property = (IPropertySymbol)web.GetTypeByMetadataName("Order")!.GetMembers("X").Single();
        var navigations = new Navigations(web, ModelIndex.Create(web, ModelSet.Create([])));
        Assert.True(navigations.IsAutoIncluded(property));
        Assert.Equal(NavigationKind.Reference, navigations.KindOf(property, web.GetTypeByMetadataName("Shop")));
    }

    private static NavigationKind KindOf(string property, string configuration = "", string more = "")
    {
        (Navigations navigations, IPropertySymbol symbol, CSharpCompilation compilation) = Read(property, configuration, more);
        return navigations.KindOf(symbol, compilation.GetTypeByMetadataName("Shop"));
    }

    private static (Navigations Navigations, IPropertySymbol Property, CSharpCompilation Compilation) Read(string property, string configuration, string more)
    {
        CSharpCompilation compilation = Base.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            $$"""
            public class Order { public int Id { get; set; } {{property}} }

            public class Shop : DbContext
            {
                public DbSet<Order> Orders { get; set; } = null!;
                public DbSet<Customer> Customers => Set<Customer>();
                public DbSet<Line> Lines => Set<Line>();

                protected override void OnModelCreating(ModelBuilder model) { {{configuration}} }
            }

            {{more}}
            """, Language));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (new Navigations(compilation, ModelIndex.Create(compilation, ModelSet.Create([]))), (IPropertySymbol)compilation.GetTypeByMetadataName("Order")!.GetMembers("X").Single(), compilation);
    }
}
