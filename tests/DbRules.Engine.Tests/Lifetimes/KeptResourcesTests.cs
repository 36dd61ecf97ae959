using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>What objects make, keep in a private member and never release: one class a line.</summary>
public sealed class KeptResourcesTests
{
    [Theory]
    [InlineData("private readonly NpgsqlConnection _c;\npublic Report(string text) { _c = new NpgsqlConnection(text); _c.Open(); }", "_c Connection")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() { _c.Open(); _c.Execute(\"select 1\"); }", "_c Connection")]
    [InlineData("private NpgsqlConnection? _c;\npublic async Task RunAsync(string text) { _c = new NpgsqlConnection(text); await _c.OpenAsync(); }", "_c Connection")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c ??= new NpgsqlConnection(text); _c.Open(); }", "_c Connection")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(NpgsqlDataSource source) { _c = source.OpenConnection(); _c.Execute(\"select 1\"); }", "_c Connection")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { var c = new NpgsqlConnection(text); c.Open(); _c = c; }", "_c Connection")]
    [InlineData("private NpgsqlConnection? _c = null;\npublic void Run(string text) { this._c = Made(text); _c.Open(); }\nprivate static NpgsqlConnection Made(string text) => new(text);", "_c Connection")]
    [InlineData("private NpgsqlConnection Own { get; } = new(\"x\");\npublic void Run() => Own.Open();", "Own Connection")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\nprivate readonly NpgsqlCommand _sent;\npublic Report() { _c.Open(); _sent = new NpgsqlCommand(\"select 1\", _c); }\npublic void Run() => _sent.ExecuteNonQuery();", "_c Connection, _sent Command")]
    [InlineData("private readonly Shop _db = new();\npublic int Count() => _db.Orders.Count();", "_db Context")]
    [InlineData("private readonly Shop _db;\npublic Report(IDbContextFactory<Shop> factory) => _db = factory.CreateDbContext();\npublic int Count() => _db.Orders.Count();", "_db Context")]
    [InlineData("private DbDataReader? _rows;\npublic void Start(DbCommand command) { _rows = command.ExecuteReader(); }\npublic bool Next() => _rows!.Read();", "_rows Reader")]
    [InlineData("private DbTransaction? _tx;\npublic void Start(DbConnection c) { _tx = c.BeginTransaction(); }\npublic void End() => _tx!.Commit();", "_tx Transaction")]
    // Only the first of several.
    [InlineData("private Shop _db = new();\npublic int Count() => _db.Orders.Count();\npublic void Reset() { _db = new Shop(); }", "_db Context")]
    // What uses it for the time of a call does not release it.
    [InlineData("private readonly Shop _db = new();\npublic int Count() => Of(_db);\nprivate static int Of(Shop db) => db.Orders.Count();", "_db Context")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() { _c.Open(); Of(() => _c.Execute(\"select 1\")); }\nprivate static void Of(Action work) => work();", "_c Connection")]
    [InlineData("private Shop _db = new();\npublic int Count() => _db.Orders.Count();\npublic void Drop() { _db = null!; }", "_db Context")]
    public void Never_released(string members, string expected) => Assert.Equal(expected, Kept(members));

    [Theory]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\npublic void Dispose() => _c.Dispose();")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Dispose() => _c?.Dispose();")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic async ValueTask DisposeAsync() { if (_c != null) await _c.DisposeAsync(); }")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\nprotected virtual void Dispose(bool disposing) { if (disposing) _c.Dispose(); }")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() { _c.Open(); _c.Execute(\"select 1\"); _c.Close(); }")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\n~Report() => _c.Dispose();")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\npublic void Stop() { using (_c) { } }")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Dispose() => Interlocked.Exchange(ref _c, null)?.Dispose();")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Dispose() { var c = _c; c?.Dispose(); }")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Dispose() { if (_c is { } c) c.Dispose(); }")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Dispose() => Quietly(_c);\nprivate static void Quietly(IDisposable? one) => one?.Dispose();")]
    [InlineData("private DbTransaction? _tx;\npublic void Start(DbConnection c) { _tx = c.BeginTransaction(); }\npublic void End() => _tx!.Commit();\npublic void Undo() => _tx!.Rollback();")]
    // Somebody else may release it.
    [InlineData("protected readonly NpgsqlConnection Own = new(\"x\");\npublic void Run() => Own.Open();")]
    [InlineData("protected NpgsqlConnection Own { get; } = new(\"x\");\npublic void Run() => Own.Open();")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\npublic DbConnection Current => _c;")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\nprivate readonly Owner _owner;\npublic Report() { _c.Open(); _owner = new Owner(_c); }")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\nprivate readonly List<IDisposable> _all = [];\npublic Report() { _c.Open(); _all.Add(_c); }")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\nclass Inner(Report report) { public void Stop() => report._c.Dispose(); }")]
    [InlineData("private NpgsqlConnection? _c;\npublic void Run(string text) { _c = new NpgsqlConnection(text); _c.Open(); }\npublic void Take(Report other) { (_c, other._c) = (other._c, null); }")]
    [InlineData("private NpgsqlConnection? _c;\npublic DbConnection Open(string text) { _c = new NpgsqlConnection(text); _c.Open(); return _c; }")]
    [InlineData("private NpgsqlConnection? _c;\npublic DbConnection Open(string text) => _c ??= new NpgsqlConnection(text);\npublic void Run() => _c!.Open();")]
    // Never its own, or not always.
    [InlineData("private readonly NpgsqlConnection _c;\npublic Report(NpgsqlConnection c) { _c = c; _c.Open(); }")]
    [InlineData("private readonly NpgsqlConnection _c;\npublic Report(NpgsqlConnection? c) { _c = c ?? new NpgsqlConnection(\"x\"); _c.Open(); }")]
    [InlineData("private readonly Shop _db;\npublic Report() { _db = new Shop(); }\npublic Report(Shop db) { _db = db; }\npublic int Count() => _db.Orders.Count();")]
    [InlineData("private readonly DbConnection _c;\npublic Report(Shop db) { _c = db.Database.GetDbConnection(); _c.Open(); }")]
    [InlineData("private static readonly NpgsqlConnection Shared = new(\"x\");\npublic void Run() => Shared.Open();")]
    // It holds nothing.
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Execute(\"select 1\");")]
    [InlineData("private readonly NpgsqlConnection _c = new(\"x\");\npublic string Name() => _c.Database;")]
    [InlineData("private readonly Shop _db = new();")]
    // A database in memory lives by it.
    [InlineData("private readonly NpgsqlConnection _c = new(\"Data Source=:memory:\");\npublic void Run() => _c.Open();")]
    [InlineData("private readonly NpgsqlConnection _keepAlive;\npublic Report(string text) { _keepAlive = new NpgsqlConnection(text); _keepAlive.Open(); }")]
    public void Released_handed_on_or_idle(string members) => Assert.Equal("", Kept(members));

    [Fact]
    public void A_part_in_another_declaration_may_release_it() => Assert.Equal(
        "",
        Kept("private readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();\n}\npartial class Report\n{\npublic void Stop() => _c.Dispose();"));

    [Fact]
    public void What_starts_a_program_lives_as_long() => Assert.Equal(
        "",
        Kept("}\nclass Startup\n{\nprivate readonly NpgsqlConnection _c = new(\"x\");\npublic void Run() => _c.Open();"));

    private static string Kept(string members)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Owner(IDisposable owned) : IDisposable { public void Dispose() => owned.Dispose(); }
            partial class Report
            {
                {{members}}
            }
            """);
        Leak[] leaks = [.. code.Bodies().SelectMany(body => code.Facts.Lifetimes.LeaksOf(body.Facts))];
        Assert.All(leaks, static leak => Assert.Equal(LeakPath.Kept, leak.Path));
        return string.Join(", ", leaks.Select(static leak => leak.Name + " " + leak.Acquisition.Kind));
    }
}
