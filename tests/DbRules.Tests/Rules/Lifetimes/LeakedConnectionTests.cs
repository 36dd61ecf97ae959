using Xunit;
using Code = DbRules.Tests.Rules.Lifetimes.LifetimeCode;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR401 speaks.</summary>
public class LeakedConnectionTests
{
    [Theory]
    // SqlClient
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); Use(c.State);")]
    [InlineData("SqlConnection c = {|DBR401:new(text)|}; c.Open();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); await c.OpenAsync(ct); Use(await c.QueryAsync<int>(\"select 1\"));")]
    [InlineData("var c = {|DBR401:new SqlConnection|} { ConnectionString = text }; c.Open();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); using var command = new SqlCommand(\"select 1\", c); Use(command.ExecuteScalar());")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); using var command = new SqlCommand(); command.Connection = c; command.CommandText = text; command.ExecuteNonQuery();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); using var command = new SqlCommand { Connection = c, CommandText = text }; command.ExecuteNonQuery();")]
    // Npgsql
    [InlineData("var c = {|DBR401:new NpgsqlConnection|}(text); await c.OpenAsync(ct); await c.ExecuteAsync(\"select 1\");")]
    [InlineData("var c = source.{|DBR401:OpenConnection|}(); c.Execute(\"select 1\");")]
    [InlineData("var c = await source.{|DBR401:OpenConnectionAsync|}(ct); await c.ExecuteAsync(\"select 1\");")]
    [InlineData("var c = await source.{|DBR401:OpenConnectionAsync|}(ct).ConfigureAwait(false); using var copy = c.BeginBinaryImport(\"copy x from stdin (format binary)\"); copy.Complete();")]
    [InlineData("var c = source.{|DBR401:CreateConnection|}(); c.Open();")]
    // Sqlite
    [InlineData("var c = {|DBR401:new SqliteConnection|}(text); c.Open(); using var command = c.CreateCommand(); command.CommandText = \"select 1\"; command.ExecuteScalar();")]
    // Interfaces and factories
    [InlineData("IDbConnection c = {|DBR401:new SqlConnection|}(text); c.Open();")]
    [InlineData("DbConnection c = NpgsqlFactory.Instance.{|DBR401:CreateConnection|}(); c.ConnectionString = text; c.Open();")]
    // Dapper opens and closes; what stays is the object, and the pool's place of an open one
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); return c.Query<int>(\"select 1\").ToList();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); return await c.QuerySingleAsync<int>(\"select 1\");")]
    // Aliases, conditions, loops
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); DbConnection same = c; same.Open();")]
    [InlineData("if (flag) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); c.Execute(\"select 1\"); }")]
    [InlineData("foreach (var id in ids) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); Use(id); }")]
    [InlineData("while (flag) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (ids.Length > 3) break; flag = false; }")]
    [InlineData("try { var c = {|DBR401:new SqlConnection|}(text); c.Open(); } catch (DbException) { throw; }")]
    [InlineData("switch (ids.Length) { case 1: var c = {|DBR401:new SqlConnection|}(text); c.Open(); break; }")]
    [InlineData("SqlConnection c; c = {|DBR401:new SqlConnection|}(text); c.Open();")]
    [InlineData("SqlConnection? c = null; if (flag) { c = {|DBR401:new SqlConnection|}(text); c.Open(); }")]
    public Task Never_released(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) return 1; c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) { c.Dispose(); return 1; }")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); switch (ids.Length) { case 0: return 1; case 1: c.Dispose(); return 2; default: c.Dispose(); break; }")]
    [InlineData("foreach (var id in ids) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (id > 3) continue; c.Dispose(); }")]
    [InlineData("foreach (var id in ids) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (id > 3) break; c.Dispose(); }")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) goto end; c.Dispose(); end: return null;")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) return null; return c;")]
    [InlineData("var c = await source.{|DBR401:OpenConnectionAsync|}(ct); if (flag) return null; await c.DisposeAsync();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); try { if (flag) return 1; } catch (DbException) { c.Dispose(); throw; } c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (!flag) c.Close();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); if (flag) kept.Add(c); c.Open(); c.Execute(\"select 1\");")]
    [InlineData("foreach (var id in ids) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (id > 3) kept.Add(c); }")]
    public Task Left_early(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); c.Execute(\"select 1\"); c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); Use(int.Parse(text)); c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); await c.OpenAsync(ct); await c.ExecuteAsync(\"select 1\"); await c.DisposeAsync();")]
    [InlineData("var c = source.{|DBR401:OpenConnection|}(); c.Execute(\"select 1\"); c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) throw new InvalidOperationException(); c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); try { c.Execute(\"select 1\"); } catch (ArgumentException) { } c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); try { c.Execute(\"select 1\"); } catch (Exception) when (flag) { } c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); try { c.Execute(\"select 1\"); } catch { throw; } c.Dispose();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); c.Execute(\"select 1\"); try { c.Execute(\"select 2\"); } finally { c.Dispose(); }")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); try { try { c.Execute(\"select 1\"); } finally { Use(c.State); } } catch (ArgumentException) { } c.Dispose();")]
    [InlineData("foreach (var id in ids) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); c.Execute(\"select 1\"); c.Dispose(); }")]
    public Task Skipped_by_an_exception(string code) => Code.Reports(code);

    [Theory]
    [InlineData("public int Count(string text) { var c = {|DBR401:Open|}(text); return c.ExecuteScalar<int>(\"select 1\"); }\nstatic DbConnection Open(string text) { var c = new SqlConnection(text); c.Open(); return c; }")]
    [InlineData("public async Task<int> CountAsync(string text) { var c = await {|DBR401:OpenAsync|}(text); return await c.ExecuteScalarAsync<int>(\"select 1\"); }\nstatic async Task<DbConnection> OpenAsync(string text) { var c = new SqlConnection(text); await c.OpenAsync(); return c; }")]
    [InlineData("public int Count(string text) { var c = {|DBR401:New|}(text); c.Open(); return 1; }\nstatic DbConnection New(string text) => new SqlConnection(text);")]
    [InlineData("public static int Total { get { var c = {|DBR401:new SqlConnection|}(\"x\"); c.Open(); return 1; } }")]
    [InlineData("public Report(string text) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); Use(c.State); }")]
    [InlineData("public void Run(string text) { Count(); void Count() { var c = {|DBR401:new SqlConnection|}(text); c.Open(); } }")]
    [InlineData("public void Run(string text, int[] ids) => ids.ToList().ForEach(id => { var c = {|DBR401:new SqlConnection|}(text); c.Open(); Use(id); });")]
    [InlineData("public static IEnumerable<int> Read(string text) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); foreach (var id in c.Query<int>(\"select 1\")) yield return id; }")]
    [InlineData("public static async IAsyncEnumerable<int> ReadAsync(string text, [EnumeratorCancellation] CancellationToken ct = default) { var c = {|DBR401:new SqlConnection|}(text); await c.OpenAsync(ct); foreach (var id in await c.QueryAsync<int>(\"select 1\")) yield return id; }")]
    [InlineData("using Microsoft.Data.Sqlite;\nnamespace N { static class P { static void Main() { var c = {|DBR401:new SqliteConnection|}(\"x\"); c.Open(); } } }")]
    public Task Members(string code) => Code.Reports(code);

    [Theory]
    [InlineData("var c = new SqlConnection(text); c.Open();", "Connection 'c' is never released")]
    [InlineData("var c = new SqlConnection(text); c.Open(); c.Execute(text); c.Dispose();", "Connection 'c' is not released when 'Execute' throws")]
    [InlineData("var c = new SqlConnection(text); c.Open(); if (flag) throw new InvalidOperationException(); c.Dispose();", "Connection 'c' is not released when 'throw' throws")]
    [InlineData("var c = new SqlConnection(text); c.Open(); if (flag) return null; c.Dispose();", "Connection 'c' is not released before 'return null;'")]
    [InlineData("var c = new SqlConnection(text); c.Open(); if (flag) goto end; c.Dispose(); end: Use(1);", "Connection 'c' is not released before 'return null;'")]
    [InlineData("return new SqlConnection(text).Query<int>(\"select 1\").ToList();", "The connection of 'SqlConnection' is used where it is made, so that nothing can release it")]
    [InlineData("return (await source.OpenConnectionAsync(ct)).Query<int>(\"select 1\").ToList();", "The connection of 'OpenConnectionAsync' is used where it is made, so that nothing can release it")]
    [InlineData("var c = new SqlConnection(text); c.Open(); c.Execute(text); c.Close();", "'c' is closed only when 'Execute' does not throw")]
    [InlineData("var reader = given.ExecuteReader(); var n = int.Parse(text); reader.Close();", "'reader' is closed only when 'Parse' does not throw")]
    [InlineData("var reader = given.ExecuteReader(); Use(reader.Read());", "The reader of 'ExecuteReader' is never released")]
    [InlineData("var reader = given.ExecuteReader(); if (!reader.Read()) return null; reader.Dispose();", "The reader of 'ExecuteReader' is not released before 'return null;'")]
    [InlineData("Use(given.ExecuteReader().Read());", "The reader of 'ExecuteReader' is used where it is made, so that nothing can release it")]
    [InlineData("var shop = factory.CreateDbContext(); return shop.Orders.Count();", "Context 'shop' is never released")]
    [InlineData("return factory.CreateDbContext().Orders.Count();", "Context 'CreateDbContext' is used where it is made, so that nothing can release it")]
    [InlineData("var command = sql.CreateCommand(); command.ExecuteNonQuery();", "'command' is never released")]
    [InlineData("var tx = connection.BeginTransaction(); tx.Commit();", "The transaction of 'BeginTransaction' is never released")]
    public Task Messages(string code, string message) => Code.Says(code, message);
}
