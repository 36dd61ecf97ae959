using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>What limits the rows that a call takes into memory.</summary>
public sealed class RowBoundTests
{
    [Theory]
    [InlineData("db.Orders.ToList(); //1", RowBound.WholeTable)]
    [InlineData("db.Orders.OrderBy(o => o.Id).Select(o => o.Number).ToArray(); //1", RowBound.WholeTable)]
    [InlineData("Use(await db.Lines.Include(l => l.Order).ToDictionaryAsync(l => l.Id, ct)); //1", RowBound.WholeTable)]
    [InlineData("IQueryable<Order> All() => db.Orders.AsNoTracking();\nAll().ToList(); //1", RowBound.WholeTable)]
    [InlineData("db.Orders.Where(o => o.Number == text).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => o.Id > 3).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => o.Id == 3 || o.Number == text).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => o.Lines.Any(l => l.Id == 3)).ToList(); //1", RowBound.Filter)]
    [InlineData("var q = db.Orders.AsQueryable();\nif (flag) q = q.Where(o => o.Number == text);\nq.ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => o.Id == 3).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => 3 == o.Id && o.Number == text).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => o.Id == 3 || o.Id == 4).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Lines.Where(l => l.OrderId == 3).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Lines.Where(l => l.Order == orders[0]).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Lines.Where(l => l.Order.Id == 3).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => ids.Contains(o.Id)).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => db.Lines.Select(l => l.OrderId).Contains(o.Id)).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Take(3).ToList(); //1", RowBound.Limited)]
    [InlineData("var q = db.Orders.AsQueryable();\nif (flag) q = q.Take(3);\nq.ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Select(o => o.CustomerId).Distinct().ToList(); //1", RowBound.Limited)]
    [InlineData("unknown.ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.FromSqlRaw(text).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.First(); //1", RowBound.Limited)]
    [InlineData("foreach (var order in db.Orders) Use(order); //1", RowBound.Limited)]
    public void Of(string statements, RowBound expected)
    {
        var code = CodeUnderTest.Statements(statements);
        Assert.Equal(expected, code.Facts.ResultSize.BoundOf(code.Call()));
    }
}
