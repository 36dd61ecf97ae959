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
    [InlineData("db.Orders.Where(o => true).ToList(); //1", RowBound.WholeTable)]
    [InlineData("db.Orders.Where(o => o.Id == 3).Where(o => true).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => o.Number == text).Where(o => true).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => false).ToList(); //1", RowBound.Limited)]
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>> filter = o => o.Number == text;\ndb.Orders.Where(filter).ToList(); //1", RowBound.Filter)]
    [InlineData("System.Linq.Expressions.Expression<Func<Order, bool>> filter = o => true;\nif (flag) filter = o => o.Id == 3;\ndb.Orders.Where(filter).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => o.CustomerId.Equals(3)).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => Equals(o.CustomerId, 3)).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => o.Number.Equals(text)).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => EF.Property<int?>(o, \"ParentId\") == 3).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => EF.Property<bool>(o, \"Deleted\") == flag).ToList(); //1", RowBound.Filter)]
    [InlineData("db.Orders.Where(o => ids.Any(id => o.Id == id)).ToList(); //1", RowBound.Limited)]
    [InlineData("db.Orders.Where(o => orders.Any(other => other.Number.StartsWith(o.Number))).ToList(); //1", RowBound.Filter)]
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
