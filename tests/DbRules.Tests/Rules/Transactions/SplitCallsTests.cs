using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>DBR302: writes through calls.</summary>
public sealed class SplitCallsTests
{
    [Theory]
    [InlineData("await Add(order);\n        await {|DBR302:Pay|}(order);")]
    [InlineData("await Add(order);\n        db.Add(new Payment());\n        await db.{|DBR302:SaveChangesAsync|}();")]
    [InlineData("await db.SaveChangesAsync();\n        await {|DBR302:Pay|}(order);")]
    [InlineData("await Add(order);\n        await {|DBR302:Add|}(order);")]
    public Task Own_methods(string statements) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db)
        {
            public async Task Move(Order order)
            {
                {{statements}}
            }

            private async Task Add(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
            }

            private async Task Pay(Order order)
            {
                db.Add(new Payment());
                await db.SaveChangesAsync();
            }
        }
        """);

    [Theory]
    [InlineData("var order = Find() ?? await Made();\n        order.Open = true;\n        await db.SaveChangesAsync();")]
    [InlineData("var order = Find();\n        order ??= await Made();\n        order.Open = true;\n        await db.SaveChangesAsync();")]
    public Task What_is_missing_is_made_first(string statements) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db)
        {
            public async Task Open()
            {
                {{statements}}
            }

            private Order? Find() => db.Orders.FirstOrDefault(order => order.Number == "1");

            private async Task<Order> Made()
            {
                var order = new Order { Number = "1" };
                db.Add(order);
                await db.SaveChangesAsync();
                return order;
            }
        }
        """);

    [Fact]
    public Task Two_repositories_of_one_request() => TransactionCode.Reports(
        """
        class Service(IOrders orders, IPayments payments)
        {
            public async Task Move(Order order)
            {
                await orders.Add(order);
                await payments.{|DBR302:Add|}(new Payment());
            }
        }

        interface IOrders { Task Add(Order order); }
        interface IPayments { Task Add(Payment payment); }

        class Orders(ShopContext db) : IOrders
        {
            public async Task Add(Order order) { db.Add(order); await db.SaveChangesAsync(); }
        }

        class Payments(ShopContext db) : IPayments
        {
            public async Task Add(Payment payment) { db.Add(payment); await db.SaveChangesAsync(); }
        }
        """);

    [Fact]
    public Task A_connection_that_is_handed_over() => TransactionCode.Reports(
        """
        class Service
        {
            public void Move(DbConnection connection)
            {
                Orders(connection);
                {|DBR302:Payments|}(connection);
            }

            private static void Orders(DbConnection c) => c.Execute("delete from orders");

            private static void Payments(DbConnection c) => c.Execute("delete from payments");
        }
        """);

    [Theory]
    // The called code has a transaction of its own, or reads.
    [InlineData("await Safe(order);\n        await Safe(order);")]
    [InlineData("await Find(order);\n        await Pay(order);")]
    // Getting and making sure is no part of what is changed.
    [InlineData("await EnsurePaid(order);\n        await Pay(order);")]
    [InlineData("await GetOrAdd(order);\n        await Pay(order);")]
    // A mark of how far the work is, or a message about it.
    [InlineData("await UpdateStage(order);\n        await Pay(order);")]
    [InlineData("await Pay(order);\n        await SendEmails(order);")]
    // One of them only.
    [InlineData("if (order.Open) await Pay(order); else await Add(order);")]
    [InlineData("try { await Pay(order); } catch (Exception) { await Add(order); }")]
    // In a transaction.
    [InlineData("await using var t = await db.Database.BeginTransactionAsync();\n        await Add(order);\n        await Pay(order);\n        await t.CommitAsync();")]
    // Another context, made for the call.
    [InlineData("await Apart(order);\n        await Pay(order);")]
    public Task Quiet(string statements) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db, IDbContextFactory<ShopContext> factory)
        {
            public async Task Move(Order order)
            {
                {{statements}}
            }

            private async Task Add(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
            }

            private async Task Pay(Order order)
            {
                db.Add(new Payment());
                await db.SaveChangesAsync();
            }

            private Task EnsurePaid(Order order) => Pay(order);

            private Task GetOrAdd(Order order) => Add(order);

            private Task UpdateStage(Order order) => Add(order);

            private Task SendEmails(Order order) => Add(order);

            private async Task Find(Order order) => await db.Orders.FirstAsync(o => o.Id == order.Id);

            private async Task Apart(Order order)
            {
                await using var own = await factory.CreateDbContextAsync();
                own.Add(order);
                await own.SaveChangesAsync();
            }

            private async Task Safe(Order order)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                db.Add(order);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        }
        """);

    [Theory]
    [InlineData("await Create(order);\n        await db.SaveChangesAsync();", false)]
    [InlineData("var made = await Create(order).ConfigureAwait(false);\n        int n = 3;\n        if (n > made) await db.SaveChangesAsync();", false)]
    [InlineData("await Create(order);\n        order.Open = true;\n        await db.{|DBR302:SaveChangesAsync|}();", true)]
    [InlineData("await Create(order);\n        db.Add(new Payment());\n        await db.{|DBR302:SaveChangesAsync|}();", true)]
    [InlineData("order.CustomerId = await Create(order);\n        await db.{|DBR302:SaveChangesAsync|}();", true)]
    [InlineData("await CreateAndAdd(order);\n        await db.{|DBR302:SaveChangesAsync|}();", true)]
    public Task A_save_that_finds_nothing_to_write(string statements, bool reports)
    {
        Assert.Equal(reports, statements.Contains("{|", StringComparison.Ordinal));
        return TransactionCode.Reports(
            $$"""
            class Store(ShopContext db)
            {
                public async Task Move(Order order)
                {
                    {{statements}}
                }

                private async Task<int> Create(Order order)
                {
                    db.Add(order);
                    await db.SaveChangesAsync();
                    return order.Id;
                }

                private async Task CreateAndAdd(Order order)
                {
                    db.Add(order);
                    await db.SaveChangesAsync();
                    db.Add(new Payment());
                }
            }
            """);
    }

    [Theory]
    [InlineData("await Publish(order);\n        await Pay(order);")]
    [InlineData("await Add(order);\n        await NotifyBuyer(order);\n        await Pay(order);")]
    public Task What_cannot_be_taken_back_is_done_in_between(string statements) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db, IQueue queue)
        {
            public async Task Move(Order order)
            {
                {{statements}}
            }

            private async Task Publish(Order order)
            {
                System.IO.Directory.Move("draft", "live");
                db.Add(order);
                await db.SaveChangesAsync();
            }

            private async Task Add(Order order)
            {
                db.Add(order);
                await db.SaveChangesAsync();
            }

            private async Task Pay(Order order)
            {
                db.Add(new Payment());
                await db.SaveChangesAsync();
            }

            private async Task NotifyBuyer(Order order) => await queue.Put(order.Id);
        }

        public interface IQueue { Task Put(int id); }

        public class Queue : IQueue { public Task Put(int id) => Task.CompletedTask; }
        """);

    [Theory]
    [InlineData("OrderCleanup", "Run", false)]
    [InlineData("Orders", "DeleteExpiredAsync", false)]
    [InlineData("Orders", "DeleteAsync", true)]
    public Task Rows_that_are_thrown_away_for_two_reasons(string type, string member, bool reports) => TransactionCode.Reports(
        $$"""
        static class {{type}}
        {
            public static async Task<int> {{member}}(ShopContext db, DateTime now)
            {
                int closed = await db.Orders.Where(o => !o.Open).ExecuteDeleteAsync();
                return closed + await {{(reports ? "{|DBR302:DeleteOld|}" : "DeleteOld")}}(db, now);
            }

            private static async Task<int> DeleteOld(ShopContext db, DateTime now)
            {
                if (db.Database.ProviderName == "x")
                    return await db.Database.ExecuteSqlRawAsync("delete from orders where createdat < {0}", now);
                return await db.Orders.Where(o => o.CreatedAt < now).ExecuteDeleteAsync();
            }
        }
        """);
}
