using DbRules.Rules.Transactions;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>DBR309, DBR310 and DBR311: what goes on while a transaction is open, and how often one is opened.</summary>
public sealed class OpenTransactionRulesTests
{
    private const string Http = "var http = new System.Net.Http.HttpClient();\n";

    [Theory]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\ndb.Add(new Order());\nawait http.{|DBR309:PostAsync|}(\"https://example.com\", null, ct);\nawait t.CommitAsync(ct);")]
    [InlineData("using (var t = connection.BeginTransaction())\n{\n    connection.Execute(\"delete from orders\", transaction: t);\n    var text = await http.{|DBR309:GetStringAsync|}(\"https://example.com\", ct);\n    t.Commit();\n}")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled);\nawait using var t = await db.Database.BeginTransactionAsync(ct);\nawait http.{|DBR309:DeleteAsync|}(\"https://example.com\", ct);\nawait t.CommitAsync(ct);")]
    [InlineData("using var t = db.Database.BeginTransaction();\nnew System.Net.Mail.SmtpClient().{|DBR309:Send|}(\"a\", \"b\", \"c\", \"d\");\nt.Commit();")]
    public Task Another_machine_is_asked(string statements) => Reports<RemoteCallInTransaction>(RoundTripTest.Method(Http + statements));

    [Theory]
    [InlineData("await http.PostAsync(\"https://example.com\", null, ct);\nawait using var t = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\nawait t.CommitAsync(ct);")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\nawait t.CommitAsync(ct);\nawait http.PostAsync(\"https://example.com\", null, ct);")]
    [InlineData("await using (var t = await db.Database.BeginTransactionAsync(ct))\n{\n    await t.CommitAsync(ct);\n}\nawait http.PostAsync(\"https://example.com\", null, ct);")]
    [InlineData("var t = ids.Length > 3 ? await db.Database.BeginTransactionAsync(ct) : null;\nUse(http);\nif (t is not null) await t.CommitAsync(ct);")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nFunc<Task> later = () => http.GetStringAsync(\"https://example.com\", ct);\nawait t.CommitAsync(ct);\nawait later();")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\ntry { await db.SaveChangesAsync(ct); await t.CommitAsync(ct); }\ncatch (Exception) { await t.RollbackAsync(ct); await http.PostAsync(\"https://example.com\", null, ct); }")]
    public Task Nobody_waits_for_another_machine(string statements) => Reports<RemoteCallInTransaction>(RoundTripTest.Method(Http + statements));

    [Theory]
    [InlineData("await db.Database.BeginTransactionAsync();\nawait db.SaveChangesAsync();\nawait EndAsync();")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync();\nawait db.SaveChangesAsync();\nawait EndOf(t);")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync();\nawait db.SaveChangesAsync();\nawait End();\nTask End() => t.CommitAsync();")]
    public Task Another_member_has_ended_the_transaction(string statements) => Reports<RemoteCallInTransaction>(
        $$"""
        using Microsoft.EntityFrameworkCore.Storage;

        class Store(ShopContext db, System.Net.Http.HttpClient http)
        {
            public async Task Move()
            {
                {{statements}}
                await http.GetStringAsync("https://example.com");
            }

            private Task EndAsync() => db.Database.CommitTransactionAsync();

            private static Task EndOf(IDbContextTransaction t) => t.CommitAsync();
        }
        """);

    [Fact]
    public Task Another_machine_is_asked_through_calls() => Reports<RemoteCallInTransaction>(
        """
        class Store(ShopContext db, IMails mails)
        {
            public async Task Move(Order order)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                db.Add(order);
                await mails.{|DBR309:Tell|}(order);
                await transaction.CommitAsync();
            }
        }

        interface IMails { Task Tell(Order order); }

        class Mails(System.Net.Http.HttpClient http) : IMails
        {
            public Task Tell(Order order) => Send(order.Number);

            private async Task Send(string text) => await http.PostAsync(text, null);
        }
        """);

    [Fact]
    public Task One_of_two_implementations_asks_another_machine() => Reports<RemoteCallInTransaction>(
        """
        class Store(ShopContext db, IMails mails)
        {
            public async Task Move(Order order)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await mails.Tell(order);
                await transaction.CommitAsync();
            }
        }

        interface IMails { Task Tell(Order order); }

        class Mails(System.Net.Http.HttpClient http) : IMails
        {
            public async Task Tell(Order order) => await http.PostAsync(order.Number, null);
        }

        class Outbox(ShopContext db) : IMails
        {
            public Task Tell(Order order) { db.Add(order); return Task.CompletedTask; }
        }
        """);

    [Theory]
    [InlineData("foreach (var order in orders)\n{\n    await using var t = await db.Database.{|DBR310:BeginTransactionAsync|}(ct);\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n    await t.CommitAsync(ct);\n}")]
    [InlineData("for (var i = 0; i < orders.Count; i++)\n{\n    using var t = connection.{|DBR310:BeginTransaction|}();\n    connection.Execute(\"delete from orders where id = @Id\", orders[i], t);\n    t.Commit();\n}")]
    public Task Opened_per_element(string statements) => Reports<TransactionPerElement>(RoundTripTest.Method(statements));

    [Theory]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nforeach (var order in orders) db.Add(order);\nawait db.SaveChangesAsync(ct);\nawait t.CommitAsync(ct);")]
    // One bad element must not undo the others.
    [InlineData("foreach (var order in orders)\n{\n    try\n    {\n        await using var t = await db.Database.BeginTransactionAsync(ct);\n        db.Add(order);\n        await db.SaveChangesAsync(ct);\n        await t.CommitAsync(ct);\n    }\n    catch (Exception e) { Use(e); }\n}")]
    [InlineData("foreach (var batch in orders.Chunk(100))\n{\n    await using var t = await db.Database.BeginTransactionAsync(ct);\n    db.AddRange(batch);\n    await db.SaveChangesAsync(ct);\n    await t.CommitAsync(ct);\n}")]
    [InlineData("foreach (var order in orders)\n{\n    using var own = factory.CreateDbContext();\n    using var t = own.Database.BeginTransaction();\n    own.Add(order);\n    own.SaveChanges();\n    t.Commit();\n}")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++)\n{\n    try\n    {\n        using var t = db.Database.BeginTransaction();\n        db.SaveChanges();\n        t.Commit();\n        break;\n    }\n    catch (DbUpdateException) { }\n}")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId))\n{\n    using var t = db.Database.BeginTransaction();\n    db.AddRange(group);\n    db.SaveChanges();\n    t.Commit();\n}")]
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    using var t = db.Database.BeginTransaction();\n    db.SaveChanges();\n    t.Commit();\n    await Task.Delay(100, ct);\n}")]
    public Task Not_opened_per_element(string statements) => Reports<TransactionPerElement>(RoundTripTest.Method(statements));

    [Theory]
    [InlineData("using var t = connection.BeginTransaction();\nforeach (var id in ids)\n    connection.{|DBR311:Execute|}(\"update orders set open = 0 where id = @id\", new { id }, t);\nt.Commit();")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nforeach (var id in keys)\n    await db.Orders.Where(o => o.Id == id).{|DBR311:ExecuteUpdateAsync|}(s => s.SetProperty(o => o.Open, false), ct);\nawait t.CommitAsync(ct);")]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nforeach (var id in keys.Where(k => k > 3).Distinct())\n    await db.Orders.Where(o => o.Id == id).{|DBR311:ExecuteDeleteAsync|}(ct);\nawait t.CommitAsync(ct);")]
    public Task Locks_in_the_callers_order(string statements) => Reports<LocksInCallersOrder>(RoundTripTest.Method(statements));

    [Theory]
    [InlineData("using var t = connection.BeginTransaction();\nforeach (var id in ids.Order())\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id }, t);\nt.Commit();")]
    [InlineData("using var t = connection.BeginTransaction();\nArray.Sort(ids);\nforeach (var id in ids)\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id }, t);\nt.Commit();")]
    [InlineData("using var t = connection.BeginTransaction();\nvar sorted = keys.OrderBy(k => k).ToList();\nforeach (var id in sorted)\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id }, t);\nt.Commit();")]
    [InlineData("foreach (var id in ids)\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id });")]
    [InlineData("using var t = connection.BeginTransaction();\nforeach (var id in ids)\n    connection.Execute(\"insert into orders (id) values (@id)\", new { id }, t);\nt.Commit();")]
    [InlineData("using var t = connection.BeginTransaction();\nvar found = connection.Query<int>(\"select id from orders order by id\", transaction: t);\nforeach (var id in found)\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id }, t);\nt.Commit();")]
    [InlineData("foreach (var id in ids)\n{\n    using var t = connection.BeginTransaction();\n    connection.Execute(\"update orders set open = 0 where id = @id\", new { id }, t);\n    t.Commit();\n}")]
    public Task Locks_in_an_order_of_its_own(string statements) => Reports<LocksInCallersOrder>(RoundTripTest.Method(statements));

    private static Task Reports<TRule>(string code)
        where TRule : DiagnosticAnalyzer, new() => new CSharpAnalyzerVerifier<TRule>.Test { TestCode = code }.RunAsync();
}
