using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>The fix of DBR106 for commands of ADO.NET: the same rows, and one batch in place of a command for each element.</summary>
public sealed class CommandBatchTests
{
    [DatabaseFact]
    public Task Commands_of_the_connection() => Verify(
        """
        connection.Open();
        foreach (var id in Enumerable.Range(1, 12))
        {
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "update orders set number = @number where id = @id";
                command.Parameters.AddWithValue("number", "n" + id);
                var key = command.CreateParameter();
                key.ParameterName = "id";
                key.Value = id;
                command.Parameters.Add(key);
                command.ExecuteNonQuery();
            }
        }
        """,
        before: 12,
        after: 1);

    [DatabaseFact]
    public Task New_commands_in_a_transaction() => Verify(
        """
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var id in new List<int> { 5, 6, 7, 5, 1000 })
        {
            if (id == 6)
                continue;
            await using var command = new Npgsql.NpgsqlCommand("delete from payments where orderid = @id", connection, transaction);
            command.Parameters.AddWithValue("id", id);
            await command.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        """,
        before: 4,
        after: 1);

    [DatabaseFact]
    public Task Statements_keep_their_order() => Verify(
        """
        connection.Open();
        foreach (var name in new List<string> { "a", "b", "c", "d", "e", "f" })
        {
            using var command = new Npgsql.NpgsqlCommand("update customers set name = name || $1 where id = 1", connection) { Parameters = { new() { Value = name } } };
            command.ExecuteNonQuery();
        }
        """,
        before: 6,
        after: 1);

    [DatabaseFact]
    public Task A_command_that_is_used_again() => Verify(
        """
        await connection.OpenAsync(ct);
        await using var command = new Npgsql.NpgsqlCommand("insert into countries (id, name, code) values (@id, @name, @code)", connection);
        var id = command.Parameters.Add("id", NpgsqlTypes.NpgsqlDbType.Integer);
        var name = command.Parameters.Add("name", NpgsqlTypes.NpgsqlDbType.Text);
        command.Parameters.AddWithValue("code", "X");
        foreach (var number in Enumerable.Range(1000, 20))
        {
            id.Value = number;
            name.Value = "New " + number;
            await command.ExecuteNonQueryAsync(ct);
        }
        """,
        before: 20,
        after: 1);

    [DatabaseFact]
    public Task No_element() => Verify(
        """
        connection.Open();
        foreach (var id in new List<int>())
        {
            using var command = new Npgsql.NpgsqlCommand("delete from payments where orderid = @id", connection);
            command.Parameters.AddWithValue("id", id);
            command.ExecuteNonQuery();
        }
        """,
        before: 0,
        after: 0);

    private static Task Verify(string statements, int before, int after)
    {
        bool isAsync = statements.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(Npgsql.NpgsqlConnection connection, CancellationToken ct)
                {
                    {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                    return null;
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<WritePerElement, WritePerElementFix>(code, before, after);
    }
}
