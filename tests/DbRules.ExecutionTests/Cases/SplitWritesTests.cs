using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR301: after a failure behind the first write its rows are there before the fix and gone after it.</summary>
public sealed class SplitWritesTests
{
    [DatabaseFact]
    public Task Two_saves_with_a_key_between() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        var country = new Country { Name = "New", Code = "N" };
        db.Countries.Add(country);
        db.SaveChanges();
        Fault();
        db.Customers.Add(new Customer { Name = "Ann", Email = "a@b", CountryId = country.Id });
        db.SaveChanges();
        """);

    [DatabaseFact]
    public Task Three_writes() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await db.Database.ExecuteSqlRawAsync("delete from \"Payments\" where \"OrderId\" < 5", ct);
        await db.Database.ExecuteSqlRawAsync("update \"Customers\" set \"Name\" = 'x' where \"Id\" = 1", ct);
        Fault();
        await db.Database.ExecuteSqlRawAsync("update \"Customers\" set \"Name\" = 'y' where \"Id\" = 2", ct);
        """);

    [DatabaseFact]
    public Task Sql_and_save() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await db.Database.ExecuteSqlRawAsync("delete from \"Payments\" where \"OrderId\" < 5", ct);
        Fault();
        db.Countries.Add(new Country { Name = "New", Code = "N" });
        await db.SaveChangesAsync(ct);
        """);

    [DatabaseFact]
    public Task Dapper() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await connection.OpenAsync(ct);
        await connection.ExecuteAsync("delete from \"Payments\" where \"OrderId\" < @id", new { id = 5 });
        Fault();
        var count = await connection.ExecuteScalarAsync<long>("select count(*) from \"Payments\"");
        await connection.ExecuteAsync("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id, 'New', 'N')", new { id = (int)count + 1000 });
        """);

    [DatabaseFact]
    public Task Commands() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await connection.OpenAsync(ct);
        await using var one = connection.CreateCommand();
        one.CommandText = "delete from \"Payments\" where \"OrderId\" < 5";
        await one.ExecuteNonQueryAsync(ct);
        Fault();
        await using var two = connection.CreateCommand();
        two.CommandText = "update \"Customers\" set \"Name\" = 'x' where \"Id\" = 1";
        await two.ExecuteNonQueryAsync(ct);
        """);

    [DatabaseFact]
    public Task The_last_write_is_returned() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await db.Database.ExecuteSqlRawAsync("delete from \"Payments\" where \"OrderId\" < 5", ct);
        if (await db.Countries.AnyAsync(c => c.Id < 0, ct))
            return "none";
        Fault();
        db.Countries.Add(new Country { Name = "New", Code = "N" });
        return await db.SaveChangesAsync(ct);
        """);

    [DatabaseFact]
    public async Task An_early_return_keeps_what_was_written() => await ExecutionVerifier.SameResult(
        FaultySnippet.Code(Early),
        await ExecutionVerifier.FixedStateCompiles<SplitWrites, SplitWritesFix>(FaultySnippet.Code(Early)));

    [DatabaseFact]
    public async Task One_save_writes_the_same_rows()
    {
        string before = FaultySnippet.Code(
            """
            var country = new Country { Name = "New", Code = "N" };
            db.Countries.Add(country);
            await db.SaveChangesAsync(ct);
            db.Customers.Add(new Customer { Name = "Ann", Email = "a@b", CountryId = 1 });
            await db.SaveChangesAsync(ct);
            """);
        string after = await ExecutionVerifier.FixedStateCompiles<SplitWrites, SplitWritesFix>(before);
        Assert.DoesNotContain("transaction", after, StringComparison.Ordinal);
        await ExecutionVerifier.SameResult(before, after);
    }

    private const string Early =
        """
        await db.Database.ExecuteSqlRawAsync("delete from \"Payments\" where \"OrderId\" < 5", ct);
        if (await db.Countries.AnyAsync(ct))
            return "early";
        db.Countries.Add(new Country { Name = "New", Code = "N" });
        await db.SaveChangesAsync(ct);
        """;
}
