using DbRules.ExecutionTests.Cases;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR408 for a task: the calls of SQLite end before they return, so that the rule is quiet there and only a server shows the failure.</summary>
public sealed class ReturnedTaskTests
{
    [DatabaseFact]
    public Task Returned_task() => DeferredEscapeTests.Repairs(
        "static Task<List<int>> Load(DbContextOptions options) { using var own = new ShopContext(options); return own.Countries.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(); }", "await Load(options)");
}
