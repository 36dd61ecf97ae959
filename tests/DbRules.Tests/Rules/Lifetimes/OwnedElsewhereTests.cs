using Xunit;
using Code = DbRules.Tests.Rules.Lifetimes.LifetimeCode;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>Trap T22 and its kin: what is released, and what is somebody else's to release.</summary>
public class OwnedElsewhereTests
{
    [Theory]
    [InlineData("using var c = new SqlConnection(text); c.Open();")]
    [InlineData("await using var c = new SqlConnection(text); await c.OpenAsync(ct);")]
    [InlineData("await using var c = await source.OpenConnectionAsync(ct); await c.ExecuteAsync(\"select 1\");")]
    [InlineData("using (var c = new SqlConnection(text)) { c.Open(); }")]
    [InlineData("using (SqlConnection c = new(text), d = new(text)) { c.Open(); d.Open(); }")]
    [InlineData("using (IDbConnection c = new SqlConnection(text)) c.Execute(\"select 1\");")]
    [InlineData("using (sql) { sql.Open(); }")]
    [InlineData("var c = new SqlConnection(text); await using (c) { await c.OpenAsync(ct); }")]
    [InlineData("var c = new SqlConnection(text); await using var _ = c.ConfigureAwait(false); await c.OpenAsync(ct);")]
    [InlineData("SqlConnection c; using (c = new SqlConnection(text)) { c.Open(); }")]
    [InlineData("using var c = flag ? new SqlConnection(text) : null; c?.Open();")]
    [InlineData("using var c = new SqlConnection(text); c.Open(); using var command = c.CreateCommand(); using var reader = command.ExecuteReader(); while (reader.Read()) Use(reader.GetInt32(0));")]
    [InlineData("using (var shop = factory.CreateDbContext()) { return shop.Orders.ToList(); }")]
    [InlineData("await using (var shop = await factory.CreateDbContextAsync(ct)) { return await shop.Orders.ToListAsync(ct); }")]
    [InlineData("switch (ids.Length) { case 1: { using var c = new SqlConnection(text); c.Open(); break; } }")]
    [InlineData("foreach (var id in ids) { using var c = new SqlConnection(text); c.Open(); if (id > 3) continue; Use(id); }")]
    public Task Using(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); } finally { c.Dispose(); }")]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); } finally { c.Close(); }")]
    [InlineData("var c = new SqlConnection(text); try { await c.OpenAsync(ct); await c.ExecuteAsync(\"select 1\"); } finally { await c.DisposeAsync(); }")]
    [InlineData("SqlConnection? c = null; try { c = new SqlConnection(text); c.Open(); } finally { if (c != null) c.Dispose(); }")]
    [InlineData("SqlConnection? c = null; try { c = new SqlConnection(text); c.Open(); } finally { if (c is not null) { c.Close(); c.Dispose(); } }")]
    [InlineData("SqlConnection? c = null; try { c = new SqlConnection(text); c.Open(); } finally { c?.Dispose(); }")]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); } finally { if (c.State != ConnectionState.Closed) c.Close(); }")]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); c.Close(); } catch { c.Close(); throw; }")]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); } catch (Exception e) { Use(e); } c.Dispose();")]
    [InlineData("var c = new SqlConnection(text); c.Open(); try { try { c.Execute(\"select 1\"); } catch (DbException) { Use(1); } } finally { c.Dispose(); }")]
    [InlineData("var c = new SqlConnection(text); c.Open(); try { foreach (var id in ids) { if (id == 1) continue; if (id == 2) break; if (id == 3) return id; } } finally { c.Dispose(); }")]
    [InlineData("var c = new SqlConnection(text); try { if (flag) goto end; c.Open(); c.Execute(\"select 1\"); end: Use(1); } finally { c.Dispose(); }")]
    [InlineData("var c = new SqlConnection(text); c.Open(); c.Dispose();")]
    [InlineData("var c = new SqlConnection(text); if (flag) return null; using (c) c.Open();")]
    [InlineData("var c = new SqlConnection(text); c.Open(); Done(); void Done() => c.Dispose();")]
    [InlineData("var c = new SqlConnection(text); try { c.Open(); c.Execute(\"select 1\"); } finally { Done(); } void Done() => c.Dispose();")]
    [InlineData("var c = new SqlConnection(text); c.Open(); Close(c); static void Close(DbConnection closed) => closed.Dispose();")]
    [InlineData("var c = new SqlConnection(text); DbConnection same = c; try { c.Open(); c.Execute(\"select 1\"); } finally { same.Dispose(); }")]
    public Task Released_by_the_code(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = new SqlConnection(text); c.Open(); return c;")]
    [InlineData("return new SqlConnection(text);")]
    [InlineData("return await source.OpenConnectionAsync(ct);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return (c, 1);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return new { Connection = c };")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return new[] { c };")]
    [InlineData("var c = new SqlConnection(text); c.Open(); List<DbConnection> all = [c]; return all;")]
    [InlineData("var c = new SqlConnection(text); c.Open(); kept.Add(c);")]
    [InlineData("kept.Add(new SqlConnection(text));")]
    [InlineData("var byName = new Dictionary<string, DbConnection>(); var c = new SqlConnection(text); c.Open(); byName[text] = c; return byName;")]
    [InlineData("var c = new SqlConnection(text); c.Open(); _held = c;")]
    [InlineData("_held = new SqlConnection(text); _held.Open();")]
    [InlineData("_held ??= new SqlConnection(text); _held.Open();")]
    [InlineData("var c = _held ??= new SqlConnection(text); c.Open();")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return new Owner(c);")]
    [InlineData("using var owner = new Owner(new SqlConnection(text));")]
    [InlineData("var c = new SqlConnection(text); c.Open(); response.RegisterForDispose(c);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); response.OnCompleted(() => c.Dispose());")]
    [InlineData("var c = new SqlConnection(text); c.Open(); response.OnCompleted(c.Dispose);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); Func<DbConnection> get = () => c; return get;")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return c.CreateCommand().ExecuteReader(CommandBehavior.CloseConnection);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); using var command = new SqlCommand(text, c); return await command.ExecuteReaderAsync(CommandBehavior.CloseConnection | CommandBehavior.SingleRow, ct);")]
    [InlineData("var c = new SqlConnection(text); c.Open(); var command = new SqlCommand(text, c); return command;")]
    [InlineData("var c = new SqlConnection(text); c.Open(); return c.BeginTransaction();")]
    [InlineData("var c = new SqlConnection(text); c.Open(); var tx = c.BeginTransaction(); return tx;")]
    [InlineData("var c = new NpgsqlConnection(text); c.Open(); return new DbContextOptionsBuilder<ShopContext>().UseNpgsql(c).Options;")]
    [InlineData("var c = new NpgsqlConnection(text); c.Open(); return new ShopContext(new DbContextOptionsBuilder().UseNpgsql(c).Options);")]
    [InlineData("var shop = factory.CreateDbContext(); return shop;")]
    [InlineData("var reader = given.ExecuteReader(); return reader;")]
    [InlineData("return await given.ExecuteReaderAsync(ct);")]
    [InlineData("var tx = await connection.BeginTransactionAsync(ct); return tx;")]
    [InlineData("var command = sql.CreateCommand(); return command;")]
    public Task Handed_on(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = db.Database.GetDbConnection(); c.Open();")]
    [InlineData("var c = db.Database.GetDbConnection(); if (c.State != ConnectionState.Open) await c.OpenAsync(ct); await c.ExecuteAsync(\"select 1\");")]
    [InlineData("var command = db.Database.GetDbConnection().CreateCommand(); await using (command) { await command.ExecuteNonQueryAsync(ct); }")]
    [InlineData("connection.Open(); connection.Execute(\"select 1\");")]
    [InlineData("var c = connection; c.Open();")]
    [InlineData("var c = _held!; c.Open();")]
    [InlineData("var c = kept[0]; c.Open();")]
    [InlineData("var c = kept.First(); c.Open();")]
    [InlineData("db.Orders.Count(); db.SaveChanges();")]
    [InlineData("var c = given.Connection!; c.Open();")]
    [InlineData("foreach (var c in kept) c.Open();")]
    [InlineData("var shop = db; shop.SaveChanges();")]
    [InlineData("var tx = db.Database.CurrentTransaction!; tx.Commit();")]
    [InlineData("db.Database.BeginTransaction(); db.Database.CommitTransaction();")]
    [InlineData("await db.Database.OpenConnectionAsync(ct); await db.Database.CloseConnectionAsync();")]
    public Task Never_its_own(string code) => Code.Reports(code);

    [Theory]
    // Made, and not used: it holds nothing.
    [InlineData("var c = new SqlConnection(text); Use(c.ConnectionString);")]
    [InlineData("var c = new SqlConnection(text); Use(c.Database);")]
    [InlineData("var c = new NpgsqlConnection(text); if (flag) return null; c.Dispose();")]
    // One of several.
    [InlineData("var c = _held ?? new SqlConnection(text); if (_held == null) c.Dispose();")]
    [InlineData("DbConnection c = new SqlConnection(text); if (flag) c = connection; c.Open(); if (!flag) c.Dispose();")]
    // Dapper closes what it opened.
    [InlineData("var c = new SqlConnection(text); c.Query<int>(\"select 1\"); c.Dispose();")]
    // Nothing throws in between.
    [InlineData("var c = new SqlConnection(text); c.Open(); string.Format(\"{0}\", 1); c.Dispose();")]
    public Task Harmless(string code) => Code.Reports(code);

    // There is nothing to release where there is none.
    [Theory]
    [InlineData("var c = Find(text); if (c == null) return null; using (c) { c.Open(); c.Execute(\"select 1\"); } static SqlConnection? Find(string text) { if (text == \"\") return null; var made = new SqlConnection(text); made.Open(); return made; }")]
    [InlineData("var c = Find(text); if (c is null) throw new InvalidOperationException(); try { c.Execute(\"select 1\"); } finally { c.Dispose(); } static SqlConnection? Find(string text) { if (text == \"\") return null; var made = new SqlConnection(text); made.Open(); return made; }")]
    [InlineData("var c = Find(text); if (c is not null) { using (c) { c.Execute(\"select 1\"); } } static SqlConnection? Find(string text) { if (text == \"\") return null; var made = new SqlConnection(text); made.Open(); return made; }")]
    [InlineData("var c = Find(text); if (!(c is { })) { Use(1); return null; } await using (c.ConfigureAwait(false)) { await c.ExecuteAsync(\"select 1\"); } static SqlConnection? Find(string text) { if (text == \"\") return null; var made = new SqlConnection(text); made.Open(); return made; }")]
    [InlineData("DbConnection? c = null; try { c = new SqlConnection(text); c.Open(); c.Execute(\"select 1\"); } finally { if (c != null) c.Dispose(); }")]
    [InlineData("DbConnection? c = null; try { c = new SqlConnection(text); c.Open(); c.Execute(\"select 1\"); } finally { if (c is { State: ConnectionState.Open }) c.Close(); c?.Dispose(); }")]
    [InlineData("var own = MakeContext(flag); if (own == null || flag) { own?.Dispose(); return null; } using (own) { return own.Orders.Count(); } static ShopContext? MakeContext(bool flag) => flag ? null : new ShopContext();")]
    [InlineData("using var command = connection.CreateCommand(); var task = command.ExecuteReaderAsync(ct); if (task.Status == TaskStatus.Faulted) return null; await using var reader = await task; while (await reader.ReadAsync(ct)) Use(reader[0]);")]
    [InlineData("using var command = connection.CreateCommand(); return await Cast(command.ExecuteReaderAsync(ct)); static Task<DbDataReader> Cast(Task<DbDataReader> task) => task.ContinueWith(static done => done.Result);")]
    [InlineData("var own = MakeContext(flag); if (own is null && flag) return null; using (own) { return own!.Orders.Count(); } static ShopContext? MakeContext(bool flag) => flag ? null : new ShopContext();")]
    public Task Nothing_to_release(string code) => Code.Reports(code);

    [Theory]
    [InlineData("private readonly SqlConnection _own = new(\"x\");\npublic void Run() { _own.Open(); _own.Execute(\"select 1\"); }\npublic void Dispose() => _own.Dispose();")]
    [InlineData("private SqlConnection? _own;\npublic async Task RunAsync(string text) { _own = new SqlConnection(text); await _own.OpenAsync(); }\npublic async ValueTask DisposeAsync() { if (_own is not null) await _own.DisposeAsync(); }")]
    [InlineData("private SqlConnection Own { get; } = new SqlConnection(\"x\");\npublic void Run() => Own.Open();\npublic void Dispose() => Own.Dispose();")]
    [InlineData("public static bool TryOpen(string text, out DbConnection opened) { opened = new SqlConnection(text); opened.Open(); return true; }")]
    [InlineData("public static bool TryOpen(string text, out DbConnection opened) { var c = new SqlConnection(text); c.Open(); opened = c; return true; }")]
    [InlineData("public static void Replace(ref DbConnection held, string text) { held = new SqlConnection(text); held.Open(); }")]
    [InlineData("public static IEnumerable<int> Read(string text) { using var c = new SqlConnection(text); c.Open(); foreach (var id in c.Query<int>(\"select 1\")) yield return id; }")]
    [InlineData("public static IEnumerable<DbConnection> All(string[] texts) { foreach (var text in texts) { var c = new SqlConnection(text); c.Open(); yield return c; } }")]
    [InlineData("public static async IAsyncEnumerable<int> ReadAsync(string text, [EnumeratorCancellation] CancellationToken ct = default) { await using var c = new SqlConnection(text); await c.OpenAsync(ct); foreach (var id in await c.QueryAsync<int>(\"select 1\")) yield return id; }")]
    [InlineData("public static DbConnection Open(string text) { var c = new SqlConnection(text); try { c.Open(); return c; } catch { c.Dispose(); throw; } }")]
    [InlineData("public static DbConnection New(string text) => new SqlConnection(text);\npublic static void Run(string text) { using var c = New(text); c.Open(); }")]
    [InlineData("public static DbConnection Current => new SqlConnection(\"x\");")]
    [InlineData("public static Func<DbConnection> Factory(string text) => () => new SqlConnection(text);")]
    [InlineData("public void Run(string text) { Close(Open()); DbConnection Open() { var c = new SqlConnection(text); c.Open(); return c; } void Close(DbConnection c) => c.Dispose(); }")]
    [InlineData("public static (DbConnection, DbTransaction) Begin(string text) { var c = new SqlConnection(text); c.Open(); var tx = c.BeginTransaction(); return (c, tx); }")]
    [InlineData("public static Lazy<DbConnection> Lazy(string text) => new(() => new SqlConnection(text));")]
    public Task Members(string code) => Code.Reports(code);

    [Theory]
    // Containers own what they make and hand out.
    [InlineData("using Npgsql;\nstatic class Setup { static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services, string text) => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<IDbConnection>(services, _ => { var c = new NpgsqlConnection(text); c.Open(); return c; }); }")]
    [InlineData("class Job(ShopContext db, IDbConnection connection) { public void Run() { connection.Open(); connection.Execute(\"select 1\"); db.SaveChanges(); } }")]
    [InlineData("class Job(IServiceProvider services) { public void Run() { var db = (ShopContext)services.GetService(typeof(ShopContext))!; db.SaveChanges(); } }")]
    [InlineData("class Job(IServiceProvider services) { public void Run() { var db = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ShopContext>(services); db.SaveChanges(); } }")]
    [InlineData("interface IFactory { DbConnection Get(); } class Job(IFactory factory) { public void Run() { var c = factory.Get(); c.Open(); c.Execute(\"select 1\"); } }")]
    // Tests, migrations, seeding.
    [InlineData("using Npgsql;\nclass DatabaseSeeder { public void Run(string text) { var c = new NpgsqlConnection(text); c.Open(); c.Execute(\"delete from Orders\"); } }")]
    [InlineData("using Npgsql;\nclass Setup { public void SeedData(string text) { var c = new NpgsqlConnection(text); c.Open(); c.Execute(\"delete from Orders\"); } }")]
    [InlineData("using Npgsql;\nclass MigrationRunner { public void Run(string text) { var c = new NpgsqlConnection(text); c.Open(); c.Execute(\"delete from Orders\"); } }")]
    // A connection that keeps an in-memory database alive.
    [InlineData("using Microsoft.Data.Sqlite;\nclass Fixture : IDisposable { private readonly SqliteConnection _keeper; public Fixture() { _keeper = new SqliteConnection(\"Data Source=:memory:\"); _keeper.Open(); } public ShopContext New() => new(new DbContextOptionsBuilder().UseSqlite(_keeper).Options); public void Dispose() => _keeper.Dispose(); } static class Sqlite { public static DbContextOptionsBuilder UseSqlite(this DbContextOptionsBuilder options, DbConnection connection) => options.UseNpgsql(connection); }")]
    [InlineData("using Microsoft.Data.Sqlite;\nclass Fixture { public static DbContextOptions Options() { var keeper = new SqliteConnection(\"Data Source=:memory:\"); keeper.Open(); return new DbContextOptionsBuilder().UseSqlite(keeper).Options; } } static class Sqlite { public static DbContextOptionsBuilder UseSqlite(this DbContextOptionsBuilder options, DbConnection connection) => options.UseNpgsql(connection); }")]
    // A wrapper that owns what it is given.
    [InlineData("using Npgsql;\nclass Session : IDisposable { private readonly NpgsqlConnection _c; public Session(string text) { _c = new NpgsqlConnection(text); _c.Open(); } public NpgsqlCommand Command() => _c.CreateCommand(); public void Dispose() => _c.Dispose(); }")]
    public Task Files(string code) => Code.Reports(code);
}
