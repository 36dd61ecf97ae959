using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

/// <summary>The sets of properties that identify one row.</summary>
public class UniqueKeysTests
{
    private const string Attributes =
        """
        class IndexAttribute(string name, params string[] more) : System.Attribute { public bool IsUnique { get; set; } public string[] Names => [name, .. more]; }
        class PrimaryKeyAttribute(string name, params string[] more) : System.Attribute { public string[] Names => [name, .. more]; }
        """;

    [Theory]
    [InlineData("class Order { public int Id { get; set; } }", "Id")]
    [InlineData("[PrimaryKey(\"A\", \"B\")] class Order { public int A { get; set; } public int B { get; set; } }", "A+B")]
    [InlineData("[Index(\"Code\", IsUnique = true)] class Order { public int Id { get; set; } public string Code { get; set; } }", "Id, Code")]
    [InlineData("[Index(\"Code\")] class Order { public int Id { get; set; } public string Code { get; set; } }", "Id")]
    [InlineData("[Index(\"A\", \"B\", IsUnique = true)] class Base { public int A { get; set; } public int B { get; set; } } class Order : Base;", "A+B")]
    public void Stated_by_attributes(string order, string expected) => Assert.Equal(expected, KeysOf(order));

    [Theory]
    [InlineData("model.Entity<Order>().HasKey(o => new { o.A, o.B });", "A+B")]
    [InlineData("model.Entity<Order>().HasAlternateKey(o => o.A);", "A")]
    [InlineData("model.Entity<Order>().HasIndex(o => o.A).IsUnique();", "A")]
    [InlineData("model.Entity<Order>().HasIndex(o => o.A).HasDatabaseName(\"x\").IsUnique(true);", "A")]
    [InlineData("model.Entity<Order>(order => { order.HasIndex(o => new { o.A, o.B }, \"x\").IsUnique(); });", "A+B")]
    [InlineData("model.Entity(\"Shop.Orders.Order\", b => { b.HasKey(\"A\"); b.HasIndex(\"A\", \"B\").IsUnique(); });", "A, A+B")]
    [InlineData("model.Entity<Order>().HasIndex(o => o.A);", "")]
    [InlineData("model.Entity<Order>().HasIndex(o => o.A).IsUnique(false);", "")]
    [InlineData("model.Entity<Customer>().HasIndex(o => o.A).IsUnique();", "")]
    public void Stated_by_the_configuration(string configuration, string expected) => Assert.Equal(
        expected,
        KeysOf("class Order { public int A { get; set; } public int B { get; set; } }", "class Context { void Create(object model) { " + configuration + " } }"));

    [Fact]
    public void Stated_by_a_configuration_class() => Assert.Equal(
        "A",
        KeysOf("class Order { public int A { get; set; } }", "class OrderConfiguration { public void Configure(EntityTypeBuilder<Order> builder) => builder.HasIndex(o => o.A).IsUnique(); }"));

    private static string KeysOf(string order, string configuration = "")
    {
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Attributes), CSharpSyntaxTree.ParseText(order), CSharpSyntaxTree.ParseText(configuration)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var keys = new UniqueKeys(compilation, new EntityKeys(compilation));
        return string.Join(", ", keys.Of(compilation.GetTypeByMetadataName("Order")!).Select(key => string.Join("+", key)).Distinct());
    }
}
