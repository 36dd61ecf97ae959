using Xunit;
using static DbRules.Tests.Rules.RoundTrips.WritePerElementCode;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>The fix of DBR106 puts commands of ADO.NET into a batch, where the provider of the connection has one.</summary>
public sealed class WritePerElementBatchFixTests
{
    [Fact]
    public Task Command_made_by_the_connection() => Fixes(
        """
        // All of them.
        foreach (var order in orders)
        {
            using var command = pg.CreateCommand();
            // Closed.
            command.CommandText = "UPDATE orders SET open = false WHERE id = @id"; // one by one
            command.Parameters.AddWithValue("id", order.Id);
            command.{|DBR106:ExecuteNonQuery|}(); // sent
        }

        Console.WriteLine(orders.Count);
        """,
        """
        using var batch = new NpgsqlBatch(pg);
        // All of them.
        foreach (var order in orders)
        {
            var command = new NpgsqlBatchCommand();
            // Closed.
            command.CommandText = "UPDATE orders SET open = false WHERE id = @id"; // one by one
            command.Parameters.AddWithValue("id", order.Id);
            batch.BatchCommands.Add(command); // sent
        }

        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();

        Console.WriteLine(orders.Count);
        """);

    [Fact]
    public Task New_command_in_a_transaction() => Fixes(
        """
        await using var transaction = await pg.BeginTransactionAsync(ct);
        foreach (var order in orders.Where(o => o.Open))
        {
            await using NpgsqlCommand command = new NpgsqlCommand("DELETE FROM orders WHERE id = @id", pg, transaction);
            command.Parameters.Add(new NpgsqlParameter("id", order.Id));
            await command.{|DBR106:ExecuteNonQueryAsync|}(ct).ConfigureAwait(false);
        }

        await transaction.CommitAsync(ct);
        """,
        """
        await using var transaction = await pg.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(pg, transaction);
        foreach (var order in orders.Where(o => o.Open))
        {
            var command = new NpgsqlBatchCommand("DELETE FROM orders WHERE id = @id");
            command.Parameters.Add(new NpgsqlParameter("id", order.Id));
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct).ConfigureAwait(false);

        await transaction.CommitAsync(ct);
        """);

    [Fact]
    public Task Using_statement() => Fixes(
        """"
        foreach (var order in orders)
        {
            if (!order.Open)
                continue;
            using (var command = pg.CreateCommand())
            {
                // The text.
                command.CommandText = """
                    DELETE FROM orders
                    WHERE id = @id
                    """;
                var id = command.CreateParameter();
                id.ParameterName = "id";
                id.Value = order.Id;
                command.Parameters.Add(id);
                command.{|DBR106:ExecuteNonQuery|}();
                // Done.
            }
        }
        """",
        """"
        using var batch = new NpgsqlBatch(pg);
        foreach (var order in orders)
        {
            if (!order.Open)
                continue;
            var command = new NpgsqlBatchCommand();
            // The text.
            command.CommandText = """
                DELETE FROM orders
                WHERE id = @id
                """;
            var id = command.CreateParameter();
            id.ParameterName = "id";
            id.Value = order.Id;
            command.Parameters.Add(id);
            batch.BatchCommands.Add(command);
            // Done.
        }

        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();
        """");

    [Fact]
    public Task Initializer_and_statements_that_go() => Fixes(
        """
        var transaction = pg.BeginTransaction();
        for (var i = 0; i < orders.Count; i++)
        {
            var command = new NpgsqlCommand("DELETE FROM orders WHERE id = $1 AND number = $2")
            {
                Parameters = { new() { Value = orders[i].Id }, new() { Value = (object?)orders[i].Number ?? DBNull.Value } },
            };
            command.Connection = pg;
            command.Transaction = transaction;
            command.{|DBR106:ExecuteNonQuery|}();
        }

        transaction.Commit();
        """,
        """
        var transaction = pg.BeginTransaction();
        using var batch = new NpgsqlBatch(pg, transaction);
        for (var i = 0; i < orders.Count; i++)
        {
            var command = new NpgsqlBatchCommand("DELETE FROM orders WHERE id = $1 AND number = $2")
            {
                Parameters = { new() { Value = orders[i].Id }, new() { Value = (object?)orders[i].Number ?? DBNull.Value } },
            };
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();

        transaction.Commit();
        """);

    [Fact]
    public Task Command_that_is_used_again() => Fixes(
        """
        const int least = 3;
        // One command.
        await using var command = new NpgsqlCommand("DELETE FROM lines WHERE order_id = @id AND quantity < @least", pg);
        var id = command.Parameters.Add("id", NpgsqlTypes.NpgsqlDbType.Integer);
        command.Parameters.AddWithValue("least", least);
        await command.PrepareAsync(ct);

        foreach (var order in orders)
        {
            id.Value = order.Id;
            await command.{|DBR106:ExecuteNonQueryAsync|}(ct);
        }
        """,
        """
        const int least = 3;
        // One command.
        await using var batch = new NpgsqlBatch(pg);

        foreach (var order in orders)
        {
            var command = new NpgsqlBatchCommand("DELETE FROM lines WHERE order_id = @id AND quantity < @least");
            var id = command.Parameters.Add("id", NpgsqlTypes.NpgsqlDbType.Integer);
            command.Parameters.AddWithValue("least", least);
            id.Value = order.Id;
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
        """);

    [Fact]
    public Task Two_loops() => Fixes(
        """
        foreach (var order in orders)
        {
            using var command = new NpgsqlCommand("DELETE FROM lines WHERE order_id = @id", pg);
            command.Parameters.AddWithValue("id", order.Id);
            command.{|DBR106:ExecuteNonQuery|}();
        }
        foreach (var order in orders)
        {
            using var command = new NpgsqlCommand("DELETE FROM orders WHERE id = @id", pg);
            command.Parameters.AddWithValue("id", order.Id);
            command.{|DBR106:ExecuteNonQuery|}();
        }
        """,
        """
        using var batch = new NpgsqlBatch(pg);
        foreach (var order in orders)
        {
            var command = new NpgsqlBatchCommand("DELETE FROM lines WHERE order_id = @id");
            command.Parameters.AddWithValue("id", order.Id);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            batch.ExecuteNonQuery();
        using var commandBatch = new NpgsqlBatch(pg);
        foreach (var order in orders)
        {
            var command = new NpgsqlBatchCommand("DELETE FROM orders WHERE id = @id");
            command.Parameters.AddWithValue("id", order.Id);
            commandBatch.BatchCommands.Add(command);
        }

        if (commandBatch.BatchCommands.Count > 0)
            commandBatch.ExecuteNonQuery();
        """);

    [Theory]
    [InlineData("connection")]
    [InlineData("((System.Data.Common.DbConnection)pg)")]
    public Task No_fix_where_the_provider_is_not_known_to_have_batches(string connection) => NoFix(
        $$"""
        foreach (var order in orders)
        {
            using var command = {{connection}}.CreateCommand();
            command.CommandText = "DELETE FROM orders WHERE id = @id";
            command.Parameters.Add(order.Id);
            command.{|DBR106:ExecuteNonQuery|}();
        }
        """);

    [Theory]
    [InlineData("command.CommandTimeout = 5;", "")]
    [InlineData("Console.WriteLine(command);", "")]
    [InlineData("", "Console.WriteLine(order.Id);")]
    [InlineData("", "order.Open = false;")]
    [InlineData("if (order.Id == 0)\n        return;", "")]
    [InlineData("if (order.Id == 0)\n        throw new Exception();", "")]
    [InlineData("command.Parameters.AddWithValue(\"all\", buffer);", "")]
    [InlineData("command.Parameters.Add(shared);", "")]
    [InlineData("Console.WriteLine(pg.State);", "")]
    [InlineData("Console.WriteLine(db.Orders.Count());", "")]
    [InlineData("using var stream = new System.IO.MemoryStream();\n    command.Parameters.AddWithValue(\"s\", stream);", "")]
    public Task No_fix_for_the_pass(string before, string after) => NoFix(
        $$"""
        var buffer = new byte[16];
        var shared = new NpgsqlParameter("x", 1);
        foreach (var order in orders)
        {
            using var command = new NpgsqlCommand("DELETE FROM orders WHERE id = @id", pg);
            {{before}}
            command.Parameters.AddWithValue("id", order.Id);
            command.{|DBR106:ExecuteNonQuery|}();
            {{after}}
        }
        """);

    [Theory]
    [InlineData("var count = 0;\nforeach (var order in orders)\n{\n    using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", pg);\n    command.Parameters.AddWithValue(\"id\", order.Id);\n    count += command.{|DBR106:ExecuteNonQuery|}();\n}\n\nConsole.WriteLine(count);")]
    [InlineData("try\n{\n    foreach (var order in orders)\n    {\n        using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", pg);\n        command.Parameters.AddWithValue(\"id\", order.Id);\n        command.{|DBR106:ExecuteNonQuery|}();\n    }\n}\ncatch (NpgsqlException)\n{\n}")]
    [InlineData("foreach (var order in orders)\n{\n    foreach (var line in order.Lines)\n    {\n        using var command = new NpgsqlCommand(\"DELETE FROM lines WHERE id = @id\", pg);\n        command.Parameters.AddWithValue(\"id\", line.Id);\n        command.{|DBR106:ExecuteNonQuery|}();\n    }\n}")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", pg);\nvar id = command.Parameters.Add(\"id\", NpgsqlTypes.NpgsqlDbType.Integer);\nforeach (var order in orders)\n{\n    id.Value = order.Id;\n    command.{|DBR106:ExecuteNonQuery|}();\n}\n\nConsole.WriteLine(command.CommandText);")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", pg);\nvar id = command.Parameters.Add(\"id\", NpgsqlTypes.NpgsqlDbType.Integer);\nforeach (var order in orders)\n{\n    if (order.Open)\n        id.Value = order.Id;\n    command.{|DBR106:ExecuteNonQuery|}();\n}")]
    [InlineData("foreach (var order in orders)\n{\n    if (order.Open)\n    {\n        var id = order.Id;\n        Console.WriteLine(id);\n    }\n\n    using (var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", pg))\n    {\n        var id = order.Id;\n        command.Parameters.AddWithValue(\"id\", id);\n        command.{|DBR106:ExecuteNonQuery|}();\n    }\n}")]
    public Task No_fix_for_the_loop(string code) => NoFix(code);
}
