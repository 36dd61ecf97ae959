using Xunit;
using Code = DbRules.Tests.Rules.Lifetimes.LifetimeCode;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>What an object makes and keeps: the rule of its kind speaks, as a suggestion, where the class never releases it.</summary>
public class KeptResourceTests
{
    [Theory]
    [InlineData("private readonly SqlConnection _own;\npublic Report(string text) { _own = new SqlConnection(text); _own.Open(); }\npublic int Count() => _own.ExecuteScalar<int>(\"select 1\");", "DBR401 new SqlConnection")]
    [InlineData("private SqlConnection? _own;\npublic async Task<int> CountAsync(string text) { _own = new SqlConnection(text); await _own.OpenAsync(); return await _own.ExecuteScalarAsync<int>(\"select 1\"); }", "DBR401 new SqlConnection")]
    [InlineData("private NpgsqlConnection? _own;\npublic async Task<int> CountAsync(NpgsqlDataSource source) { _own = await source.OpenConnectionAsync(); return await _own.ExecuteScalarAsync<int>(\"select 1\"); }", "DBR401 OpenConnectionAsync")]
    [InlineData("private readonly SqlConnection _own = new(\"x\");\npublic void Run() => _own.Open();", "DBR401 new(\"x\")")]
    [InlineData("private SqlConnection? _own;\npublic void Run(string text) { _own = new SqlConnection(text); _own.Open(); }\npublic void Dispose() { _own = null; }", "DBR401 new SqlConnection")]
    [InlineData("private readonly SqlCommand _own = new(\"select 1\");\npublic int Run(SqlConnection c) { _own.Connection = c; return _own.ExecuteNonQuery(); }", "DBR402 new(\"select 1\")")]
    [InlineData("private DbDataReader? _rows;\npublic async Task StartAsync(DbCommand command) { _rows = await command.ExecuteReaderAsync(); }\npublic Task<bool> NextAsync() => _rows!.ReadAsync();", "DBR403 ExecuteReaderAsync")]
    [InlineData("private readonly ShopContext _db;\npublic Report(IDbContextFactory<ShopContext> factory) => _db = factory.CreateDbContext();\npublic int Count() => _db.Orders.Count();", "DBR404 CreateDbContext")]
    [InlineData("private IDbContextTransaction? _tx;\npublic async Task StartAsync(ShopContext db) { _tx = await db.Database.BeginTransactionAsync(); }\npublic Task EndAsync() => _tx!.CommitAsync();", "DBR405 BeginTransactionAsync")]
    public Task Never_released(string code, string finding) => Code.Suggests(code, finding);

    [Theory]
    [InlineData("private readonly SqlConnection _own;\npublic Report(SqlConnection given) { _own = given; _own.Open(); }")]
    [InlineData("private readonly ShopContext _db;\npublic Report(ShopContext? db = null) { _db = db ?? new ShopContext(); }\npublic int Count() => _db.Orders.Count();")]
    [InlineData("private static readonly SqlConnection Shared = new(\"x\");\npublic void Run() => Shared.Open();")]
    [InlineData("private readonly SqlConnection _own = new(\"x\");\npublic int Count() => _own.ExecuteScalar<int>(\"select 1\");")]
    [InlineData("private readonly SqliteConnection _own = new(\"Data Source=:memory:\");\npublic void Run() => _own.Open();")]
    [InlineData("private readonly ShopContext _db = new();\nprivate readonly List<IDisposable> _all = [];\npublic void Run() { _db.SaveChanges(); _all.Add(_db); }")]
    [InlineData("private readonly ShopContext _db = new();\npublic IQueryable<Order> Orders => _db.Orders;\npublic ShopContext Context => _db;")]
    [InlineData("private ShopContext? _db;\npublic void Run() { _db = new ShopContext(); _db.SaveChanges(); }\npublic async ValueTask DisposeAsync() { if (_db is not null) await _db.DisposeAsync(); }")]
    [InlineData("private ShopContext? _db;\npublic void Run() { _db = new ShopContext(); _db.SaveChanges(); }\nprotected virtual void Dispose(bool disposing) { if (disposing) _db?.Dispose(); }")]
    public Task Released_handed_on_or_idle(string code) => Code.Reports(code);

    [Theory]
    [InlineData("private readonly SqlConnection _own = new(\"x\");\npublic void Run() => _own.Open();", "Connection '_own' is kept by 'Report', which never releases it")]
    [InlineData("private readonly ShopContext _db = new();\npublic int Count() => _db.Orders.Count();", "Context '_db' is kept by 'Report', which never releases it")]
    [InlineData("private DbDataReader? _rows;\npublic void Start(DbCommand command) { _rows = command.ExecuteReader(); }", "The reader of 'ExecuteReader' is kept by 'Report', which never releases it")]
    public Task Message_names_field_and_class(string code, string message) => Code.Says(code, message);

    [Fact]
    public Task A_fixture_of_tests_is_quiet() => Code.Reports("using Xunit; class OrderTests { private readonly ShopContext _db = new(); [Fact] public void Counts() => _db.Orders.Count(); } namespace Xunit { class FactAttribute : Attribute { } }");
}
