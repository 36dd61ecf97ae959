using DbRules.CodeFixes.Lifetimes;
using DbRules.ExecutionTests.Cases;
using DbRules.Rules.Lifetimes;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR412: a server refuses the second operation before it, and answers both after it. The calls of SQLite end before they return, so that the rule is quiet there.</summary>
public sealed class ConcurrentUseTests
{
    /// <summary>How often the code before the fix is run: its first operation may have ended before the second begins.</summary>
    private const int MostTries = 5;

    [DatabaseFact]
    public Task Array_of_results() => Repairs("var counts = await Task.WhenAll(db.Countries.CountAsync(), db.Customers.CountAsync());\n        return counts;");

    [DatabaseFact]
    public Task Tasks_in_locals() => Repairs("var countriesTask = db.Countries.CountAsync();\n        var customersTask = db.Customers.CountAsync();\n        return new[] { await countriesTask, await customersTask };");

    [DatabaseFact]
    public Task Statements() => Repairs("await Task.WhenAll(db.Countries.LoadAsync(), db.Customers.LoadAsync());\n        return db.ChangeTracker.Entries().Count();");

    private static async Task Repairs(string statements)
    {
        string before = $$"""
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    {{statements}}
                }
            }
            """;
        SnippetOutcome first = await ExecutionVerifier.OutcomeOf(before);
        for (int i = 1; i < MostTries && first.Exception is null; i++)
            first = await ExecutionVerifier.OutcomeOf(before);
        SnippetOutcome second = await ExecutionVerifier.OutcomeOf(await ExecutionVerifier.FixedStateCompiles<ConcurrentUse, ConcurrentUseFix>(before));
        Assert.Null(second.Exception);
        Assert.IsType<InvalidOperationException>(first.Exception);
    }
}
