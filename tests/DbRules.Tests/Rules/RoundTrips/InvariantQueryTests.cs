using DbRules.Catalog;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR107 speaks only where nothing about the query, its values or the store's content can change; where something may, DBR101 does.</summary>
public sealed class InvariantQueryTests
{
    private const string Sql = "\"SELECT * FROM Orders WHERE Open = 1\"";

    [Theory]
    [InlineData("Use(db.Countries.{|DBR107:First|}(c => c.Code == \"CH\"));")]
    [InlineData("Use(db.Countries.{|DBR107:Any|}());")]
    [InlineData("Use(db.Orders.Where(o => o.Open).OrderBy(o => o.Id).{|DBR107:ToList|}());")]
    [InlineData("Use(db.Orders.{|DBR107:Find|}(1));")]
    [InlineData("Use(db.Set<Order>().{|DBR107:Count|}(o => o.Open));")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").{|DBR107:ToList|}());")]
    [InlineData("Use(await db.Countries.{|DBR107:FirstAsync|}(c => c.Code == \"CH\", ct));")]
    [InlineData("Use(await db.Countries.{|DBR107:ToListAsync|}());")]
    [InlineData("Use(await db.Orders.{|DBR107:CountAsync|}(ct).ConfigureAwait(false));")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).AsNoTracking().{|DBR107:ToDictionaryAsync|}(o => o.Id));")]
    [InlineData("foreach (var country in {|DBR107:db.Countries.Where(c => c.Code != \"CH\")|}) Use(country);")]
    [InlineData("foreach (var country in {|DBR107:db.Countries|}) Use(country);")]
    [InlineData("foreach (var country in db.Countries.{|DBR107:ToList|}()) Use(country);")]
    [InlineData("Use(db.Orders.Count(o => o.CustomerId == order.CustomerId));\nUse(db.Countries.{|DBR107:Count|}());", "Count(o", "{|DBR101:Count|}(o")]
    public Task Ef_core(string statement, string plain = "-", string marked = "-") =>
        RunAsync(statement.Replace(plain, marked, StringComparison.Ordinal));

    [Theory]
    [InlineData("Use(connection.{|DBR107:Query|}<Order>(" + Sql + "));")]
    [InlineData("Use(connection.{|DBR107:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id = 1 }));")]
    [InlineData("Use(connection.{|DBR107:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Number = @connectionString\", new { connectionString }));")]
    [InlineData("Use(plain.{|DBR107:ExecuteScalar|}<int>(\"SELECT COUNT(*) FROM Orders\"));")]
    [InlineData("Use(await connection.{|DBR107:QueryAsync|}<Order>(" + Sql + "));")]
    [InlineData("Use(await npgsql.{|DBR107:QuerySingleAsync|}<Order>(new CommandDefinition(" + Sql + ", cancellationToken: ct)));")]
    [InlineData("const string text = " + Sql + ";\nUse(connection.{|DBR107:Query|}<Order>(text));")]
    [InlineData("var text = $\"SELECT * FROM {nameof(Order)}\";\nUse(connection.{|DBR107:Query|}<Order>(text));")]
    public Task Dapper(string statement) => RunAsync(statement);

    [Theory]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = " + Sql + ";\nUse(command.{|DBR107:ExecuteScalar|}());")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = " + Sql + ";\nusing var reader = await command.{|DBR107:ExecuteReaderAsync|}(ct);\nwhile (await reader.ReadAsync(ct)) Use(reader.GetInt32(0));")]
    [InlineData("using var command = new NpgsqlCommand(" + Sql + ", npgsql);\nUse(await command.{|DBR107:ExecuteScalarAsync|}());")]
    [InlineData("using var command = sqlite.CreateCommand();\ncommand.CommandText = " + Sql + ";\ncommand.Parameters.AddWithValue(\"@one\", 1);\nUse(command.{|DBR107:ExecuteScalar|}());")]
    public Task Ado_net(string statement) => RunAsync(statement);

    [Fact]
    public Task Ado_net_command_made_before_the_loop() => RoundTripTest.RunAsync(
        """
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Orders";
        foreach (var order in orders)
            Use(command.{|DBR107:ExecuteScalar|}());
        """);

    [Theory]
    [InlineData("var open = db.Orders.Where(o => o.Open);", "Use(open.{|DBR107:Count|}());")]
    [InlineData("var open = db.Orders.Where(o => o.Open);", "Use(await open.{|DBR107:ToListAsync|}(ct));")]
    [InlineData("var open = db.Orders.Where(o => o.Open);\nif (ids.Length > 3) open = open.Take(10);", "Use(open.{|DBR107:ToList|}());")]
    [InlineData("var open = db.Orders.Where(o => o.Open);", "foreach (var other in {|DBR107:open|}) Use(other);")]
    [InlineData("var first = ids[0];", "Use(db.Orders.{|DBR107:Find|}(first));")]
    [InlineData("var key = ids.Length * 2;", "Use(db.Orders.{|DBR107:First|}(o => o.Id == key));")]
    [InlineData("", "Use(db.Orders.{|DBR107:First|}(o => o.Number == connectionString));")]
    [InlineData("var known = new List<int> { 1, 2 };", "Use(db.Orders.Where(o => known.Contains(o.Id)).{|DBR107:ToList|}());")]
    [InlineData("", "Use(db.Orders.{|DBR107:Count|}(o => o.Id == _position));")]
    [InlineData("", "var inner = db.Orders.Where(o => o.Open); Use(inner.{|DBR107:Count|}());")]
    [InlineData("", "var one = 1; Use(db.Orders.{|DBR107:Find|}(one));")]
    public Task Values_from_outside_the_loop(string before, string statement) => RunAsync(statement, before);

    [Theory]
    [InlineData("for (var i = 0; i < ids.Length; i++) Use(db.Countries.{|DBR107:Count|}());")]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.TryDequeue(out var id)) Use(db.Countries.{|DBR107:Count|}());")]
    [InlineData("orders.ForEach(order => Use(db.Countries.{|DBR107:Count|}()));")]
    [InlineData("Use(orders.Select(order => db.Countries.{|DBR107:Count|}()).ToList());")]
    [InlineData("await Task.WhenAll(ids.Select(async id => Use(await db.Countries.{|DBR107:CountAsync|}())));")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) Use(db.Countries.{|DBR107:Count|}());")]
    [InlineData("foreach (var order in db.Orders) Use(db.Countries.{|DBR107:Count|}());")]
    public Task Every_kind_of_loop(string code) => RoundTripTest.RunAsync(code);

    [Theory]
    [InlineData("Use(db.Orders.{|DBR101:Count|}(o => o.Open));\ndb.SaveChanges();")]
    [InlineData("Use(db.Orders.{|DBR101:Count|}(o => o.Open));\nawait db.SaveChangesAsync(ct);")]
    [InlineData("Use(db.Orders.{|DBR101:Count|}());\nawait db.Orders.Where(o => o.Id == order.Id).ExecuteDeleteAsync();")]
    [InlineData("Use(db.Orders.{|DBR101:First|}());\nawait db.Database.ExecuteSqlRawAsync(\"UPDATE Orders SET Open = 0\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Id = @Id\", order);\nUse(connection.{|DBR101:Query|}<Order>(" + Sql + "));")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"INSERT INTO Orders (Number) VALUES (@Number) RETURNING Id\", order));\nUse(connection.{|DBR101:Query|}<Order>(" + Sql + "));")]
    [InlineData("using var delete = npgsql.CreateCommand();\ndelete.CommandText = \"DELETE FROM Orders\";\ndelete.ExecuteNonQuery();\nUse(await npgsql.{|DBR101:QueryAsync|}<Order>(" + Sql + "));")]
    [InlineData("using var unknown = npgsql.CreateCommand();\nunknown.CommandText = connectionString;\nUse(unknown.{|DBR101:ExecuteScalar|}());")]
    public Task A_write_in_the_loop(string statement) => RunAsync(statement);

    [Fact]
    public Task A_write_through_other_methods() => RoundTripTest.RunSourceAsync(
        """
        interface INotifier { void Notify(Order order); }

        class Writer(ShopContext db)
        {
            public void Save(Order order) => Store(order);
            public int Read(Order order) => order.Id + 1;
            private void Store(Order order) { db.Orders.Add(order); db.SaveChanges(); }
        }

        class Report(ShopContext db, Writer writer, INotifier notifier, Action<Order> handler)
        {
            void Run(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    _ = db.Countries.{|DBR101:Count|}();
                    writer.Save(order);
                }

                foreach (var order in orders)
                {
                    _ = db.Countries.{|DBR101:Count|}();
                    notifier.Notify(order);
                }

                foreach (var order in orders)
                {
                    _ = db.Countries.{|DBR101:Count|}();
                    handler(order);
                }

                foreach (var order in orders)
                {
                    _ = db.Countries.{|DBR107:Count|}();
                    _ = writer.Read(order);
                    Console.WriteLine(order.Number.Trim());
                }
            }
        }
        """);

    [Theory]
    [InlineData("", "Use(db.Orders.{|DBR101:Count|}(o => o.CreatedAt < DateTime.UtcNow));")]
    [InlineData("", "Use(db.Orders.{|DBR101:Count|}(o => o.CreatedAt < DateTime.Now.AddDays(-1)));")]
    [InlineData("", "Use(db.Products.{|DBR101:Any|}(p => p.Code == Guid.NewGuid()));")]
    [InlineData("", "var now = DateTime.UtcNow; Use(db.Orders.{|DBR101:Count|}(o => o.CreatedAt < now));")]
    [InlineData("", "var code = Guid.NewGuid(); Use(await db.Products.{|DBR101:AnyAsync|}(p => p.Code == code, ct));")]
    [InlineData("", "Use(connection.{|DBR101:Query|}<Order>(\"SELECT * FROM Orders WHERE CreatedAt < @now\", new { now = DateTimeOffset.UtcNow }));")]
    [InlineData("", "Use(db.Orders.{|DBR101:Count|}(o => o.Id == Random.Shared.Next()));")]
    [InlineData("var random = new Random(1);", "var pick = random.Next(); Use(db.Orders.{|DBR101:Count|}(o => o.Id == pick));")]
    [InlineData("", "Use(db.Orders.{|DBR101:Count|}(o => o.Id == Environment.TickCount));")]
    public Task Values_that_no_code_in_view_decides(string before, string statement) => RunAsync(statement, before);

    [Theory]
    [InlineData("var last = 0;", "Use(db.Orders.{|DBR101:Count|}(o => o.Id > last)); last = order.Id;")]
    [InlineData("var last = 0;", "Use(db.Orders.{|DBR101:Count|}(o => o.Id > last)); last++;")]
    [InlineData("var total = 0m;", "total += order.Id; Use(db.OrderLines.{|DBR101:Count|}(l => l.Price > total));")]
    [InlineData("", "_position = order.Id; Use(db.Orders.{|DBR101:Count|}(o => o.Id == _position));")]
    [InlineData("", "_position++; Use(connection.{|DBR101:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @_position\", new { _position }));")]
    [InlineData("var query = db.Orders.AsQueryable();", "query = query.Where(o => o.Id != order.Id); Use(query.{|DBR101:Count|}());")]
    [InlineData("var text = \"SELECT * FROM Orders WHERE 1 = 1\";", "text += \" AND Id <> \" + order.Id; Use(connection.{|DBR101:Query|}<Order>(text));")]
    [InlineData("int.TryParse(connectionString, out var key);", "int.TryParse(order.Number, out key); Use(db.Orders.{|DBR101:Find|}(key));")]
    public Task Values_that_the_loop_assigns(string before, string statement) => RunAsync(statement, before);

    [Theory]
    [InlineData("var done = new List<int>();", "Use(db.Orders.First(o => !done.Contains(o.Id))); done.Add(order.Id);")]
    [InlineData("var seen = new HashSet<int>();", "seen.Add(order.Id); Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE NOT Id = ANY(@seen)\", new { seen }));")]
    public Task A_list_of_keys_that_grows_in_the_loop_is_one_query_for_many(string before, string statement) => RunAsync(statement, before);

    [Theory]
    [InlineData("var done = new List<int>();", "done.Add(order.Id); Use(db.Orders.{|DBR101:Count|}(o => o.Id > done.Count));")]
    [InlineData("var filter = new Order();", "filter.Id = order.Id; Use(db.Orders.{|DBR101:First|}(o => o.Id == filter.Id));")]
    [InlineData("var filter = new Order();", "filter.Id = order.Id; Use(connection.{|DBR101:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @Id\", filter));")]
    [InlineData("var values = new DynamicParameters();", "values.Add(\"id\", order.Id); Use(connection.{|DBR101:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @id\", values));")]
    [InlineData("var text = new System.Text.StringBuilder();", "text.Append(order.Id); Use(connection.{|DBR101:Query|}<Order>(text.ToString()));")]
    [InlineData("using var command = connection.CreateCommand();", "command.CommandText = \"SELECT \" + order.Id; Use(command.{|DBR101:ExecuteScalar|}());")]
    public Task Objects_that_the_loop_changes(string before, string statement) => RunAsync(statement, before);

    [Fact]
    public Task Sources_whose_effect_is_unknown() => RoundTripTest.RunSourceAsync(
        """
        class Clock { public static int Ticks() => Environment.TickCount; public int Today => DateTime.Now.Day; }

        interface ITenant { int Id { get; } int Next(); }

        class Report(ShopContext db, ITenant tenant)
        {
            private int _calls;

            private int Next() => ++_calls;

            void Run(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    _ = db.Orders.{|DBR101:Count|}(o => o.Id == Clock.Ticks());
                    var next = tenant.Next();
                    _ = db.Orders.{|DBR101:Count|}(o => o.Id == next);
                    _ = db.Orders.{|DBR101:Find|}(Next());
                }
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var id in new[] { 1, 2 }) Use(db.Countries.Count());")]
    [InlineData("while (!ct.IsCancellationRequested) Use(db.Countries.Count());")]
    [InlineData("foreach (var part in ids.Chunk(10)) Use(db.Countries.Count());")]
    [InlineData("foreach (var id in ids) Use(_last ??= db.Orders.First());")]
    [InlineData("foreach (var country in db.Countries.ToList()) Use(country);")]
    [InlineData("for (var n = 0; n < ids.Length; n++)\n{\n    try { Use(db.Countries.Count()); break; }\n    catch (DbException) { Use(n); }\n}")]
    [InlineData("foreach (var id in ids) db.SaveChanges();")]
    [InlineData("foreach (var id in ids) connection.Execute(\"DELETE FROM Orders\");")]
    [InlineData("Use(db.Countries.Count());\nUse(db.Countries.Count());")]
    [InlineData("foreach (var id in ids) { _cache.TryGetValue(id, out var order); if (order == null) order = orders.First(); Use(order); }")]
    public Task Quiet(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task Message_and_places()
    {
        var test = new RoundTripTest
        {
            TestCode = RoundTripTest.Method("{|#1:foreach (var order in orders)|}\n    Use(db.Countries.{|#0:FirstOrDefault|}(c => c.Code == \"CH\"));"),
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.InvariantQuery).WithLocation(0).WithLocation(1)
            .WithMessage("'FirstOrDefault' runs the same query for each element of 'orders'; run it once before the loop"));
        return test.RunAsync();
    }

    [Fact]
    public Task Message_and_places_of_a_loop_without_a_sequence()
    {
        var test = new RoundTripTest
        {
            TestCode = RoundTripTest.Method("{|#1:for (var i = 0; i < 100; i++)|}\n    foreach (var country in {|#0:db.Countries|}) Use(country);"),
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.InvariantQuery).WithLocation(0).WithLocation(1)
            .WithMessage("'db.Countries' runs the same query in each pass of the 'for' loop; run it once before the loop"));
        return test.RunAsync();
    }

    private static Task RunAsync(string statement, string before = "") =>
        RoundTripTest.RunAsync($"{before}\nforeach (var order in orders)\n{{\n    {statement.ReplaceLineEndings("\n    ")}\n}}");
}
