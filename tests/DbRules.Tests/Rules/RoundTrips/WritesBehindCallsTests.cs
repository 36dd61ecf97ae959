using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR105 and DBR106 at calls that reach a save or a write, and do nothing else to the store.</summary>
public sealed class WritesBehindCallsTests
{
    [Theory]
    [InlineData("foreach (var order in orders) {|DBR105:Save|}(order);")]
    [InlineData("foreach (var order in orders) await {|DBR105:SaveAsync|}(order);")]
    [InlineData("foreach (var order in orders) {|DBR105:Outer|}(order);")]
    [InlineData("foreach (var order in orders) repository.{|DBR105:Remove|}(order);")]
    [InlineData("orders.ForEach(async order => await {|DBR105:SaveAsync|}(order));")]
    [InlineData("foreach (var order in orders)\n{\n    order.Open = false;\n    work.{|DBR105:Commit|}();\n}")]
    [InlineData("foreach (var order in orders) {|DBR105:Close|}(order);")]
    [InlineData("foreach (var order in orders) {|DBR106:Delete|}(order.Id);")]
    [InlineData("foreach (var order in orders) await {|DBR106:DeleteAsync|}(order.Id);")]
    [InlineData("foreach (var order in orders) repository.{|DBR106:Clear|}(order);")]
    public Task Calls_that_only_write(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var order in orders) FindAndSave(order.Id);")]
    [InlineData("Save(orders[0]);")]
    [InlineData("foreach (var order in orders) await Download(order);")]
    [InlineData("foreach (var order in orders) OwnContext(order);")]
    [InlineData("foreach (var order in orders) InTransaction(order);")]
    [InlineData("foreach (var order in orders) Console.WriteLine(Create(order).Id);")]
    [InlineData("foreach (var order in orders)\n{\n    Save(order);\n    Console.WriteLine(order.Id);\n}")]
    [InlineData("foreach (var order in orders)\n{\n    try { Save(order); }\n    catch (DbUpdateException) { Console.WriteLine(order.Number); }\n}")]
    [InlineData("foreach (var order in orders)\n{\n    await http.GetStringAsync(order.Number);\n    Save(order);\n}")]
    [InlineData("foreach (var part in orders.Chunk(100)) SaveAll(part);")]
    [InlineData("foreach (var order in orders) Close(order, false);\ndb.SaveChanges();")]
    [InlineData("foreach (var order in orders) await CloseAsync(order, save: false);\ndb.SaveChanges();")]
    [InlineData("foreach (var order in orders) Stage(order);\nSave(orders[0]);")]
    public Task Calls_that_stay_quiet(string statements) => RunAsync(statements);

    [Fact]
    public Task What_is_marked_after_its_message_was_published_stays_quiet() => WriteTest.RunSourceAsync(
        """
        namespace MediatR
        {
            public interface INotification { }
            public interface IPublisher { Task Publish<T>(T notification, CancellationToken cancellationToken = default) where T : INotification; }
        }

        namespace Outbox
        {
            using MediatR;

            record OrderClosed(int Id) : INotification;

            class Relay(IPublisher publisher, DbConnection connection, ShopContext db)
            {
                public async Task MarkAsync(List<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        await publisher.Publish(new OrderClosed(order.Id));
                        await connection.ExecuteAsync("UPDATE Orders SET Open = 0 WHERE Id = @Id", new { order.Id });
                    }
                }

                public async Task SaveAsync(List<Order> orders, CancellationToken ct)
                {
                    foreach (var order in orders)
                    {
                        await publisher.Publish(new OrderClosed(order.Id), ct);
                        order.Open = false;
                        await db.SaveChangesAsync(ct);
                    }
                }
            }
        }
        """);

    private static Task RunAsync(string statements) => WriteTest.RunSourceAsync(
        $$"""
        interface IRepository { void Remove(Order order); void Clear(Order order); }

        class Repository(ShopContext db, DbConnection connection) : IRepository
        {
            public void Remove(Order order) { db.Orders.Remove(order); db.SaveChanges(); }
            public void Clear(Order order) => connection.Execute("DELETE FROM OrderLines WHERE OrderId = @Id", order);
        }

        class Work(ShopContext db) { public bool Commit() => db.SaveChanges() > 0; }

        class Report(ShopContext db, DbConnection connection, IDbContextFactory<ShopContext> factory, System.Net.Http.HttpClient http)
        {
            async Task RunAsync(List<Order> orders, IRepository repository, Work work)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
            }

            void Save(Order order) { db.Orders.Add(order); db.SaveChanges(); }
            async Task SaveAsync(Order order) { db.Orders.Add(order); await db.SaveChangesAsync(); }
            void Close(Order order, bool save = true) { order.Open = false; if (save) db.SaveChanges(); }
            async Task CloseAsync(Order order, bool save)
            {
                order.Open = false;
                if (!save)
                    return;
                await db.SaveChangesAsync();
            }
            void Outer(Order order) { order.Open = false; Save(order); }
            void SaveAll(Order[] orders) { db.Orders.AddRange(orders); db.SaveChanges(); }
            void Stage(Order order) => db.Orders.Add(order);
            Order Create(Order order) { db.Orders.Add(order); db.SaveChanges(); return order; }
            void Delete(int id) => connection.Execute("DELETE FROM Orders WHERE Id = @id", new { id });
            Task DeleteAsync(int id) => connection.ExecuteAsync("DELETE FROM Orders WHERE Id = @id", new { id });
            void FindAndSave(int id) { db.Orders.Find(id)!.Open = false; db.SaveChanges(); }
            async Task Download(Order order) { order.Number = await http.GetStringAsync("x"); await db.SaveChangesAsync(); }
            void OwnContext(Order order) { using var own = factory.CreateDbContext(); own.Orders.Add(order); own.SaveChanges(); }
            void InTransaction(Order order)
            {
                using var transaction = db.Database.BeginTransaction();
                db.Orders.Add(order);
                db.SaveChanges();
                transaction.Commit();
            }
        }
        """);
}
