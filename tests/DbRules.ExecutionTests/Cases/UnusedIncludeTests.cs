using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR111: the same result from the same commands, since the database never saw the include.</summary>
public sealed class UnusedIncludeTests
{
    [DatabaseFact]
    public Task Count() => SameCommands("return db.Orders.Include(o => o.Customer).Count(o => o.Customer.Active);");

    [DatabaseFact]
    public Task Answer_awaited() => SameCommands("return await db.Orders.Include(o => o.Lines).AnyAsync(o => o.Lines.Any(), ct);");

    [DatabaseFact]
    public Task Sum() => SameCommands("return db.Orders.Include(o => o.Lines).Where(o => o.Open).Sum(o => o.CustomerId);");

    [DatabaseFact]
    public Task Column() => SameCommands("return await db.Orders.Include(o => o.Customer).OrderBy(o => o.Id).Select(o => o.Number).ToListAsync(ct);");

    [DatabaseFact]
    public Task Column_of_the_navigation() => SameCommands("return db.Orders.Include(o => o.Customer).OrderBy(o => o.Id).Take(5).Select(o => new { o.Id, o.Customer.Name }).ToList();");

    [DatabaseFact]
    public Task Collection() => SameCommands("return db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).Select(o => new { o.Id, Quantities = o.Lines.OrderBy(l => l.Id).Select(l => l.Quantity).ToList() }).ToList();");

    [DatabaseFact]
    public Task Repeated() => SameCommands("return db.Orders.Include(o => o.Lines).Include(o => o.Customer).Include(o => o.Lines).OrderBy(o => o.Id).AsNoTracking().ToList();");

    private static async Task SameCommands(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string before = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, CancellationToken ct)
                {
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<IncludeWithoutEffect, IncludeWithoutEffectFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Equal(first.Commands, second.Commands);
        Assert.Single(second.Commands);
    }
}
