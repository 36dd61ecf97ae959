using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR301 where a loop writes the rows of something that is written once: all rows and that, or none.</summary>
public sealed class SplitRowsTests
{
    private const string Rows = "var ids = Enumerable.Range(1000, await db.Countries.CountAsync(ct)).ToArray();\n";

    [DatabaseFact]
    public Task Dapper_rows_behind() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        await connection.OpenAsync(ct);
        await connection.ExecuteAsync("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (900, 'New', 'N')");
        foreach (var id in ids)
        {
            if (id == ids[1])
                Fault();
            await connection.ExecuteAsync("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id, 'Part', 'P')", new { id });
        }
        """);

    [DatabaseFact]
    public Task Dapper_rows_before() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        connection.Open();
        for (int i = 0; i < ids.Length; i++)
            connection.Execute("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id, 'Part', 'P')", new { id = ids[i] });
        Fault();
        connection.Execute("update \"Customers\" set \"Name\" = 'x' where \"Id\" = 1");
        """);

    [DatabaseFact]
    public Task Dapper_rows_that_are_left_out() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        await connection.OpenAsync(ct);
        await connection.ExecuteAsync("update \"Customers\" set \"Name\" = 'x' where \"Id\" = 1");
        foreach (var id in ids)
        {
            if (id == ids[0])
                continue;
            if (id == ids[2])
                Fault();
            await connection.ExecuteAsync("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id, 'Part', 'P')", new { id });
        }
        """);

    [DatabaseFact]
    public Task Entity_framework_rows_behind() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        db.Countries.Add(new Country { Name = "New", Code = "N" });
        await db.SaveChangesAsync(ct);
        foreach (var id in ids)
        {
            if (id == ids[1])
                Fault();
            await db.Database.ExecuteSqlRawAsync("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values ({0}, 'Part', 'P')", new object[] { id }, ct);
        }
        """);

    [DatabaseFact]
    public Task Entity_framework_rows_before() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        foreach (var id in ids)
            db.Database.ExecuteSqlRaw("insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values ({0}, 'Part', 'P')", id);
        Fault();
        db.Customers.Add(new Customer { Name = "Ann", Email = "a@b", CountryId = 1 });
        db.SaveChanges();
        """);

    [DatabaseFact]
    public Task Commands() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(Rows +
        """
        await connection.OpenAsync(ct);
        await using var one = connection.CreateCommand();
        one.CommandText = "update \"Customers\" set \"Name\" = 'x' where \"Id\" = 1";
        await one.ExecuteNonQueryAsync(ct);
        foreach (var id in ids)
        {
            if (id == ids[1])
                Fault();
            await using var row = connection.CreateCommand();
            row.CommandText = "insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id, 'Part', 'P')";
            var parameter = row.CreateParameter();
            parameter.ParameterName = "@id";
            parameter.Value = id;
            row.Parameters.Add(parameter);
            await row.ExecuteNonQueryAsync(ct);
        }
        """);
}
