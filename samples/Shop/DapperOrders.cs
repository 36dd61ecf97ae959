using System.Data.Common;
using Dapper;

namespace Shop;

/// <summary>Orders on Dapper: queries and writes that run once per element.</summary>
public sealed class DapperOrders(DbConnection connection)
{
    /// <summary>One query for the orders, and one more for the customer of each.</summary>
    public async Task<List<OrderRow>> OpenOrdersAsync()
    {
        var orders = (await connection.QueryAsync<Order>("SELECT Id, CustomerId, Cents FROM Orders WHERE Shipped = 0 ORDER BY Id LIMIT 50")).ToList();
        var rows = new List<OrderRow>();
        foreach (var order in orders)
        {
            var customer = await connection.QuerySingleAsync<Customer>("SELECT Id, Name, City FROM Customers WHERE Id = @id", new { id = order.CustomerId });
            rows.Add(new OrderRow(order.Id, customer.Name, order.Cents));
        }

        return rows;
    }

    /// <summary>The tax is the same for all rows, and is asked for once per row.</summary>
    public async Task<List<OrderRow>> WithTaxAsync(List<OrderRow> rows)
    {
        var taxed = new List<OrderRow>();
        foreach (var row in rows)
        {
            var tax = await connection.QuerySingleOrDefaultAsync<int>("SELECT Value FROM Settings WHERE Name = 'tax-percent'");
            taxed.Add(row with { Cents = row.Cents * (100 + tax) / 100 });
        }

        return taxed;
    }

    /// <summary>One command per order.</summary>
    public async Task ShipAsync(List<int> orderIds)
    {
        foreach (var id in orderIds)
            await connection.ExecuteAsync("UPDATE Orders SET Shipped = 1 WHERE Id = @id", new { id });
    }
}
