using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR113: the keys stay in the database, and the next query finds the same rows.</summary>
public sealed class KeyFetchTests
{
    [DatabaseFact]
    public Task List() => InOne("var found = await db.Customers.Where(c => c.Active).Select(c => c.Id).ToListAsync(ct);\n    return await db.Orders.Where(o => found.Contains(o.CustomerId)).OrderBy(o => o.Id).ToListAsync(ct);");

    [DatabaseFact]
    public Task Excluded() => InOne("int[] found = db.Orders.Where(o => o.Open).Select(o => o.CustomerId).ToArray();\n    return db.Customers.Where(c => !found.Contains(c.Id)).OrderBy(c => c.Id).Select(c => c.Id).ToList();");

    [DatabaseFact]
    public Task Set_of_texts() => InOne("HashSet<string> found = db.Customers.Where(c => c.CountryId == 99).Select(c => c.Name).ToHashSet();\n    return db.Customers.Count(c => found.Contains(c.Name));");

    [DatabaseFact]
    public Task No_keys() => InOne("var found = await db.Customers.Where(c => c.Id > 1000).Select(c => c.Id).ToListAsync(ct);\n    return await db.Orders.AnyAsync(o => found.Contains(o.CustomerId), ct);");

    [DatabaseFact]
    public Task Nullable_column() => InOne("var found = db.Products.Where(p => p.CategoryId != null).Select(p => p.CategoryId!.Value).ToList();\n    return db.Countries.Where(c => found.Contains(c.Id)).OrderBy(c => c.Id).ToList();");

    [DatabaseFact]
    public Task Over_a_navigation() => InOne("var found = db.Orders.Where(o => o.Open).Select(o => o.Customer.Id).ToList();\n    return db.Customers.Where(c => found.Contains(c.Id)).OrderBy(c => c.Id).ToList();");

    private static Task InOne(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
                {
                    {{body.Replace("\n", "\n    ", StringComparison.Ordinal)}}
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<KeysForNextQuery, KeysForNextQueryFix>(code, expectedBefore: 2, atMostAfter: 1);
    }
}
