using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Writes that one call could not do for all elements, or that are no row writes: DBR106 stays quiet.</summary>
public sealed class WritePerElementTestsOfTraps
{
    private const string Update = "\"UPDATE Orders SET Open = 0 WHERE Id = @Id\"";

    [Theory]
    [InlineData("connection.Execute(connectionString, new { order.Id });")]
    [InlineData("connection.Execute(\"EXEC CloseOrder @Id\", new { order.Id });")]
    [InlineData("connection.Execute(\"CloseOrder\", new { order.Id }, commandType: CommandType.StoredProcedure);")]
    [InlineData("connection.Execute($\"DELETE FROM {order.Number} WHERE Id = @Id\", new { order.Id });")]
    [InlineData("connection.Execute($\"DELETE FROM Orders_{order.Number} WHERE Id = @Id\", new { order.Id });")]
    [InlineData("connection.Execute($\"INSERT INTO \\\"{order.Number}\\\" (Id) VALUES (1)\");")]
    [InlineData("connection.Execute($\"INSERT INTO shop.{order.Number} (Id) VALUES (1)\");")]
    [InlineData("connection.Execute($\"CREATE INDEX i_{order.Id} ON Orders (Id)\");")]
    [InlineData("connection.Execute($\"DROP TABLE {order.Number}\");")]
    [InlineData("connection.Execute(\"SET LOCAL app.user = @Id\", new { order.Id });")]
    [InlineData("connection.Execute(\"DELETE FROM OrderLines WHERE Id IN @own\", new { own = order.Lines.Select(l => l.Id) });")]
    [InlineData("npgsql.Execute(\"DELETE FROM OrderLines WHERE Id = ANY(@own)\", new { own = order.Lines.Select(l => l.Id).ToArray() });")]
    [InlineData("npgsql.Execute(\"INSERT INTO OrderLines (Id) SELECT * FROM UNNEST(@own)\", new { own = order.Lines.Select(l => l.Id).ToArray() });")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = connectionString;\ncommand.Parameters.Add(order.Id);\ncommand.ExecuteNonQuery();")]
    [InlineData("using var command = Make(order);\ncommand.ExecuteNonQuery();\nDbCommand Make(Order one) => throw new Exception(one.Number);")]
    [InlineData("db.Database.EnsureCreated();\nUse(order);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders\");")]
    [InlineData("var own = order.Lines.Select(l => l.Id).ToList();\ndb.OrderLines.Where(l => own.Contains(l.Id)).ExecuteDelete();")]
    [InlineData("db.Orders.Add(order);")]
    public Task Another_kind_of_text(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("var id = connection.ExecuteScalar<int>(\"INSERT INTO Orders (Number) VALUES (@Number) RETURNING Id\", new { order.Number });\nUse(id);")]
    [InlineData("order.Id = await connection.QuerySingleAsync<int>(\"INSERT INTO Orders (Number) VALUES (@Number); SELECT LAST_INSERT_ID()\", new { order.Number });")]
    [InlineData("if (connection.Execute(" + Update + ", new { order.Id }) == 0)\n    Use(order);")]
    [InlineData("var changed = await db.Orders.Where(o => o.Id == order.Id).ExecuteDeleteAsync(ct);\nUse(changed);")]
    [InlineData("var values = new DynamicParameters();\nvalues.Add(\"id\", dbType: DbType.Int32, direction: ParameterDirection.Output);\nconnection.Execute(" + Update + ", values);\nUse(values.Get<int>(\"id\"));")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = " + Update + ";\ncommand.Parameters.Add(order.Id);\ncommand.ExecuteNonQuery();\nUse(command.Parameters[0].Value);")]
    [InlineData("connection.Execute(" + Update + ", new { order.Id });\nUse(connection.Query<int>(\"SELECT COUNT(*) FROM Orders WHERE Open\"));")]
    public Task The_pass_needs_what_comes_back(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("try { connection.Execute(" + Update + ", new { order.Id }); } catch (DbException) { }")]
    [InlineData("using var transaction = connection.BeginTransaction();\nconnection.Execute(" + Update + ", new { order.Id }, transaction);\ntransaction.Commit();")]
    [InlineData("using var own = new NpgsqlConnection(order.Number);\nown.Execute(" + Update + ", new { order.Id });")]
    [InlineData("using var own = new NpgsqlConnection(connectionString);\nown.Execute(" + Update + ", new { order.Id });")]
    [InlineData("await _gateway.SendAsync(order.Number, ct);\nawait connection.ExecuteAsync(" + Update + ", new { order.Id });")]
    [InlineData("if (_position++ % 100 == 0) connection.Execute(\"UPDATE Countries SET Name = @Number\", new { order.Number });")]
    [InlineData("await Task.Delay(10, ct);\nawait db.Orders.Where(o => o.Id == order.Id).ExecuteDeleteAsync(ct);")]
    public Task The_pass_has_a_reason(string body) => WriteTest.ForEachOrder(body);

    [Theory]
    [InlineData("int n;\ndo { n = await db.Orders.Where(o => o.Open).Take(1000).ExecuteDeleteAsync(ct); } while (n == 1000);")]
    [InlineData("while (await db.Orders.Where(o => o.Open).Take(1000).ExecuteDeleteAsync(ct) > 0) { }")]
    [InlineData("foreach (var part in ids.Chunk(100)) await db.Orders.Where(o => part.Contains(o.Id)).ExecuteDeleteAsync(ct);")]
    [InlineData("foreach (var day in orders.GroupBy(o => o.CreatedAt)) connection.Execute(\"DELETE FROM Orders WHERE CreatedAt = @Key\", new { day.Key });")]
    [InlineData("foreach (var part in ids.Chunk(100)) connection.Execute(\"DELETE FROM Orders WHERE Id IN @part\", new { part });")]
    [InlineData("foreach (var name in new[] { \"a\", \"b\" }) connection.Execute(\"DELETE FROM Orders WHERE Number = @name\", new { name });")]
    [InlineData("connection.Execute(" + Update + ", orders);")]
    [InlineData("connection.Execute(" + Update + ", orders.Select(o => new { o.Id }));")]
    [InlineData("await using var batch = npgsql.CreateBatch();\nforeach (var order in orders)\n{\n    var command = new NpgsqlBatchCommand(" + Update + ");\n    command.Parameters.AddWithValue(\"Id\", order.Id);\n    batch.BatchCommands.Add(command);\n}\nawait batch.ExecuteNonQueryAsync(ct);")]
    [InlineData("await using var writer = await npgsql.BeginBinaryImportAsync(\"COPY Orders (Number) FROM STDIN (FORMAT BINARY)\", ct);\nforeach (var order in orders)\n{\n    await writer.StartRowAsync(ct);\n    await writer.WriteAsync(order.Number, ct);\n}\nawait writer.CompleteAsync(ct);")]
    [InlineData("using var transaction = sqlite.BeginTransaction();\nusing var command = sqlite.CreateCommand();\ncommand.CommandText = " + Update + ";\nvar id = command.Parameters.Add(\"@Id\", SqliteType.Integer);\nforeach (var order in orders)\n{\n    id.Value = order.Id;\n    command.ExecuteNonQuery();\n}\ntransaction.Commit();")]
    [InlineData("var builder = new System.Text.StringBuilder();\nforeach (var order in orders) builder.Append($\"DELETE FROM Orders WHERE Id = {order.Id};\");\nconnection.Execute(builder.ToString());")]
    public Task Batches(string code) => WriteTest.RunAsync(code);
}
