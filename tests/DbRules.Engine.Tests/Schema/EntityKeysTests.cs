using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

public class EntityKeysTests
{
    private const string Attributes =
        """
        class KeyAttribute : System.Attribute;
        class KeylessAttribute : System.Attribute;
        class PrimaryKeyAttribute(params string[] names) : System.Attribute;
        """;

    [Theory]
    [InlineData("class Order { public int Id { get; set; } }", "Id")]
    [InlineData("class Order { public int ID { get; set; } }", "ID")]
    [InlineData("class Order { public int OrderId { get; set; } }", "OrderId")]
    [InlineData("class Order { public int OrderId { get; set; } public int Id { get; set; } }", "Id")]
    [InlineData("class Order { public int Id { get; set; } [Key] public int Number { get; set; } }", "Number")]
    [InlineData("class Entity<T> { public T Id { get; set; } } class Order : Entity<int> { }", "Id")]
    [InlineData("record Order(int Id);", "Id")]
    public void Key_by_convention_or_attribute(string code, string key) => Assert.Equal(key, KeyOf(code));

    [Theory]
    [InlineData("class Order { public int Number { get; set; } }")]
    [InlineData("class Order { private int Id { get; set; } }")]
    [InlineData("class Order { public int Id => 3; }")]
    [InlineData("class Order { public static int Id { get; set; } }")]
    [InlineData("class Order { [Key] public int Id { get; set; } [Key] public int Year { get; set; } }")]
    [InlineData("[Keyless] class Order { public int Id { get; set; } }")]
    [InlineData("[PrimaryKey(\"Id\", \"Year\")] class Order { public int Id { get; set; } public int Year { get; set; } }")]
    [InlineData("[Keyless] class View { } class Order : View { public int Id { get; set; } }")]
    public void No_single_key_in_view(string code) => Assert.Null(KeyOf(code));

    [Theory]
    [InlineData("model.Entity<Order>().HasKey(o => o.Id);")]
    [InlineData("model.Entity<Order>().HasKey(\"Id\").HasName(\"x\");")]
    [InlineData("model.Entity<Order>(order => { order.HasKey(o => o.Id); });")]
    [InlineData("model.Entity<Invoice>().HasKey(i => new { i.Id, i.Year }); model.Entity<Order>().ToTable(\"Orders\");")]
    [InlineData("model.Entity<Invoice>(invoice => invoice.HasNoKey()); model.Entity<Order>();")]
    public void Configuration_that_leaves_the_key(string configuration) => Assert.Equal("Id", KeyOf("class Order { public int Id { get; set; } }", Context(configuration)));

    [Theory]
    [InlineData("model.Entity<Order>().HasKey(o => o.Number);")]
    [InlineData("model.Entity<Order>().ToTable(\"Orders\").HasKey(o => new { o.Id, o.Year });")]
    [InlineData("model.Entity<Shop.Order>().HasKey(\"Id\", \"Year\");")]
    [InlineData("model.Entity<Order>(order => { order.HasKey(o => o.Number); });")]
    [InlineData("model.Entity<Order>().HasNoKey();")]
    [InlineData("var order = model.Entity<Order>(); order.HasKey(o => o.Number);")]
    public void Configuration_of_another_key(string configuration) => Assert.Null(KeyOf("class Order { public int Id { get; set; } }", Context(configuration)));

    [Fact]
    public void Configuration_class_of_another_key() => Assert.Null(KeyOf(
        "class Order { public int Id { get; set; } }",
        "class OrderConfiguration { public void Configure(EntityTypeBuilder<Order> builder) { builder.HasKey(o => o.Number); } }"));

    [Fact]
    public void Configuration_class_of_another_entity() => Assert.Equal("Id", KeyOf(
        "class Order { public int Id { get; set; } }",
        "class InvoiceConfiguration { Order unused; public void Configure(EntityTypeBuilder<Invoice> builder) { builder.HasKey(i => i.Number); } }"));

    [Theory]
    [InlineData(0, "HasKey", true)]
    [InlineData(4090, "HasKey", true)]
    [InlineData(4095, "HasKey", true)]
    [InlineData(20000, "HasKey", true)]
    [InlineData(20000, "HasNoKey", false)]
    public void Words_are_found_wherever_they_stand(int position, string word, bool expected) =>
        Assert.Equal(expected, new TextSearch(word).FindsAnyIn(SourceText.From(new string('H', position) + "HasKey" + new string(' ', position % 7))));

    private static string Context(string configuration) => "class Context { void OnModelCreating(ModelBuilder model) { " + configuration + " } }";

    private static string? KeyOf(string code, string configuration = "")
    {
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Attributes), CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(configuration)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return new EntityKeys(compilation).PrimaryKeyOf(compilation.GetTypeByMetadataName("Order")!)?.Name;
    }
}
