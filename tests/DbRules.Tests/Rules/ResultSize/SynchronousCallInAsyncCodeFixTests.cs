using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>What the fix of DBR210 writes.</summary>
public sealed class SynchronousCallInAsyncCodeFixTests
{
    [Theory]
    [InlineData("Use(db.Orders.{|DBR210:ToList|}());", "Use(await db.Orders.ToListAsync(ct));")]
    [InlineData("Use(db.Orders.{|DBR210:First|}(o => o.Id == 3).Number);", "Use((await db.Orders.FirstAsync(o => o.Id == 3, ct)).Number);")]
    [InlineData("Use(db.Orders.{|DBR210:FirstOrDefault|}()?.Number);", "Use((await db.Orders.FirstOrDefaultAsync(ct))?.Number);")]
    [InlineData("Use(db.Orders.{|DBR210:FirstOrDefault|}()!.Number);", "Use((await db.Orders.FirstOrDefaultAsync(ct))!.Number);")]
    [InlineData("Use(db.Orders.{|DBR210:ToList|}()[0]);", "Use((await db.Orders.ToListAsync(ct))[0]);")]
    [InlineData("if (!db.Orders.{|DBR210:Any|}()) Use(1);", "if (!await db.Orders.AnyAsync(ct)) Use(1);")]
    [InlineData("Use(1 + db.Orders.{|DBR210:Count|}() * 2);", "Use(1 + await db.Orders.CountAsync(ct) * 2);")]
    [InlineData("Use(db.Orders.{|DBR210:Find|}(3));", "Use(await db.Orders.FindAsync([3], ct));")]
    [InlineData("Use(db.{|DBR210:Find|}<Order>(3)!.Number);", "Use((await db.FindAsync<Order>([3], ct))!.Number);")]
    [InlineData("db.{|DBR210:SaveChanges|}();", "await db.SaveChangesAsync(ct);")]
    [InlineData("db.{|DBR210:SaveChanges|}(false);", "await db.SaveChangesAsync(false, ct);")]
    [InlineData("db.Orders.{|DBR210:ExecuteDelete|}();", "await db.Orders.ExecuteDeleteAsync(ct);")]
    [InlineData("db.Orders.{|DBR210:ExecuteUpdate|}(s => s.SetProperty(o => o.Open, false));", "await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Open, false), ct);")]
    [InlineData("db.Database.{|DBR210:ExecuteSqlRaw|}(\"delete from orders where id = {0} or id = {1}\", 1, 2);", "await db.Database.ExecuteSqlRawAsync(\"delete from orders where id = {0} or id = {1}\", [1, 2], ct);")]
    [InlineData("db.Database.{|DBR210:ExecuteSqlRaw|}(\"delete from orders\");", "await db.Database.ExecuteSqlRawAsync(\"delete from orders\", ct);")]
    [InlineData("foreach (var order in {|DBR210:db.Orders|}) Use(order);", "await foreach (var order in db.Orders.AsAsyncEnumerable().WithCancellation(ct)) Use(order);")]
    [InlineData("foreach (var order in {|DBR210:from o in db.Orders where o.Open select o|}) Use(order);", "await foreach (var order in (from o in db.Orders where o.Open select o).AsAsyncEnumerable().WithCancellation(ct)) Use(order);")]
    [InlineData("using var t = db.Database.{|DBR210:BeginTransaction|}();\nt.{|DBR210:Commit|}();", "await using var t = await db.Database.BeginTransactionAsync(ct);\nawait t.CommitAsync();")]
    [InlineData("using (var t = db.Database.{|DBR210:BeginTransaction|}())\n{\n    t.{|DBR210:Commit|}();\n}", "await using (var t = await db.Database.BeginTransactionAsync(ct))\n{\n    await t.CommitAsync();\n}")]
    [InlineData("using IDbTransaction t = connection.{|DBR210:BeginTransaction|}();", "using IDbTransaction t = await connection.BeginTransactionAsync(ct);")]
    [InlineData("connection.{|DBR210:Open|}();", "await connection.OpenAsync(ct);")]
    [InlineData("using var c = connection.CreateCommand();\nUse((long)c.{|DBR210:ExecuteScalar|}()!);", "using var c = connection.CreateCommand();\nUse((long)(await c.ExecuteScalarAsync(ct))!);")]
    [InlineData("using var c = connection.CreateCommand();\nusing var r = c.{|DBR210:ExecuteReader|}(CommandBehavior.SingleRow);", "using var c = connection.CreateCommand();\nawait using var r = await c.ExecuteReaderAsync(CommandBehavior.SingleRow, ct);")]
    [InlineData("Use(connection.{|DBR210:Query|}<Order>(\"select * from orders\").ToList());", "Use((await connection.QueryAsync<Order>(new CommandDefinition(\"select * from orders\", cancellationToken: ct))).ToList());")]
    [InlineData("connection.{|DBR210:Execute|}(\"delete from orders where id = @id\", new { id = 1 });", "await connection.ExecuteAsync(new CommandDefinition(\"delete from orders where id = @id\", new { id = 1 }, cancellationToken: ct));")]
    [InlineData("connection.{|DBR210:Execute|}(sql: \"delete from orders\", commandTimeout: 3);", "await connection.ExecuteAsync(new CommandDefinition(commandText: \"delete from orders\", commandTimeout: 3, cancellationToken: ct));")]
    [InlineData("Use(connection.{|DBR210:Query|}<Order, Customer, Order>(\"select 1\", (o, c) => o));", "Use(await connection.QueryAsync<Order, Customer, Order>(\"select 1\", (o, c) => o));")]
    [InlineData("try { Use(1); }\nfinally { db.{|DBR210:SaveChanges|}(); }", "try { Use(1); }\nfinally { await db.SaveChangesAsync(); }")]
    [InlineData(
        "var list = db.Orders // all of them\n    .Where(o => o.Open)\n\n    // newest first\n    .OrderByDescending(o => o.Id)\n    .{|DBR210:ToList|}( /* now */ );\nUse(list);",
        "var list = await db.Orders // all of them\n    .Where(o => o.Open)\n\n    // newest first\n    .OrderByDescending(o => o.Id)\n    .ToListAsync( /* now */ ct);\nUse(list);")]
    public Task With_a_token(string before, string after) => AsyncCode.IsAwaited(before, after);

    [Theory]
    [InlineData("Use(db.Orders.{|DBR210:ToList|}());", "Use(await db.Orders.ToListAsync());")]
    [InlineData("Use(db.Orders.{|DBR210:Find|}(id));", "Use(await db.Orders.FindAsync(id));")]
    [InlineData("command.{|DBR210:ExecuteNonQuery|}();", "await command.ExecuteNonQueryAsync();")]
    [InlineData("Use(connection.{|DBR210:QueryFirst|}<int>(\"select 1\"));", "Use(await connection.QueryFirstAsync<int>(\"select 1\"));")]
    [InlineData("Use(SqlMapper.{|DBR210:QuerySingle|}<int>(connection, \"select 1\"));", "Use(await SqlMapper.QuerySingleAsync<int>(connection, \"select 1\"));")]
    [InlineData("foreach (var order in {|DBR210:db.Orders.Where(o => o.Open)|})\n    Use(order);", "await foreach (var order in db.Orders.Where(o => o.Open).AsAsyncEnumerable())\n    Use(order);")]
    [InlineData("var a = db.Orders.{|DBR210:Count|}();\nvar b = db.Customers.{|DBR210:Count|}();\nUse(a + b);", "var a = await db.Orders.CountAsync();\nvar b = await db.Customers.CountAsync();\nUse(a + b);")]
    public Task Without_a_token(string before, string after) => AsyncCode.IsAwaited(AsyncCode.WithoutToken(before), AsyncCode.WithoutToken(after));

    [Theory]
    // The passes send commands, for which no reader may be open.
    [InlineData(
        "foreach (var order in {|DBR210:db.Orders.Where(o => o.CustomerId == 3)|})\n    await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync(ct);",
        "foreach (var order in await db.Orders.Where(o => o.CustomerId == 3).ToListAsync(ct))\n    await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync(ct);")]
    [InlineData(
        "foreach (var order in {|DBR210:from o in db.Orders where o.CustomerId == 3 select o|})\n    await db.Database.GetDbConnection().ExecuteAsync(new CommandDefinition(\"delete from lines where order_id = @Id\", order, cancellationToken: ct));",
        "foreach (var order in await (from o in db.Orders where o.CustomerId == 3 select o).ToListAsync(ct))\n    await db.Database.GetDbConnection().ExecuteAsync(new CommandDefinition(\"delete from lines where order_id = @Id\", order, cancellationToken: ct));")]
    // No fix makes a list of rows without a limit.
    [InlineData(
        "foreach (var order in {|DBR210:db.Orders|})\n    await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync(ct);",
        "foreach (var order in {|DBR210:db.Orders|})\n    await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync(ct);")]
    public Task Loops_that_send_commands(string before, string after) => AsyncCode.IsAwaited(before, after);

    [Fact]
    public Task A_loop_that_sends_commands_through_calls() => AsyncCode.IsAwaited(
        """
        class Store(ShopContext db)
        {
            public async Task ClearAsync(int customerId)
            {
                await Task.Delay(1).ConfigureAwait(false);
                foreach (var order in {|DBR210:db.Orders.Where(o => o.CustomerId == customerId)|}) // one by one
                    await DeleteLinesAsync(order).ConfigureAwait(false);
            }

            private async Task DeleteLinesAsync(Order order) => await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync();
        }
        """,
        """
        class Store(ShopContext db)
        {
            public async Task ClearAsync(int customerId)
            {
                await Task.Delay(1).ConfigureAwait(false);
                foreach (var order in await db.Orders.Where(o => o.CustomerId == customerId).ToListAsync().ConfigureAwait(false)) // one by one
                    await DeleteLinesAsync(order).ConfigureAwait(false);
            }

            private async Task DeleteLinesAsync(Order order) => await db.OrderLines.Where(l => l.OrderId == order.Id).ExecuteDeleteAsync();
        }
        """);

    [Fact]
    public Task A_method_that_never_returns_to_its_context() => AsyncCode.IsAwaited(
        """
        class Store(ShopContext db)
        {
            public async Task<string> NameAsync()
            {
                await Task.Delay(1).ConfigureAwait(false);
                foreach (var order in {|DBR210:db.Orders|})
                    order.Open = true;
                db.{|DBR210:SaveChanges|}();
                return db.Customers.{|DBR210:First|}().Name;
            }
        }
        """,
        """
        class Store(ShopContext db)
        {
            public async Task<string> NameAsync()
            {
                await Task.Delay(1).ConfigureAwait(false);
                await foreach (var order in db.Orders.AsAsyncEnumerable().ConfigureAwait(false))
                    order.Open = true;
                await db.SaveChangesAsync().ConfigureAwait(false);
                return (await db.Customers.FirstAsync().ConfigureAwait(false)).Name;
            }
        }
        """);

    [Fact]
    public Task A_context_that_calls_itself() => AsyncCode.IsAwaited(
        """
        class OwnContext : ShopContext
        {
            public async Task StoreAsync(Order order, CancellationToken token)
            {
                await Task.Yield();
                Add(order);
                {|DBR210:SaveChanges|}();
                this.{|DBR210:SaveChanges|}();
            }
        }
        """,
        """
        class OwnContext : ShopContext
        {
            public async Task StoreAsync(Order order, CancellationToken token)
            {
                await Task.Yield();
                Add(order);
                await SaveChangesAsync(token);
                await this.SaveChangesAsync(token);
            }
        }
        """);

    [Fact]
    public Task The_namespace_is_imported() => new CSharpCodeFixVerifier<DbRules.Rules.ResultSize.SynchronousCallInAsyncCode, CodeFixes.ResultSize.SynchronousCallInAsyncCodeFix>.Test
    {
        IncludeShop = false,
        TestState =
        {
            Sources =
            {
                "using System.Linq;\nusing System.Threading.Tasks;\n\nclass Report\n{\n    async Task<int> RunAsync(Store store) { await Task.Yield(); return store.Rows.Where(r => r.Id > 3).{|DBR210:Count|}(); }\n}\n",
                "class Row { public int Id { get; set; } }\nclass Store : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Row> Rows { get; set; } = null!; }\n",
            },
        },
        FixedState =
        {
            Sources =
            {
                "using System.Linq;\nusing System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\n\nclass Report\n{\n    async Task<int> RunAsync(Store store) { await Task.Yield(); return await store.Rows.Where(r => r.Id > 3).CountAsync(); }\n}\n",
                "class Row { public int Id { get; set; } }\nclass Store : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Row> Rows { get; set; } = null!; }\n",
            },
        },
    }.RunAsync();
}
