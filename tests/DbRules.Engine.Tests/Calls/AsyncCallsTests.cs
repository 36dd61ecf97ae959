using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Which member can be awaited in place of a call, and how a call is given the token at hand.</summary>
public sealed class AsyncCallsTests
{
    [Theory]
    [InlineData("Use(db.Orders.ToList());", "ToListAsync ct")]
    [InlineData("Use(npgsql.Query<int>(text));", "QueryAsync new CommandDefinition(|, cancellationToken: ct)")]
    [InlineData("Use(npgsql.Query<Order, Line, Order>(text, (o, l) => o));", "QueryAsync")]
    [InlineData("given.ExecuteNonQuery();", "ExecuteNonQueryAsync ct")]
    [InlineData("Use(db.Orders.Find(3));", "FindAsync [|], ct")]
    [InlineData("foreach (var order in db.Orders) Use(order);", "AsAsyncEnumerable")]
    [InlineData("foreach (var order in unknown) Use(order);", "")]
    [InlineData("Use(unknown.ToList());", "")]
    [InlineData("Use(orders.AsQueryable().ToList());", "")]
    [InlineData("lock (orders) Use(db.Orders.ToList());", "")]
    [InlineData("Action run = () => db.SaveChanges();", "")]
    [InlineData("plain.Open();", "")]
    [InlineData("await db.SaveChangesAsync();", "")]
    public void Twins(string statement, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statement + " //1");
        Assert.Equal(expected, string.Join(", ", code.Calls().Select(code.Facts.AsyncTwinOf).OfType<AsyncTwin>().Select(twin => $"{twin.Name} {Text(twin.Token)}".Trim())));
    }

    [Theory]
    [InlineData("foreach (var order in db.Orders) Use(db.Lines.Find(order.Id));", "ToListAsync unlimited")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Id == 3)) db.Database.ExecuteSqlRaw(text);", "ToListAsync")]
    [InlineData("foreach (var order in db.Orders.Take(3)) db.Database.GetDbConnection().Execute(text);", "ToListAsync")]
    [InlineData("foreach (var order in db.Orders.Take(3)) { if (order.Id > 3) break; await db.SaveChangesAsync(); }", "ToListAsync")]
    [InlineData("void Save() => db.SaveChanges(); foreach (var order in db.Orders.Take(3)) Save();", "ToListAsync")]
    [InlineData("foreach (var order in db.Orders) order.Number = text; await db.SaveChangesAsync();", "AsAsyncEnumerable")]
    [InlineData("foreach (var order in db.Orders) db.Lines.AddRange(order.Lines);", "AsAsyncEnumerable")]
    [InlineData("foreach (var order in db.Orders) { using var other = new Shop(); await other.SaveChangesAsync(); }", "AsAsyncEnumerable")]
    [InlineData("async Task Save() { await using var other = new Shop(); await other.SaveChangesAsync(); } foreach (var order in db.Orders) await Save();", "AsAsyncEnumerable")]
    public void Loops(string statement, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statement + " //1");
        AsyncTwin twin = code.Calls().Select(code.Facts.AsyncTwinOf).OfType<AsyncTwin>().First(twin => twin.IsEnumeration);
        Assert.Equal(expected, twin.Name + (twin is { IsList: true, HasLimit: false } ? " unlimited" : ""));
    }

    [Theory]
    [InlineData("await db.SaveChangesAsync();", "ct")]
    [InlineData("await db.SaveChangesAsync(false);", ", ct")]
    [InlineData("Use(await db.Orders.FindAsync(3, 4));", "[|], ct")]
    [InlineData("await npgsql.ExecuteAsync(text, commandTimeout: 3);", "new CommandDefinition(|, cancellationToken: ct)")]
    [InlineData("await npgsql.ExecuteAsync(sql: text);", "new CommandDefinition(|commandText|, cancellationToken: ct)")]
    [InlineData("await db.SaveChangesAsync(default);", "")]
    [InlineData("_ = db.SaveChangesAsync();", "")]
    [InlineData("try { Use(1); } finally { await db.SaveChangesAsync(); }", "")]
    public void Tokens(string statement, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statement + " //1");
        Assert.Equal(expected, string.Join(", ", code.Calls().Select(code.Facts.MissingTokenOf).OfType<TokenPass>().Select(Text)));
    }

    private static string Text(TokenPass? token) => token is null ? "" : string.Join("|", token.Changes.Select(change => change.NewText));
}
