using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Which includes of a query have no effect, and which keys it joins for nothing else.</summary>
public sealed class UnusedIncludesTests
{
    [Theory]
    [InlineData("db.Orders.Include(o => o.Lines).Count();", "Lines NoEntities")]
    [InlineData("db.Lines.Include(l => l.Order).Include(l => l.Order).ToList();", "Order Repeated")]
    [InlineData("db.Lines.Include(l => l.Order).ThenInclude(o => o.Lines).Include(\"Order\").ToList();", "Order Repeated")]
    [InlineData("db.Lines.Include(l => l.Order).ThenInclude(o => o.Lines).Select(l => l.Price).ToList();", "Order.Lines NoEntities")]
    [InlineData("db.Orders.Include(o => o.Lines).ToList();", "")]
    [InlineData("db.Lines.Include(l => l.Order).Select(l => l.Order).ToList();", "")]
    [InlineData("unknown.Include(o => o.Lines).Count();", "")]
    [InlineData("foreach (var order in db.Orders.Include(o => o.Lines)) Use(order);", "")]
    [InlineData("foreach (var id in db.Orders.Include(o => o.Lines).Select(o => o.Id)) Use(id);", "Lines NoEntities")]
    public void Includes(string statement, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statement + " //1");
        Assert.Equal(expected, string.Join(", ", code.Facts.UnusedIncludesOf(code.Call()).Select(found => $"{found.Path} {found.Reason}")));
    }

    [Theory]
    [InlineData("db.Lines.Count(l => l.Order.Id == 3);", "l.Order.Id OrderId")]
    [InlineData("db.Lines.Where(l => l.Order.Id == 3).Select(l => l.Order.Id).ToList();", "l.Order.Id OrderId, l.Order.Id OrderId")]
    [InlineData("db.Lines.Count(l => l.Order.Id == 3 && l.Order.Number == text);", "")]
    [InlineData("db.Lines.Count(l => l.Order.CustomerId == 3);", "")]
    [InlineData("db.Lines.AsEnumerable().Count(l => l.Order.Id == 3);", "")]
    [InlineData("unknown.SelectMany(o => o.Lines).Count(l => l.Order.Id == 3);", "")]
    public void Joins(string statement, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statement + " //1");
        Assert.Equal(expected, string.Join(", ", code.Calls().SelectMany(code.Facts.KeyJoinsOf).Select(found => $"{found.Read.Syntax} {found.ForeignKey.Name}")));
    }
}
