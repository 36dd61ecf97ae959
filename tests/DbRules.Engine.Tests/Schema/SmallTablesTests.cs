using DbRules.Engine.Schema;
using DbRules.Engine.Tests.Models;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Schema;

/// <summary>Which entities have few rows, whatever becomes of the product.</summary>
public sealed class SmallTablesTests
{
    [Theory]
    [InlineData("class Role { public int Id { get; set; } }", "Role")]
    [InlineData("class AspNetRoles { public string Id { get; set; } }", "AspNetRoles")]
    [InlineData("class LanguageEntity { public int Id { get; set; } }", "LanguageEntity")]
    [InlineData("class CultureViewModel { public int Id { get; set; } }", "CultureViewModel")]
    [InlineData("record CountryDto(int Id);", "CountryDto")]
    [InlineData("class SiteSetting { public int SiteId { get; set; } }", "SiteSetting")]
    [InlineData("class CustomerRole { public int Id { get; set; } }", "CustomerRole")]
    [InlineData("class CustomerRole { public int CustomerRoleId { get; set; } }", "CustomerRole")]
    [InlineData("class ProductCategory { public int ParentId { get; set; } }", "ProductCategory")]
    [InlineData("class SmallTableAttribute : System.Attribute; [SmallTable] class Paint;", "Paint")]
    [InlineData("enum Color { Red } class Paint { public Color Id { get; set; } }", "Paint")]
    [InlineData("enum Color { Red }", "Color")]
    public void Few(string code, string entity) => Assert.True(AreFew(code, entity));

    [Theory]
    [InlineData("class Order { public int Id { get; set; } }", "Order")]
    [InlineData("class Roleplay { public int Id { get; set; } }", "Roleplay")]
    [InlineData("class UserRole { public int UserId { get; set; } public int RoleId { get; set; } }", "UserRole")]
    [InlineData("class AspNetUserRoles { public string UserId { get; set; } }", "AspNetUserRoles")]
    [InlineData("class User; class UserRole { public User User { get; set; } }", "UserRole")]
    [InlineData("class Owned { public int PageId { get; set; } } class PageModule : Owned;", "PageModule")]
    [InlineData("record OrderStatusDto(int OrderId);", "OrderStatusDto")]
    [InlineData("class Option<T>;", "Option`1")]
    [InlineData("class PackageVersion { public int Id { get; set; } }", "PackageVersion")]
    public void Any_number(string code, string entity) => Assert.False(AreFew(code, entity));

    private static bool AreFew(string code, string entity)
    {
        Compilation compilation = Libraries.Compile(code);
        return new SmallTables(compilation, new EntityKeys(compilation)).Contains(compilation.GetTypeByMetadataName(entity)!);
    }
}
