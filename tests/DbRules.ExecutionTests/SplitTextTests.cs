using DbRules.CodeFixes.Transactions;
using DbRules.ExecutionTests.Cases;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR301 around one text whose second statement fails: SQLite keeps what the first one wrote before the fix, and nothing after it.</summary>
public sealed class SplitTextTests
{
    private const string Replace = "delete from \\\"Payments\\\" where \\\"OrderId\\\" = @id; insert into \\\"Countries\\\" (\\\"Id\\\", \\\"Name\\\", \\\"Code\\\") values (@id + 1000, @name, 'N')";

    [DatabaseFact]
    public Task Dapper() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        $$"""
        await connection.OpenAsync(ct);
        await connection.ExecuteAsync("{{Replace}}", new { id = 4, name = Fails ? null : "New" });
        """);

    [DatabaseFact]
    public Task Dapper_with_a_result() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        $$"""
        await connection.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>("{{Replace}}; select count(*) from \"Countries\"", new { id = 4, name = Fails ? null : "New" });
        """);

    [DatabaseFact]
    public Task Entity_framework() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        var name = Fails ? null : "New";
        await db.Database.ExecuteSqlRawAsync("delete from \"Payments\" where \"OrderId\" = {0}; insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values ({0} + 1000, {1}, 'N')", new object?[] { 4, name }!, ct);
        """);

    [DatabaseFact]
    public Task Command() => FaultySnippet.IsAllOrNothing<SplitWrites, SplitWritesFix>(
        """
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "delete from \"Payments\" where \"OrderId\" = @id; insert into \"Countries\" (\"Id\", \"Name\", \"Code\") values (@id + 1000, @name, 'N')";
        var id = command.CreateParameter();
        id.ParameterName = "@id";
        id.Value = 4;
        command.Parameters.Add(id);
        var name = command.CreateParameter();
        name.ParameterName = "@name";
        name.Value = Fails ? DBNull.Value : "New";
        command.Parameters.Add(name);
        await command.ExecuteNonQueryAsync(ct);
        """);
}
