using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR101 speaks the same way about every library and every reading call of it.</summary>
public sealed class QueryPerElementTestsOfLibraries
{
    [Theory]
    [InlineData("db.Orders.{|DBR101:First|}(o => o.Id == id)")]
    [InlineData("db.Orders.{|DBR101:FirstOrDefault|}(o => o.Id == id)")]
    [InlineData("db.Orders.{|DBR101:Single|}(o => o.Id == id)")]
    [InlineData("db.Orders.{|DBR101:SingleOrDefault|}(o => o.Id == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).{|DBR101:Last|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).{|DBR101:LastOrDefault|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).Where(o => o.CustomerId == id).{|DBR101:ElementAt|}(1)")]
    [InlineData("db.Orders.{|DBR101:Any|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:All|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:Count|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:LongCount|}(o => o.CustomerId == id)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:Max|}(l => l.Price)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:Min|}(l => l.Price)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:Sum|}(l => l.Price)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:Average|}(l => l.Price)")]
    [InlineData("db.Orders.Select(o => o.CustomerId).{|DBR101:Contains|}(id)")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToList|}()")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToArray|}()")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToHashSet|}()")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToDictionary|}(o => o.Number)")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToLookup|}(o => o.Number)")]
    [InlineData("db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("db.{|DBR101:Find|}<Order>(id)")]
    [InlineData("db.Set<Order>().{|DBR101:First|}(o => o.Id == id)")]
    [InlineData("db.Set<Order>().{|DBR101:Find|}(id)")]
    public Task Ef_core_synchronous(string query) => RoundTripTest.RunAsync($"foreach (var id in ids) Use({query});");

    [Theory]
    [InlineData("db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id, ct)")]
    [InlineData("db.Orders.{|DBR101:FirstOrDefaultAsync|}(o => o.Id == id)")]
    [InlineData("db.Orders.{|DBR101:SingleAsync|}(o => o.Id == id, ct)")]
    [InlineData("db.Orders.{|DBR101:SingleOrDefaultAsync|}(o => o.Id == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).{|DBR101:LastAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).{|DBR101:LastOrDefaultAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.OrderBy(o => o.Id).Where(o => o.CustomerId == id).{|DBR101:ElementAtAsync|}(1)")]
    [InlineData("db.Orders.{|DBR101:AnyAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:AllAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:CountAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.Orders.{|DBR101:LongCountAsync|}(o => o.CustomerId == id)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:MaxAsync|}(l => l.Price)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:MinAsync|}(l => l.Price)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:SumAsync|}(l => l.Price, ct)")]
    [InlineData("db.OrderLines.Where(l => l.OrderId == id).{|DBR101:AverageAsync|}(l => l.Price)")]
    [InlineData("db.Orders.Select(o => o.CustomerId).{|DBR101:ContainsAsync|}(id)")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToListAsync|}(ct)")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToArrayAsync|}()")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToHashSetAsync|}()")]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToDictionaryAsync|}(o => o.Number)")]
    [InlineData("db.Orders.{|DBR101:FindAsync|}(id)")]
    [InlineData("db.{|DBR101:FindAsync|}<Order>([id], ct)")]
    [InlineData("db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id).ConfigureAwait(false)")]
    [InlineData("db.Orders.AsNoTracking().Include(o => o.Lines).AsSplitQuery().{|DBR101:SingleAsync|}(o => o.Id == id)")]
    public Task Ef_core_asynchronous(string query) => RoundTripTest.RunAsync($"foreach (var id in ids) Use(await {query});");

    [Theory]
    [InlineData("db.Orders.Where(o => o.CustomerId == id).{|DBR101:Load|}();")]
    [InlineData("await db.Orders.Where(o => o.CustomerId == id).{|DBR101:LoadAsync|}(ct);")]
    [InlineData("await db.Orders.Where(o => o.CustomerId == id).{|DBR101:ForEachAsync|}(o => Use(o));")]
    [InlineData("var order = db.Orders.{|DBR101:Find|}(id)!; Use(order);")]
    [InlineData("if (db.Orders.{|DBR101:Any|}(o => o.CustomerId == id)) Use(id);")]
    [InlineData("Use((await db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id)).Number);")]
    [InlineData("foreach (var order in {|DBR101:db.Orders.Where(o => o.CustomerId == id)|}) Use(order);")]
    [InlineData("await foreach (var order in {|DBR101:db.Orders.Where(o => o.CustomerId == id).AsAsyncEnumerable()|}) Use(order);")]
    public Task Ef_core_statements(string statement) => RoundTripTest.RunAsync("foreach (var id in ids)\n{\n    " + statement + "\n}");

    [Theory]
    [InlineData("Use(db.Orders.FromSql($\"SELECT * FROM Orders WHERE CustomerId = {id}\").{|DBR101:ToList|}());")]
    [InlineData("Use(db.Orders.FromSqlInterpolated($\"SELECT * FROM Orders WHERE CustomerId = {id}\").{|DBR101:ToList|}());")]
    [InlineData("Use(await db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE CustomerId = {0}\", id).{|DBR101:ToListAsync|}());")]
    [InlineData("Use(db.Database.SqlQuery<int>($\"SELECT Id AS Value FROM Orders WHERE CustomerId = {id}\").{|DBR101:First|}());")]
    [InlineData("Use(await db.Database.SqlQueryRaw<int>(\"SELECT Id AS Value FROM Orders WHERE CustomerId = {0}\", id).{|DBR101:SingleAsync|}());")]
    public Task Ef_core_sql(string statement) => RoundTripTest.RunAsync("foreach (var id in ids)\n{\n    " + statement + "\n}");

    [Theory]
    [InlineData("db.Entry(order).{|DBR101:Reload|}();")]
    [InlineData("await db.Entry(order).{|DBR101:ReloadAsync|}(ct);")]
    [InlineData("Use(db.Entry(order).{|DBR101:GetDatabaseValues|}());")]
    [InlineData("var entry = db.Entry(order); await entry.{|DBR101:ReloadAsync|}();")]
    public Task Ef_core_explicit_loading(string statement) => RoundTripTest.RunAsync("foreach (var order in orders)\n{\n    " + statement + "\n}");

    [Fact]
    public Task Ef_core_explicit_loading_of_entries() => RoundTripTest.RunAsync(
        """
        foreach (var entry in db.ChangeTracker.Entries<Order>())
            await entry.{|DBR101:ReloadAsync|}();
        """);

    [Theory]
    [InlineData("connection.{|DBR101:Query|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:Query|}(Sql, new { id })")]
    [InlineData("connection.{|DBR101:QueryFirst|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:QueryFirstOrDefault|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:QuerySingle|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:QuerySingleOrDefault|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:ExecuteScalar|}<int>(\"SELECT COUNT(*) FROM Orders WHERE CustomerId = @id\", new { id })")]
    [InlineData("connection.{|DBR101:QueryMultiple|}(Sql + \"; SELECT 1\", new { id })")]
    [InlineData("connection.{|DBR101:ExecuteReader|}(Sql, new { id })")]
    [InlineData("connection.{|DBR101:Query|}<Order, Customer, Order>(Sql, (order, customer) => order, new { id })")]
    [InlineData("plain.{|DBR101:QueryFirst|}<Order>(Sql, new { id })")]
    [InlineData("npgsql.{|DBR101:QueryFirst|}<Order>(Sql, new { id })")]
    [InlineData("sqlite.{|DBR101:QueryFirst|}<Order>(Sql, new { id })")]
    [InlineData("connection.{|DBR101:QueryFirst|}<Order>(new CommandDefinition(Sql, new { id }, cancellationToken: ct))")]
    [InlineData("connection.{|DBR101:QueryFirst|}<Order>($\"SELECT * FROM Orders WHERE Id = {id}\")")]
    [InlineData("SqlMapper.{|DBR101:QueryFirst|}<Order>(connection, Sql, new { id })")]
    [InlineData("connection.{|DBR101:QueryFirst|}<Order>(\"FindOrder\", new { id }, commandType: CommandType.StoredProcedure)")]
    [InlineData("await connection.{|DBR101:QueryAsync|}<Order>(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:QueryFirstAsync|}<Order>(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:QueryFirstOrDefaultAsync|}<Order>(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:QuerySingleAsync|}<Order>(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:QuerySingleOrDefaultAsync|}<Order>(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:ExecuteScalarAsync|}<int>(\"SELECT COUNT(*) FROM Orders WHERE CustomerId = @id\", new { id })")]
    [InlineData("await connection.{|DBR101:QueryMultipleAsync|}(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:ExecuteReaderAsync|}(Sql, new { id })")]
    [InlineData("await connection.{|DBR101:QuerySingleAsync|}<Order>(new CommandDefinition(commandText: Sql, parameters: new { id }))")]
    [InlineData("(await connection.{|DBR101:QueryAsync|}<Order>(Sql, new { id })).ToList()")]
    public Task Dapper(string query) => RoundTripTest.RunAsync(
        $"const string Sql = \"SELECT * FROM Orders WHERE Id = @id\";\nforeach (var id in ids) Use({query});");

    [Fact]
    public Task Dapper_unbuffered() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            await foreach (var order in connection.{|DBR101:QueryUnbufferedAsync|}<Order>("SELECT * FROM Orders WHERE CustomerId = @id", new { id }))
                Use(order);
        }
        """);

    [Theory]
    [InlineData("using var command = connection.CreateCommand();", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("using var command = connection.CreateCommand();", "command.{|DBR101:ExecuteReader|}()")]
    [InlineData("using var command = connection.CreateCommand();", "await command.{|DBR101:ExecuteScalarAsync|}(ct)")]
    [InlineData("using var command = connection.CreateCommand();", "await command.{|DBR101:ExecuteReaderAsync|}(CommandBehavior.SingleRow, ct)")]
    [InlineData("await using var command = npgsql.CreateCommand();", "await command.{|DBR101:ExecuteReaderAsync|}()")]
    [InlineData("using var command = new NpgsqlCommand();\ncommand.Connection = npgsql;", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("using var command = sqlite.CreateCommand();", "command.{|DBR101:ExecuteReader|}()")]
    [InlineData("using var command = new SqliteCommand { Connection = sqlite };", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("using var command = plain.CreateCommand();", "command.{|DBR101:ExecuteReader|}()")]
    [InlineData("using IDbCommand command = plain.CreateCommand();", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("await using DbCommand command = npgsql.CreateCommand();", "await command.{|DBR101:ExecuteScalarAsync|}()")]
    public Task Ado_net_command_made_in_the_loop(string creation, string query) => RoundTripTest.RunAsync(
        $$"""
        foreach (var id in ids)
        {
            {{creation}}
            command.CommandText = $"SELECT Number FROM Orders WHERE Id = {id}";
            Use({{query}});
        }
        """);

    [Theory]
    [InlineData("using var command = new NpgsqlCommand($\"SELECT Number FROM Orders WHERE Id = {id}\", npgsql);", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("using var command = new SqliteCommand(\"SELECT Number FROM Orders WHERE Id = @id\", sqlite);\ncommand.Parameters.AddWithValue(\"@id\", id);", "command.{|DBR101:ExecuteReader|}()")]
    [InlineData("await using var command = source.CreateCommand($\"SELECT Number FROM Orders WHERE Id = {id}\");", "await command.{|DBR101:ExecuteScalarAsync|}()")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = Text(id);", "command.{|DBR101:ExecuteScalar|}()")]
    [InlineData("using var batch = connection.CreateBatch();\nvar one = batch.CreateBatchCommand();\none.CommandText = $\"SELECT {id}\";\nbatch.BatchCommands.Add(one);", "batch.{|DBR101:ExecuteReader|}()")]
    public Task Ado_net_text_given_otherwise(string creation, string query) => RoundTripTest.RunAsync(
        $$"""
        static string Text(int id) => "SELECT Number FROM Orders WHERE Id = " + id;
        foreach (var id in ids)
        {
            {{creation}}
            Use({{query}});
        }
        """);

    [Fact]
    public Task Ado_net_prepared_command_with_a_new_value() => RoundTripTest.RunAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Number FROM Orders WHERE Id = @id";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@id";
        command.Parameters.Add(parameter);
        foreach (var id in ids)
        {
            parameter.Value = id;
            Use(await command.{|DBR101:ExecuteScalarAsync|}(ct));
        }
        """);

    [Theory]
    [InlineData("var parameter = command.Parameters.AddWithValue(\"@id\", 0);")]
    [InlineData("var parameter = new NpgsqlParameter { ParameterName = \"@id\" };\ncommand.Parameters.Add(parameter);")]
    [InlineData("var parameter = command.Parameters.Add(\"@id\", NpgsqlTypes.NpgsqlDbType.Integer);")]
    [InlineData("var parameter = command.CreateParameter();\ncommand.Parameters.Add(parameter);")]
    public Task Ado_net_parameter_kept_in_a_local(string creation) => RoundTripTest.RunAsync(
        $$"""
        using var command = npgsql.CreateCommand();
        command.CommandText = "SELECT Number FROM Orders WHERE Id = @id";
        {{creation}}
        foreach (var id in ids)
        {
            parameter.Value = id;
            Use(await command.{|DBR101:ExecuteScalarAsync|}(ct));
        }
        """);

    [Fact]
    public Task Ado_net_prepared_command_in_fields() => RoundTripTest.RunSourceAsync(
        """
        class Reader
        {
            private readonly DbCommand _command;
            private readonly DbParameter _id;

            public Reader(DbConnection connection)
            {
                _command = connection.CreateCommand();
                _command.CommandText = "SELECT Number FROM Orders WHERE Id = @id";
                _id = _command.CreateParameter();
                _command.Parameters.Add(_id);
            }

            public void Read(int[] ids)
            {
                foreach (var id in ids)
                {
                    _id.Value = id;
                    Console.WriteLine(_command.{|DBR101:ExecuteScalar|}());
                }

                foreach (var id in ids)
                {
                    Bind(id);
                    Console.WriteLine(_command.{|DBR101:ExecuteScalar|}());
                }
            }

            private void Bind(int id) => _id.Value = id;
        }
        """);

    [Fact]
    public Task Ado_net_parameter_by_name() => RoundTripTest.RunAsync(
        """
        using var command = npgsql.CreateCommand();
        command.CommandText = "SELECT Number FROM Orders WHERE Id = @id";
        command.Parameters.Add("@id", NpgsqlTypes.NpgsqlDbType.Integer);
        foreach (var id in ids)
        {
            command.Parameters["@id"].Value = id;
            Use(command.{|DBR101:ExecuteScalar|}());
        }
        """);

    [Fact]
    public Task Ado_net_adapter() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            var table = new DataTable();
            adapter.SelectCommand!.CommandText = $"SELECT * FROM Orders WHERE CustomerId = {id}";
            adapter.{|DBR101:Fill|}(table);
        }
        """);

    [Fact]
    public Task A_connection_opened_anew_from_the_same_text_is_no_unit_of_work() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            using var own = new NpgsqlConnection(connectionString);
            own.Open();
            Use(own.{|DBR101:QueryFirst|}<Order>("SELECT * FROM Orders WHERE Id = @id", new { id }));
        }
        """);

    [Fact]
    public Task A_context_made_anew_that_only_reads_is_no_unit_of_work() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            await using var own = await factory.CreateDbContextAsync(ct);
            Use(await own.Orders.{|DBR101:FirstAsync|}(o => o.Id == id, ct));
        }
        """);
}
