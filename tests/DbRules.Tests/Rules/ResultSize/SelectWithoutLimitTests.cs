using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.SelectWithoutLimit, DbRules.CodeFixes.ResultSize.SelectWithoutLimitFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR203 speaks, and when it is quiet.</summary>
public class SelectWithoutLimitTests
{
    private const string Open = "class Report { public List<Order> Open(DbConnection connection) => connection.Query<Order>(\"{|#0:SELECT|} * FROM Orders WHERE Open = 1\").AsList(); }";

    [Theory]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders\"));")]
    [InlineData("Use((await connection.QueryAsync<Order>(\"{|DBR203:select|} id, number from shop.orders order by id\")).ToList());")]
    [InlineData("Use(connection.Query<Order>(new CommandDefinition(\"{|DBR203:SELECT|} * FROM Orders\", cancellationToken: ct)));")]
    [InlineData("var sql = \"{|DBR203:SELECT|} * FROM Orders\"; Use(await npgsql.QueryAsync<Order>(sql));")]
    [InlineData("Use(connection.Query<Order, Customer, Order>(@\"{|DBR203:SELECT|} * FROM Orders o JOIN Customers c ON c.Id = o.CustomerId\", (o, c) => o));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} o.* FROM Countries c LEFT JOIN Orders o ON o.CountryId = c.Id\"));")]
    [InlineData("Use(connection.Query<Order>(\"WITH o AS (SELECT * FROM Orders) {|DBR203:SELECT|} * FROM Orders JOIN o ON o.Id = Orders.Id\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE 1 = 1\"));")]
    [InlineData("Use(connection.Query<int>(\"{|DBR203:SELECT|} Id FROM Orders UNION ALL SELECT Id FROM Payments WHERE OrderId = @id\", new { id = 3 }));")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"{|DBR203:SELECT|} * FROM Orders\").ToList());")]
    [InlineData("Use(await db.Orders.FromSql($\"{|DBR203:SELECT|} * FROM Orders\").Include(o => o.Lines).ToListAsync(ct));")]
    [InlineData("Use(await db.Database.SqlQuery<int>($\"{|DBR203:SELECT|} Id AS Value FROM Orders\").ToListAsync(ct));")]
    [InlineData("Use(connection.Query<Order>($\"{|DBR203:SELECT|} * FROM `{connectionString}.orders`\"));")]
    [InlineData("Use(connection.Query<Order>($\"{|DBR203:SELECT|} * FROM {connectionString}_orders o\"));")]
    [InlineData("Use(connection.Query<Order>($\"{|DBR203:SELECT|} * FROM [{connectionString}].[shop_orders]\"));")]
    [InlineData("var t = new System.Data.DataTable(); using var reader = new NpgsqlCommand(\"{|DBR203:SELECT|} * FROM orders\", npgsql).ExecuteReader(); t.Load(reader);")]
    [InlineData("var t = new System.Data.DataTable(); var a = new NpgsqlDataAdapter(\"{|DBR203:SELECT|} * FROM orders\", npgsql); a.Fill(t);")]
    [InlineData("var t = new System.Data.DataTable(); var command = new NpgsqlCommand(\"{|DBR203:SELECT|} * FROM orders\", npgsql); new NpgsqlDataAdapter(command).Fill(t);")]
    public Task Whole_table(string code) => Code.Reports(code);

    [Theory]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Open = 1\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE CreatedAt > @since\", new { since = DateTime.UtcNow }));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Number LIKE @text\", new { text = \"A%\" }));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Id > @last ORDER BY Id\", new { last = 3 }));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Id = @id OR Open = 1\", new { id = 3 }));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE StatusId = 3\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE NOT Id = @id\", new { id = 3 }));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Number IN ('A', 'B')\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE CustomerId IN (SELECT Id FROM Customers WHERE Active = 1)\"));")]
    [InlineData("Use(connection.Query<Order>($\"{|DBR203:SELECT|} * FROM Orders WHERE Number = '{connectionString}'\"));")]
    [InlineData("Use(connection.Query<Order>($\"{|DBR203:SELECT|} * FROM `{connectionString}.orders` WHERE `State` = '{connectionString}';\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} o.* FROM Orders o INNER JOIN Customers c ON c.Id = o.CustomerId AND c.Active = 1\"));")]
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM (SELECT * FROM Orders WHERE Open = 1) o\"));")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"{|DBR203:SELECT|} * FROM Orders\").Where(o => o.Open).ToList());")]
    public Task Filtered(string code) => FilteredIn(RoundTripTest.Method(code));

    [Theory]
    // A bound is present.
    [InlineData("SELECT * FROM Orders ORDER BY Id LIMIT 10")]
    [InlineData("SELECT * FROM Orders ORDER BY Id LIMIT @size OFFSET @skip")]
    [InlineData("SELECT TOP (10) * FROM Orders")]
    [InlineData("SELECT * FROM Orders ORDER BY Id OFFSET 10 ROWS FETCH NEXT 10 ROWS ONLY")]
    [InlineData("SELECT * FROM Orders FETCH FIRST 10 ROWS ONLY")]
    [InlineData("SELECT * FROM Orders WHERE ROWNUM <= 10")]
    [InlineData("SELECT * FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY Id) AS n FROM Orders) o WHERE n BETWEEN 1 AND 10")]
    [InlineData("SELECT o.* FROM Orders o JOIN (SELECT TOP 3 Id FROM Orders) t ON t.Id = o.Id")]
    [InlineData("WITH page AS (SELECT * FROM Orders ORDER BY Id LIMIT 3) SELECT * FROM page")]
    [InlineData("WITH page AS (SELECT * FROM Orders ORDER BY Id LIMIT 3) SELECT l.* FROM OrderLines l JOIN page p ON p.Id = l.OrderId")]
    // One row, or few.
    [InlineData("SELECT COUNT(*) FROM Orders")]
    [InlineData("SELECT MAX(CreatedAt), MIN(CreatedAt) FROM Orders WHERE Open = 1")]
    [InlineData("SELECT CustomerId, COUNT(*) FROM Orders GROUP BY CustomerId")]
    [InlineData("SELECT DISTINCT CustomerId FROM Orders")]
    [InlineData("SELECT EXISTS (SELECT * FROM Orders)")]
    [InlineData("SELECT 1")]
    [InlineData("SELECT * FROM Orders FOR JSON PATH")]
    // One row or one parent by its key.
    [InlineData("SELECT * FROM Orders WHERE Id = @id")]
    [InlineData("SELECT * FROM Orders WHERE @id = Id AND Open = 1")]
    [InlineData("SELECT * FROM Orders WHERE Id = 3")]
    [InlineData("SELECT * FROM OrderLines WHERE OrderId = @id")]
    [InlineData("select * from order_lines where order_id = @id order by id")]
    [InlineData("SELECT l.* FROM OrderLines l JOIN Orders o ON o.Id = l.OrderId WHERE o.Id = @id")]
    [InlineData("SELECT l.* FROM OrderLines l JOIN Orders o ON o.Id = l.OrderId AND o.Id = @id")]
    [InlineData("SELECT * FROM Orders WHERE Id = @id OR Id = @other")]
    [InlineData("SELECT * FROM Orders WHERE CustomerId = (SELECT Id FROM Customers WHERE Email = @email)")]
    [InlineData("SELECT * FROM Orders WHERE Id BETWEEN @first AND @last")]
    [InlineData("SELECT * FROM OrderLines WHERE OrderId IN (SELECT Id FROM Orders WHERE CustomerId = @id)")]
    [InlineData("SELECT * FROM Customers c WHERE EXISTS (SELECT 1 FROM Orders o WHERE o.CustomerId = c.Id AND o.Id = @id)")]
    // The rows of a list.
    [InlineData("SELECT * FROM Orders WHERE Id IN @ids")]
    [InlineData("SELECT * FROM Orders WHERE Number IN @numbers")]
    [InlineData("SELECT * FROM Orders WHERE Id IN (1, 2, 3)")]
    [InlineData("SELECT * FROM Orders WHERE Id = ANY(@ids)")]
    [InlineData("SELECT o.* FROM Orders o JOIN UNNEST(@ids) AS i(id) ON i.id = o.Id")]
    [InlineData("SELECT o.* FROM Orders o JOIN #Ids i ON i.Id = o.Id")]
    // Small or the database's own.
    [InlineData("SELECT * FROM Countries")]
    [InlineData("SELECT * FROM app_settings")]
    [InlineData("SELECT * FROM shop.order_statuses s JOIN Countries c ON c.Id = s.CountryId")]
    [InlineData("SELECT table_name FROM information_schema.tables")]
    [InlineData("SELECT name FROM sqlite_master WHERE type = 'table'")]
    [InlineData("SELECT relname FROM pg_class")]
    [InlineData("SELECT * FROM sys.indexes")]
    [InlineData("SELECT * FROM #Found")]
    [InlineData("SELECT * FROM GetOrders(@id)")]
    // No query, or several, or not understood.
    [InlineData("EXEC GetOrders")]
    [InlineData("SELECT * FROM Orders; SELECT * FROM Customers")]
    [InlineData("INSERT INTO Archive SELECT * FROM Orders RETURNING *")]
    [InlineData("SELECT * FROM Orders WHERE ((")]
    [InlineData("SELECT Id FROM Orders EXCEPT SELECT OrderId FROM Payments")]
    [InlineData("-- SELECT * FROM Orders\nSELECT 'SELECT * FROM Orders'")]
    public Task Quiet_text(string sql) => Code.Reports($"Use(connection.Query<dynamic>(\"\"\"\n{sql}\n\"\"\", new {{ id = 3, ids, first = 1, last = 9 }}));");

    [Theory]
    // Single rows and numbers.
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT * FROM Orders\"));")]
    [InlineData("Use(await connection.QuerySingleOrDefaultAsync<Order>(\"SELECT * FROM Orders WHERE Number = 'A'\"));")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"SELECT Id FROM Orders\"));")]
    [InlineData("Use(connection.Execute(\"SELECT * FROM Orders\"));")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = \"SELECT Id FROM Orders\"; Use(command.ExecuteScalar());")]
    // Rows that pass one by one.
    [InlineData("foreach (var order in connection.Query<Order>(\"SELECT * FROM Orders\", buffered: false)) Use(order);")]
    [InlineData("Use(connection.Query<Order>(new CommandDefinition(\"SELECT * FROM Orders\", flags: CommandFlags.None)));")]
    [InlineData("await foreach (var order in connection.QueryUnbufferedAsync<Order>(\"SELECT * FROM Orders\")) Use(order);")]
    [InlineData("await foreach (var order in db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").AsAsyncEnumerable()) Use(order);")]
    [InlineData("using var reader = await connection.ExecuteReaderAsync(\"SELECT * FROM Orders\"); while (await reader.ReadAsync(ct)) Use(reader.GetInt32(0));")]
    [InlineData("using var reader = new NpgsqlCommand(\"SELECT * FROM Orders\", npgsql).ExecuteReader(); while (reader.Read()) { var row = new List<object>(); row.Add(reader.GetValue(0)); Use(row); }")]
    [InlineData("using var reader = new NpgsqlCommand(\"SELECT * FROM Orders\", npgsql).ExecuteReader(); var found = new List<int>(); while (reader.Read()) { found.Add(reader.GetInt32(0)); if (found.Count == 100) break; }")]
    [InlineData("using var reader = new NpgsqlCommand(\"SELECT * FROM Orders\", npgsql).ExecuteReader(); var page = new List<int>(); while (reader.Read()) { page.Add(reader.GetInt32(0)); if (page.Count == 100) { Use(page.Count); page.Clear(); } }")]
    [InlineData("using var reader = new NpgsqlCommand(\"SELECT * FROM Orders\", npgsql).ExecuteReader(); var found = new List<int>(); if (reader.Read()) found.Add(reader.GetInt32(0));")]
    [InlineData("using var reader = new NpgsqlCommand(\"SELECT * FROM Orders\", npgsql).ExecuteReader(); while (reader.Read()) _cache[reader.GetInt32(0)] = orders[0];")]
    // The filter or the limit stands behind the text.
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").OrderBy(o => o.Id).Take(10).ToList());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").Where(o => o.Id == 3).ToList());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").Count());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders\").First());")]
    // Not known.
    [InlineData("Use(connection.Query<Order>(connectionString));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT * FROM Orders \" + connectionString));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM Orders {connectionString}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM {connectionString}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM `{connectionString}`\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM `orders.{connectionString}`\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM shop_{connectionString}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM {connectionString}s\"));")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM {0}\", connectionString).ToList());")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM `{connectionString}.countries`\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM {connectionString}_settings WHERE Name <> 'a'\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM `{connectionString}.orders` LIMIT 20\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM `{connectionString}.orders` WHERE order_id = 3\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT * FROM Orders WHERE {connectionString}\"));")]
    [InlineData("var sql = \"SELECT * FROM Orders\"; if (ids.Length > 0) sql += \" LIMIT 10\"; Use(connection.Query<Order>(sql));")]
    [InlineData("Use(connection.Query<Order>(\"Orders\", commandType: System.Data.CommandType.StoredProcedure));")]
    [InlineData("Use(connection.QueryMultiple(\"SELECT * FROM Orders\").Read<Order>());")]
    public Task Quiet_code(string code) => Code.Reports(code);

    [Theory]
    [InlineData("while (await reader.ReadAsync(ct)) found.Add(reader.GetInt32(0));")]
    [InlineData("while (reader.Read()) { var order = new Order { Id = reader.GetInt32(0) }; found.Add(order.Id); }")]
    [InlineData("while (reader.Read()) { if (!reader.IsDBNull(0)) { found.Insert(0, reader.GetInt32(0)); } }")]
    [InlineData("while (reader.Read()) byId[reader.GetInt32(0)] = reader.GetString(1);")]
    public Task Rows_that_a_loop_keeps(string loop) => Code.Reports(
        $$"""
        var found = new List<int>();
        var byId = new Dictionary<int, string>();
        using var command = connection.CreateCommand();
        command.CommandText = "{|DBR203:SELECT|} Id, Number FROM Orders";
        await using var reader = await command.ExecuteReaderAsync(ct);
        {{loop}}
        return found;
        """);

    [Theory]
    [InlineData("[Index(nameof(Code), IsUnique = true)] class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "", true)]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>().HasIndex(i => i.Code).IsUnique();", true)]
    [InlineData("class Item { public int Number { get; set; } public string Code { get; set; } = \"\"; }", "model.Entity<Item>().HasIndex(i => new { i.Code, i.Number }).IsUnique();", false)]
    public async Task Unique_index(string entity, string model, bool isUnique)
    {
        string code =
            $$"""
            {{entity}}
            class Stock : DbContext
            {
                public DbSet<Item> StockItems => Set<Item>();
                public IEnumerable<Item> Of(DbConnection connection, string code) => connection.Query<Item>("{|DBR203:SELECT|} * FROM StockItems WHERE Code = @code", new { code });
                protected override void OnModelCreating(ModelBuilder model) { {{model}} }
            }
            """;
        if (isUnique)
            await Code.Reports(Unmarked(code));
        else
            await FilteredIn(code);
    }

    [Fact]
    public Task Small_entity_behind_a_table() => Code.Reports(
        """
        using System.ComponentModel.DataAnnotations.Schema;
        [Table("ref_things")] class ColourKind { public int Id { get; set; } }
        class Colours { public IEnumerable<ColourKind> All(DbConnection connection) => connection.Query<ColourKind>("SELECT * FROM ref_things"); }
        """);

    [Fact]
    public Task Constant_is_reported_at_the_call() => Code.NoFix(
        """
        class Orders
        {
            private const string All = "SELECT * FROM Orders";
            public IEnumerable<Order> First(DbConnection connection) => connection.{|DBR203:Query|}<Order>(All);
        }
        """);

    [Fact]
    public Task Constant_table_is_known() => Code.Reports(
        """
        class Orders
        {
            private const string Table = "Orders";
            public IEnumerable<Order> First(DbConnection connection) => connection.Query<Order>($"{|DBR203:SELECT|} * FROM {Table}");
            public IEnumerable<Order> ById(DbConnection connection, int id) => connection.Query<Order>($"SELECT * FROM {Table} WHERE {nameof(Order.Id)} = @id", new { id });
            public IEnumerable<Order> InSchema(DbConnection connection, string schema) => connection.Query<Order>($"{|DBR203:SELECT|} * FROM [{schema}].Orders");
        }
        """);

    [Theory]
    [InlineData("using Xunit; class OrderTests { [Fact] public void Reads() { } public object All(DbConnection c) => c.Query(\"SELECT * FROM Orders\"); } namespace Xunit { class FactAttribute : Attribute { } }")]
    [InlineData("class OrderSeeder { public object All(DbConnection c) => c.Query(\"SELECT * FROM Orders\"); }")]
    [InlineData("class Upgrades { public object MigrateOrders(DbConnection c) => c.Query(\"SELECT * FROM Orders\"); }")]
    public Task Quiet_outside_production(string code) => Code.Reports(code);

    [Theory]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("whole-table", DiagnosticSeverity.Info)]
    [InlineData("always", DiagnosticSeverity.Warning)]
    public Task Severity_of_a_filtered_read(string value, DiagnosticSeverity severity)
    {
        CSharpAnalyzerVerifier<SelectWithoutLimit>.Test test = Test(Open, $"dbrules.row_limit = {value}");
        test.ExpectedDiagnostics.Add(new DiagnosticResult("DBR203", severity).WithLocation(0).WithArguments("Query", "Orders", " that the filter lets through"));
        return test.RunAsync();
    }

    [Fact]
    public Task Silenced_where_filtered() => Test(Open, "dbrules.row_limit = never").RunAsync();

    [Theory]
    [InlineData("dbrules.row_limit = never", DiagnosticSeverity.Info)]
    [InlineData("dbrules.row_limit = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dbrules.row_limit = whole-table", DiagnosticSeverity.Warning)]
    [InlineData("dbrules.row_limit = always", DiagnosticSeverity.Warning)]
    [InlineData("dbrules.small_entities = Customer", DiagnosticSeverity.Info)]
    public Task Severity_of_a_whole_table(string option, DiagnosticSeverity severity)
    {
        CSharpAnalyzerVerifier<SelectWithoutLimit>.Test test = Test(Open.Replace(" WHERE Open = 1", "", StringComparison.Ordinal), option);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("DBR203", severity).WithLocation(0).WithArguments("Query", "Orders", ""));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("Order")]
    [InlineData("Customer, orders")]
    public Task Silenced_for_small_tables(string names) => Test(Open.Replace(" WHERE Open = 1", "", StringComparison.Ordinal), $"dbrules.small_entities = {names}").RunAsync();

    /// <summary>A suggestion, which one value of the option silences.</summary>
    private static async Task FilteredIn(string code)
    {
        await Test(code, "dbrules.row_limit = suggestion").RunAsync();
        await Test(Unmarked(code), "dbrules.row_limit = never").RunAsync();
    }

    private static string Unmarked(string code) => code.Replace("{|DBR203:SELECT|}", "SELECT", StringComparison.Ordinal);

    private static CSharpAnalyzerVerifier<SelectWithoutLimit>.Test Test(string code, string option)
    {
        var test = new CSharpAnalyzerVerifier<SelectWithoutLimit>.Test { TestCode = code };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{option}\n"));
        return test;
    }
}
