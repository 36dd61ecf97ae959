using Xunit;
using Code = DbRules.Tests.Rules.Transactions.BookingCode<DbRules.Rules.Transactions.UncommittedTransaction, DbRules.CodeFixes.Transactions.UncommittedTransactionFix>;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>When DBR303 speaks, and when it is quiet.</summary>
public class UncommittedTransactionTests
{
    private const string Insert = "\"INSERT INTO Orders (Id) VALUES (1)\"";

    [Theory]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges();")]
    [InlineData("await using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(ct); db.Add(order); await db.SaveChangesAsync(ct);")]
    [InlineData("using (db.Database.{|DBR303:BeginTransaction|}()) { db.SaveChanges(); }")]
    [InlineData("using (var tx = connection.{|DBR303:BeginTransaction|}()) { connection.Execute(" + Insert + ", order, tx); }")]
    [InlineData("await using var tx = await npgsql.{|DBR303:BeginTransactionAsync|}(ct); await npgsql.ExecuteAsync(" + Insert + ", order);")]
    [InlineData("using var tx = sqlite.{|DBR303:BeginTransaction|}(); using var command = sqlite.CreateCommand(); command.CommandText = " + Insert + "; command.ExecuteNonQuery();")]
    [InlineData("using var tx = connection.{|DBR303:BeginTransaction|}(); try { connection.Execute(" + Insert + ", order, tx); } catch { tx.Rollback(); throw; }")]
    [InlineData("var tx = connection.{|DBR303:BeginTransaction|}(); try { connection.Execute(" + Insert + ", order, tx); } finally { tx.Dispose(); }")]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}(); foreach (var o in orders) db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Id = 1\"); log.Write(order);")]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}(); await db.Orders.Where(o => o.Open).ExecuteDeleteAsync(ct); return true;")]
    public Task No_commit(string code) => Code.Reports(code);

    [Theory]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); if (orders.Count == 0) return true; db.AddRange(orders); db.SaveChanges(); tx.Commit();")]
    [InlineData("await using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(ct); db.Add(order); await db.SaveChangesAsync(ct); if (!isNew) return order; db.AddRange(orders); await db.SaveChangesAsync(ct); await tx.CommitAsync(ct);")]
    [InlineData("using var tx = connection.{|DBR303:BeginTransaction|}(); var id = connection.ExecuteScalar<int>(\"INSERT INTO Orders (Id) VALUES (1) RETURNING Id\", null, tx); if (isNew) return id; connection.Execute(" + Insert + ", order, tx); tx.Commit();")]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); if (isNew) return order; End(); return order; void End() => tx.Commit();")]
    public Task Early_success(string code) => Code.Reports(code);

    [Theory]
    [InlineData("public IActionResult Post(ShopContext db, Order order, bool isDraft) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); if (isDraft) return Ok(order); db.Add(new Order()); db.SaveChanges(); tx.Commit(); return Ok(order); }")]
    [InlineData("public IActionResult Post(ShopContext db, Order order, bool isDraft) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); switch (isDraft) { case true: return CreatedAtAction(order); } db.SaveChanges(); tx.Commit(); return Ok(order); }")]
    [InlineData("public void Post(ShopContext db, Order order) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); Save(db, order); } void Save(ShopContext db, Order order) { db.Add(order); db.SaveChanges(); }")]
    // A result type takes the value in.
    [InlineData("public ActionResult<Order> Post(ShopContext db, Order order, bool isDraft) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); if (isDraft) return order; db.SaveChanges(); tx.Commit(); return order; }")]
    [InlineData("public async Task<ActionResult<Order>> Post(ShopContext db, Order order, bool isDraft) { await using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(); db.Add(order); await db.SaveChangesAsync(); if (isDraft) return Accepted(order); await db.SaveChangesAsync(); await tx.CommitAsync(); return Ok(order) as ActionResult ?? new(); }")]
    [InlineData("public int Post(ShopContext db, Order order, bool isDraft) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Add(order); db.SaveChanges(); if (isDraft) return order.Id; db.SaveChanges(); tx.Commit(); return order.Id; }")]
    [InlineData("public ActionResult<Order?> Post(ShopContext db, Order order, bool isBad) { using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isBad) return default(Order); if (order.Open) return Conflict(); tx.Commit(); return order; }")]
    [InlineData("public int Post(ShopContext db, Order order, bool isBad) { using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isBad) return order.CustomerId; tx.Commit(); return order.Id; }")]
    // Failures roll back.
    [InlineData("public IActionResult Post(ShopContext db, Order order, bool isBad) { using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isBad) return BadRequest(); if (order.Id == 0) return NotFound(); if (order.Id == 1) return Ok(false); tx.Commit(); return Ok(order); }")]
    [InlineData("public Order? Post(ShopContext db, Order order, bool isBad) { using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isBad) return null; if (order.Id == 0) return default; tx.Commit(); return order; }")]
    [InlineData("public void Post(ShopContext db, Order order, bool isBad) { using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isBad) return; tx.Commit(); }")]
    // Trial runs.
    [InlineData("public void DryRun(ShopContext db) { using var tx = db.Database.BeginTransaction(); db.SaveChanges(); }")]
    [InlineData("public int Import(ShopContext db, bool previewOnly) { using var tx = db.Database.BeginTransaction(); return db.SaveChanges(); }")]
    // Rows that are only there for the queries of a method that reads; a call that does not bind may be one.
    [InlineData("public async Task<int> GetCountAsync(ShopContext db) { await using var tx = await db.Database.BeginTransactionAsync(); db.Customers.Add(Everyone()); await db.SaveChangesAsync(); return await db.Orders.{|CS1061:MeasureAsync|}(); } static Customer Everyone() => new();")]
    [InlineData("public async Task<int> GetCountAsync(ShopContext db) { await using var tx = await db.Database.BeginTransactionAsync(); var all = Everyone(); await db.Customers.AddAsync(all); await db.SaveChangesAsync(); return await db.Orders.CountAsync(o => db.Customers.Any(c => c.Id == o.CustomerId)); } static Customer Everyone() => new();")]
    [InlineData("public async Task<int> GetCountAsync(IDbContextFactory<ShopContext> factory, int kind) { var result = 0; await using var ctx = await factory.CreateDbContextAsync(); var strategy = ctx.Database.CreateExecutionStrategy(); await strategy.ExecuteAsync(async () => { await using var db = await factory.CreateDbContextAsync(); await using var tx = await db.Database.BeginTransactionAsync(); var all = Everyone(); await db.Customers.AddAsync(all); await db.SaveChangesAsync(); var q = await QueryAsync(db); if (kind == 1) { result = await q.CountAsync(); return; } switch (kind) { case 2: result = await q.Where(o => o.Open).CountAsync(); break; } }); return result; } static Customer Everyone() { var all = new Customer { Id = 3 }; return all; } static async Task<IQueryable<Order>> QueryAsync(ShopContext db) { await Task.Yield(); return db.Orders.Where(o => o.Id > 3); }")]
    [InlineData("public async Task<List<Order>> FindAsync(ShopContext ctx, IDbContextFactory<ShopContext> factory) { var result = new List<Order>(); await ctx.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var db = await factory.CreateDbContextAsync(); await using var tx = await db.Database.BeginTransactionAsync(); db.Customers.Add(new Customer()); await db.SaveChangesAsync(); foreach (var o in await db.Orders.ToListAsync()) result.Add(o); }); return result; }")]
    [InlineData("public List<Order> Get(ShopContext db, bool all) { using var tx = db.Database.BeginTransaction(); var row = new Customer { Name = \"all\" }; db.Customers.Add(row); db.SaveChanges(); if (all) return db.Orders.ToList(); return db.Orders.Where(o => o.Open).ToList(); }")]
    [InlineData("public List<Order> GetOrders(NpgsqlConnection c, List<int> ids) { using var tx = c.BeginTransaction(); foreach (var id in ids) c.Execute(\"INSERT INTO Wanted (Id) VALUES (@id)\", new { id }, tx); return c.Query<Order>(\"SELECT o.* FROM Orders o JOIN Wanted w ON w.Id = o.Id\", null, tx).ToList(); }")]
    [InlineData("public long CountOrders(Microsoft.Data.Sqlite.SqliteConnection c) { using var tx = c.BeginTransaction(); using var command = c.CreateCommand(); command.CommandText = \"INSERT INTO Wanted (Id) VALUES (1)\"; command.ExecuteNonQuery(); using var ask = c.CreateCommand(); ask.CommandText = \"SELECT COUNT(*) FROM Orders o JOIN Wanted w ON w.Id = o.Id\"; return (long)ask.ExecuteScalar()!; }")]
    [InlineData("public async Task<int> GetCountAsync(ShopContext ctx, IDbContextFactory<ShopContext> factory, string text) { var count = 0; await ctx.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var db = await factory.CreateDbContextAsync(); await using var tx = await db.Database.BeginTransactionAsync(); var all = Everyone(); await db.Customers.AddAsync(all); await db.SaveChangesAsync(); var q = Matching(db, text); count = await q.CountAsync(); }); return count; } static Customer Everyone() => new(); IQueryable<Customer> Matching(ShopContext db, string text) { var q = db.Customers.Where(c => c.Active); if (text.Length > 0) q = q.Where(c => c.Name == text); var q1 = text.Length > 3 ? q.OrderBy(c => c.Id).Select(c => c) : q.OrderBy(c => c.Name); return q1; }")]
    [InlineData("public async Task<int> GetCountAsync(ShopContext ctx, IDbContextFactory<ShopContext> factory, string text) { var count = 0; await ctx.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var db = await factory.CreateDbContextAsync(); await using var tx = await db.Database.BeginTransactionAsync(); var all = Everyone(); await db.Customers.AddAsync(all); await db.SaveChangesAsync(); var q = await MatchingAsync(db, text); if (text.Length > 9) { count = await q.CountAsync(); return; } q = q.Where(c => c.Id > 9); foreach (var c in await q.ToListAsync()) count += c.Id; }); return count; } static Customer Everyone() => new(); async Task<IQueryable<Customer>> MatchingAsync(ShopContext db, string text) { await Task.Yield(); var q = db.Customers.Where(c => c.Active); if (text.Length > 0) q = q.Where(c => c.Name == text); return q; }")]
    // They are given back, made to stay, or the method does not read.
    [InlineData("public Customer GetDraft(ShopContext db) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); var row = new Customer(); db.Customers.Add(row); db.SaveChanges(); Use(db.Orders.ToList()); return row; } static void Use(object o) { }")]
    [InlineData("public int GetOrMakeCount(ShopContext db) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Customers.Add(new Customer()); db.SaveChanges(); return db.Orders.Count(); }")]
    [InlineData("public int Book(ShopContext db) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Customers.Add(new Customer()); db.SaveChanges(); return db.Orders.Count(); }")]
    [InlineData("public int GetCount(ShopContext db, Customer given) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Customers.Add(given); db.SaveChanges(); return db.Orders.Count(); }")]
    [InlineData("public int GetCount(ShopContext db) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Orders.First().Open = true; db.Customers.Add(new Customer()); db.SaveChanges(); return db.Orders.Count(); }")]
    [InlineData("public int GetCount(ShopContext db) { using var tx = db.Database.{|DBR303:BeginTransaction|}(); db.Customers.Add(new Customer()); db.SaveChanges(); return 3; }")]
    [InlineData("public int GetNumber(NpgsqlConnection c) { using var tx = c.{|DBR303:BeginTransaction|}(); c.Execute(\"INSERT INTO Numbers (Id) VALUES (1)\", null, tx); return c.ExecuteScalar<int>(\"SELECT MAX(Id) FROM Numbers\", null, tx); }")]
    [InlineData("public int GetNumber(NpgsqlConnection c) { using var tx = c.{|DBR303:BeginTransaction|}(); c.Execute(\"UPDATE Numbers SET Id = Id + 1 WHERE Kind = 1\", null, tx); return c.ExecuteScalar<int>(\"SELECT n.Id FROM Numbers n JOIN Kinds k ON k.Id = n.Kind\", null, tx); }")]
    // Somebody else ends it.
    [InlineData("public IDbContextTransaction Begin(ShopContext db) { var tx = db.Database.BeginTransaction(); db.SaveChanges(); return tx; }")]
    [InlineData("IDbContextTransaction? _tx; public void Begin(ShopContext db) { _tx = db.Database.BeginTransaction(); db.SaveChanges(); }")]
    [InlineData("public void Begin(ShopContext db) { db.Database.BeginTransaction(); db.SaveChanges(); }")]
    [InlineData("public void Post(ShopContext db) { using var tx = db.Database.BeginTransaction(); db.SaveChanges(); Finish(db); } void Finish(ShopContext db) => db.Database.CommitTransaction();")]
    [InlineData("void Post(ShopContext db, IUnit unit) { using var tx = db.Database.BeginTransaction(); db.SaveChanges(); unit.CommitAll(); } interface IUnit { void CommitAll(); }")]
    [InlineData("void Post(ShopContext db, IUnit unit) { using var tx = db.Database.BeginTransaction(); db.SaveChanges(); unit.Finish(tx); } interface IUnit { void Finish(IDbContextTransaction tx); }")]
    [InlineData("public void Post(ShopContext db, DbTransaction tx) { using var own = db.Database.UseTransaction(tx); db.SaveChanges(); }")]
    [InlineData("public void Post(NpgsqlConnection c) { using var tx = c.BeginTransaction(); c.Execute(\"DELETE FROM Orders WHERE Id = 1\", null, tx); c.Execute(\"COMMIT\"); }")]
    public Task In_class(string members) => Code.Reports(InClass(members));

    [Theory]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); db.Database.CommitTransaction();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); db.Database.CurrentTransaction!.Commit();")]
    [InlineData("var tx = connection.BeginTransaction(); try { connection.Execute(" + Insert + ", order, tx); tx.Commit(); } catch { tx.Rollback(); throw; }")]
    // Nothing is written, or only elsewhere.
    [InlineData("using var tx = db.Database.BeginTransaction(IsolationLevel.Snapshot); Use(db.Orders.Where(o => o.Open).ToList()); Use(db.Orders.Count());")]
    [InlineData("using var tx = npgsql.BeginTransaction(); npgsql.Execute(\"SELECT pg_advisory_xact_lock(1)\", null, tx); log.Write(order);")]
    [InlineData("using var tx = npgsql.BeginTransaction(IsolationLevel.RepeatableRead); Use(npgsql.Query<Order>(\"SELECT * FROM Orders WHERE Id = 1\", null, tx)); db.SaveChanges();")]
    // Committed by a function of the code's own.
    [InlineData("using var tx = db.Database.BeginTransaction(); db.Add(order); db.SaveChanges(); if (isNew) return false; End(); return true; void End() => tx.Commit();")]
    [InlineData("await using var tx = await db.Database.BeginTransactionAsync(ct); db.Add(order); await db.SaveChangesAsync(ct); if (isNew) { await EndAsync(); return order; } await db.SaveChangesAsync(ct); await EndAsync(); return order; async Task EndAsync() { await tx.CommitAsync(ct); log.Write(order); }")]
    [InlineData("using var tx = db.Database.BeginTransaction(); Action end = () => tx.Commit(); db.Add(order); db.SaveChanges(); if (isNew) { end(); return order; } db.SaveChanges(); tx.Commit(); return order;")]
    // Rolled back, by a call or by leaving with a failure.
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); tx.Rollback();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) tx.Commit(); else tx.Rollback(); return true;")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) tx.Commit(); return order;")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) throw new InvalidOperationException(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); throw new NotSupportedException();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.SaveChanges(); tx.Commit(); } catch (DbUpdateException) { return true; }")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) return false; tx.Commit(); return true;")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) { tx.Rollback(); return true; } tx.Commit(); return true;")]
    [InlineData("using var tx = connection.BeginTransaction(); var n = connection.Execute(" + Insert + ", null, tx); if (n == 0) return true; connection.Execute(" + Insert + ", null, tx); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (_simulated) return order; db.SaveChanges(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); if (isNew) return true; db.SaveChanges(); tx.Commit();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); if (isNew) { tx.Commit(); return true; } db.SaveChanges(); tx.Commit(); return true;")]
    [InlineData("using var tx = db.Database.BeginTransaction(); try { db.Add(order); db.SaveChanges(); if (isNew) return order; db.SaveChanges(); } finally { tx.Commit(); }")]
    [InlineData("var tx = db.Database.CurrentTransaction ?? db.Database.BeginTransaction(); db.SaveChanges(); tx.Dispose();")]
    [InlineData("using var tx = db.Database.BeginTransaction(); db.SaveChanges(); Action end = () => tx.Commit(); end();")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData(
        "await using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(ct);\ndb.Add(order);\nawait db.SaveChangesAsync(ct);\nreturn order;",
        "await using var tx = await db.Database.BeginTransactionAsync(ct);\ndb.Add(order);\nawait db.SaveChangesAsync(ct);\nawait tx.CommitAsync(ct);\nreturn order;")]
    [InlineData(
        "await using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(ct).ConfigureAwait(false);\nawait db.SaveChangesAsync(ct).ConfigureAwait(false);\n// back to the list\nreturn await db.Orders.CountAsync(ct).ConfigureAwait(false);",
        "await using var tx = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);\nawait db.SaveChangesAsync(ct).ConfigureAwait(false);\n// back to the list\nvar result = await db.Orders.CountAsync(ct).ConfigureAwait(false);\nawait tx.CommitAsync(ct).ConfigureAwait(false);\nreturn result;")]
    [InlineData(
        "using (var tx = connection.{|DBR303:BeginTransaction|}())\n{\n    connection.Execute(" + Insert + ", order, tx); // one\n}",
        "using (var tx = connection.BeginTransaction())\n{\n    connection.Execute(" + Insert + ", order, tx); // one\n    tx.Commit();\n}")]
    [InlineData(
        "using var tx = connection.{|DBR303:BeginTransaction|}();\ntry\n{\n    connection.Execute(" + Insert + ", order, tx);\n}\ncatch (Exception e)\n{\n    log.Write(e);\n    tx.Rollback();\n}",
        "using var tx = connection.BeginTransaction();\ntry\n{\n    connection.Execute(" + Insert + ", order, tx);\n    tx.Commit();\n}\ncatch (Exception e)\n{\n    log.Write(e);\n    tx.Rollback();\n}")]
    [InlineData(
        "var tx = connection.{|DBR303:BeginTransaction|}();\ntry\n{\n    connection.Execute(" + Insert + ", order, tx);\n}\nfinally\n{\n    tx.Dispose();\n}",
        "var tx = connection.BeginTransaction();\ntry\n{\n    connection.Execute(" + Insert + ", order, tx);\n    tx.Commit();\n}\nfinally\n{\n    tx.Dispose();\n}")]
    [InlineData(
        "using var tx = db.Database.{|DBR303:BeginTransaction|}();\ndb.Add(order);\ndb.SaveChanges();\nif (isNew)\n    return true;\ndb.SaveChanges();\ntx.Commit();",
        "using var tx = db.Database.BeginTransaction();\ndb.Add(order);\ndb.SaveChanges();\nif (isNew)\n{\n    tx.Commit();\n    return true;\n}\ndb.SaveChanges();\ntx.Commit();")]
    [InlineData(
        "using var tx = db.Database.{|DBR303:BeginTransaction|}();\ndb.Add(order);\ndb.SaveChanges();\nif (isNew) return order; // as it is\ndb.SaveChanges();\ntx.Commit();",
        "using var tx = db.Database.BeginTransaction();\ndb.Add(order);\ndb.SaveChanges();\nif (isNew)\n{\n    tx.Commit();\n    return order; // as it is\n}\ndb.SaveChanges();\ntx.Commit();")]
    [InlineData(
        "using var tx = await db.Database.{|DBR303:BeginTransactionAsync|}(ct);\nawait db.SaveChangesAsync(ct).ConfigureAwait(false);\nreturn order;",
        "using var tx = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct).ConfigureAwait(false);\nawait tx.CommitAsync(ct);\nreturn order;")]
    public Task Fix(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData("\n    return Ok(db.SaveChanges()); // the rest", "    var result = Ok(db.SaveChanges()); // the rest")]
    [InlineData(" return Ok(db.SaveChanges());", "    var result = Ok(db.SaveChanges());")]
    [InlineData("\n    return Ok(isNew ? db.SaveChanges() : 0);", "    var result = Ok(isNew ? db.SaveChanges() : 0);")]
    public Task Result_of_a_return_behind_a_condition(string leave, string kept)
    {
        const string Begin = "public IActionResult Book(ShopContext db, bool isNew)\n{\nusing var tx = db.Database.BeginTransaction();\ndb.SaveChanges();\nif (isNew)";
        const string End = "\ndb.SaveChanges();\ntx.Commit();\nreturn Ok();\n}";
        return Code.Fixes(
            InClass(Begin.Replace("BeginTransaction", "{|DBR303:BeginTransaction|}", StringComparison.Ordinal) + leave + End),
            InClass(Begin + "\n{\n" + kept + "\n    tx.Commit();\n    return result;\n}" + End));
    }

    [Theory]
    // Nothing holds the transaction, or it is not clear which exit commits.
    [InlineData("using (db.Database.{|DBR303:BeginTransaction|}()) { db.SaveChanges(); }")]
    [InlineData("using var tx = db.Database.{|DBR303:BeginTransaction|}();\ndb.SaveChanges();\nif (isNew)\n    return null;\nlog.Write(order);")]
    [InlineData("foreach (var o in orders)\n{\n    using var tx = db.Database.{|DBR303:BeginTransaction|}();\n    db.SaveChanges();\n    if (isNew)\n        continue;\n    log.Write(o);\n}")]
    public Task No_fix(string code) => Code.NoFix(code);

    private static string InClass(string members) =>
        $$"""
        using Microsoft.EntityFrameworkCore.Storage;
        using Npgsql;

        interface IActionResult { }

        class ActionResult : IActionResult { }

        class ActionResult<T>
        {
            public static implicit operator ActionResult<T>(T value) => new();
            public static implicit operator ActionResult<T>(ActionResult result) => new();
        }

        class Controller
        {
            protected IActionResult Ok(object? value = null) => null!;
            protected IActionResult CreatedAtAction(object? value) => null!;
            protected ActionResult Accepted(object? value = null) => null!;
            protected ActionResult Conflict() => null!;
            protected IActionResult BadRequest() => null!;
            protected IActionResult NotFound() => null!;
        }

        class Orders : Controller
        {
            {{members}}
        }
        """;
}
