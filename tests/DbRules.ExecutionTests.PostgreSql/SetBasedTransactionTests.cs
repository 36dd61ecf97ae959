using DbRules.CodeFixes.Transactions;
using DbRules.ExecutionTests.Cases;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR301 where rows are changed without being loaded, which EF Core can do since version 7.</summary>
public sealed class SetBasedTransactionTests
{
    [DatabaseFact]
    public Task Delete_and_save() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await db.Payments.Where(p => p.OrderId < 5).ExecuteDeleteAsync(ct);
        Fault();
        db.Countries.Add(new Country { Name = "New", Code = "N" });
        await db.SaveChangesAsync(ct);
        """);

    [DatabaseFact]
    public Task Two_updates() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await db.Customers.Where(c => c.Id == 1).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, "x"), ct);
        Fault();
        await db.Customers.Where(c => c.Id == 2).ExecuteUpdateAsync(s => s.SetProperty(c => c.Name, "y"), ct);
        """);
}
