using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR408 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class DeferredEscapeTests
{
    [Theory]
    // Tasks that are returned.
    [InlineData("Task<List<Order>> Get() { using var db = NEW; return db.Orders.ToListAsync(); }", "async Task<List<Order>> Get() { using var db = NEW; return await db.Orders.ToListAsync(); }")]
    [InlineData("public static Task<List<Order>> Get() { using (var db = NEW) { return db.Orders.ToListAsync(); } }", "public static async Task<List<Order>> Get() { using (var db = NEW) { return await db.Orders.ToListAsync(); } }")]
    [InlineData("Task<int> Get() { using var db = NEW; var saved = db.SaveChangesAsync(); return saved; }", "async Task<int> Get() { using var db = NEW; var saved = db.SaveChangesAsync(); return await saved; }")]
    [InlineData("Task<int> Get(bool any) { using var db = NEW; if (!any) return Task.FromResult(0); return db.SaveChangesAsync(); }", "async Task<int> Get(bool any) { using var db = NEW; if (!any) return 0; return await db.SaveChangesAsync(); }")]
    [InlineData("Task<int> Get(bool any) { using var db = NEW; return any ? db.SaveChangesAsync() : Task.FromResult(0); }", "async Task<int> Get(bool any) { using var db = NEW; return await (any ? db.SaveChangesAsync() : Task.FromResult(0)); }")]
    [InlineData("Task Get() { using var db = NEW; return db.SaveChangesAsync(); }", "async Task Get() { using var db = NEW; await db.SaveChangesAsync(); }")]
    [InlineData("Task Get(bool any)\n{\n    using var db = NEW;\n    if (!any)\n        return Task.CompletedTask;\n    return db.SaveChangesAsync();\n}", "async Task Get(bool any)\n{\n    using var db = NEW;\n    if (!any)\n        return;\n    await db.SaveChangesAsync();\n}")]
    [InlineData("Task Get(bool any)\n{\n    using var db = NEW;\n    if (any)\n        return db.SaveChangesAsync(); // All at once.\n    return Task.CompletedTask;\n}", "async Task Get(bool any)\n{\n    using var db = NEW;\n    if (any)\n    {\n        await db.SaveChangesAsync();\n        return; // All at once.\n    }\n}")]
    [InlineData("Task Get() { using (var db = NEW) { return Task.WhenAll(db.SaveChangesAsync()); } }", "async Task Get() { using (var db = NEW) { await Task.WhenAll(db.SaveChangesAsync()); } }")]
    [InlineData("ValueTask<Order?> Get(int id) { using var db = NEW; return db.Orders.FindAsync(id); }", "async ValueTask<Order?> Get(int id) { using var db = NEW; return await db.Orders.FindAsync(id); }")]
    [InlineData("ValueTask<int> Get() { using var db = NEW; return new ValueTask<int>(db.Orders.CountAsync()); }", "async ValueTask<int> Get() { using var db = NEW; return await new ValueTask<int>(db.Orders.CountAsync()); }")]
    [InlineData("ValueTask Get() { using var db = NEW; return new ValueTask(db.SaveChangesAsync()); }", "async ValueTask Get() { using var db = NEW; await new ValueTask(db.SaveChangesAsync()); }")]
    [InlineData("ValueTask<int> Get() { using var db = NEW; return new(db.Orders.CountAsync()); }", null)]
    [InlineData("void Run() { Func<Task<int>> work = () => { using var db = NEW; return db.SaveChangesAsync(); }; }", "void Run() { Func<Task<int>> work = async () => { using var db = NEW; return await db.SaveChangesAsync(); }; }")]
    [InlineData("void Run() { Func<int, Task<int>> work = static id => { using var db = NEW; return db.SaveChangesAsync(); }; }", "void Run() { Func<int, Task<int>> work = static async id => { using var db = NEW; return await db.SaveChangesAsync(); }; }")]
    [InlineData("void Run() { Task<int> Work() { using var db = NEW; return db.SaveChangesAsync(); } }", "void Run() { async Task<int> Work() { using var db = NEW; return await db.SaveChangesAsync(); } }")]
    [InlineData("Task<int> Get() { using var db = NEW; return db.SaveChangesAsync(); } async Task Other() => await Task.Delay(1).ConfigureAwait(false);", "async Task<int> Get() { using var db = NEW; return await db.SaveChangesAsync().ConfigureAwait(false); } async Task Other() => await Task.Delay(1).ConfigureAwait(false);")]
    // Tasks that nobody takes.
    [InlineData("async Task Get() { using var db = NEW; _ = db.SaveChangesAsync(); await Task.Delay(1); }", "async Task Get() { using var db = NEW; await db.SaveChangesAsync(); await Task.Delay(1); }")]
    // Queries and rows.
    [InlineData("IEnumerable<Order> Get() { using var db = NEW; return db.Orders.OrderBy(o => o.Id).Take(9); }", "IEnumerable<Order> Get() { using var db = NEW; return db.Orders.OrderBy(o => o.Id).Take(9).ToList(); }")]
    [InlineData("IReadOnlyCollection<Order>? _kept; void Keep(out IEnumerable<Order> kept) { using var db = NEW; kept = db.Orders.OrderBy(o => o.Id).Take(9); }", "IReadOnlyCollection<Order>? _kept; void Keep(out IEnumerable<Order> kept) { using var db = NEW; kept = db.Orders.OrderBy(o => o.Id).Take(9).ToList(); }")]
    [InlineData("IEnumerable<int> Get() { using var db = NEW; return from o in db.Orders.OrderBy(o => o.Id).Take(9) select o.Id; }", "IEnumerable<int> Get() { using var db = NEW; return (from o in db.Orders.OrderBy(o => o.Id).Take(9) select o.Id).ToList(); }")]
    [InlineData("async Task<IEnumerable<Order>> Get() { using var db = NEW; await db.SaveChangesAsync(); return db.Orders.OrderBy(o => o.Id).Take(9); }", "async Task<IEnumerable<Order>> Get() { using var db = NEW; await db.SaveChangesAsync(); return await db.Orders.OrderBy(o => o.Id).Take(9).ToListAsync(); }")]
    [InlineData("async Task<IEnumerable<Order>> Get(CancellationToken stop) { using var db = NEW; await db.SaveChangesAsync(stop).ConfigureAwait(false); return db.Orders.OrderBy(o => o.Id).Take(9); }", "async Task<IEnumerable<Order>> Get(CancellationToken stop) { using var db = NEW; await db.SaveChangesAsync(stop).ConfigureAwait(false); return await db.Orders.OrderBy(o => o.Id).Take(9).ToListAsync(stop).ConfigureAwait(false); }")]
    // Held by an object or a tuple.
    [InlineData("Page Get() { using var db = NEW; return new Page { Rows = db.Orders.OrderBy(o => o.Id).Take(9) }; } class Page { public IEnumerable<Order> Rows { get; set; } = []; }", "Page Get() { using var db = NEW; return new Page { Rows = db.Orders.OrderBy(o => o.Id).Take(9).ToList() }; } class Page { public IEnumerable<Order> Rows { get; set; } = []; }")]
    [InlineData("(IEnumerable<Order>, int) Get() { using var db = NEW; return (db.Orders.OrderBy(o => o.Id).Take(9), 1); }", null)]
    [InlineData("(Task<int>, int) Get() { using var db = NEW; return (db.SaveChangesAsync(), 1); }", null)]
    // Released in a finally block.
    [InlineData("Task<int> Get() { var db = NEW; try { return db.SaveChangesAsync(); } finally { db.Dispose(); } }", "async Task<int> Get() { var db = NEW; try { return await db.SaveChangesAsync(); } finally { db.Dispose(); } }")]
    [InlineData("IEnumerable<Order> Get() { var db = NEW; try { return db.Orders.OrderBy(o => o.Id).Take(9); } finally { db.Dispose(); } }", "IEnumerable<Order> Get() { var db = NEW; try { return db.Orders.OrderBy(o => o.Id).Take(9).ToList(); } finally { db.Dispose(); } }")]
    [InlineData("async Task<IEnumerable<Order>> Get() { await Task.Yield(); lock (this) { using var db = NEW; return db.Orders.OrderBy(o => o.Id).Take(9); } }", "async Task<IEnumerable<Order>> Get() { await Task.Yield(); lock (this) { using var db = NEW; return db.Orders.OrderBy(o => o.Id).Take(9).ToList(); } }")]
    // No plan: nothing can take the place, or the function cannot await.
    [InlineData("async Task Run() { await Task.Yield(); lock (this) { using var db = NEW; _ = db.SaveChangesAsync(); } }", null)]
    [InlineData("IQueryable<Order> Get() { using var db = NEW; return db.Orders; }", null)]
    [InlineData("IAsyncEnumerable<Order> Get() { using var db = NEW; return db.Orders.AsAsyncEnumerable(); }", null)]
    [InlineData("Task<int> Get(ref int count) { using var db = NEW; return db.SaveChangesAsync(); }", null)]
    [InlineData("Task<int> Work { get { using var db = NEW; return db.SaveChangesAsync(); } }", null)]
    [InlineData("void Run() { using var db = NEW; _ = db.SaveChangesAsync(); }", null)]
    [InlineData("Task<int>? Get(bool any) { using var db = NEW; if (!any) return null; return db.SaveChangesAsync(); }", null)]
    public Task Contexts(string before, string? after) => Fixes(before, after, "{|DBR408:new ShopContext|}()", "new ShopContext()");

    [Theory]
    [InlineData("Task<IEnumerable<int>> Get() { using var c = NEW; return c.QueryAsync<int>(\"select 1\"); }", "async Task<IEnumerable<int>> Get() { using var c = NEW; return await c.QueryAsync<int>(\"select 1\"); }")]
    [InlineData("IEnumerable<int> Get() { using var c = NEW; return c.Query<int>(\"select 1\", buffered: false); }", "IEnumerable<int> Get() { using var c = NEW; return c.Query<int>(\"select 1\", buffered: false).ToList(); }")]
    [InlineData("DbDataReader Get() { using var c = NEW; c.Open(); using var command = c.CreateCommand(); return command.ExecuteReader(); }", null)]
    [InlineData("Task<int> Get() { using var c = NEW; using var command = c.CreateCommand(); return command.ExecuteNonQueryAsync(); }", "async Task<int> Get() { using var c = NEW; using var command = c.CreateCommand(); return await command.ExecuteNonQueryAsync(); }")]
    public Task Connections(string before, string? after) => Fixes(before, after, "{|DBR408:new NpgsqlConnection|}(\"\")", "new NpgsqlConnection(\"\")");

    [Theory]
    [InlineData("async Task<List<Order>> Get() { using var db = new ShopContext(); return await db.Orders.ToListAsync(); }")]
    [InlineData("Task<int> Get() { using var c = new SqliteConnection(\"\"); return c.ExecuteAsync(\"delete from orders\"); }")]
    [InlineData("Task<int> Get(ShopContext db) => db.SaveChangesAsync();")]
    [InlineData("(IEnumerable<Order>, int) Get() { using var db = new ShopContext(); return (db.Orders.OrderBy(o => o.Id).Take(9).ToList(), 1); }")]
    [InlineData("Page Get() { using var db = new ShopContext(); return new Page { Rows = db.Orders.OrderBy(o => o.Id).Take(9) }; } class Page { private List<Order> _rows = []; public IEnumerable<Order> Rows { get => _rows; set => _rows = value.ToList(); } }")]
    [InlineData("async Task<int> Get() { var db = new ShopContext(); try { return await db.SaveChangesAsync(); } finally { await db.DisposeAsync(); } }")]
    [InlineData("ValueTask<int> Get() { using var db = new ShopContext(); return new ValueTask<int>(db.Orders.Count()); }")]
    [InlineData("async Task<int> Get() { using var db = new ShopContext(); return await new ValueTask<int>(db.Orders.CountAsync()); }")]
    public Task Quiet(string members) => SuggestionCode<DeferredEscape, DeferredEscapeFix>.Reports(Wrap(members));

    [Fact]
    public Task A_context_of_a_scope() => Fixes(
        "Task<int> Get(IScopes scopes) { using var scope = scopes.CreateScope(); var db = scope.Services.NEW; return db.SaveChangesAsync(); }", null, "Get<ShopContext>()", "Get<ShopContext>()", isQuiet: true);

    private static Task Fixes(string before, string? after, string reported, string made, bool isQuiet = false)
    {
        string first = Wrap(before.Replace("NEW", reported, StringComparison.Ordinal));
        if (isQuiet)
            return SuggestionCode<DeferredEscape, DeferredEscapeFix>.Reports(first);
        return SuggestionCode<DeferredEscape, DeferredEscapeFix>.Fixes(first, after is null ? first : Wrap(after.Replace("NEW", made, StringComparison.Ordinal)));
    }

    private static string Wrap(string members) => $$"""
        using Microsoft.Data.Sqlite;
        using Npgsql;

        interface IServices { T Get<T>(); }

        interface IScope : IDisposable { IServices Services { get; } }

        interface IScopes { IScope CreateScope(); }

        class Store
        {
            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;
}
