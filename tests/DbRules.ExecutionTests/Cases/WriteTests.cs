using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR105 and DBR106: the same rows are in the database afterwards.</summary>
public sealed class WriteTests
{
    [DatabaseFact]
    public Task Tracked_rows_are_changed() => Save(
        """
        var orders = await db.Orders.OrderBy(o => o.Id).ToListAsync(ct);
        foreach (var order in orders)
        {
            if (order.Id % 2 == 0)
                continue;
            order.Number += "x";
            await db.SaveChangesAsync(ct);
        }
        """,
        before: 1 + (ShopSeed.Orders / 2),
        // EF Core's provider for SQLite sends changed rows one by one, though in one transaction.
        after: 1 + (ShopSeed.Orders / 2));

    [DatabaseFact]
    public Task Rows_are_added() => Save(
        """
        foreach (var number in Enumerable.Range(1, 20))
        {
            var country = new Country { Name = "New " + number, Code = "N" + number };
            db.Countries.Add(country);
            db.SaveChanges();
        }
        """,
        before: 20,
        after: 20);

    [DatabaseFact]
    public Task Rows_are_removed() => Save(
        """
        foreach (var payment in db.Payments.OrderBy(p => p.Id).ToList())
        {
            db.Remove(payment);
            db.SaveChanges();
        }
        """,
        before: 1 + (ShopSeed.Orders * 4 / 5),
        after: 1 + (ShopSeed.Orders * 4 / 5));

    [DatabaseFact]
    public Task The_same_row_is_loaded_by_its_key_again() => Save(
        """
        foreach (var id in new List<int> { 1, 2, 3, 2, 1, 99, 2 })
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
            if (customer is null)
                continue;
            customer.Name += "!";
            await db.SaveChangesAsync(ct);
        }
        """,
        before: 7 + 6,
        after: 7 + 3);

    [DatabaseFact]
    public Task A_row_is_found_by_its_key_again() => Save(
        """
        foreach (var id in new List<int> { 1, 2, 3, 2, 1, 99, 2 })
        {
            var customer = db.Customers.Find(id);
            if (customer is null)
                continue;
            customer.CountryId++;
            db.SaveChanges();
        }
        """,
        before: 4 + 6,
        after: 4 + 3);

    [DatabaseFact]
    public Task No_element() => Save(
        """
        foreach (var order in db.Orders.Where(o => o.Id < 0).ToList())
        {
            order.Open = false;
            db.SaveChanges();
        }
        """,
        before: 1,
        after: 1);

    [DatabaseFact]
    public Task Dapper_values() => Write(
        """
        var orders = connection.Query<Order>("select * from orders order by id").ToList();
        foreach (var order in orders)
            connection.Execute("update payments set amount = amount + @plus where orderid = @Id", new { order.Id, plus = 2 });
        """,
        before: 1 + ShopSeed.Orders,
        after: 1 + ShopSeed.Orders);

    [DatabaseFact]
    public Task Dapper_elements_in_a_transaction() => Write(
        """
        await connection.OpenAsync(ct);
        var orders = (await connection.QueryAsync<Order>("select * from orders where id < 20 order by id")).ToList();
        using var transaction = connection.BeginTransaction();
        foreach (var order in orders)
        {
            await connection.ExecuteAsync("insert into countries (id, name, code) values (@Id + 1000, @Number, 'X')", order, transaction);
        }

        transaction.Commit();
        """,
        before: 1 + 19,
        after: 1 + 19);

    [DatabaseFact]
    public Task Dapper_without_an_element() => Write(
        """
        var ids = new List<int>();
        foreach (var id in ids)
            connection.Execute("delete from payments where id = @id", new { id });
        """,
        before: 0,
        after: 0);

    [DatabaseFact]
    public Task Batched_is_not_what_dapper_does_but_the_rows_are_the_same() => Write(
        """
        foreach (var id in new HashSet<int> { 5, 6, 7, 8, 9, 1000 })
            await connection.ExecuteAsync("delete from payments where orderid = @id", new { id });
        """,
        before: 6,
        after: 6);

    private static Task Save(string statements, int before, int after) =>
        ExecutionVerifier.SameResultFewerCommands<SavePerElement, SavePerElementFix>(Code(statements), before, after);

    private static Task Write(string statements, int before, int after) =>
        ExecutionVerifier.SameResultFewerCommands<WritePerElement, WritePerElementFix>(Code(statements), before, after);

    private static string Code(string statements)
    {
        bool isAsync = statements.Contains("await ", StringComparison.Ordinal);
        return $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                    return null;
                }
            }
            """;
    }
}
