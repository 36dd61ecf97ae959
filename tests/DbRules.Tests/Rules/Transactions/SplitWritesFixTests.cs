using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>What the fix of DBR301 writes.</summary>
public sealed class SplitWritesFixTests
{
    [Theory]
    [InlineData(
        "db.Remove(orders[0]);\nawait db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);",
        "db.Remove(orders[0]);\nawait using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "db.OrderLines.ExecuteDelete();\ndb.Orders.{|DBR301:ExecuteDelete|}();",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\ndb.OrderLines.ExecuteDelete();\ndb.Orders.ExecuteDelete();\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "// old ones first\nawait _db.Orders.ExecuteDeleteAsync(ct); // all\n\n// then the new\n_db.Add(new Order());\nawait _db.{|DBR301:SaveChangesAsync|}(ct); // done\nUse(1);",
        "await using var transaction = await _db.Database.BeginTransactionAsync(ct);\n// old ones first\nawait _db.Orders.ExecuteDeleteAsync(ct); // all\n\n// then the new\n_db.Add(new Order());\nawait _db.SaveChangesAsync(ct); // done\nawait transaction.CommitAsync(ct);\nUse(1);")]
    [InlineData(
        "var order = new Order();\ndb.Add(order);\nawait db.SaveChangesAsync(ct);\ndb.Add(new OrderLine { OrderId = order.Id });\nawait db.{|DBR301:SaveChangesAsync|}(ct);\nUse(order);",
        "var order = new Order();\ndb.Add(order);\nawait using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\ndb.Add(new OrderLine { OrderId = order.Id });\nawait db.SaveChangesAsync(ct);\nawait transaction.CommitAsync(ct);\nUse(order);")]
    [InlineData(
        "db.Remove(orders[0]);\nawait db.SaveChangesAsync(ct);\nif (ids.Length > 3)\n{\n    db.Add(new Payment());\n    await db.{|DBR301:SaveChangesAsync|}(ct);\n}",
        "db.Remove(orders[0]);\nawait using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\nif (ids.Length > 3)\n{\n    db.Add(new Payment());\n    await db.SaveChangesAsync(ct);\n}\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "var transaction = 3;\ndb.Orders.ExecuteDelete();\ndb.Customers.{|DBR301:ExecuteDelete|}();\nUse(transaction);",
        "var transaction = 3;\nawait using var dbTransaction = await db.Database.BeginTransactionAsync(ct);\ndb.Orders.ExecuteDelete();\ndb.Customers.ExecuteDelete();\nawait dbTransaction.CommitAsync(ct);\nUse(transaction);")]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(false);\nif (ids.Length == 0) return null;\ndb.Add(new Payment());\nreturn await db.{|DBR301:SaveChangesAsync|}(ct).ConfigureAwait(false);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);\nawait db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(false);\nif (ids.Length == 0)\n{\n    await transaction.CommitAsync(ct).ConfigureAwait(false);\n    return null;\n}\ndb.Add(new Payment());\nvar result = await db.SaveChangesAsync(ct).ConfigureAwait(false);\nawait transaction.CommitAsync(ct).ConfigureAwait(false);\nreturn result;")]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(true);\nawait db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct).ConfigureAwait(false);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(true);\nawait db.Customers.ExecuteDeleteAsync(ct).ConfigureAwait(false);\nawait transaction.CommitAsync(ct);")]
    // Nothing can be awaited here.
    [InlineData(
        "lock (orders)\n{\n    db.Orders.ExecuteDelete();\n    db.Customers.{|DBR301:ExecuteDelete|}();\n}",
        "lock (orders)\n{\n    using var transaction = db.Database.BeginTransaction();\n    db.Orders.ExecuteDelete();\n    db.Customers.ExecuteDelete();\n    transaction.Commit();\n}")]
    public Task Transaction_around_the_writes(string before, string after) => TransactionCode.Fixes(before, after);

    [Theory]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct);\nif (ids.Length == 0) return null;\ndb.Add(new Payment());\nreturn await db.{|DBR301:SaveChangesAsync|}(ct);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.Orders.ExecuteDeleteAsync(ct);\nif (ids.Length == 0)\n{\n    await transaction.CommitAsync(ct);\n    return null;\n}\ndb.Add(new Payment());\nvar result = await db.SaveChangesAsync(ct);\nawait transaction.CommitAsync(ct);\nreturn result;")]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct);\nif (ids.Length == 0)\n{\n    Use(1);\n    return null; // nothing more\n}\n\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.Orders.ExecuteDeleteAsync(ct);\nif (ids.Length == 0)\n{\n    Use(1);\n    await transaction.CommitAsync(ct);\n    return null; // nothing more\n}\n\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "foreach (var group in orders.GroupBy(o => o.CustomerId))\n{\n    await db.Orders.Where(o => o.CustomerId == group.Key).ExecuteDeleteAsync(ct);\n    if (group.Key > 3)\n        continue;\n    await db.Customers.Where(c => c.Id == group.Key).{|DBR301:ExecuteDeleteAsync|}(ct);\n}",
        "foreach (var group in orders.GroupBy(o => o.CustomerId))\n{\n    await using var transaction = await db.Database.BeginTransactionAsync(ct);\n    await db.Orders.Where(o => o.CustomerId == group.Key).ExecuteDeleteAsync(ct);\n    if (group.Key > 3)\n    {\n        await transaction.CommitAsync(ct);\n        continue;\n    }\n    await db.Customers.Where(c => c.Id == group.Key).ExecuteDeleteAsync(ct);\n    await transaction.CommitAsync(ct);\n}")]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct);\nforeach (var id in ids)\n{\n    if (id > 3) break;\n}\nif (ids.Length == 0) throw new InvalidOperationException();\nawait db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct);",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.Orders.ExecuteDeleteAsync(ct);\nforeach (var id in ids)\n{\n    if (id > 3) break;\n}\nif (ids.Length == 0) throw new InvalidOperationException();\nawait db.Customers.ExecuteDeleteAsync(ct);\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "try\n{\n    await db.Orders.ExecuteDeleteAsync(ct);\n    await db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct);\n}\ncatch (Exception e)\n{\n    Use(e);\n}",
        "try\n{\n    await using var transaction = await db.Database.BeginTransactionAsync(ct);\n    await db.Orders.ExecuteDeleteAsync(ct);\n    await db.Customers.ExecuteDeleteAsync(ct);\n    await transaction.CommitAsync(ct);\n}\ncatch (Exception e)\n{\n    Use(e);\n}")]
    [InlineData(
        "await db.Orders.ExecuteDeleteAsync(ct);\nvar result = 1;\nUse(result);\n// and those\nreturn (await db.Customers\n    .{|DBR301:ExecuteDeleteAsync|}(ct)); // all",
        "await using var transaction = await db.Database.BeginTransactionAsync(ct);\nawait db.Orders.ExecuteDeleteAsync(ct);\nvar result = 1;\nUse(result);\n// and those\nvar result2 = (await db.Customers\n    .ExecuteDeleteAsync(ct)); // all\nawait transaction.CommitAsync(ct);\nreturn result2;")]
    public Task Early_exits_commit(string before, string after) => TransactionCode.Fixes(before, after);

    [Fact]
    public Task Synchronous_code() => TransactionCode.Fixes(
        """
        class Store(ShopContext db)
        {
            public int Move()
            {
                db.Orders.ExecuteDelete();
                db.Add(new Order());
                return db.{|DBR301:SaveChanges|}();
            }
        }
        """,
        """
        class Store(ShopContext db)
        {
            public int Move()
            {
                using var transaction = db.Database.BeginTransaction();
                db.Orders.ExecuteDelete();
                db.Add(new Order());
                var result = db.SaveChanges();
                transaction.Commit();
                return result;
            }
        }
        """);

    [Fact]
    public Task The_context_itself() => TransactionCode.Fixes(
        """
        class OwnContext : ShopContext
        {
            public async Task MoveAsync(CancellationToken token)
            {
                await Orders.ExecuteDeleteAsync(token);
                Payments.Add(new Payment());
                await {|DBR301:SaveChangesAsync|}(token);
            }
        }
        """,
        """
        class OwnContext : ShopContext
        {
            public async Task MoveAsync(CancellationToken token)
            {
                await using var transaction = await Database.BeginTransactionAsync(token);
                await Orders.ExecuteDeleteAsync(token);
                Payments.Add(new Payment());
                await SaveChangesAsync(token);
                await transaction.CommitAsync(token);
            }
        }
        """);

    [Theory]
    [InlineData(
        "var order = new Order();\ndb.Add(order);\nawait db.SaveChangesAsync(ct);\ndb.Add(new Payment());\nawait db.{|DBR301:SaveChangesAsync|}(ct);",
        "var order = new Order();\ndb.Add(order);\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);")]
    [InlineData(
        "var order = new Order();\ndb.Orders.Add(order);\ndb.SaveChanges();\n\nvar line = new OrderLine { Quantity = 3 };\ndb.OrderLines.Add(line);\ndb.{|DBR301:SaveChanges|}();",
        "var order = new Order();\ndb.Orders.Add(order);\n\nvar line = new OrderLine { Quantity = 3 };\ndb.OrderLines.Add(line);\ndb.SaveChanges();")]
    public Task One_save_is_enough(string before, string after) => TransactionCode.Fixes(before, after);

    [Theory]
    [InlineData(
        "connection.Open();\nconnection.Execute(\"delete from orders where id = 1\");\nvar left = connection.QuerySingle<int>(\"select count(*) from orders\");\nconnection.{|DBR301:Execute|}(\"insert into orders (id) values (@id)\", new { id = left });",
        "connection.Open();\nawait using var transaction = await connection.BeginTransactionAsync(ct);\nconnection.Execute(\"delete from orders where id = 1\", transaction: transaction);\nvar left = connection.QuerySingle<int>(\"select count(*) from orders\", transaction: transaction);\nconnection.Execute(\"insert into orders (id) values (@id)\", new { id = left }, transaction);\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "using var own = new NpgsqlConnection(connectionString);\nawait own.ExecuteAsync(\"delete from orders\", commandTimeout: 3);\nawait own.{|DBR301:ExecuteAsync|}(new CommandDefinition(\"delete from customers\", cancellationToken: ct));",
        "using var own = new NpgsqlConnection(connectionString);\nawait own.OpenAsync(ct);\nawait using var transaction = await own.BeginTransactionAsync(ct);\nawait own.ExecuteAsync(\"delete from orders\", commandTimeout: 3, transaction: transaction);\nawait own.ExecuteAsync(new CommandDefinition(\"delete from customers\", cancellationToken: ct, transaction: transaction));\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "plain.Open();\nplain.Execute(\"delete from orders\");\nplain.{|DBR301:Execute|}(\"delete from customers\");",
        "plain.Open();\nusing var transaction = plain.BeginTransaction();\nplain.Execute(\"delete from orders\", transaction: transaction);\nplain.Execute(\"delete from customers\", transaction: transaction);\ntransaction.Commit();")]
    [InlineData(
        "using var own = new NpgsqlConnection(connectionString);\nawait own.ExecuteAsync(\"delete from orders\").ConfigureAwait(false);\nawait own.{|DBR301:ExecuteAsync|}(\"delete from customers\").ConfigureAwait(false);",
        "using var own = new NpgsqlConnection(connectionString);\nawait own.OpenAsync(ct).ConfigureAwait(false);\nawait using var transaction = await own.BeginTransactionAsync(ct).ConfigureAwait(false);\nawait own.ExecuteAsync(\"delete from orders\", transaction: transaction).ConfigureAwait(false);\nawait own.ExecuteAsync(\"delete from customers\", transaction: transaction).ConfigureAwait(false);\nawait transaction.CommitAsync(ct).ConfigureAwait(false);")]
    public Task Dapper(string before, string after) => TransactionCode.Fixes(before, after);

    [Theory]
    [InlineData(
        "await using var own = await source.OpenConnectionAsync(ct);\nusing (var one = new NpgsqlCommand(\"delete from orders\", own))\n    await one.ExecuteNonQueryAsync(ct);\nusing (var two = new NpgsqlCommand(\"delete from customers\", own))\n    await two.{|DBR301:ExecuteNonQueryAsync|}(ct);",
        "await using var own = await source.OpenConnectionAsync(ct);\nawait using var transaction = await own.BeginTransactionAsync(ct);\nusing (var one = new NpgsqlCommand(\"delete from orders\", own, transaction))\n    await one.ExecuteNonQueryAsync(ct);\nusing (var two = new NpgsqlCommand(\"delete from customers\", own, transaction))\n    await two.ExecuteNonQueryAsync(ct);\nawait transaction.CommitAsync(ct);")]
    [InlineData(
        "using var one = connection.CreateCommand();\none.CommandText = \"delete from orders\";\nawait one.ExecuteNonQueryAsync(ct);\n\nusing var two = connection.CreateCommand();\ntwo.CommandText = \"delete from customers\";\nawait two.{|DBR301:ExecuteNonQueryAsync|}(ct);",
        "await using var transaction = await connection.BeginTransactionAsync(ct);\nusing var one = connection.CreateCommand();\none.Transaction = transaction;\none.CommandText = \"delete from orders\";\nawait one.ExecuteNonQueryAsync(ct);\n\nusing var two = connection.CreateCommand();\ntwo.Transaction = transaction;\ntwo.CommandText = \"delete from customers\";\nawait two.ExecuteNonQueryAsync(ct);\nawait transaction.CommitAsync(ct);")]
    public Task Commands(string before, string after) => TransactionCode.Fixes(before, after);

    [Theory]
    // Whether the connection is open is not known.
    [InlineData("connection.Execute(\"delete from orders\");\nconnection.{|DBR301:Execute|}(\"delete from customers\");")]
    // Other code is handed the connection.
    [InlineData("connection.Open();\nconnection.Execute(\"delete from orders\");\nvoid Other(DbConnection c) => c.Execute(\"delete from payments\");\nOther(connection);\nconnection.{|DBR301:Execute|}(\"delete from customers\");")]
    public Task No_transaction_on_a_connection(string statements) => TransactionCode.NoFix(statements);

    [Theory]
    // The save of the first part may fail and be passed over: what came before would be committed.
    [InlineData("await db.Orders.ExecuteDeleteAsync(ct);\ntry\n{\n    db.Add(new Payment());\n    await db.{|DBR301:SaveChangesAsync|}(ct);\n}\ncatch (DbUpdateException e)\n{\n    Use(e);\n}")]
    // A return that runs something else in between.
    [InlineData("await db.Orders.ExecuteDeleteAsync(ct);\nif (ids.Length == 0) return await db.Orders.CountAsync(ct);\nawait db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct);")]
    // In one switch section a using declaration has no place.
    [InlineData("switch (ids.Length)\n{\n    case 1:\n        db.Orders.ExecuteDelete();\n        db.Customers.{|DBR301:ExecuteDelete|}();\n        break;\n}")]
    // A transaction for each element would be DBR310's business.
    [InlineData("foreach (var id in ids)\n{\n    await db.OrderLines.Where(l => l.OrderId == id).ExecuteDeleteAsync(ct);\n    await db.Orders.Where(o => o.Id == id).{|DBR301:ExecuteDeleteAsync|}(ct);\n}")]
    // Two statements share a line.
    [InlineData("Use(1); db.Orders.ExecuteDelete();\ndb.Customers.{|DBR301:ExecuteDelete|}();")]
    public Task No_place(string statements) => TransactionCode.NoFix(statements);

    // A member of the object sends a command through the same connection: it would have to be given the transaction too.
    [Theory]
    [InlineData("class Store(DbConnection c)\n{")]
    [InlineData("class Store\n{\n    private readonly DbConnection c;\n    public Store(DbConnection given) => c = given;")]
    public Task Another_member_uses_the_connection(string start) => TransactionCode.NoFix(
        start +
        """

            public void Move()
            {
                c.Open();
                c.Execute("delete from orders");
                Console.WriteLine(Count());
                c.{|DBR301:Execute|}("delete from customers");
                c.Close();
            }

            private int Count() => c.ExecuteScalar<int>("select count(*) from orders");
        }
        """);

    [Fact]
    public Task Not_awaited() => TransactionCode.NoFix(
        """
        class Store(ShopContext db)
        {
            public Task Move()
            {
                db.Orders.ExecuteDelete();
                db.Add(new Order());
                return db.{|DBR301:SaveChangesAsync|}();
            }
        }
        """);

    [Fact]
    public Task A_commit_behind_a_block_that_stands_apart() => TransactionCode.Fixes(
        """
        public static class Orders
        {
            public static void Replace(ShopContext db, Order order)
            {
                db.Orders.ExecuteDelete();
                if (order.Open)
                {
                    db.Add(order);
                    db.{|DBR301:SaveChanges|}();
                }

                Console.WriteLine(order.Id);
            }
        }
        """,
        """
        public static class Orders
        {
            public static void Replace(ShopContext db, Order order)
            {
                using var transaction = db.Database.BeginTransaction();
                db.Orders.ExecuteDelete();
                if (order.Open)
                {
                    db.Add(order);
                    db.SaveChanges();
                }

                transaction.Commit();

                Console.WriteLine(order.Id);
            }
        }
        """);

    [Fact]
    public Task A_context_that_retries() => TransactionCode.Fixes(
        RetryingShop.Statements(
            """
            var created = new Order { Number = "1" };
            db.Orders.Add(created);
            await db.SaveChangesAsync(ct);
            db.OrderLines.Add(new OrderLine { OrderId = created.Id });
            await db.{|DBR301:SaveChangesAsync|}(ct);
            Console.WriteLine(created.Id);
            """),
        RetryingShop.Statements(
            """
            var strategy = db.Database.CreateExecutionStrategy();
            var created = await strategy.ExecuteAsync(async _ =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var savedCreated = new Order { Number = "1" };
                db.Orders.Add(savedCreated);
                await db.SaveChangesAsync(ct);
                db.OrderLines.Add(new OrderLine { OrderId = savedCreated.Id });
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return savedCreated;
            }, ct);
            Console.WriteLine(created.Id);
            """));

    [Fact]
    public Task A_context_that_retries_and_awaits_that_end_on_any_thread() => TransactionCode.Fixes(
        RetryingShop.Statements(
            """
            await db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(false);
            await db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct).ConfigureAwait(false);
            """),
        RetryingShop.Statements(
            """
            var strategy = db.Database.CreateExecutionStrategy();
            await strategy.ExecuteAsync(async _ =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
                await db.Orders.ExecuteDeleteAsync(ct).ConfigureAwait(false);
                await db.Customers.ExecuteDeleteAsync(ct).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
            }, ct).ConfigureAwait(false);
            """));

    [Theory]
    // What a caller made would be forgotten, and saved twice or never.
    [InlineData("db.Orders.Add(order);\nawait db.SaveChangesAsync(ct);\ndb.OrderLines.Add(new OrderLine { OrderId = order.Id });\nawait db.{|DBR301:SaveChangesAsync|}(ct);")]
    // An early return out of the delegate.
    [InlineData("await db.Orders.ExecuteDeleteAsync(ct);\nif (order.Open) return;\nawait db.Customers.{|DBR301:ExecuteDeleteAsync|}(ct);")]
    public Task What_a_context_that_retries_must_not_run_again(string statements) => TransactionCode.NoFix(RetryingShop.Statements(statements));

    [Theory]
    // The caller has the context hold something that it has not saved.
    [InlineData("public async Task RunAsync(Order order)\n{\n    db.Update(order);\n    await DeleteAsync();\n}\n\nprivate async Task DeleteAsync()", "")]
    // Callers out of view may.
    [InlineData("public async Task DeleteAsync()", " : IDeletes")]
    [InlineData("internal async Task DeleteAsync()", "")]
    public Task A_context_that_retries_and_may_hold_what_a_caller_has_not_saved(string member, string contract) => TransactionCode.NoFix(
        RetryingShop.Members(member + "\n{\n    await db.Orders.ExecuteDeleteAsync();\n    await db.Customers.{|DBR301:ExecuteDeleteAsync|}();\n}")
            .Replace("class Checkout(ShopContext db)", "interface IDeletes { Task DeleteAsync(); }\n\npublic class Checkout(ShopContext db)" + contract, StringComparison.Ordinal));

    [Fact]
    public Task A_context_that_retries_and_comes_from_the_scope_of_the_caller() => TransactionCode.NoFix(
        RetryingShop.Members(
            """
            public Task RunAsync(IServiceProvider provider) => DeleteAsync(provider);

            private async Task DeleteAsync(IServiceProvider provider)
            {
                var shared = provider.GetRequiredService<ShopContext>();
                await shared.Orders.ExecuteDeleteAsync();
                await shared.Customers.{|DBR301:ExecuteDeleteAsync|}();
            }
            """));

    [Fact]
    public Task A_context_of_its_own_that_retries() => TransactionCode.Fixes(
        RetryingShop.Members(
            """
            public Task RunAsync() => DeleteAsync();

            private async Task DeleteAsync()
            {
                await using var own = new ShopContext();
                await own.Orders.ExecuteDeleteAsync();
                await own.Customers.{|DBR301:ExecuteDeleteAsync|}();
            }
            """),
        RetryingShop.Members(
            """
            public Task RunAsync() => DeleteAsync();

            private async Task DeleteAsync()
            {
                await using var own = new ShopContext();
                var strategy = own.Database.CreateExecutionStrategy();
                await strategy.ExecuteAsync(async () =>
                {
                    own.ChangeTracker.Clear();
                    await using var transaction = await own.Database.BeginTransactionAsync();
                    await own.Orders.ExecuteDeleteAsync();
                    await own.Customers.ExecuteDeleteAsync();
                    await transaction.CommitAsync();
                });
            }
            """));
}
