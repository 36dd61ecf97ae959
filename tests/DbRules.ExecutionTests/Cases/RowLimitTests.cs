using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR201, DBR202, DBR204, DBR206 and DBR207: the same rows, as long as there are not more than the limit, and the database is told the limit or the order.</summary>
public sealed class RowLimitTests
{
    [DatabaseFact]
    public Task Whole_table() => Limited<WholeTableRead, WholeTableReadFix>("return await db.Orders.AsNoTracking().ToListAsync(ct);");

    [DatabaseFact]
    public Task Whole_table_in_order() => Limited<WholeTableRead, WholeTableReadFix>("return db.Orders.OrderBy(o => o.Number).Select(o => o.Number).ToList();");

    [DatabaseFact]
    public Task Whole_table_projected() => Limited<WholeTableRead, WholeTableReadFix>("return db.Orders.Select(o => new { o.Id, o.Customer.Name }).ToArray();", "((object[]){0}).Select(row => row.ToString()).Order().ToList()");

    [DatabaseFact]
    public Task Filtered() => Limited<FilterWithoutLimit, FilterWithoutLimitFix>("return await db.Orders.Where(o => o.Open).Include(o => o.Lines).AsNoTracking().ToListAsync(ct);");

    /// <summary>Which rows the page held before, no one can say.</summary>
    [DatabaseFact]
    public async Task Unordered_page() => Assert.Contains(
        "ORDER BY",
        await Verify<UnorderedPage, UnorderedPageFix>("return await db.Orders.Skip(3).Take(4).Select(o => o.Id).ToListAsync(ct);", "((List<int>)({0})!).Count"),
        StringComparison.Ordinal);

    [DatabaseFact]
    public Task Page_size() => Limited<UnclampedPageSize, UnclampedPageSizeFix>("return db.Orders.OrderBy(o => o.Id).Take(size).ToList();");

    private static async Task Limited<TRule, TFix>(string body, string compared = "{0}")
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => Assert.Contains("LIMIT", await Verify<TRule, TFix>(body, compared), StringComparison.Ordinal);

    /// <summary>The command after the fix.</summary>
    /// <param name="compared">What of the result (<c>{0}</c>) has to be the same before and after the fix.</param>
    private static async Task<string> Verify<TRule, TFix>(string body, string compared)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string result = compared.Replace("{0}", isAsync ? "await Read(db, 1000, ct)" : "Read(db, 1000, ct)", StringComparison.Ordinal);
        string before = $$"""
            public static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct) => {{result}};

                public static {{(isAsync ? "async Task<object?>" : "object?")}} Read(ShopContext db, int size, CancellationToken ct)
                {
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<TRule, TFix>(before);
        (_, SnippetOutcome outcome) = await ExecutionVerifier.SameResult(before, after);
        return Assert.Single(outcome.Commands);
    }
}
