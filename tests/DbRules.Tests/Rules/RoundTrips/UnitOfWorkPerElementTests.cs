using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR118 and DBR102, DBR116, DBR117: which of them speaks depends on what the called code does.</summary>
public sealed class UnitOfWorkPerElementTests
{
    [Theory]
    [InlineData("foreach (var id in ids) store.{|DBR118:Close|}(id);")]
    [InlineData("foreach (var id in ids) await store.{|DBR118:CloseAsync|}(id, ct);")]
    [InlineData("ids.ForEach(id => store.{|DBR118:Close|}(id));")]
    [InlineData("await Parallel.ForEachAsync(ids, ct, async (id, token) => await store.{|DBR118:CloseAsync|}(id, token));")]
    [InlineData("foreach (var id in ids) store.{|DBR118:CloseWithSql|}(id);")]
    [InlineData("foreach (var id in ids) await store.{|DBR118:CloseWithCommandAsync|}(id, ct);")]
    [InlineData("foreach (var id in ids) await store.{|DBR118:CloseAtOnceAsync|}(id, ct);")]
    [InlineData("foreach (var id in ids) await CloseAllOfAsync(id);\nTask CloseAllOfAsync(int id) => store.CloseAsync(id, ct);", "CloseAllOfAsync")]
    [InlineData("foreach (var id in ids)\n{\n    await store.{|DBR118:CloseAsync|}(id, ct);\n    File.Delete(\"a\" + id);\n}")]
    [InlineData("foreach (var role in roles) await store.{|DBR118:CloseAsync|}(role.Id, ct);")]
    public Task Reads_and_writes(string statements, string? call = null) =>
        RunAsync(call is null ? statements : statements.Replace($"await {call}(", $"await {{|DBR118:{call}|}}("));

    [Theory]
    [InlineData("foreach (var id in ids) Use(store.{|DBR102:Find|}(id));")]
    [InlineData("foreach (var id in ids) store.{|DBR102:Stage|}(id);\ndb.SaveChanges();")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR102:Find|}(id));\n    db.Add(new Order());\n}\ndb.SaveChanges();")]
    public Task Only_reads(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var id in ids) store.Save(id);")]
    [InlineData("store.Close(ids[0]);")]
    [InlineData("foreach (var id in new[] { 1, 2 }) store.Close(id);")]
    public Task Quiet(string statements) => RunAsync(statements);

    private static Task RunAsync(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        using System.IO;

        class Role { public int Id { get; set; } }

        class Store(ShopContext db, DbConnection connection)
        {
            public Customer? Find(int id) => db.Customers.SingleOrDefault(c => c.Id == id);

            public void Stage(int id) => db.Remove(db.Customers.Single(c => c.Id == id));

            public void Save(int id)
            {
                db.Add(new Order { CustomerId = id });
                db.SaveChanges();
            }

            public void Close(int id)
            {
                db.Customers.Single(c => c.Id == id).Active = false;
                db.SaveChanges();
            }

            public async Task CloseAsync(int id, CancellationToken ct)
            {
                (await db.Customers.SingleAsync(c => c.Id == id, ct)).Active = false;
                await db.SaveChangesAsync(ct);
            }

            public void CloseWithSql(int id)
            {
                var email = connection.QuerySingle<string>("SELECT email FROM customers WHERE id = @id", new { id });
                connection.Execute("UPDATE customers SET active = 0 WHERE email = @email", new { email });
            }

            public async Task CloseWithCommandAsync(int id, CancellationToken ct)
            {
                await using var find = connection.CreateCommand();
                find.CommandText = "SELECT email FROM customers WHERE id = " + id;
                var email = await find.ExecuteScalarAsync(ct);
                await using var close = connection.CreateCommand();
                close.CommandText = "UPDATE customers SET active = 0 WHERE email = '" + email + "'";
                await close.ExecuteNonQueryAsync(ct);
            }

            public async Task CloseAtOnceAsync(int id, CancellationToken ct)
            {
                var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == id, ct);
                await db.Customers.Where(c => c.Email == customer.Email).ExecuteUpdateAsync(s => s.SetProperty(c => c.Active, false), ct);
            }
        }

        class Report
        {
            async Task RunAsync(ShopContext db, Store store, List<int> ids, List<Role> roles, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
            }

            static void Use(object? value) { }
        }
        """);
}
