using Xunit;
using static DbRules.Tests.Rules.RoundTrips.WritePerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR106 writes.</summary>
public class WritePerElementFixTests
{
    [Fact]
    public Task SequenceOfValues() => Fixes(
        """
        foreach (var order in orders)
            connection.{|DBR106:Execute|}("UPDATE Orders SET Open = @Open WHERE Id = @Id", new { order.Id, order.Open });
        """,
        """
        connection.Execute("UPDATE Orders SET Open = @Open WHERE Id = @Id", orders.Select(order => new { order.Id, order.Open }));
        """);

    [Fact]
    public Task SequenceOfElements() => Fixes(
        """
        // All of them.
        foreach (var order in orders)
        {
            // Closed.
            await connection.{|DBR106:ExecuteAsync|}("UPDATE Orders SET Open = 0 WHERE Id = @Id", order).ConfigureAwait(false); // one by one
        }

        Console.WriteLine(orders.Count);
        """,
        """
        // All of them.
        // Closed.
        await connection.ExecuteAsync("UPDATE Orders SET Open = 0 WHERE Id = @Id", orders).ConfigureAwait(false); // one by one

        Console.WriteLine(orders.Count);
        """);

    [Fact]
    public Task InTransactionWithLongText() => Fixes(
        """"
        const string sql = "DELETE FROM OrderLines WHERE OrderId = @id AND Quantity < @least";
        var least = 3;
        using var transaction = connection.BeginTransaction();
        foreach (var order in orders.Where(o => o.Open))
        {
            connection.{|DBR106:Execute|}(
                sql,
                new { id = order.Id, least },
                transaction);
        }
        """",
        """"
        const string sql = "DELETE FROM OrderLines WHERE OrderId = @id AND Quantity < @least";
        var least = 3;
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            sql,
            orders.Where(o => o.Open).Select(order => new { id = order.Id, least }),
            transaction);
        """");

    [Fact]
    public Task SequenceOfAwaitedElements() => Fixes(
        """
        foreach (var id in await Task.FromResult(new List<int> { 1, 2, 3, 4, 5, 6 }))
            await connection.{|DBR106:ExecuteAsync|}("DELETE FROM Orders WHERE Id = @id", new { id });
        """,
        """
        await connection.ExecuteAsync("DELETE FROM Orders WHERE Id = @id", (await Task.FromResult(new List<int> { 1, 2, 3, 4, 5, 6 })).Select(id => new { id }));
        """);

    [Fact]
    public Task DeleteByKey() => Fixes(
        """
        foreach (var order in orders)
            await db.Payments.Where(p => p.OrderId == order.Id).{|DBR106:ExecuteDeleteAsync|}(ct);
        """,
        """
        var orderIds = orders.Select(o => o.Id).Distinct().ToList();
        await db.Payments.Where(p => orderIds.Contains(p.OrderId)).ExecuteDeleteAsync(ct);
        """);

    [Fact]
    public Task DeleteByElement() => Fixes(
        """
        List<int> ids = orders.Select(o => o.Id).ToList();
        foreach (var id in ids)
        {
            db.Payments.Where(p => p.Amount > 10 && p.OrderId == id).{|DBR106:ExecuteDelete|}();
        }
        """,
        """
        List<int> ids = orders.Select(o => o.Id).ToList();
        db.Payments.Where(p => p.Amount > 10 && ids.Contains(p.OrderId)).ExecuteDelete();
        """);

    [Fact]
    public Task UpdateByKey() => Fixes(
        """
        foreach (var order in orders)
        {
            await db.Customers
                .Where(c => c.Id == order.CustomerId)
                .{|DBR106:ExecuteUpdateAsync|}(s => s.SetProperty(c => c.Active, true), ct);
        }
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        await db.Customers
            .Where(c => customerIds.Contains(c.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.Active, true), ct);
        """);

    [Fact]
    public Task TwoLoops() => Fixes(
        """
        using var transaction = connection.BeginTransaction();
        foreach (var order in orders)
            connection.{|DBR106:Execute|}("DELETE FROM OrderLines WHERE OrderId = @Id", new { order.Id }, transaction);
        foreach (var order in orders)
            connection.{|DBR106:Execute|}("DELETE FROM Orders WHERE Id = @Id", new { order.Id }, transaction);
        transaction.Commit();
        """,
        """
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM OrderLines WHERE OrderId = @Id", orders.Select(order => new { order.Id }), transaction);
        connection.Execute("DELETE FROM Orders WHERE Id = @Id", orders.Select(order => new { order.Id }), transaction);
        transaction.Commit();
        """);

    [Theory]
    [InlineData("connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id });\n    Console.WriteLine(order.Id);")]
    [InlineData("if (order.Open)\n        connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id });")]
    [InlineData("connection.{|DBR106:Execute|}($\"DELETE FROM Orders WHERE Id = {order.Id}\");")]
    [InlineData("connection.{|DBR106:Execute|}(new CommandDefinition(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id }));")]
    [InlineData("connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", order.Lines);")]
    [InlineData("connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", /* one */ new { order.Id });\n    // done")]
    [InlineData("db.Customers.Where(c => c.Id == order.CustomerId).{|DBR106:ExecuteUpdate|}(s => s.SetProperty(c => c.Name, order.Number));")]
    [InlineData("db.Customers.Where(c => c.Id == order.CustomerId).{|DBR106:ExecuteUpdate|}(s => s.SetProperty(c => c.CountryId, c => c.CountryId + 1));")]
    [InlineData("db.Customers.Where(c => c.Name == order.Number).{|DBR106:ExecuteDelete|}();")]
    [InlineData("db.Customers.Where(c => c.Id == order.CustomerId && !db.Orders.Any(o => o.CustomerId == c.Id)).{|DBR106:ExecuteDelete|}();")]
    [InlineData("db.Customers.Where(c => c.Id > order.CustomerId).{|DBR106:ExecuteDelete|}();")]
    [InlineData("db.Database.{|DBR106:ExecuteSql|}($\"DELETE FROM Orders WHERE Id = {order.Id}\");")]
    public Task NoFixForThePass(string body) => NoFix("foreach (var order in orders)\n{\n    " + body + "\n}");

    [Theory]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n    connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", new { orders[i].Id });")]
    [InlineData("orders.ForEach(order => connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id }));")]
    [InlineData("foreach (var order in db.Orders)\n    connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id });")]
    public Task NoFixForTheLoop(string code) => NoFix(code);
}
