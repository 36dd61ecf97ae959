using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The infrastructure itself, on pairs written by hand: it counts what is sent and notices what differs.</summary>
public sealed class InfrastructureTests
{
    private const string EfBefore =
        """
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, CancellationToken ct)
            {
                var names = new List<string>();
                foreach (Order order in await db.Orders.OrderBy(o => o.Id).ToListAsync(ct))
                {
                    Customer customer = await db.Customers.FirstAsync(c => c.Id == order.CustomerId, ct);
                    names.Add(order.Number + " " + customer.Name);
                }

                return names;
            }
        }
        """;

    private const string EfAfter =
        """
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, CancellationToken ct)
            {
                var names = new List<string>();
                List<Order> orders = await db.Orders.OrderBy(o => o.Id).ToListAsync(ct);
                int[] ids = orders.Select(o => o.CustomerId).Distinct().ToArray();
                var customers = await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
                foreach (Order order in orders)
                    names.Add(order.Number + " " + customers[order.CustomerId].Name);

                return names;
            }
        }
        """;

    private const string DapperBefore =
        """
        static class Snippet
        {
            public static async Task<object?> Run(DbConnection connection, CancellationToken ct)
            {
                var found = new List<object>();
                foreach (Order order in await connection.QueryAsync<Order>("select * from orders order by id"))
                    found.Add(await connection.QuerySingleAsync<Customer>("select * from customers where id = @id", new { id = order.CustomerId }));
                found.Add(connection.Query<Product>("select * from products order by id"));
                return found;
            }
        }
        """;

    private const string DapperAfter =
        """
        static class Snippet
        {
            public static async Task<object?> Run(DbConnection connection, CancellationToken ct)
            {
                var found = new List<object>();
                var orders = (await connection.QueryAsync<Order>("select * from orders order by id")).ToList();
                var customers = (await connection.QueryAsync<Customer>("select * from customers where id in (select customerid from orders)")).ToDictionary(c => c.Id);
                foreach (Order order in orders)
                    found.Add(customers[order.CustomerId]);
                found.Add(connection.Query<Product>("select * from products order by id"));
                return found;
            }
        }
        """;

    [DatabaseFact]
    public Task Ef_core_pair_is_equal_and_sends_fewer_commands() =>
        ExecutionVerifier.SameResultFewerCommands(EfBefore, EfAfter, expectedBefore: 1 + ShopSeed.Orders, atMostAfter: 2);

    [DatabaseFact]
    public Task Dapper_pair_is_equal_and_sends_fewer_commands() =>
        ExecutionVerifier.SameResultFewerCommands(DapperBefore, DapperAfter, expectedBefore: 2 + ShopSeed.Orders, atMostAfter: 3);

    [DatabaseFact]
    public Task Ado_net_commands_are_counted_however_they_are_executed() =>
        ExecutionVerifier.SameResultFewerCommands(Ado, Ado, expectedBefore: 5, atMostAfter: 5);

    [DatabaseFact]
    public Task Writes_are_counted_and_transactions_are_not() =>
        ExecutionVerifier.SameResultFewerCommands(Writes, Writes, expectedBefore: 3, atMostAfter: 3);

    [DatabaseFact]
    public Task The_same_exception_is_the_same_result() =>
        ExecutionVerifier.SameResultFewerCommands(Throwing, Throwing, expectedBefore: 1, atMostAfter: 1, throws: true);

    [DatabaseFact]
    public async Task Wrong_count_before_fails() => await FailsAsync(
        () => ExecutionVerifier.SameResultFewerCommands(EfBefore, EfAfter, expectedBefore: ShopSeed.Orders, atMostAfter: 2),
        "The code before sends 41 commands, not 40");

    [DatabaseFact]
    public async Task Too_many_commands_after_fail() => await FailsAsync(
        () => ExecutionVerifier.SameResultFewerCommands(EfBefore, EfBefore, expectedBefore: 1 + ShopSeed.Orders, atMostAfter: 2),
        "The code after sends 41 commands, more than 2");

    [DatabaseFact]
    public async Task Different_results_fail() => await FailsAsync(
        () => ExecutionVerifier.SameResult(EfBefore, EfAfter.Replace("OrderBy", "OrderByDescending", StringComparison.Ordinal)),
        "The results differ");

    [DatabaseFact]
    public async Task Different_rows_fail() => await FailsAsync(
        () => ExecutionVerifier.SameResult(Writes, Writes.Replace("renamed", "otherwise", StringComparison.Ordinal)),
        "The rows in the database differ");

    [DatabaseFact]
    public async Task Different_exceptions_fail() => await FailsAsync(
        () => ExecutionVerifier.SameResult(Throwing, Throwing.Replace("=> await", "=> throw new FormatException(); static async Task<object?> Other(ShopContext db, CancellationToken ct) => await", StringComparison.Ordinal), throws: true),
        "The results differ");

    [DatabaseFact]
    public async Task An_exception_that_nobody_expects_fails() => await FailsAsync(
        () => ExecutionVerifier.SameResult(Throwing, Throwing), "The code before throws System.InvalidOperationException");

    [DatabaseFact]
    public async Task No_exception_where_one_is_expected_fails() => await FailsAsync(
        () => ExecutionVerifier.SameResult(EfBefore, EfAfter, throws: true), "The code before should throw");

    [DatabaseFact]
    public async Task Code_that_does_not_compile_fails() => await FailsAsync(
        () => ExecutionVerifier.SameResult(EfBefore, EfAfter.Replace("customers[", "missing[", StringComparison.Ordinal)),
        "The code after does not compile");

    [DatabaseFact]
    public Task A_fix_is_applied_and_the_code_before_and_after_compared() =>
        ExecutionVerifier.SameResultFewerCommands<SlowCallAnalyzer, CallFastFix>(SlowAndFast, expectedBefore: 10, atMostAfter: 2);

    [Fact]
    public async Task Fixed_state_is_returned()
    {
        string after = await ExecutionVerifier.FixedStateCompiles<SlowCallAnalyzer, CallFastFix>(SlowAndFast);
        Assert.Equal(SlowAndFast.Replace("(Slow(db), Slow(db))", "(Fast(db), Fast(db))", StringComparison.Ordinal), after);
    }

    [Fact]
    public Task Fixed_state_that_does_not_compile_fails() => FailsAsync(
        () => ExecutionVerifier.FixedStateCompiles<SlowCallAnalyzer, CallMissingFix>(SlowAndFast), "The code after does not compile");

    [Fact]
    public Task A_source_without_anything_to_fix_fails() => FailsAsync(
        () => ExecutionVerifier.FixedStateCompiles<SlowCallAnalyzer, CallFastFix>(EfBefore), "reports nothing");

    private const string SlowAndFast =
        """
        static class Snippet
        {
            public static object? Run(ShopContext db) => (Slow(db), Slow(db));

            private static int Slow(ShopContext db) => Enumerable.Range(1, 5).Sum(id => db.Orders.Count(o => o.Id == id));

            private static int Fast(ShopContext db) => db.Orders.Count(o => o.Id >= 1 && o.Id <= 5);
        }
        """;

    private const string Ado =
        """
        static class Snippet
        {
            public static async Task<object?> Run(DbConnection connection, CancellationToken ct)
            {
                await connection.OpenAsync(ct);
                using DbCommand command = connection.CreateCommand();
                command.CommandText = "select count(*) from orders";
                object? first = command.ExecuteScalar();
                object? second = await command.ExecuteScalarAsync(ct);
                using (DbDataReader reader = await command.ExecuteReaderAsync(ct))
                    await reader.ReadAsync(ct);
                command.CommandText = "delete from payments where id = 1";
                int deleted = command.ExecuteNonQuery();
                command.CommandText = "delete from payments where id = 2";
                return new { first, second, deleted, again = await command.ExecuteNonQueryAsync(ct) };
            }
        }
        """;

    private const string Writes =
        """
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, CancellationToken ct)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                Customer customer = await db.Customers.FirstAsync(c => c.Id == 3, ct);
                customer.Name = "renamed";
                await db.SaveChangesAsync(ct);
                db.Countries.Add(new Country { Name = "New", Code = "N" });
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return null;
            }
        }
        """;

    private const string Throwing =
        """
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, CancellationToken ct) => await db.Customers.FirstAsync(c => c.Id == -1, ct);
        }
        """;

    private static async Task FailsAsync(Func<Task> verification, string messagePart)
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(verification);
        Assert.Contains(messagePart, failure.Message, StringComparison.Ordinal);
    }
}
