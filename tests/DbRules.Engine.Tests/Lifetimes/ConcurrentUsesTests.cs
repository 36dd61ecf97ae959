using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>Operations that run at the same time on one context: one shape of code a line.</summary>
public sealed class ConcurrentUsesTests
{
    [Theory]
    // Started together.
    [InlineData("await Task.WhenAll(db.Orders.ToListAsync(), db.SaveChangesAsync());", "db: ToListAsync SaveChangesAsync")]
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), db.SaveChangesAsync(), db.Orders.LoadAsync()).ConfigureAwait(false);", "db: CountAsync SaveChangesAsync LoadAsync")]
    [InlineData("Task.WaitAll(db.Orders.ToListAsync(), db.SaveChangesAsync());", "db: ToListAsync SaveChangesAsync")]
    [InlineData("await Task.WhenAll(new[] { db.Orders.CountAsync(), db.SaveChangesAsync() });", "db: CountAsync SaveChangesAsync")]
    [InlineData("return Task.WhenAll(db.Orders.CountAsync(), db.SaveChangesAsync());", "db: CountAsync SaveChangesAsync")]
    [InlineData("await Task.WhenAll(_db.Orders.CountAsync(), this._db.SaveChangesAsync());", "_db: CountAsync SaveChangesAsync")]
    [InlineData("var same = db; await Task.WhenAll(db.Orders.CountAsync(), same.SaveChangesAsync());", "db: CountAsync SaveChangesAsync")]
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), db.Database.ExecuteSqlRawAsync(\"delete from x\"));", "db: CountAsync ExecuteSqlRawAsync")]
    [InlineData("var set = db.Orders; await Task.WhenAll(set.CountAsync(), set.Where(o => o.Id > 1).CountAsync());", "db: CountAsync CountAsync")]
    // Started, and awaited after the next has started.
    [InlineData("var a = db.Orders.CountAsync(); var b = db.SaveChangesAsync(); Use(await a + await b);", "db: CountAsync SaveChangesAsync")]
    [InlineData("var a = db.Orders.CountAsync(); Use(db.Orders.Count()); Use(await a);", "db: CountAsync Count")]
    [InlineData("Task a = db.Orders.LoadAsync(); if (flag) await db.SaveChangesAsync(); await a;", "db: LoadAsync SaveChangesAsync")]
    [InlineData("_ = db.SaveChangesAsync(); var found = await db.Orders.ToListAsync();", "db: SaveChangesAsync ToListAsync")]
    [InlineData("db.SaveChangesAsync(); db.Orders.ToList();", "db: SaveChangesAsync ToList")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) tasks.Add(db.Orders.Where(o => o.Id == id).LoadAsync()); await Task.WhenAll(tasks);", "db: LoadAsync LoadAsync")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(db.Orders.LoadAsync()); tasks.Add(db.SaveChangesAsync()); await Task.WhenAll(tasks);", "db: LoadAsync SaveChangesAsync")]
    // Several elements at once.
    [InlineData("await Task.WhenAll(ids.Select(async id => await db.Orders.FindAsync(id)));", "db: FindAsync FindAsync runner")]
    [InlineData("await Task.WhenAll(ids.Select(id => db.Orders.FirstAsync(o => o.Id == id)));", "db: FirstAsync FirstAsync runner")]
    [InlineData("var tasks = ids.Select(id => db.Orders.FirstAsync(o => o.Id == id)).ToList(); await Task.WhenAll(tasks);", "db: FirstAsync FirstAsync runner")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, stop) => await db.Orders.FindAsync([id], stop));", "db: FindAsync FindAsync runner")]
    [InlineData("Parallel.ForEach(ids, id => Use(db.Orders.Count(o => o.Id == id)));", "db: Count Count runner")]
    [InlineData("await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, stop) => await db.SaveChangesAsync(stop));", "db: SaveChangesAsync SaveChangesAsync runner")]
    [InlineData("ids.AsParallel().ForAll(id => db.Orders.Count(o => o.Id == id));", "db: Count Count runner")]
    // Threads.
    [InlineData("await Task.WhenAll(Task.Run(() => db.Orders.Count()), Task.Run(() => db.SaveChanges()));", "db: Run Run")]
    [InlineData("var a = Task.Run(() => db.Orders.ToList()); db.SaveChanges(); await a;", "db: Run SaveChanges")]
    // Through calls.
    [InlineData("await Task.WhenAll(CountAsync(), SaveAsync());", "_db: CountAsync SaveAsync")]
    [InlineData("await Task.WhenAll(CountOf(db), CountOf(db));", "db: CountOf CountOf")]
    [InlineData("await Task.WhenAll(Local(), db.SaveChangesAsync()); async Task<int> Local() => await db.Orders.CountAsync();", "db: Local SaveChangesAsync")]
    [InlineData("await Task.WhenAll(ids.Select(id => CountAsync()));", "_db: CountAsync CountAsync runner")]
    // One after the other.
    [InlineData("await db.Orders.LoadAsync(); await db.SaveChangesAsync();", "")]
    [InlineData("var a = db.Orders.CountAsync(); Use(await a); var b = db.SaveChangesAsync(); Use(await b);", "")]
    [InlineData("var a = db.Orders.CountAsync(); a.Wait(); await db.SaveChangesAsync();", "")]
    [InlineData("var a = db.Orders.CountAsync(); Helper(a); await db.SaveChangesAsync();", "")]
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), Task.Delay(1)); await db.SaveChangesAsync();", "")]
    [InlineData("if (flag) { _ = db.SaveChangesAsync(); } else { await db.Orders.LoadAsync(); }", "")]
    [InlineData("var task = flag ? db.Orders.CountAsync() : db.SaveChangesAsync(); Use(await task);", "")]
    [InlineData("foreach (var id in ids) { var task = db.Orders.FindAsync(id); Use(await task); }", "")]
    [InlineData("foreach (var task in ids.Select(id => db.Orders.FirstAsync(o => o.Id == id))) Use(await task);", "")]
    [InlineData("await Task.WhenAll(db.SaveChangesAsync().ContinueWith(t => 1), Task.Delay(1)); Use(1);", "")]
    [InlineData("await Task.Run(() => db.Orders.Count()); await Task.Run(() => db.SaveChanges());", "")]
    // Contexts of their own, locks, options.
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), _db.SaveChangesAsync());", "")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await using var own = factory.CreateDbContext(); await own.SaveChangesAsync(); }));", "")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, stop) => { using var own = new Shop(); await own.SaveChangesAsync(stop); });", "")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) { var own = factory.CreateDbContext(); tasks.Add(own.SaveChangesAsync()); } await Task.WhenAll(tasks);", "")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await _turn.WaitAsync(); try { await db.SaveChangesAsync(); } finally { _turn.Release(); } }));", "")]
    [InlineData("Parallel.ForEach(ids, id => { lock (_turn) db.SaveChanges(); });", "")]
    [InlineData("await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 1 }, async (id, stop) => await db.SaveChangesAsync(stop));", "")]
    [InlineData("await Parallel.ForEachAsync(ids, options, async (id, stop) => await db.SaveChangesAsync(stop));", "")]
    [InlineData("var rows = db.Orders.ToList(); rows.AsParallel().ForAll(row => Use(row.Id)); await db.SaveChangesAsync();", "")]
    [InlineData("await Task.WhenAll(connection.ExecuteAsync(\"delete from x\"), connection.ExecuteAsync(\"delete from y\"));", "")]
    [InlineData("await Task.WhenAll(OwnAsync(), OwnAsync());", "")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await Task.Delay(1); Use(id); })); await db.SaveChangesAsync();", "")]
    public void Statements(string statements, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Report
            {
                private Shop _db = new Shop();
                private readonly SemaphoreSlim _turn = new(1);

                {{(statements.StartsWith("return", StringComparison.Ordinal) || !statements.Contains("await", StringComparison.Ordinal) ? "" : "async ")}}Task RunAsync(Shop db, IDbContextFactory<Shop> factory, DbConnection connection, ParallelOptions options, int[] ids, bool flag)
                {
                    {{statements}}
                    {{(statements.StartsWith("return", StringComparison.Ordinal) || statements.Contains("await", StringComparison.Ordinal) ? "" : "return Task.CompletedTask;")}}
                }

                private async Task<int> CountAsync() => await _db.Orders.CountAsync();
                private async Task<int> SaveAsync() => await _db.SaveChangesAsync();
                private async Task OwnAsync() { using var own = new Shop(); await own.SaveChangesAsync(); }
                private static async Task<int> CountOf(Shop shop) => await shop.Orders.CountAsync();
                private static void Helper(Task task) => task.Wait();
                private static void Use(object? value) { }
            }
            """);
        Assert.Equal(expected, string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.ConcurrentUsesOf(body.Facts)).Select(Describe)));
    }

    [Theory]
    // The driver of SQLite has ended before it hands out the task.
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), db.SaveChangesAsync());", "UseSqlite", "")]
    [InlineData("await Task.WhenAll(ids.Select(async id => await db.Orders.FindAsync(id)));", "UseSqlite", "")]
    // Threads run at the same time on any database.
    [InlineData("await Task.WhenAll(Task.Run(() => db.Orders.Count()), Task.Run(() => db.SaveChanges()));", "UseSqlite", "db: Run Run")]
    [InlineData("Parallel.ForEach(ids, id => db.Orders.Count(o => o.Id == id));", "UseSqlite", "db: Count Count runner")]
    // Databases of two dialects: nobody knows which one it is.
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), db.SaveChangesAsync());", "UseSqlite(\"\"); options.UseNpgsql", "db: CountAsync SaveChangesAsync")]
    [InlineData("await Task.WhenAll(db.Orders.CountAsync(), db.SaveChangesAsync());", "UseNpgsql", "db: CountAsync SaveChangesAsync")]
    public void Contexts_of_a_database_that_is_set_up_in_view(string statements, string setUp, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            namespace Microsoft.EntityFrameworkCore
            {
                public static class SqliteDbContextOptionsBuilderExtensions
                {
                    public static void UseSqlite(this DbContextOptionsBuilder options, string connectionString) { }
                }
            }

            class Report
            {
                async Task RunAsync(Shop db, int[] ids)
                {
                    {{statements}}
                    await Task.Yield();
                }

                static void SetUp(DbContextOptionsBuilder options) { options.{{setUp}}(""); }
            }
            """);
        Assert.Equal(expected, string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.ConcurrentUsesOf(body.Facts)).Select(Describe)));
    }

    private static string Describe(ConcurrentUse use) =>
        $"{use.Context}: {string.Join(" ", new[] { use.First, use.Second }.Concat(use.More).Select(static one => one.Name))}{(use.Runner is null ? "" : " runner")}";
}
