using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>Where DBR301 and DBR302 are quiet: traps T17 to T21, in the shapes of all libraries.</summary>
public sealed class SplitWritesTestsOfTraps
{
    // T17: only one of them runs, or the second answers what became of the first.
    [Theory]
    [InlineData("if (ids.Length > 3) { db.Add(new Order()); await db.SaveChangesAsync(ct); } else { await db.SaveChangesAsync(ct); }")]
    [InlineData("switch (ids.Length)\n{\n    case 1: db.SaveChanges(); break;\n    default: db.SaveChanges(); break;\n}")]
    [InlineData("if (ids.Length > 3) { db.SaveChanges(); return null; }\ndb.Add(new Order());\ndb.SaveChanges();")]
    [InlineData("if (ids.Length > 3) { db.SaveChanges(); throw new InvalidOperationException(); }\ndb.SaveChanges();")]
    [InlineData("foreach (var id in ids)\n{\n    if (id > 3)\n    {\n        db.SaveChanges();\n        continue;\n    }\n    db.Add(new Order());\n    db.SaveChanges();\n}")]
    [InlineData("foreach (var id in ids)\n{\n    if (id > 3) { db.Add(new Order()); db.SaveChanges(); }\n    else if (id > 1) db.SaveChanges();\n}")]
    [InlineData("var isNew = ids.Length > 3;\nif (isNew) db.SaveChanges();\nUse(isNew);\nif (!isNew) { db.Add(new Order()); db.SaveChanges(); }")]
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Open, ct);\nif (order is not null && order.Open)\n{\n    order.Open = false;\n    await db.SaveChangesAsync(ct);\n}\nif (order is null)\n{\n    order = new Order();\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n}")]
    [InlineData("int? changed = ids.Length > 3 ? 3 : null;\nif (changed != null) connection.Execute(\"update orders set open = 1 where id = @changed\", new { changed });\nif (!changed.HasValue) connection.Execute(\"insert into orders (id) values (3)\");")]
    [InlineData("var isNew = ids.Length > 3;\nif (isNew) { db.Add(new Order()); db.SaveChanges(); }\nif (isNew) return null;\ndb.Remove(orders[0]);\ndb.SaveChanges();")]
    [InlineData("if (connectionString == \"add\") { db.Add(new Order()); await db.SaveChangesAsync(ct); }\nif (connectionString == \"clear\") await db.Orders.ExecuteDeleteAsync(ct);\nif (connectionString is \"pay\") { db.Add(new Payment()); await db.SaveChangesAsync(ct); }")]
    [InlineData("if (_job.Kind == TaskStatus.Created) { db.Add(new Order()); db.SaveChanges(); }\nif (_job.Kind != TaskStatus.Created && ids.Length > 3) { db.Add(new Payment()); db.SaveChanges(); }")]
    [InlineData("try { db.SaveChanges(); } catch (DbUpdateException) { db.ChangeTracker.Clear(); db.Add(new Payment()); db.SaveChanges(); throw; }")]
    [InlineData("try { db.SaveChanges(); } finally { db.Add(new Payment()); db.SaveChanges(); }")]
    [InlineData("if (await connection.ExecuteAsync(\"update orders set open = 1 where id = 3\") == 0)\n    await connection.ExecuteAsync(\"insert into orders (id) values (3)\");")]
    [InlineData("var changed = await connection.ExecuteAsync(\"update orders set open = 1 where id = 3\");\nif (changed > 0) return null;\nawait connection.ExecuteAsync(\"insert into orders (id) values (3)\");")]
    [InlineData("var changed = await connection.ExecuteAsync(\"update orders set open = 1 where id = 3\") > 0;\nif (!changed)\n    await connection.ExecuteAsync(\"insert into orders (id) values (3)\");")]
    [InlineData("var changed = await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Open, false), ct);\nif (changed == 0)\n{\n    db.Add(new Order());\n    await db.SaveChangesAsync(ct);\n}")]
    public Task Exclusive_writes(string statements) => TransactionCode.Reports(statements);

    // T18: one SaveChanges is atomic already.
    [Theory]
    [InlineData("db.Orders.Add(new Order());\ndb.Payments.Add(new Payment());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("foreach (var id in ids) db.Add(new Order());\ndb.Remove(orders[0]);\ndb.SaveChanges();")]
    [InlineData("var open = await connection.QueryAsync<int>(\"select id from orders\");\nawait connection.ExecuteAsync(\"delete from orders where id = 1\");")]
    [InlineData("connection.Execute(\"create table notes (id int)\");\nconnection.Execute(\"insert into notes (id) values (1)\");")]
    [InlineData("connection.Execute(\"create temp table ids (id int)\");\nconnection.Execute(\"insert into temp.ids (id) values (1)\");\nconnection.Execute(\"delete from orders\");")]
    [InlineData("db.Database.EnsureCreated();\ndb.SaveChanges();")]
    [InlineData("db.Database.Migrate();\ndb.SaveChanges();")]
    public Task One_write(string statements) => TransactionCode.Reports(statements);

    // What writes by itself leaves a save nothing to do.
    [Theory]
    [InlineData("await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct);\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(ids.Length > 3);\nusing var own = Make();\nvar limit = DateTime.UtcNow.AddDays(-ids.Length);\nown.Orders.Where(o => o.Id > ids.Length).ExecuteUpdate(s => s.SetProperty(o => o.Open, false));\nown.SaveChanges();\nstatic ShopContext Make() => new();")]
    [InlineData("var known = await db.Orders.CountAsync(ct);\nif (known > 3) await db.Database.ExecuteSqlAsync($\"delete from orders where id = {known}\", ct);\nawait db.SaveChangesAsync(ct);")]
    public Task Nothing_left_to_save(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("LastSeen", "", "")]
    [InlineData("Seen", "{|DBR301:", "|}")]
    public Task Says_when_it_happened(string member, string open, string close) => TransactionCode.Reports(
        $$"""
        class Visitor { public int Id { get; set; } public string Name { get; set; } = ""; public System.DateTime {{member}} { get; set; } }

        class VisitContext : DbContext { public DbSet<Visitor> Visitors => Set<Visitor>(); }

        class Visits(VisitContext db)
        {
            public async Task LoginAsync(int id, string name, System.DateTime now)
            {
                await db.Visitors.Where(v => v.Id == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Name, name));
                await db.Visitors.Where(v => v.Id == id).{{open}}ExecuteUpdateAsync{{close}}(s => s.SetProperty(v => v.{{member}}, now));
            }
        }
        """);

    // What fails by itself is not to take the first back.
    [Theory]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\ntry\n{\n    db.Add(new Payment());\n    await db.SaveChangesAsync(ct);\n}\ncatch (Exception e)\n{\n    Use(e);\n}")]
    [InlineData("try { connection.Execute(\"insert into orders (id) values (1)\"); } catch { Use(1); }\ntry { connection.Execute(\"insert into customers (id) values (1)\"); } catch { Use(2); }")]
    public Task Fails_by_itself(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("OnAfterSaveAsync", "")]
    [InlineData("SavedChangesAsync", "")]
    [InlineData("CloseAsync", "{|DBR301:", "|}")]
    public Task Behind_a_save(string method, string open, string close = "") => TransactionCode.Reports(
        $$"""
        class Hook(ShopContext db)
        {
            public async Task {{method}}(int id)
            {
                await db.OrderLines.Where(l => l.OrderId == id).ExecuteDeleteAsync();
                await db.Orders.Where(o => o.Id == id).{{open}}ExecuteDeleteAsync{{close}}();
            }
        }
        """);

    // A class that makes a context for itself does not share that of the request.
    [Theory]
    [InlineData("private ShopContext? _own; private ShopContext Own => _own ??= factory.CreateDbContext();", "IDbContextFactory<ShopContext> factory")]
    [InlineData("private readonly ShopContext Own = factory.CreateDbContext();", "IDbContextFactory<ShopContext> factory")]
    [InlineData("private ShopContext? _own; private ShopContext Own { get { if (_own == null) { _own = factory.CreateDbContext(); } return _own; } }", "IDbContextFactory<ShopContext> factory")]
    [InlineData("private readonly ShopContext Own = new();", "")]
    public Task A_context_of_its_own(string context, string given) => TransactionCode.Reports(
        $$"""
        class Jobs({{given}})
        {
            {{context}}

            public async Task InsertAsync(Order order)
            {
                Own.Add(order);
                await Own.SaveChangesAsync();
            }
        }

        class Plans(ShopContext db, Jobs jobs)
        {
            public async Task MakeAsync(Order order, Payment plan)
            {
                await jobs.InsertAsync(order);
                db.Add(plan);
                await db.SaveChangesAsync();
            }
        }
        """);

    // A connection that serves all callers at once has no transaction of one of them, and takes nothing back.
    [Theory]
    [InlineData("await db.HashSetAsync(id, \"open\", 1);\n        await db.KeyExpireAsync(id, TimeSpan.FromDays(1));")]
    [InlineData("db.StringSet(id, 1);\n        db.KeyDelete(id + \"-old\");")]
    [InlineData("await MarkAsync(db, id);\n        await db.KeyExpireAsync(id, TimeSpan.FromDays(1));")]
    public Task On_a_connection_of_all_callers(string statements) => TransactionCode.ReportsForStores(
        $$"""
        using System;
        using System.Threading.Tasks;
        using StackExchange.Redis;

        class Sessions
        {
            public async Task KeepAsync(IDatabase db, string id)
            {
                {{statements}}
                await Task.Yield();
            }

            private static Task MarkAsync(IDatabase db, string id) => db.HashSetAsync(id, "open", 1);
        }
        """);

    // T19: the transaction is somewhere else.
    [Theory]
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\ndb.Add(new Order());\nawait db.SaveChangesAsync(ct);\nawait t.CommitAsync(ct);")]
    [InlineData("using var t = connection.BeginTransaction();\nconnection.Execute(\"delete from orders\", transaction: t);\nconnection.Execute(\"delete from customers\", transaction: t);\nt.Commit();")]
    [InlineData("using var t = connection.BeginTransaction();\nusing var c = connection.CreateCommand();\nc.Transaction = t;\nc.CommandText = \"delete from orders\";\nc.ExecuteNonQuery();\nusing var d = connection.CreateCommand();\nd.Transaction = t;\nd.CommandText = \"delete from customers\";\nd.ExecuteNonQuery();\nt.Commit();")]
    [InlineData("using var scope = new System.Transactions.TransactionScope();\ndb.SaveChanges();\ndb.Add(new Order());\ndb.SaveChanges();\nscope.Complete();")]
    [InlineData("db.Database.UseTransaction(null);\ndb.SaveChanges();\ndb.Add(new Order());\ndb.SaveChanges();")]
    [InlineData("connection.Execute(\"begin transaction\");\nconnection.Execute(\"delete from orders\");\nconnection.Execute(\"delete from customers\");\nconnection.Execute(\"commit\");")]
    [InlineData("var own = db.Database.CurrentTransaction is null;\ndb.SaveChanges();\ndb.Add(new Order());\ndb.SaveChanges();")]
    [InlineData("await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(async token =>\n{\n    await db.SaveChangesAsync(token);\n    db.Add(new Order());\n    await db.SaveChangesAsync(token);\n}, token => Task.FromResult(false), ct);")]
    public Task Open_in_the_method(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("Task Move(ShopContext db, System.Data.Common.DbTransaction transaction)")]
    [InlineData("Task Move(ShopContext db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction t)")]
    [InlineData("[Transactional] Task Move(ShopContext db)")]
    [InlineData("Task Move(ShopContext db, IMyTransaction work)")]
    public Task Given_to_the_method(string signature) => TransactionCode.Reports(
        $$"""
        class Store
        {
            public async {{signature.Replace("[Transactional] ", "", StringComparison.Ordinal)}}
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }

        public interface IMyTransaction { }
        """.Replace("    public async", signature.Contains("[Transactional]", StringComparison.Ordinal) ? "    [Transactional]\n    public async" : "    public async", StringComparison.Ordinal)
        + "\npublic class TransactionalAttribute : Attribute { }");

    [Theory]
    [InlineData("private System.Data.IDbTransaction? _transaction;")]
    [InlineData("protected Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? Current { get; set; }")]
    [InlineData("private readonly IUnitOfWork _work = null!;")]
    public Task Held_by_the_class(string member) => TransactionCode.Reports(
        $$"""
        class Store(ShopContext db)
        {
            {{member}}

            public async Task Move()
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }

        public interface IUnitOfWork { void BeginTransaction(); void Commit(); }
        """);

    // Code out of view has made something that has to be completed.
    [Theory]
    [InlineData("using var unit = units.Begin();\nBOTH\nunit.Complete();")]
    [InlineData("await using var unit = await units.BeginAsync().ConfigureAwait(false);\nBOTH\nunit.Complete();")]
    [InlineData("using (var unit = units.Begin())\n{\n    if (both)\n    {\n        BOTH\n    }\n    unit.Complete();\n}")]
    public Task Opened_out_of_view(string statements) => TransactionCode.Reports(Units(statements, "db.SaveChanges();"));

    [Theory]
    [InlineData("using (var unit = units.Begin())\n    unit.Complete();\nBOTH")]
    [InlineData("var unit = units.Begin();\nBOTH")]
    [InlineData("using var other = units.Other();\nBOTH")]
    [InlineData("using var unit = new SavingUnit(db);\nBOTH\nunit.Complete();")]
    public Task Nothing_is_opened(string statements) => TransactionCode.Reports(Units(statements, "db.{|DBR301:SaveChanges|}();"));

    private static string Units(string statements, string second) =>
        $$"""
        class Store(ShopContext db, IUnits units)
        {
            public async Task Move(bool both)
            {
                await Task.Yield();
                {{statements.Replace("BOTH", "db.SaveChanges(); db.Add(new Order()); " + second, StringComparison.Ordinal)}}
            }
        }

        interface IUnits { IUnit Begin(); Task<IUnit> BeginAsync(); IDisposable Other(); }

        interface IUnit : IDisposable, IAsyncDisposable, ICompletable { }

        interface ICompletable { void Complete(); }

        class SavingUnit(ShopContext db) : IDisposable { public void Complete() => db.SaveChanges(); public void Dispose() { } }
        """;

    [Fact]
    public Task Opened_by_the_caller() => TransactionCode.Reports(
        """
        class Store(ShopContext db)
        {
            public async Task Move()
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await Both();
                await transaction.CommitAsync();
            }

            private async Task Both()
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Opened_by_the_caller_of_an_interface() => TransactionCode.Reports(
        """
        class Controller(ShopContext db, IStore store)
        {
            public async Task Move()
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await store.Both();
                await transaction.CommitAsync();
            }
        }

        interface IStore { Task Both(); }

        class Store(ShopContext db) : IStore
        {
            public Task Both() => Really();

            private async Task Really()
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }
        """);

    // The unit of an execution strategy begins it: in whatever shape the call stands there.
    [Theory]
    [InlineData("await using (await locks.TakeAsync())\n        await strategy.ExecuteAsync(async () =>\n        {\n            await using var inner = await factory.CreateDbContextAsync();\n            await using var tx = await inner.Database.BeginTransactionAsync();\n            result.Add(await Both(inner, 1));\n            await tx.CommitAsync();\n        });")]
    [InlineData("await strategy.ExecuteAsync(async () =>\n        {\n            await using var inner = await factory.CreateDbContextAsync();\n            await using var tx = await inner.Database.BeginTransactionAsync();\n            await Both(inner, 1);\n            await tx.CommitAsync();\n        });")]
    [InlineData("strategy.Execute(() =>\n        {\n            using var inner = factory.CreateDbContext();\n            using var tx = inner.Database.BeginTransaction();\n            result.Add(Both(inner, 1).Result);\n            tx.Commit();\n        });")]
    // A call that does not bind is meant for one of the methods of its name.
    [InlineData("await strategy.ExecuteAsync(async () =>\n        {\n            await using var inner = await factory.CreateDbContextAsync();\n            await using var tx = await inner.Database.BeginTransactionAsync();\n            result.Add(await Both(inner, {|CS0103:unknown|}));\n            await tx.CommitAsync();\n        });")]
    [InlineData("await strategy.ExecuteAsync(async () =>\n        {\n            await using var inner = await factory.CreateDbContextAsync();\n            await using var tx = await inner.Database.BeginTransactionAsync();\n            var number = {|CS0103:unknown|}.Next();\n            await Both(inner, number);\n            await tx.CommitAsync();\n        });")]
    public Task Opened_by_the_caller_in_a_unit_of_work(string statements) => TransactionCode.Reports(
        $$"""
        abstract class Store<T>(ILocks locks, IDbContextFactory<ShopContext> factory) where T : struct
        {
            public async Task<List<Order>> Move(T id)
            {
                var result = new List<Order>();
                await Task.Yield();
                using var outer = factory.CreateDbContext();
                var strategy = outer.Database.CreateExecutionStrategy();
                {{statements}}
                return result;
            }

            private async Task<Order> Both(ShopContext db, int id)
            {
                var order = new Order();
                order = db.Orders.Add(order).Entity;
                await db.SaveChangesAsync();
                db.Add(new Payment());
                await db.SaveChangesAsync();
                return order;
            }
        }

        interface ILocks { ValueTask<IAsyncDisposable> TakeAsync(); }
        """);

    // The caller has committed before, or calls what is named alike elsewhere.
    [Theory]
    [InlineData("using (var tx = outer.Database.BeginTransaction()) tx.Commit();\n        await Both(outer, 1);")]
    [InlineData("using (var tx = outer.Database.BeginTransaction()) tx.Commit();\n        await Both(outer, {|CS0103:unknown|});")]
    [InlineData("using (var tx = outer.Database.BeginTransaction()) { outer.{|CS1061:Both|}(); tx.Commit(); }")]
    public Task Not_opened_for_the_callee(string statements) => TransactionCode.Reports(
        $$"""
        abstract class Store(IDbContextFactory<ShopContext> factory)
        {
            public async Task Move()
            {
                await Task.Yield();
                using var outer = factory.CreateDbContext();
                {{statements}}
            }

            private async Task<Order> Both(ShopContext db, int id)
            {
                var order = new Order();
                db.Add(order);
                await db.SaveChangesAsync();
                db.Add(new Payment());
                await db.{|DBR301:SaveChangesAsync|}();
                return order;
            }
        }
        """);

    [Fact]
    public Task Opened_by_a_behaviour() => TransactionCode.Reports(
        """
        class TransactionBehavior(ShopContext db)
        {
            public async Task<int> Handle(Func<Task<int>> next)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                int result = await next();
                await transaction.CommitAsync();
                return result;
            }
        }

        class Handler(ShopContext db)
        {
            public async Task Handle()
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Expected_from_somebody_else() => TransactionCode.Reports(
        """
        class Scheduler
        {
            public void Check() => _ = System.Transactions.Transaction.Current ?? throw new InvalidOperationException();
        }

        class Handler(ShopContext db)
        {
            public async Task Handle()
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Run_by_a_helper_that_opens_one() => TransactionCode.Reports(
        """
        class Store(ShopContext db)
        {
            public Task Move() => Atomically(async () =>
            {
                await db.SaveChangesAsync();
                db.Add(new Order());
                await db.SaveChangesAsync();
            });

            private async Task Atomically(Func<Task> work)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await work();
                await transaction.CommitAsync();
            }
        }
        """);

    // T21: other stores, or durable early on purpose.
    [Theory]
    [InlineData("await db.SaveChangesAsync(ct);\n_db.Add(new Order());\nawait _db.SaveChangesAsync(ct);")]
    [InlineData("await connection.ExecuteAsync(\"delete from orders\");\nawait npgsql.ExecuteAsync(\"delete from orders\");")]
    [InlineData("foreach (var id in ids)\n{\n    using var own = factory.CreateDbContext();\n    own.Add(new Order());\n    own.SaveChanges();\n}\ndb.SaveChanges();")]
    [InlineData("_job.State = \"Running\";\nawait db.SaveChangesAsync(ct);\nUse(_job);\n_job.State = \"Done\";\nawait db.SaveChangesAsync(ct);")]
    // A state that says that work goes on, and nothing else.
    [InlineData("_job.State = \"Completing\";\nawait db.SaveChangesAsync(ct);\n_job.Done = DateTime.UtcNow;\norders[0].Open = false;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("_job.Kind = TaskStatus.Running;\ndb.SaveChanges();\ndb.Add(new Payment());\ndb.SaveChanges();")]
    [InlineData("_job.State = \"Importing\";\ndb.SaveChanges();\nawait connection.ExecuteAsync(\"delete from orders\");\norders[0].Open = false;\ndb.SaveChanges();")]
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\nawait _gateway.SendAsync(\"created\", ct);\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("await db.SaveChangesAsync(ct);\nawait Task.Delay(100, ct);\ndb.Add(new Payment());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("await connection.ExecuteAsync(\"update orders set open = 0\");\nawait connection.ExecuteAsync(\"insert into outbox (text) values ('a')\");")]
    [InlineData("await connection.ExecuteAsync(\"insert into audit_log (text) values ('a')\");\nawait connection.ExecuteAsync(\"update orders set open = 0\");")]
    [InlineData("foreach (var batch in orders.Chunk(100))\n{\n    db.AddRange(batch);\n    db.SaveChanges();\n}\ndb.Add(new Payment());\ndb.SaveChanges();")]
    [InlineData("var count = 0;\nforeach (var order in orders)\n{\n    db.Add(order);\n    if (++count % 100 == 0) db.SaveChanges();\n}\ndb.SaveChanges();")]
    // When something happened last.
    [InlineData("db.Add(new Order());\nawait db.SaveChangesAsync(ct);\nvar visit = new Visit();\nvisit.LastLogin = DateTime.UtcNow;\nawait db.SaveChangesAsync(ct);")]
    // What is missing is made first: the next attempt finds it.
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);\nif (order is null)\n{\n    order = new Order();\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n}\norder.Open = true;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);\nif (null == order)\n{\n    order = new Order();\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n}\norder.Open = true;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);\nif (order is not { })\n{\n    order = new Order();\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n}\norder.Open = true;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);\nif (order is null && ids.Length > 0)\n{\n    order = new Order();\n    db.Add(order);\n    await db.SaveChangesAsync(ct);\n}\norder.Open = true;\nawait db.SaveChangesAsync(ct);")]
    [InlineData("if (!await db.Countries.AnyAsync(c => c.Code == \"DE\", ct))\n{\n    db.Countries.Add(new Country { Code = \"DE\" });\n    await db.SaveChangesAsync(ct);\n}\ndb.Add(new Order());\nawait db.SaveChangesAsync(ct);")]
    [InlineData("if (!db.Countries.Any())\n{\n    db.AddRange(new Country { Code = \"DE\" }, new Country { Code = \"FR\" });\n    db.SaveChanges();\n}\nif (!db.Products.Any())\n{\n    db.Products.AddRange(new List<Product>());\n    db.SaveChanges();\n}")]
    // A state of the same rows is written at both ends of the work.
    [InlineData("await connection.ExecuteAsync(\"update jobs set state = 'running' where id = @id\", new { id = 3 });\nUse(orders);\nawait connection.ExecuteAsync(\"UPDATE jobs SET State = 'done', finished = now() WHERE id = @id\", new { id = 3 });")]
    [InlineData("await db.Orders.Where(o => o.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, \"Claimed\"), ct);\nUse(orders);\nawait db.Orders.Where(o => o.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, \"Paid\").SetProperty(o => o.Open, false), ct);")]
    [InlineData("if (await db.Orders.Where(o => o.Open && o.Id == ids[0]).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, \"Claimed\"), ct) != 1) return null;\nvar order = await db.Orders.SingleAsync(o => o.Id == ids[0], ct);\norder.Number = \"Paid\";\nawait db.SaveChangesAsync(ct);")]
    // A worker comes back to the same item.
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    var item = await db.Orders.FirstAsync(ct);\n    await db.OrderLines.Where(l => l.OrderId == item.Id).ExecuteDeleteAsync(ct);\n    db.Remove(item);\n    await db.SaveChangesAsync(ct);\n}")]
    public Task Meant_to_be_apart(string statements) => TransactionCode.Reports(statements);

    [Theory]
    [InlineData("class DataSeeder(ShopContext db)")]
    [InlineData("class InitialMigrator(ShopContext db)")]
    [InlineData("class ShopDbInitializer(ShopContext db)")]
    [InlineData("class ShopDbContextInitializer(ShopContext db)")]
    [InlineData("class ShopDbContextInitialiser(ShopContext db)")]
    public Task Other_roles(string type) => TransactionCode.Reports(
        type +
        """

        {
            public void Run()
            {
                db.Add(new Order());
                db.SaveChanges();
                db.Add(new Payment());
                db.SaveChanges();
            }
        }
        """);

    // What is not known is quiet.
    [Theory]
    [InlineData("var c = ids.Length > 1 ? db : _db;\nc = db;\nc.SaveChanges();\nc.Add(new Order());\nc.SaveChanges();")]
    [InlineData("Made().SaveChanges();\nMade().SaveChanges();\nShopContext Made() => new();")]
    [InlineData("connection.Execute(keys.ToString());\nconnection.Execute(keys.ToString());")]
    [InlineData("connection.Execute(\"exec refresh\");\nconnection.Execute(\"exec refresh2\");")]
    [InlineData("void Run(DbCommand one, DbCommand two)\n{\n    one.CommandText = \"delete from orders\";\n    one.ExecuteNonQuery();\n    two.CommandText = \"delete from customers\";\n    two.ExecuteNonQuery();\n}\nUse((Action<DbCommand, DbCommand>)Run);")]
    public Task Unknown(string statements) => TransactionCode.Reports(statements);
}
