using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR101 for Dapper: the SQL with a list of keys gives what the SQL with one key gave.</summary>
public sealed class SqlKeyLookupTests
{
    [DatabaseFact]
    public Task First_or_default() => ForEachOrder("connection.QueryFirstOrDefault<Customer>(\"select * from customers where id = @id\", new { id = order.CustomerId })");

    [DatabaseFact]
    public Task Single_or_default_awaited() => ForEachOrder(
        "await connection.QuerySingleOrDefaultAsync<Customer>(\"select id, name from customers where id = @CustomerId and name <> @name limit 1\", new { order.CustomerId, name = \"x\" })");

    [DatabaseFact]
    public Task First() => ForEachOrder("connection.QueryFirst<Customer>(\"select * from customers where @id = id\", new { id = order.CustomerId }).Name");

    [DatabaseFact]
    public Task First_or_default_by_foreign_key() => ForEachOrder("await connection.QueryFirstOrDefaultAsync<Payment>(\"select * from payments where orderid = @id\", new { id = order.Id })");

    [DatabaseFact]
    public Task Rows() => ForEachOrder("connection.Query<OrderLine>(\"select * from orderlines where orderid = @id order by price, id\", new { id = order.Id }).ToList()");

    [DatabaseFact]
    public Task Rows_awaited_with_other_conditions() => ForEachOrder(
        "(await connection.QueryAsync<OrderLine>(\"select l.* from orderlines l where l.quantity > @least and l.orderid = @id order by l.id\", new { id = order.Id, least = 1 })).AsList()");

    [DatabaseFact]
    public Task Count() => ForEachOrder("connection.ExecuteScalar<int>(\"select count(*) from orderlines where orderid = @id\", new { id = order.Id })");

    [DatabaseFact]
    public Task Count_awaited() => ForEachOrder("await connection.QuerySingleAsync<long>(\"select count(*) from orderlines where orderid = @id and quantity > 1\", new { id = order.Id })");

    [DatabaseFact]
    public Task Existence() => ForEachOrder("connection.ExecuteScalar<bool>(\"select count(1) from payments where orderid = @id\", new { id = order.Id })");

    [DatabaseFact]
    public Task Missing_row_throws() => Verify(
        """
        foreach (var customer in connection.Query<Customer>("select * from customers order by id").ToList())
            found.Add(connection.QuerySingle<Country>("select * from countries where id = @id", new { id = customer.CountryId }));
        """,
        queriesBefore: 19,
        throws: true);

    [DatabaseFact]
    public Task Keys_of_a_set() => Verify(
        """
        HashSet<int> ids = connection.Query<Order>("select * from orders order by id").Select(o => o.CustomerId).ToHashSet();
        foreach (var id in ids)
            found.Add(connection.Query<Order>("select * from orders where customerid = @id order by id", new { id }).Select(o => o.Number).ToList());
        """,
        ShopSeed.LastCustomerWithOrders);

    [DatabaseFact]
    public Task Keys_of_an_array() => Verify(
        """
        int[] ids = connection.Query<Order>("select * from orders order by id").Select(o => o.CustomerId).ToArray();
        foreach (var id in ids)
            found.Add(connection.QueryFirstOrDefault<Customer>("select * from customers where id = @id", new { id }));
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Transaction_is_passed() => Verify(
        """
        await connection.OpenAsync(ct);
        using var transaction = connection.BeginTransaction();
        foreach (var order in (await connection.QueryAsync<Order>("select * from orders order by id", null, transaction)).ToList())
            found.Add(await connection.QueryFirstOrDefaultAsync<Customer>("select * from customers where id = @id", new { id = order.CustomerId }, transaction));
        """,
        ShopSeed.Orders);

    [DatabaseFact]
    public Task Loop_without_elements() => Verify(
        """
        foreach (var order in connection.Query<Order>("select * from orders where id < 0").ToList())
            found.Add(connection.QueryFirst<Customer>("select * from customers where id = @id", new { id = order.CustomerId }));
        """,
        queriesBefore: 0);

    private static Task ForEachOrder(string call) => Verify(
        $"foreach (var order in connection.Query<Order>(\"select * from orders order by id\").ToList())\n    found.Add({call});", ShopSeed.Orders);

    private static Task Verify(string loop, int queriesBefore, bool throws = false)
    {
        bool isAsync = loop.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(DbConnection connection, CancellationToken ct)
                {
                    var found = new List<object?>();
            {{string.Join("\n", loop.Split('\n').Select(line => "        " + line))}}
                    return found;
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<QueryPerElement, QueryPerElementFix>(code, 1 + queriesBefore, 2, throws: throws);
    }
}
