using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.UngivenParameter, DbRules.CodeFixes.SqlText.UngivenParameterFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR511 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class UngivenParameterTests
{
    [Theory]
    // Dapper
    [InlineData("Use(connection.Query<int>(\"SELECT Id FROM Orders WHERE Id = {|DBR511:@id|}\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Id FROM Orders WHERE Id = {|DBR511:@id|} AND Open = @open\", new { open = true }));")]
    [InlineData("connection.Execute(@\"UPDATE Orders SET Number = {|DBR511:@number|} -- @other\n WHERE Id = @Id\", new { id = 1 }); ")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|}\", null);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id IN {|DBR511:@list|}\", new { keys });")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511::id|}\", new[] { new { key = 1 }, new { key = 2 } });")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511:@key|}\", new Order { Id = 1 });")]
    [InlineData("var args = new { open = true }; connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|} AND Open = @open\", args);")]
    [InlineData("var args = new DynamicParameters(); args.Add(\"@open\", true); connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|} AND Open = @open\", args);")]
    [InlineData("var args = new DynamicParameters(new { open = true }); if (ids.Length > 0) args.Add(\"total\", 1); connection.Execute(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|} AND Open = @open\", args);")]
    [InlineData("connection.Execute(new CommandDefinition(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|}\", new { key = 1 }, cancellationToken: ct));")]
    [InlineData("connection.Execute(new CommandDefinition(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|}\", cancellationToken: ct));")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number = {connectionString} AND Id = {|DBR511:@id|}\", new { key = 1 });")]
    [InlineData("npgsql.Execute(\"DELETE FROM orders WHERE id = {|DBR511:@id|}::int AND data @> '{\\\"a\\\": 1}'::jsonb\", new { key = 1 });")]
    // ADO.NET
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = {|DBR511:@id|}\"; await command.ExecuteNonQueryAsync(ct);")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = {|DBR511:@id|} AND open = @open\", npgsql); command.Parameters.AddWithValue(\"open\", true); command.ExecuteNonQuery();")]
    [InlineData("using (var command = new SqliteCommand(\"DELETE FROM orders WHERE id = {|DBR511:@id|} AND open = @open AND n = @n\", sqlite)) { command.Parameters.Add(\"@open\", SqliteType.Integer).Value = 1; command.Parameters.Add(new SqliteParameter(\"@n\", 3)); command.ExecuteNonQuery(); }")]
    [InlineData("await using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = {|DBR511:@id|} AND open = @open\", npgsql) { Parameters = { new(\"open\", true) } }; await command.ExecuteNonQueryAsync(ct);")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = {|DBR511:@id|} AND a = @a AND b = @b\", npgsql); command.Parameters.AddRange(new[] { new NpgsqlParameter(\"a\", 1), new NpgsqlParameter { ParameterName = \"b\", Value = 2 } }); Use(command.ExecuteScalar());")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = {|DBR511:@id|} AND Open = @open\"; var open = command.CreateParameter(); open.ParameterName = \"@open\"; open.Value = 1; command.Parameters.Add(open); command.ExecuteNonQuery();")]
    [InlineData("Use(new NpgsqlCommand(\"SELECT number FROM orders WHERE id = {|DBR511:@id|}\", npgsql).ExecuteScalar());")]
    // EF Core
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Id = {|DBR511:@id|}\");")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE Id = @id AND Open = {|DBR511:@open|}\", new NpgsqlParameter(\"id\", 3)).First());")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"DELETE FROM Orders WHERE Id = {0} AND Open = @p1 AND Number = {|DBR511:@number|}\", 1, true);")]
    public Task Reported_without_fix(string code) => Code.NoFix(code);

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE CustomerId = {|DBR511:@customer_id|}\", new { customerId = 3 });", "@customerId")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE CustomerId = {|DBR511:@custmerId|} OR Id = @id\", new { customerId = 3, id = 4 });", "@customerId")]
    [InlineData("connection.Execute(@\"UPDATE \"\"Orders\"\" SET \"\"Number\"\" = {|DBR511::Numbr|} WHERE \"\"Id\"\" = :Id\", orders[0]);", ":Number")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Open = {(ids.Length > 0 ? 1 : 0)} AND CustomerId = {|DBR511:@customers|}\", new { customer = 3 });", "@customer")]
    [InlineData("var args = new DynamicParameters(); args.Add(\"customerId\", 3); connection.Execute(\"\"\"\n    DELETE FROM Orders\n    WHERE CustomerId = {|DBR511:@customerIds|}\n    \"\"\", args);", "@customerId")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE number = {|DBR511:@numer|}\", npgsql); command.Parameters.AddWithValue(\"@number\", \"a\"); command.ExecuteNonQuery();", "@number")]
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Number = {|DBR511:@numer|}\", new SqliteParameter(\"@number\", \"a\"));", "@number")]
    public Task Fixed(string code, string name)
    {
        int start = code.IndexOf("{|", StringComparison.Ordinal);
        int end = code.IndexOf("|}", StringComparison.Ordinal);
        return Code.Fixes(code, code[..start] + name + code[(end + 2)..]);
    }

    [Fact]
    public Task Fixed_in_all_places() => Code.Fixes(
        "connection.Execute(\"DELETE FROM Orders WHERE CustomerId = {|DBR511:@customer_id|} OR ParentId = @customer_id\", new { customerId = 3 });",
        "connection.Execute(\"DELETE FROM Orders WHERE CustomerId = @customerId OR ParentId = @customerId\", new { customerId = 3 });");

    [Theory]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", new { Id = 1, Number = 2 });")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = :ID AND CustomerId IN @CustomerIds\", new { id = 1, customerIds = ids });")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @Id\", orders);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @unknown\", orders);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @unknown\", orders[0]);")]
    [InlineData("object args = new { id = 1 }; if (ids.Length > 0) args = new { key = 1 }; connection.Execute(\"DELETE FROM Orders WHERE Id = @key\", args);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", new Dictionary<string, object> { [\"id\"] = 1 });")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", (object)connectionString);")]
    [InlineData("dynamic args = new System.Dynamic.ExpandoObject(); args.id = 1; SqlMapper.Execute(connection, \"DELETE FROM Orders WHERE Id = @id\", (object)args);")]
    [InlineData("var args = new DynamicParameters(); foreach (int id in ids) args.Add(\"p\" + id, id); connection.Execute(\"DELETE FROM Orders WHERE Id = @p1\", args);")]
    [InlineData("var args = new DynamicParameters(); Use(args); connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", args);")]
    [InlineData("var args = new DynamicParameters(new Dictionary<string, object>()); connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", args);")]
    [InlineData("var args = new DynamicParameters(); args.AddDynamicParams(new { id = 1 }); connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", args); Use(args.Get<int>(\"id\"));")]
    // What the text makes itself, and what is no parameter.
    [InlineData("connection.Execute(\"DECLARE @now datetime = GETDATE(); DELETE FROM Orders WHERE CreatedAt < @now\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Number = '@id' -- @id\\n AND 1 = 1 /* :id */\");")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"DELETE FROM Orders WHERE Id = 1; SELECT @@ROWCOUNT\"));")]
    [InlineData("Use(connection.Query<int>(\"SELECT Id::int FROM Orders WHERE data @> '{}' AND data ?| array['a'] AND tags[1:2] = '{}' LIMIT 3\"));")]
    [InlineData("Use(connection.Query<int>(\"SET @n := 0; SELECT @n := @n + 1 FROM Orders LIMIT 3\"));")]
    [InlineData("connection.Execute(\"EXEC CloseOrder @id = 3\");")]
    [InlineData("connection.Execute(\"CloseOrder\", new { id = 3 }, commandType: System.Data.CommandType.StoredProcedure);")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = ?\", new { id = 3 });")]
    // Holes that may hold them.
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = @id {connectionString}\");")]
    [InlineData("connection.Execute($\"{connectionString} DELETE FROM Orders WHERE Id = @id\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = @{connectionString}\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = @p{ids.Length}\");")]
    // Commands that get parameters in ways that are not read.
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; Use(command); command.ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; var p = command.CreateParameter(); p.ParameterName = \"@id\"; command.Parameters.Add(p); command.ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; var p = command.CreateParameter(); p.ParameterName = connectionString; command.Parameters.Add(p); command.ExecuteNonQuery();")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; var all = command.Parameters; Use(all); command.ExecuteNonQuery();")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", npgsql); foreach (var p in new List<NpgsqlParameter>()) command.Parameters.Add(p); command.ExecuteNonQuery();")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = @id\", npgsql); if (ids.Length > 0) command.Parameters.AddWithValue(\"id\", 3); command.ExecuteNonQuery();")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE id = $1\", npgsql) { Parameters = { new() { Value = 3 } } }; command.ExecuteNonQuery();")]
    [InlineData("using var command = sqlite.CreateCommand(); command.CommandText = \"DELETE FROM orders WHERE id = $id\"; command.ExecuteNonQuery();")]
    // EF Core
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Id = {ids[0]}\", ct);")]
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Id = {0} AND Number = {1}\", 1, \"a\");")]
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Id = @p0\", 1);")]
    [InlineData("var all = new List<object>(); db.Database.ExecuteSqlRaw(\"DELETE FROM Orders WHERE Id = @id\", all);")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("class Store { public void Delete(DbConnection connection, object args) => connection.Execute(\"DELETE FROM Orders WHERE Id = @id\", args); }")]
    [InlineData("class Store { private readonly DbCommand _command; public Store(DbCommand command) => _command = command; public void Delete() { _command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; _command.ExecuteNonQuery(); } }")]
    [InlineData("class Store { public void Delete(DbConnection connection) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM Orders WHERE Id = @id\"; command.With(\"id\", 3); command.ExecuteNonQuery(); } } static class Values { public static void With(this DbCommand command, string name, object value) { } }")]
    public Task Quiet_where_others_give_the_values(string code) => Code.Reports(code);
}
