using System.Data.Common;
using Dapper;

namespace Shop;

/// <summary>SQL text for Dapper: what a value can change, and what says something else than was meant.</summary>
public sealed class DapperSearch(DbConnection connection)
{
    /// <summary>A name with an apostrophe breaks the statement, and another one reads what it likes.</summary>
    public async Task<List<Customer>> ByNameAsync(string name) =>
        (await connection.QueryAsync<Customer>($"SELECT Id, Name, City FROM Customers WHERE Name = '{name}' ORDER BY Id LIMIT 20")).ToList();

    /// <summary>The names of the parameter and of its value are not the same.</summary>
    public async Task<List<int>> OrdersOfAsync(int customerId) =>
        (await connection.QueryAsync<int>("SELECT Id FROM Orders WHERE CustomerId = @customer_id ORDER BY Id LIMIT 20", new { customerId })).ToList();

    /// <summary>One order without a courier, and no courier is free: NOT IN is never true then.</summary>
    public async Task<List<string>> FreeCouriersAsync() =>
        (await connection.QueryAsync<string>("SELECT Name FROM Couriers WHERE Id NOT IN (SELECT CourierId FROM Orders) ORDER BY Id LIMIT 20")).ToList();
}
