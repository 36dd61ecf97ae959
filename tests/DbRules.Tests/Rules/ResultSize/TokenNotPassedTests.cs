using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR211 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class TokenNotPassedTests
{
    [Theory]
    [InlineData("Use(await db.Orders.{|DBR211:ToListAsync|}());", "Use(await db.Orders.ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.{|DBR211:FirstAsync|}(o => o.Id == 3));", "Use(await db.Orders.FirstAsync(o => o.Id == 3, ct));")]
    [InlineData("Use(await db.Orders.{|DBR211:ToDictionaryAsync|}(o => o.Id));", "Use(await db.Orders.ToDictionaryAsync(o => o.Id, ct));")]
    [InlineData("Use(await db.Orders.{|DBR211:CountAsync|}().ConfigureAwait(false));", "Use(await db.Orders.CountAsync(ct).ConfigureAwait(false));")]
    [InlineData("await db.{|DBR211:SaveChangesAsync|}();", "await db.SaveChangesAsync(ct);")]
    [InlineData("await db.{|DBR211:SaveChangesAsync|}(acceptAllChangesOnSuccess: false);", "await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, ct);")]
    [InlineData("Use(await db.Orders.{|DBR211:FindAsync|}(3));", "Use(await db.Orders.FindAsync([3], ct));")]
    [InlineData("Use(await db.Orders.{|DBR211:FindAsync|}(3, 4));", "Use(await db.Orders.FindAsync([3, 4], ct));")]
    // A token at the end of the values is one of them: the call would fail.
    [InlineData("Use(await db.Orders.{|DBR211:FindAsync|}(3, ct));", "Use(await db.Orders.FindAsync([3], ct));")]
    [InlineData("await db.Database.{|DBR211:ExecuteSqlRawAsync|}(\"delete from orders where id = {0}\", 1);", "await db.Database.ExecuteSqlRawAsync(\"delete from orders where id = {0}\", [1], ct);")]
    [InlineData("await db.Database.{|DBR211:ExecuteSqlInterpolatedAsync|}($\"delete from orders where id = {ids[0]}\");", "await db.Database.ExecuteSqlInterpolatedAsync($\"delete from orders where id = {ids[0]}\", ct);")]
    [InlineData("await using var t = await db.Database.{|DBR211:BeginTransactionAsync|}();", "await using var t = await db.Database.BeginTransactionAsync(ct);")]
    [InlineData("await connection.{|DBR211:OpenAsync|}();", "await connection.OpenAsync(ct);")]
    [InlineData("await using var c = connection.CreateCommand();\nUse(await c.{|DBR211:ExecuteScalarAsync|}());", "await using var c = connection.CreateCommand();\nUse(await c.ExecuteScalarAsync(ct));")]
    [InlineData("await using var c = connection.CreateCommand();\nawait using var r = await c.{|DBR211:ExecuteReaderAsync|}();", "await using var c = connection.CreateCommand();\nawait using var r = await c.ExecuteReaderAsync(ct);")]
    [InlineData("Use(await connection.{|DBR211:QueryAsync|}<Order>(\"select 1\", new { id = 3 }));", "Use(await connection.QueryAsync<Order>(new CommandDefinition(\"select 1\", new { id = 3 }, cancellationToken: ct)));")]
    [InlineData("Use(await connection.{|DBR211:ExecuteAsync|}(\"delete\", param: new { id = 3 }, commandTimeout: 3));", "Use(await connection.ExecuteAsync(new CommandDefinition(\"delete\", parameters: new { id = 3 }, commandTimeout: 3, cancellationToken: ct)));")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await using var own = factory.CreateDbContext(); Use(await own.Orders.{|DBR211:CountAsync|}(o => o.Id == id)); }));", "await Task.WhenAll(ids.Select(async id => { await using var own = factory.CreateDbContext(); Use(await own.Orders.CountAsync(o => o.Id == id, ct)); }));")]
    // Laid out as the arguments are.
    [InlineData("Use(await db.Orders.{|DBR211:FirstAsync|}(o =>\n    o.Id == 3\n));", "Use(await db.Orders.FirstAsync(o =>\n    o.Id == 3, ct\n));")]
    [InlineData("Use(await db.Orders.{|DBR211:FirstAsync|}(\n    o => o.Id == 3));", "Use(await db.Orders.FirstAsync(\n    o => o.Id == 3,\n    ct));")]
    [InlineData("Use(await db.Orders.{|DBR211:FirstAsync|}(\n    o => o.Id == 3 // the third\n));", "Use(await db.Orders.FirstAsync(\n    o => o.Id == 3, // the third\n    ct\n));")]
    public Task Passed(string before, string after) => AsyncCode.IsGivenToken(before, after);

    [Theory]
    [InlineData("Use(await db.Orders.ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.ToListAsync(CancellationToken.None));")]
    [InlineData("Use(await db.Orders.ToListAsync(default));")]
    [InlineData("Use(await db.Orders.FindAsync([3], ct));")]
    [InlineData("Use(await connection.QueryAsync<Order>(new CommandDefinition(\"select 1\", cancellationToken: ct)));")]
    // The end of a transaction, and what cleans up, must not be cut short.
    [InlineData("await using var t = await db.Database.BeginTransactionAsync(ct); await t.CommitAsync(); await t.RollbackAsync();")]
    [InlineData("await using var t = await connection.BeginTransactionAsync(ct); await t.CommitAsync();")]
    [InlineData("await db.Database.CommitTransactionAsync();")]
    [InlineData("try { Use(1); } catch (Exception) { await db.SaveChangesAsync(); }")]
    [InlineData("try { Use(1); } finally { await db.SaveChangesAsync(); }")]
    // Cancelled already, or there is a choice.
    [InlineData("while (!ct.IsCancellationRequested) await Task.Yield(); await db.SaveChangesAsync();")]
    [InlineData("if (ct.IsCancellationRequested) await db.SaveChangesAsync();")]
    [InlineData("using var own = CancellationTokenSource.CreateLinkedTokenSource(ct); await db.SaveChangesAsync();")]
    [InlineData("var other = new CancellationToken(); await db.SaveChangesAsync();")]
    [InlineData("Use(await db.Orders.FindAsync(ct, 3));")]
    // Nobody waits.
    [InlineData("_ = db.SaveChangesAsync();")]
    [InlineData("_ = Task.Run(async () => { await db.SaveChangesAsync(); });")]
    [InlineData("Func<Task> later = async () => await db.SaveChangesAsync(); Use(later);")]
    // No overload takes one.
    [InlineData("Use(await connection.QueryAsync<Order, Customer, Order>(\"select 1\", (o, c) => o));")]
    [InlineData("db.SaveChanges();")]
    public Task Quiet(string statements) => AsyncCode.LacksToken(statements);

    [Theory]
    [InlineData("var token = Current(); await db.{|DBR211:SaveChangesAsync|}();")]
    [InlineData("await db.SaveChangesAsync(); var token = Current();")]
    [InlineData("if (open) { var token = Current(); Use(token); } await db.SaveChangesAsync();")]
    [InlineData("await db.SaveChangesAsync();")]
    public Task A_token_in_a_local(string statements) => AsyncCode.LacksToken(
        AsyncCode.WithoutToken(statements).Replace("static void Use", "static CancellationToken Current() => default; static void Use", StringComparison.Ordinal));

    [Fact]
    public Task Older_languages_and_names_that_are_keywords() => AsyncCode.IsGivenToken(
        "class Store(ShopContext db)\n{\n    public Task<int> SaveAsync(CancellationToken @lock) => db.{|DBR211:SaveChangesAsync|}();\n}",
        "class Store(ShopContext db)\n{\n    public Task<int> SaveAsync(CancellationToken @lock) => db.SaveChangesAsync(@lock);\n}");
}
