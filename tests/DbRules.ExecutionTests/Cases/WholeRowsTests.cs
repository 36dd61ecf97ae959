using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR209: the database sends the columns that are used, and the result is the same.</summary>
public sealed class WholeRowsTests
{
    [DatabaseTheory]
    [InlineData("var found = new List<string>();\n    foreach (var order in await db.Orders.OrderBy(o => o.Id).ToListAsync(ct))\n        found.Add(order.Number);\n    return found;")]
    [InlineData("var found = new List<string>();\n    foreach (var order in db.Orders.Where(o => o.Open).OrderBy(o => o.Id))\n        found.Add(order.Number);\n    return found;")]
    [InlineData("var found = new List<string>();\n    await foreach (var order in db.Orders.OrderBy(o => o.Id).AsAsyncEnumerable().WithCancellation(ct))\n        found.Add(order.Number);\n    return found;")]
    [InlineData("var all = db.Customers.AsNoTracking().OrderBy(c => c.Id).Take(3).ToArray();\n    return all.Select(c => c.Name + \"!\").ToList();")]
    [InlineData("var all = await db.Products.OrderBy(p => p.Id).ToListAsync(ct);\n    var last = all.LastOrDefault(p => p.CategoryId is not null);\n    return last?.CategoryId;")]
    [InlineData("var all = await db.Products.OrderBy(p => p.Id).ToListAsync(ct);\n    var none = all.FirstOrDefault(p => p.Name.GetHashCode() % 2 == 3);\n    return none == null ? \"none\" : none.Name;")]
    [InlineData("return db.OrderLines.OrderBy(l => l.Id).ToList().ToLookup(l => l.Quantity, l => l.Quantity).Select(g => (g.Key, g.Count())).ToList();")]
    [InlineData("return db.Orders.OrderBy(o => o.Id).AsEnumerable().Select(o => o.CreatedAt.ToString(\"O\")).ToList();")]
    public Task SameResult(string body) => ExecutionVerifier.SameResultFewerCommands<WholeRows, WholeRowsFix>(Code(body), expectedBefore: 1, atMostAfter: 1);

    private static string Code(string body) =>
        $$"""
        static class Snippet
        {
            public static {{(body.Contains("await ", StringComparison.Ordinal) ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
            {
                {{body}}
            }
        }
        """;
}
