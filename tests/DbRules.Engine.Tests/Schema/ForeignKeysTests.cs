using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

public class ForeignKeysTests
{
    private const string Rest =
        """
        class ForeignKeyAttribute(string name) : System.Attribute { public string Name => name; }
        class NotMappedAttribute : System.Attribute;
        class Customer { public int Id { get; set; } }
        class Base { public int Id { get; set; } public int CustomerId { get; set; } }
        """;

    [Theory]
    [InlineData("class Order { public int Id { get; set; } public Customer Customer { get; set; } public int CustomerId { get; set; } }", "CustomerId")]
    [InlineData("class Order : Base { public Customer Customer { get; set; } }", "CustomerId")]
    [InlineData("class Order { public int Id { get; set; } [ForeignKey(\"Buyer\")] public Customer Customer { get; set; } public int Buyer { get; set; } }", "Buyer")]
    [InlineData("class Order { public int Id { get; set; } public Customer Customer { get; set; } [ForeignKey(\"Customer\")] public int Buyer { get; set; } }", "Buyer")]
    [InlineData("class Order { public int Id { get; set; } public Customer Customer { get; set; } public int? CustomerId { get; set; } }", null)]
    [InlineData("class Order { public int Id { get; set; } public Customer Customer { get; set; } }", null)]
    [InlineData("class Order { public int Id { get; set; } [NotMapped] public Customer Customer { get; set; } public int CustomerId { get; set; } }", null)]
    [InlineData("class Order { public int Id { get; set; } [ForeignKey(\"A,B\")] public Customer Customer { get; set; } public int CustomerId { get; set; } }", null)]
    public void By_attribute_or_convention(string order, string? expected) => Assert.Equal(expected, ForeignKeyOf(order));

    [Theory]
    [InlineData("model.Entity<Order>().HasOne(o => o.Customer).WithMany().HasForeignKey(o => o.CustomerId);", true)]
    [InlineData("model.Entity<Order>().HasOne(o => o.Customer).WithMany().HasForeignKey(\"CustomerId\");", true)]
    [InlineData("model.Entity<Order>().HasOne(o => o.Customer).WithMany().HasForeignKey(o => o.Buyer);", false)]
    [InlineData("model.Entity<Order>().HasOne(o => o.Shop).WithMany().HasForeignKey(o => o.Other);", true)]
    [InlineData("model.Entity<Order>().HasOne(o => o.Customer).WithMany().HasPrincipalKey(c => c.Number);", false)]
    [InlineData("model.Entity<Order>().HasOne(o => o.Customer).WithMany().IsRequired(false);", false)]
    [InlineData("model.Entity<Customer>(c => c.HasQueryFilter(x => x.Active));", false)]
    [InlineData("model.Entity<Order>(o => o.HasQueryFilter(x => x.Active));", true)]
    [InlineData("foreach (var type in types) type.SetQueryFilter(filter);", false)]
    public void Configuration(string configuration, bool isKnown) => Assert.Equal(
        isKnown ? "CustomerId" : null,
        ForeignKeyOf("class Order { public int Id { get; set; } public Customer Customer { get; set; } public int CustomerId { get; set; } }", "class Context { void Create(object model) { " + configuration + " } }"));

    private static string? ForeignKeyOf(string order, string configuration = "")
    {
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Rest), CSharpSyntaxTree.ParseText(order), CSharpSyntaxTree.ParseText(configuration)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var keys = new ForeignKeys(compilation, new EntityKeys(compilation));
        return keys.BehindRequired(Property("Order", "Customer"), Property("Customer", "Id"))?.Name;

        IPropertySymbol Property(string type, string name) => compilation.GetTypeByMetadataName(type)!.GetMembers(name).OfType<IPropertySymbol>().Single();
    }
}
