using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR106 speaks where a loop sends a statement per element that surely changes rows, and no pass has a reason to.</summary>
public sealed class WritePerElementTests
{
    private const string Update = "\"UPDATE Orders SET Open = 0 WHERE Id = @Id\"";

    [Theory]
    [InlineData("connection.{|DBR106:Execute|}(" + Update + ", order);")]
    [InlineData("connection.{|DBR106:Execute|}(" + Update + ", new { order.Id });")]
    [InlineData("plain.{|DBR106:Execute|}(\"INSERT INTO Orders (Number) VALUES (@Number)\", new { order.Number });")]
    [InlineData("await connection.{|DBR106:ExecuteAsync|}(\"DELETE FROM Orders WHERE Id = @Id\", new { order.Id });")]
    [InlineData("await npgsql.{|DBR106:ExecuteAsync|}(new CommandDefinition(" + Update + ", new { order.Id }, cancellationToken: ct)).ConfigureAwait(false);")]
    [InlineData("var text = \"UPDATE Orders SET Open = 0 \" + \"WHERE Id = @Id\";\nconnection.{|DBR106:Execute|}(text, new { order.Id });")]
    [InlineData("connection.{|DBR106:Execute|}($\"UPDATE Orders SET Open = 0 WHERE Id = {order.Id}\");")]
    [InlineData("connection.{|DBR106:Execute|}(\"MERGE INTO Orders AS o USING (SELECT @Id AS Id) AS s ON o.Id = s.Id WHEN MATCHED THEN UPDATE SET Open = 0;\", new { order.Id });")]
    [InlineData("connection.{|DBR106:Execute|}(\"DELETE FROM OrderLines WHERE OrderId = @Id; DELETE FROM Orders WHERE Id = @Id\", new { order.Id });")]
    [InlineData("_position += connection.{|DBR106:Execute|}(" + Update + ", new { order.Id });")]
    [InlineData("_ = connection.{|DBR106:Execute|}(" + Update + ", new { order.Id });")]
    [InlineData("connection.{|DBR106:ExecuteScalar|}(\"INSERT INTO Orders (Number) VALUES (@Number) RETURNING Id\", new { order.Number });")]
    [InlineData("if (order.Open)\n    connection.{|DBR106:Execute|}(" + Update + ", new { order.Id });")]
    [InlineData("connection.{|DBR106:Execute|}(\"DELETE FROM OrderLines WHERE OrderId = @Id\", order);\nconnection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @Id\", order);")]
    public Task Dapper(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("db.Orders.Where(o => o.Id == order.Id).{|DBR106:ExecuteDelete|}();")]
    [InlineData("await db.Orders.Where(o => o.Id == order.Id).{|DBR106:ExecuteDeleteAsync|}(ct);")]
    [InlineData("await db.Orders.Where(o => o.Id == order.Id).{|DBR106:ExecuteUpdateAsync|}(s => s.SetProperty(o => o.Open, false), ct);")]
    [InlineData("var same = db.Payments.Where(p => p.OrderId == order.Id);\nawait same.{|DBR106:ExecuteDeleteAsync|}(ct);")]
    [InlineData("await db.Database.{|DBR106:ExecuteSqlAsync|}($\"UPDATE Orders SET Open = {order.Open} WHERE Id = {order.Id}\", ct);")]
    [InlineData("db.Database.{|DBR106:ExecuteSqlRaw|}(\"DELETE FROM Orders WHERE Id = {0}\", order.Id);")]
    [InlineData("db.Database.{|DBR106:ExecuteSqlInterpolated|}($\"INSERT INTO Orders (Number) VALUES ({order.Number})\");")]
    public Task Ef_core(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = " + Update + ";\ncommand.Parameters.Add(order.Id);\ncommand.{|DBR106:ExecuteNonQuery|}();")]
    [InlineData("await using var command = new NpgsqlCommand(" + Update + ", npgsql);\ncommand.Parameters.AddWithValue(\"Id\", order.Id);\nawait command.{|DBR106:ExecuteNonQueryAsync|}(ct);")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = " + Update + ";\nvar id = command.CreateParameter();\nid.ParameterName = \"Id\";\nid.Value = order.Id;\ncommand.Parameters.Add(id);\ncommand.{|DBR106:ExecuteNonQuery|}();")]
    [InlineData("using (var command = sqlite.CreateCommand())\n{\n    command.CommandText = \"INSERT INTO Orders (Number) VALUES ($n)\";\n    command.Parameters.AddWithValue(\"$n\", order.Number);\n    command.{|DBR106:ExecuteNonQuery|}();\n}")]
    public Task Ado_net(string body) => WriteTest.ForEachOrder(body);

    [Fact]
    public Task A_command_that_is_used_again_outside_a_transaction() => WriteTest.RunAsync(
        """
        using var command = new NpgsqlCommand("DELETE FROM Orders WHERE Id = @Id", npgsql);
        var id = command.Parameters.Add("Id", NpgsqlTypes.NpgsqlDbType.Integer);
        foreach (var order in orders)
        {
            id.Value = order.Id;
            command.{|DBR106:ExecuteNonQuery|}();
        }
        """);

    [Theory]
    [InlineData("orders.ForEach(order => connection.{|DBR106:Execute|}(" + Update + ", new { order.Id }));")]
    [InlineData("await Task.WhenAll(orders.Select(order => connection.{|DBR106:ExecuteAsync|}(" + Update + ", new { order.Id })));")]
    [InlineData("await Task.WhenAll(orders.Select(async order => await connection.{|DBR106:ExecuteAsync|}(" + Update + ", new { order.Id })));")]
    [InlineData("var tasks = new List<Task>();\nforeach (var order in orders)\n    tasks.Add(connection.{|DBR106:ExecuteAsync|}(" + Update + ", new { order.Id }));\nawait Task.WhenAll(tasks);")]
    [InlineData("for (var i = 0; i < ids.Length; i++)\n    connection.{|DBR106:Execute|}(\"DELETE FROM Orders WHERE Id = @id\", new { id = ids[i] });")]
    [InlineData("using var transaction = connection.BeginTransaction();\nforeach (var order in orders)\n    connection.{|DBR106:Execute|}(" + Update + ", new { order.Id }, transaction);\ntransaction.Commit();")]
    [InlineData("foreach (var order in orders)\nforeach (var line in order.Lines)\n    connection.{|DBR106:Execute|}(\"DELETE FROM OrderLines WHERE Id = @Id\", new { line.Id });")]
    public Task In_every_kind_of_loop(string code) => WriteTest.RunAsync(code);
}
