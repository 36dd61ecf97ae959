using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR205: the database filters, pages and counts, and the result is the same.</summary>
public sealed class LateFilterTests
{
    [DatabaseTheory]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Where(o => o.Open).OrderBy(o => o.Id).ToList();")]
    [InlineData("return db.Orders.ToArray().OrderByDescending(o => o.Id).Skip(1).Take(2).ToArray();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.CustomerId > 1 && !o.Open).Select(o => o.Number.GetHashCode() * 0 + o.Id).OrderBy(id => id).ToList();")]
    [InlineData("return db.Customers.OrderBy(c => c.Id).AsEnumerable().Where(c => c.Name.StartsWith(\"A\") || c.Name.Contains(\"o\")).ToList();")]
    [InlineData("var all = await db.Products.OrderBy(p => p.Id).ToListAsync(ct);\n    return all.Where(p => p.CategoryId != null && p.CategoryId.Value > 0).ToList();")]
    [InlineData("var wanted = new List<int> { 1, 3 };\n    var all = db.Orders.OrderBy(o => o.Id).ToList();\n    return all.Where(o => wanted.Contains(o.CustomerId)).Select(o => o.Number).ToList();")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Count;")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Where(o => o.Open).Any(o => o.Id > 1000);")]
    [InlineData("return (await db.Orders.OrderBy(o => o.Id).ToListAsync(ct)).FirstOrDefault(o => o.CustomerId > 1);")]
    [InlineData("return db.Orders.OrderBy(o => o.Id).ToList().Find(o => o.Id > 1000);")]
    [InlineData("return db.OrderLines.ToList().Sum(l => l.Quantity);")]
    [InlineData("return db.OrderLines.Where(l => l.Id > 1000).ToList().Sum(l => l.Quantity);")]
    [InlineData("return db.Orders.Select(o => o.Id).ToList().Max();")]
    [InlineData("return (await db.Orders.Select(o => o.CustomerId).ToListAsync(ct)).Contains(2);")]
    [InlineData("return db.Orders.Include(o => o.Customer).OrderBy(o => o.Id).ToList().Where(o => o.Customer.Active).Select(o => o.Id).ToList();")]
    [InlineData("return db.Orders.Select(o => new { o.Id, o.Customer.Name }).ToList().Where(o => o.Name != \"\").OrderBy(o => o.Id).ToList();")]
    public Task SameResult(string body) => ExecutionVerifier.SameResultFewerCommands<LateFilter, LateFilterFix>(Code(body), expectedBefore: 1, atMostAfter: 1);

    [DatabaseFact]
    public Task No_row_throws_as_before() => ExecutionVerifier.SameResultFewerCommands<LateFilter, LateFilterFix>(
        Code("return (await db.Orders.ToListAsync(ct)).Single(o => o.Id > 1000);"), expectedBefore: 1, atMostAfter: 1, throws: true);

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
