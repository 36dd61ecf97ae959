using System.Data;
using Dapper;

namespace Shop;

/// <summary>The orders page on Dapper.</summary>
public sealed class DapperOrders(IDbConnection connection)
{
    /// <summary>One query for the orders, and one more for the customer of each.</summary>
    public async Task<List<OrderRow>> OpenOrdersAsync()
    {
        var orders = (await connection.QueryAsync<Order>("SELECT Id, CustomerId, Cents FROM Orders WHERE Shipped = 0 ORDER BY Id")).ToList();
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
            var tax = await connection.QuerySingleAsync<int>("SELECT Value FROM Settings WHERE Name = 'tax-percent'");
            taxed.Add(row with { Cents = row.Cents * (100 + tax) / 100 });
        }

        return taxed;
    }

    /// <summary>The same page in three statements: orders, tax, and all the customers that the orders name.</summary>
    public async Task<List<OrderRow>> PageAsync()
    {
        var tax = await connection.QuerySingleAsync<int>("SELECT Value FROM Settings WHERE Name = 'tax-percent'");
        var orders = (await connection.QueryAsync<Order>("SELECT Id, CustomerId, Cents FROM Orders WHERE Shipped = 0 ORDER BY Id")).ToList();
        var ids = orders.Select(o => o.CustomerId).Distinct();
        var customers = (await connection.QueryAsync<Customer>("SELECT Id, Name, City FROM Customers WHERE Id IN @ids", new { ids })).ToDictionary(c => c.Id);
        var rows = new List<OrderRow>();
        foreach (var order in orders)
            rows.Add(new OrderRow(order.Id, customers[order.CustomerId].Name, order.Cents * (100 + tax) / 100));
        return rows;
    }

    /// <summary>Asks only for what is not in the cache yet.</summary>
    public async Task<string> CityAsync(IEnumerable<int> customerIds, Dictionary<int, string> cache)
    {
        var cities = new SortedSet<string>();
        foreach (var id in customerIds)
        {
            if (!cache.TryGetValue(id, out var city))
                cache[id] = city = await connection.QuerySingleAsync<string>("SELECT City FROM Customers WHERE Id = @id", new { id });
            cities.Add(city);
        }

        return string.Join(", ", cities);
    }
}
