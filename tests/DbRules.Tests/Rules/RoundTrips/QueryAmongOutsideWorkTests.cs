using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR116 and DBR101, DBR102: which of them speaks depends on what else each pass waits for.</summary>
public sealed class QueryAmongOutsideWorkTests
{
    [Theory]
    [InlineData("foreach (var id in ids) await http.PostAsJsonAsync(\"/\", await store.{|DBR116:FindAsync|}(id), ct);")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR116:Find|}(id));\n    File.Delete(\"a\" + id);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    Use(await store.{|DBR116:FindAsync|}(id));\n    await Task.Delay(100, ct);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    var order = store.{|DBR116:Find|}(id);\n    if (order is not null) await SendAsync(order);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    var order = store.{|DBR116:Find|}(id);\n    await mailer.SendAsync(order);\n}")]
    [InlineData("foreach (var id in ids) Use(store.{|DBR116:FindAndExport|}(id));")]
    [InlineData("for (var i = 0; i < ids.Length; i++)\n{\n    Use(store.{|DBR116:Find|}(ids[i]));\n    using var file = File.Create(\"a\" + i);\n    await stream.CopyToAsync(file, ct);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR116:Find|}(id));\n    using var file = new FileStream(\"a\" + id, FileMode.Open);\n    file.CopyTo(stream);\n}")]
    [InlineData("foreach (var id in ids) await store.{|DBR116:FindAndMailAsync|}(id, mailer);")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR116:Find|}(id));\n    await MailAsync(id);\n}")]
    [InlineData("await Parallel.ForEachAsync(ids, ct, async (id, token) => await http.PostAsJsonAsync(\"/\", await store.{|DBR116:FindAsync|}(id), token));")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR116:WithSql|}(id));\n    File.Delete(\"a\" + id);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    Use(db.Orders.Where(o => o.Id > id).OrderBy(o => o.Id).{|DBR116:Last|}());\n    File.Delete(\"a\" + id);\n}")]
    [InlineData("foreach (var id in ids) await http.PostAsJsonAsync(\"/\", await db.Orders.Where(o => o.Id > id).OrderBy(o => o.Id).{|DBR116:LastAsync|}(ct), ct);")]
    public Task Each_pass_waits_for_somebody_else(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var id in ids) Use(await store.{|DBR102:FindAsync|}(id));")]
    [InlineData("foreach (var id in ids)\n{\n    Use(await store.{|DBR102:FindAsync|}(id));\n    Console.WriteLine(id);\n}")]
    [InlineData("foreach (var order in await http.GetFromJsonAsync<List<Order>>(\"/\", ct) ?? []) Use(store.{|DBR102:Find|}(order.Id));")]
    [InlineData("await http.GetStringAsync(\"/\", ct);\nforeach (var id in ids) Use(store.{|DBR102:Find|}(id));\nFile.Delete(\"a\");")]
    [InlineData("foreach (var id in ids) await Task.WhenAll(store.{|DBR102:FindAsync|}(id));")]
    [InlineData("foreach (var id in ids) Use(await store.{|DBR102:FindAsync|}(id).ConfigureAwait(false));")]
    [InlineData("foreach (var id in ids)\n{\n    Use(await store.{|DBR102:FindAsync|}(id));\n    await LogAsync(id);\n}")]
    [InlineData("for (var i = 0; i < ids.Length; i++)\n{\n    Use(store.{|DBR102:Find|}(ids[i]));\n    await stream.WriteAsync(new byte[1], ct);\n}")]
    [InlineData("using var reader = new StreamReader(stream);\nwhile (await reader.ReadLineAsync(ct) is { } line)\n{\n    Use(await store.{|DBR102:FindAsync|}(int.Parse(line)));\n    await writer.WriteLineAsync(line);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    await gate.WaitAsync(ct);\n    try { Use(await store.{|DBR102:FindAsync|}(id)); }\n    finally { gate.Release(); }\n}")]
    [InlineData("foreach (var id in ids)\n{\n    Use(await store.{|DBR102:FindAsync|}(id));\n    await JsonSerializer.SerializeAsync(stream, id, cancellationToken: ct);\n}")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR102:Find|}(id));\n    await orders.StoreAsync(id);\n}")]
    [InlineData("foreach (var id in ids) Use(await store.{|DBR102:ReadAsync|}(id, ct));")]
    [InlineData("foreach (var id in ids)\n{\n    Use(store.{|DBR102:WithSql|}(id));\n    await store.RunAsync(sql);\n}")]
    [InlineData("foreach (var id in ids) Use(await db.Orders.Where(o => o.Id > id).OrderBy(o => o.Id).{|DBR101:LastAsync|}(ct));")]
    public Task Each_pass_waits_for_the_store_alone(string statements) => RunAsync(statements);

    [Theory]
    [InlineData("foreach (var id in ids) await http.PostAsJsonAsync(\"/\", await store.{|DBR102:FindCustomerAsync|}(id), ct);")]
    [InlineData("foreach (var id in ids) await http.PostAsJsonAsync(\"/\", await db.Orders.{|DBR101:FirstOrDefaultAsync|}(o => o.Id == id, ct), ct);")]
    public Task The_remedy_is_at_hand(string statements) => RunAsync(statements);

    private static Task RunAsync(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        using System.IO;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;

        interface IOrderRepository { Task StoreAsync(int id); }

        interface IMailer { Task SendAsync(object? what); }

        class Store(ShopContext db, DbConnection connection)
        {
            public Order? Find(int id) => db.Orders.Find(id);

            public Task<Order?> FindAsync(int id) => db.Orders.FirstOrDefaultAsync(o => o.Id == id);

            public Order? WithSql(int id) => connection.QueryFirstOrDefault<Order>("SELECT * FROM orders WHERE id = @id", new { id });

            public Order? FindAndExport(int id)
            {
                var order = db.Orders.Find(id);
                File.WriteAllText("order", order?.Number);
                return order;
            }

            public async Task FindAndMailAsync(int id, IMailer mailer) => await mailer.SendAsync(await FindAsync(id));

            public async Task<bool> ReadAsync(int id, CancellationToken ct)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT number FROM orders WHERE id = " + id;
                await using var reader = await command.ExecuteReaderAsync(ct);
                return await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct);
            }

            // What it sends may write, and nothing else is known of it.
            public async Task RunAsync(string sql) => await connection.ExecuteAsync(sql);

            public Task<Customer?> FindCustomerAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);

            public Task<List<Customer>> FindCustomersAsync(IReadOnlyCollection<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync();
        }

        class Report(ShopContext db, Store store, HttpClient http, IMailer mailer, IOrderRepository orders, Stream stream, TextWriter writer, SemaphoreSlim gate, string sql)
        {
            async Task RunAsync(int[] ids, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
            }

            Task SendAsync(Order order) => http.PostAsJsonAsync("/", order);

            Task MailAsync(int id) => mailer.SendAsync(id);

            static Task LogAsync(int id) { Console.WriteLine(id); return Task.CompletedTask; }

            static void Use(object? value) { }
        }
        """);
}
