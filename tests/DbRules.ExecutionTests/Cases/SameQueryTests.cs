using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR112: one query where there were two, and the same result.</summary>
public sealed class SameQueryTests
{
    [DatabaseFact]
    public Task Row() => OnceOnly("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);\n    return order!.Number + (await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct))!.Number;");

    [DatabaseFact]
    public Task Row_that_is_changed() => OnceOnly(
        "var order = await db.Orders.FirstAsync(o => o.Id == 3, ct);\n    order.Number = \"new\";\n    return (await db.Orders.FirstAsync(o => o.Id == 3, ct)).Number + order.Number;");

    [DatabaseFact]
    public Task No_row() => OnceOnly("var order = db.Orders.FirstOrDefault(o => o.Id == 999);\n    return order == null ? db.Orders.FirstOrDefault(o => o.Id == 999) : order;");

    [DatabaseFact]
    public Task List() => OnceOnly("var open = await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).ToListAsync(ct);\n    var again = await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).ToListAsync(ct);\n    return open.Count + again[0].Number;");

    [DatabaseFact]
    public Task Projection() => OnceOnly(
        "var names = await db.Customers.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(ct);\n    foreach (var name in await db.Customers.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(ct))\n        if (name == names[0]) return name;\n    return null;");

    [DatabaseFact]
    public Task Count() => OnceOnly("var count = db.Orders.Count(o => o.Open);\n    return count == 0 ? 0 : 100 / db.Orders.Count(o => o.Open);");

    [DatabaseFact]
    public Task Sql() => OnceOnly(
        "var name = await connection.QueryFirstAsync<string>(\"select \\\"Name\\\" from \\\"Customers\\\" where \\\"Id\\\" = @id\", new { id = 4 });\n    return name + await connection.QueryFirstAsync<string>(\"select \\\"Name\\\" from \\\"Customers\\\" where \\\"Id\\\" = @id\", new { id = 4 });");

    private static Task OnceOnly(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    {{body.Replace("\n", "\n    ", StringComparison.Ordinal)}}
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<SameQueryTwice, SameQueryTwiceFix>(code, expectedBefore: 2, atMostAfter: 1);
    }
}
