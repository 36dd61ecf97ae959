using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR408: what failed because its context was gone gives rows afterwards.</summary>
public sealed class DeferredEscapeTests
{
    [DatabaseFact]
    public Task Returned_query() => Repairs("static IEnumerable<int> Load(DbContextOptions options) { using var own = new ShopContext(options); return own.Countries.OrderBy(c => c.Id).Select(c => c.Id); }", "Load(options).ToArray()");

    [DatabaseFact]
    public Task Query_in_a_local_outside() => Repairs("static int[] Load(DbContextOptions options) { IEnumerable<int> ids; using (var own = new ShopContext(options)) { ids = own.Countries.Select(c => c.Id).OrderBy(id => id); } return ids.ToArray(); }", "Load(options)", isFixed: false);

    [DatabaseFact]
    public Task Query_of_asynchronous_code() => Repairs("static async Task<IEnumerable<int>> Load(DbContextOptions options) { await Task.Yield(); await using var own = new ShopContext(options); return own.Countries.OrderBy(c => c.Id).Select(c => c.Id); }", "(await Load(options)).ToArray()");

    [DatabaseFact]
    public Task Rows_on_top_of_a_query() => Repairs("static IEnumerable<int> Load(DbContextOptions options) { using var own = new ShopContext(options); return own.Countries.OrderBy(c => c.Id).AsEnumerable().Select(c => c.Id); }", "Load(options).ToArray()");

    internal static async Task Repairs(string function, string call, bool isFixed = true)
    {
        string before = $$"""
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    await Task.Yield();
                    var options = Options(db);
                    return {{call}};
                }

                {{function}}

                static DbContextOptions Options(ShopContext db) => (DbContextOptions)Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions.GetService<IDbContextOptions>(db);
            }
            """;
        before = before.Replace("IDbContextOptions", "Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptions", StringComparison.Ordinal);
        SnippetOutcome first = await ExecutionVerifier.OutcomeOf(before);
        Assert.True(first.Exception is not null, first.Result);
        if (!isFixed)
            return;
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<DeferredEscape, DeferredEscapeFix>(before));
        Assert.Null(second.Exception);
        Assert.NotEqual("[]", second.Result);
    }
}
