using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>What needs a resource and outlives the using that releases it: one shape of code a line.</summary>
public sealed class DeferredEscapesTests
{
    [Theory]
    // Queries.
    [InlineData("IQueryable<Order> Get() { using var db = New(); return db.Orders; }", "db Query Orders")]
    [InlineData("IQueryable<Order> Get() { using var db = New(); return db.Orders.Where(o => o.Id > 1); }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); return db.Orders.Where(o => o.Id > 1); }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get() { using (var db = New()) { return from o in db.Orders where o.Id > 1 select o; } }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get() { using (var db = New()) return db.Set<Order>().AsNoTracking(); }", "db Query AsNoTracking")]
    [InlineData("IEnumerable<int> Get() { using var db = New(); return db.Orders.AsEnumerable().Select(o => o.Id); }", "db Rows Select")]
    [InlineData("IAsyncEnumerable<Order> Get() { using var db = New(); return db.Orders.AsAsyncEnumerable(); }", "db Rows AsAsyncEnumerable")]
    [InlineData("IEnumerable<Order> Get(bool all) { using var db = New(); var query = db.Orders.AsQueryable(); if (!all) query = query.Where(o => o.Id > 1); return query; }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get(bool all) { using var db = New(); return all ? db.Orders.ToList() : db.Orders.Where(o => o.Id > 1); }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get() { IEnumerable<Order> found; using (var db = New()) { found = db.Orders.Where(o => o.Id > 1); } return found; }", "db Query Where")]
    [InlineData("int Get() { IQueryable<Order> found; using (var db = New()) { found = db.Orders; } return found.Count(); }", "db Query Orders")]
    [InlineData("void Get(out IQueryable<Order> found) { using var db = New(); found = db.Orders; }", "db Query Orders")]
    [InlineData("IQueryable<Order>? _kept; void Get() { using var db = New(); _kept = db.Orders; }", "db Query Orders")]
    [InlineData("IEnumerable<Order> Get() { var db = New(); using (db) { return db.Orders; } }", "db Query Orders")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); return Open(db.Orders); } static IQueryable<Order> Open(IQueryable<Order> all) => all.Where(o => o.Id > 1);", "db Query Open")]
    [InlineData("Task<IEnumerable<Order>> Get() { using var db = New(); IEnumerable<Order> found = db.Orders; return Task.FromResult(found); }", "")]
    [InlineData("async Task<IEnumerable<Order>> Get() { await using var db = New(); await db.SaveChangesAsync(); return db.Orders; }", "db Query Orders")]
    // Rows and readers.
    [InlineData("IEnumerable<int> Get() { using var c = Connect(); return c.Query<int>(\"select 1\", buffered: false); }", "c Rows Query")]
    [InlineData("IAsyncEnumerable<int> Get() { using var c = Connect(); return c.QueryUnbufferedAsync<int>(\"select 1\"); }", "c Rows QueryUnbufferedAsync")]
    [InlineData("IDataReader Get() { using var c = Connect(); return c.ExecuteReader(\"select 1\"); }", "c Reader ExecuteReader")]
    [InlineData("DbDataReader Get() { using var c = Connect(); c.Open(); using var command = c.CreateCommand(); return command.ExecuteReader(); }", "c Reader ExecuteReader")]
    [InlineData("DbDataReader Get() { using var c = Connect(); var command = new NpgsqlCommand(\"select 1\", c); return command.ExecuteReader(CommandBehavior.CloseConnection); }", "c Reader ExecuteReader")]
    [InlineData("DbDataReader Get() { using var c = Connect(); var command = new NpgsqlCommand(\"select 1\"); command.Connection = c; return command.ExecuteReader(); }", "c Reader ExecuteReader")]
    [InlineData("async Task<DbDataReader> Get() { using var c = Connect(); return await c.ExecuteReaderAsync(\"select 1\"); }", "c Reader ExecuteReaderAsync")]
    [InlineData("async Task<SqlMapper.GridReader> Get() { using var c = Connect(); var task = c.QueryMultipleAsync(\"select 1\"); return await task; }", "c Reader QueryMultipleAsync")]
    [InlineData("IEnumerable<int> Get() { using var c = Connect(); using var reader = c.ExecuteReader(\"select 1\"); return reader.Parse<int>(); }", "c Rows Parse")]
    // Tasks.
    [InlineData("Task<List<Order>> Get() { using var db = New(); return db.Orders.ToListAsync(); }", "db Task ToListAsync")]
    [InlineData("Task<List<Order>> Get() { using (var db = New()) { var task = db.Orders.ToListAsync(); return task; } }", "db Task ToListAsync")]
    [InlineData("Task<IEnumerable<int>> Get() { using var c = Connect(); return c.QueryAsync<int>(\"select 1\"); }", "c Task QueryAsync")]
    [InlineData("Task Get() { using var db = New(); return db.SaveChangesAsync().ConfigureAwait(false) is var x ? Task.CompletedTask : Task.CompletedTask; }", "")]
    [InlineData("Task Get() { using var db = New(); return Task.WhenAll(db.SaveChangesAsync(), db.Orders.LoadAsync()); }", "db Task WhenAll")]
    [InlineData("ValueTask<Order?> Get(int id) { using var db = New(); return db.Orders.FindAsync(id); }", "db Task FindAsync")]
    [InlineData("Task<int> Get(bool flag) { using var db = New(); return flag ? db.SaveChangesAsync() : Task.FromResult(0); }", "db Task SaveChangesAsync")]
    [InlineData("Task<int> Get(bool flag) { using var db = New(); if (!flag) return Task.FromResult(0); return db.SaveChangesAsync(); }", "db Task SaveChangesAsync")]
    [InlineData("Task Get() { using var db = New(); _ = db.SaveChangesAsync(); return Task.CompletedTask; }", "db Task SaveChangesAsync")]
    [InlineData("async Task Get() { Task task; using (var db = New()) { task = db.SaveChangesAsync(); } await task; }", "db Task SaveChangesAsync")]
    [InlineData("Task<int> Get() { using var c = Connect(); c.Open(); using var command = c.CreateCommand(); return command.ExecuteNonQueryAsync(); }", "c Task ExecuteNonQueryAsync")]
    [InlineData("Task Get() { Func<Task<int>> run = () => { using var db = New(); return db.SaveChangesAsync(); }; return run(); }", "db Task SaveChangesAsync")]
    [InlineData("Task<List<Order>> Get() { return Run(() => { using var db = New(); return db.Orders.ToListAsync(); }); } static Task<T> Run<T>(Func<Task<T>> work) => work();", "db Task ToListAsync")]
    [InlineData("Task<int> Get() { using var c = Connect(); return Load(c); } static async Task<int> Load(DbConnection c) => await c.ExecuteScalarAsync<int>(\"select 1\");", "c Task Load")]
    [InlineData("Task Get(DbConnection given) { using var transaction = given.BeginTransaction(); return transaction.CommitAsync(); }", "transaction Task CommitAsync")]
    [InlineData("Task<int> Get(DbConnection given) { using var transaction = given.BeginTransaction(); return given.ExecuteAsync(\"delete from x\", transaction: transaction); }", "transaction Task ExecuteAsync")]
    [InlineData("Task<int> Get(IConnections connections) { using var c = connections.Create(); return c.ExecuteAsync(\"delete from x\"); }", "c Task ExecuteAsync")]
    // Held by a tuple or an object.
    [InlineData("(IEnumerable<Order>, int) Get() { using var db = New(); return (db.Orders.Where(o => o.Id > 1), 1); }", "db Query Where")]
    [InlineData("(IEnumerable<Order>, int) Get() { using var db = New(); var page = (db.Orders.Where(o => o.Id > 1), 1); return page; }", "db Query Where")]
    [InlineData("Page Get() { using var db = New(); return new Page { Rows = db.Orders.Where(o => o.Id > 1) }; }", "db Query Where")]
    [InlineData("Page Get() { using var db = New(); var page = new Page { Rows = db.Orders }; return page; }", "db Query Orders")]
    [InlineData("object Get() { using var db = New(); return new { Rows = db.Orders.Where(o => o.Id > 1) }; }", "db Query Where")]
    [InlineData("Kept Get() { using var db = New(); return new Kept(db.Orders.Where(o => o.Id > 1), 1); }", "db Query Where")]
    [InlineData("Page Get() { Page page; using (var db = New()) { page = new Page { Rows = db.Orders }; } return page; }", "db Query Orders")]
    [InlineData("int Get() { Page page; using (var db = New()) { page = new Page { Rows = db.Orders, Count = db.Orders.Count() }; } return page.Count; }", "")]
    [InlineData("Page Get() { using var db = New(); return new Page { Rows = db.Orders.ToList() }; }", "")]
    [InlineData("Page Get() { using var db = New(); var page = new Page { Rows = db.Orders }; page.Rows = page.Rows.ToList(); return page; }", "")]
    [InlineData("Page Get() { using var db = New(); return new Page { Listed = db.Orders }; }", "")]
    [InlineData("Other Get() { using var db = New(); return new Other(db.Orders); }", "")]
    [InlineData("int Get() { using var db = New(); var page = new Page { Rows = db.Orders }; return page.Rows.Count(); }", "")]
    [InlineData("async Task<(Task<int>, int)> Get() { using var db = New(); var both = (db.SaveChangesAsync(), 1); await both.Item1; return both; }", "")]
    // Released in a finally block.
    [InlineData("Task<List<Order>> Get() { var db = New(); try { return db.Orders.ToListAsync(); } finally { db.Dispose(); } }", "db Task ToListAsync")]
    [InlineData("IEnumerable<Order> Get() { Shop? db = null; try { db = New(); return db.Orders.Where(o => o.Id > 1); } finally { if (db != null) db.Dispose(); } }", "db Query Where")]
    [InlineData("IEnumerable<Order> Get() { IEnumerable<Order> found; var db = New(); try { found = db.Orders; } finally { db?.Dispose(); } return found; }", "db Query Orders")]
    [InlineData("async Task<List<Order>> Get() { var db = New(); try { return await db.Orders.ToListAsync(); } finally { await db.DisposeAsync(); } }", "")]
    [InlineData("Task<List<Order>> Get(bool own) { var db = New(); try { return db.Orders.ToListAsync(); } finally { if (own) db.Dispose(); } }", "")]
    [InlineData("Task<List<Order>> Get() { var db = New(); try { return db.Orders.ToListAsync(); } catch { db.Dispose(); throw; } }", "")]
    [InlineData("Task<List<Order>> Get(Shop db) { try { return db.Orders.ToListAsync(); } finally { db.Dispose(); } }", "")]
    [InlineData("IEnumerable<Order> Get() { var db = New(); try { foreach (var order in db.Orders) yield return order; } finally { db.Dispose(); } }", "")]
    // Awaited, materialised or done before the end.
    [InlineData("async Task<List<Order>> Get() { using var db = New(); return await db.Orders.ToListAsync(); }", "")]
    [InlineData("async Task<List<Order>> Get() { using var db = New(); var task = db.Orders.ToListAsync(); await Task.Delay(1); return await task.ConfigureAwait(false); }", "")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); return db.Orders.Where(o => o.Id > 1).ToList(); }", "")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); IEnumerable<Order> found = db.Orders; found = found.ToList(); return found; }", "")]
    [InlineData("IEnumerable<int> Get() { using var c = Connect(); return c.Query<int>(\"select 1\"); }", "")]
    [InlineData("IEnumerable<int> Get(bool keep) { using var c = Connect(); return c.Query<int>(\"select 1\", buffered: keep); }", "")]
    [InlineData("IEnumerable<int> Get() { using var c = Connect(); return c.Query<int>(\"select 1\", buffered: false).ToList(); }", "")]
    [InlineData("Task<int> Get() { using var db = New(); return Task.FromResult(db.SaveChanges()); }", "")]
    [InlineData("int Get() { using var db = New(); return db.SaveChangesAsync().Result; }", "")]
    [InlineData("int Get() { using var db = New(); return db.SaveChangesAsync().GetAwaiter().GetResult(); }", "")]
    [InlineData("Task<int> Get() { using var db = New(); var task = db.SaveChangesAsync(); task.Wait(); return task; }", "")]
    [InlineData("async Task<int> Get() { using var db = New(); var a = db.Orders.CountAsync(); var b = db.SaveChangesAsync(); await Task.WhenAll(a, b); return a.Result + b.Result; }", "")]
    [InlineData("async Task Get() { using var db = New(); var all = Task.WhenAll(db.SaveChangesAsync()); await all; }", "")]
    [InlineData("async Task Get() { using var db = New(); var tasks = new List<Task>(); tasks.Add(db.SaveChangesAsync()); await Task.WhenAll(tasks); }", "")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); foreach (var order in db.Orders) yield return order; }", "")]
    [InlineData("IEnumerable<IQueryable<Order>> Get() { using var db = New(); yield return db.Orders; }", "")]
    [InlineData("async Task<Order> Get() { using var c = Connect(); var task = c.ExecuteReaderAsync(\"select 1\"); using var reader = await task; return new Order(); }", "")]
    // Not released here, or not known.
    [InlineData("Task<List<Order>> Get(Shop db) { return db.Orders.ToListAsync(); }", "")]
    [InlineData("Task<List<Order>> Get() { var db = New(); return db.Orders.ToListAsync(); }", "")]
    [InlineData("Task<List<Order>> Get(Shop other) { using var db = New(); return other.Orders.ToListAsync(); }", "")]
    [InlineData("IQueryable<Order> Get(List<Order> orders) { using var db = New(); return orders.AsQueryable(); }", "")]
    [InlineData("Task<int> Get() { using var db = New(); return Outside.RunAsync(db); }", "")]
    [InlineData("Task<int> Get() { using var db = New(); return db.SaveChangesAsync().ContinueWith(t => t.Result); }", "")]
    [InlineData("Func<int> Get() { using var db = New(); return () => db.Orders.Count(); }", "")]
    [InlineData("string Get() { using var db = New(); return db.Orders.ToQueryString(); }", "")]
    [InlineData("Task<int> Get() { using var c = Connect(); return Load(c); } static Task<int> Load(DbConnection c) => Task.FromResult(c.ExecuteScalar<int>(\"select 1\"));", "")]
    [InlineData("IEnumerable<Order> Get() { using var db = New(); foreach (var order in db.Orders) Use(order); return new List<Order>(); } static void Use(Order order) { }", "")]
    [InlineData("DbDataReader Get(DbCommand given) { using (given) { return given.ExecuteReader(); } }", "")]
    public void Usings(string members, string expected)
    {
        CodeUnderTest code = CodeOf(members);
        Assert.Equal(expected, string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.EscapesOf(body.Facts)).SelectMany(Describe)));
    }

    [Theory]
    [InlineData("return db.Orders.ToList();", false)]
    [InlineData("return await db.Orders.ToListAsync();", false)]
    [InlineData("var found = db.Orders.Where(o => o.Id > 1); foreach (var order in found) Use(order); return null;", false)]
    [InlineData("return await Run(() => db.SaveChangesAsync());", true)]
    [InlineData("var ids = new[] { 1 }; return ids.Select(id => db.Orders.Find(id)).ToList();", false)]
    [InlineData("return db.Orders;", true)]
    [InlineData("return db.Orders.ToListAsync();", true)]
    [InlineData("var ids = new[] { 1 }; return ids.Select(id => db.Orders.Find(id));", true)]
    [InlineData("Func<int> count = () => db.Orders.Count(); return count;", true)]
    [InlineData("Func<int> count = () => db.Orders.Count(); return count();", true)]
    [InlineData("tasks.Add(db.SaveChangesAsync()); return null;", true)]
    [InlineData("return new { Orders = db.Orders };", true)]
    [InlineData("return Run(Later); Task<int> Later() => db.SaveChangesAsync();", true)]
    public void No_using_releases_what_may_outlive_its_function(string statements, bool expected)
    {
        CodeUnderTest code = CodeOf(
            $$"""
            async Task<object?> Get(List<Task> tasks)
            {
                var db = new Shop();
                {{statements}}
            }

            static Task<int> Run(Func<Task<int>> work) => work();
            static void Use(Order order) { }
            """);
        Assert.Equal([expected], code.Bodies().SelectMany(body => code.Facts.Lifetimes.LeaksOf(body.Facts)).Where(static leak => leak.Acquisition.Name == "db").Select(static leak => leak.Place is null));
    }

    private static CodeUnderTest CodeOf(string members) => CodeUnderTest.Of(
        $$"""
        class Page
        {
            private List<Order> _listed = [];
            public IEnumerable<Order> Rows { get; set; } = [];
            public IEnumerable<Order> Listed { get => _listed; set => _listed = value.ToList(); }
            public int Count { get; set; }
        }
        record Kept(IEnumerable<Order> Rows, int Count);
        class Other(IEnumerable<Order> rows) { public List<Order> Rows { get; } = rows.ToList(); }
        interface IConnections { DbConnection Create(); }
        abstract class Outside { public static Task<int> RunAsync(Shop db) => Task.FromResult(1); }
        class Report
        {
            {{members}}

            static Shop New() => new Shop();
            static NpgsqlConnection Connect() => new NpgsqlConnection("");
        }
        """);

    private static IEnumerable<string> Describe(DeferredEscape escape) => escape.Leaving.Select(one => $"{escape.Resource} {one.Kind} {one.Name}");
}
