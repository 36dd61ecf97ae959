using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR501 speaks about names that become part of SQL, and when it is quiet.</summary>
public class SplicedNameTests
{
    [Theory]
    // Sort keys and directions.
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:number|}}\"));")]
    [InlineData("Use(await connection.QueryAsync<Order>(\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY \" + {|DBR501:number|} + \" DESC LIMIT 3\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY o.{{|DBR501:number|}} {{|DBR501:number|}}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY [{{|DBR501:number|}}]\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:number ?? \"Id\"|}}\"));")]
    [InlineData("var key = number.Trim(); Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:key|}}\"));")]
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE Id = 3\"; if (!string.IsNullOrEmpty(number)) sql += $\" ORDER BY {{|DBR501:number|}}\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var s = new StringBuilder(\"SELECT Id FROM Orders WHERE Id = 3\"); s.Append(\" ORDER BY \").Append({|DBR501:number|}); Use(connection.Query<Order>(s.ToString()));")]
    [InlineData("Use(connection.Query<Order>(string.Format(\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {0}\", {|DBR501:number|})));")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = $\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:number|}}\"; Use(command.ExecuteScalar());")]
    [InlineData("using var command = new NpgsqlCommand(\"SELECT id FROM orders WHERE id = 3 ORDER BY \\\"\" + {|DBR501:number|} + \"\\\"\", npgsql); Use(await command.ExecuteScalarAsync(ct));")]
    [InlineData("var sql = $\"SELECT * FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:number|}}\"; Use(db.Orders.FromSqlRaw(sql).ToList());")]
    public Task Sort_key_of_callers(string code) => Reports(code);

    [Theory]
    // Texts of the code.
    [InlineData("var key = ids.Length > 3 ? \"Id\" : nameof(Order.Number); Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("var key = DayOfWeek.Monday; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("foreach (var key in new[] { \"Id\", \"Number\" }) Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("foreach (var p in typeof(Order).GetProperties()) Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {p.Name}\"));")]
    // Lists of the code.
    [InlineData("var key = number switch { \"a\" => \"Id\", _ => \"Number\" }; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("string key; switch (number) { case \"a\": key = \"Id\"; break; default: key = \"Number\"; break; } Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("switch (number) { case \"Id\": case \"Number\": break; default: return null; } Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {number}\"));")]
    [InlineData("if (number != \"Id\" && number != \"Number\") return null; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {number}\"));")]
    [InlineData("if (!number.Equals(\"asc\", StringComparison.OrdinalIgnoreCase)) number = \"desc\"; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY Id {number}\"));")]
    [InlineData("var way = number?.ToLower() == \"desc\" ? \"DESC\" : \"ASC\"; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY Id {way}\"));")]
    [InlineData("if (!new HashSet<string> { \"Id\" }.Contains(number)) return null; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {number}\"));")]
    [InlineData("var known = new Dictionary<string, string> { [\"a\"] = \"Id\" }; if (!known.TryGetValue(number, out var key)) return null; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {key}\"));")]
    [InlineData("var known = new Dictionary<string, string> { [\"a\"] = \"Id\" }; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {known[number]}\"));")]
    [InlineData("if (number is not (\"Id\" or \"Number\")) throw new ArgumentException(number); Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {number}\"));")]
    [InlineData("if (!number.All(char.IsLetter)) throw new ArgumentException(number); Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {number}\"));")]
    // Quoted, by a helper or by hand; asked of the model.
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {new NpgsqlCommandBuilder().QuoteIdentifier(number)}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY [{number.Replace(\"]\", \"]]\")}]\"));")]
    [InlineData("var table = db.Model.FindEntityType(typeof(Order))!.GetTableName(); Use(connection.Query<Order>($\"SELECT Id FROM {table} WHERE Id = 3 ORDER BY {db.Model.FindEntityType(typeof(Order))!.GetTableName()}\"));")]
    // Pieces of SQL, as their names say.
    [InlineData("var orderClause = number; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {orderClause}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {string.Join(\",\", names)}\"));")]
    // Where a library has the names from is not in view.
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM {number} WHERE Id = 3\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE {number} = @id\", new { id = 3 }));")]
    [InlineData("connection.Execute($\"INSERT INTO {number} (a) VALUES (1)\");")]
    // Parameters, which is a mistake of another kind.
    [InlineData("Use(db.Orders.FromSql($\"SELECT * FROM Orders ORDER BY {number}\").ToList());")]
    [InlineData("connection.Execute($\"DROP TABLE {number}\");")]
    public Task Quiet(string code) => Reports(code);

    /// <summary>Of a program, public methods that nobody calls answer requests.</summary>
    [Fact]
    public Task In_a_program() => ReportsProgram(
        """
        public record Search(string Table, string SortBy, string Way);
        public interface IReports { int Count(string table); int Known(string table); }

        public class OrdersController(DbConnection connection, IReports reports)
        {
            private static readonly string[] Allowed = ["orders", "customers"];
            private readonly string _schema = "shop";

            public int Count(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {{|DBR501:table|}}");
            public int Find(Search search) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {_schema}.{{|DBR501:search.Table|}} WHERE id = 3 ORDER BY {{|DBR501:search?.SortBy|}} {{|DBR501:search.Way|}}");
            public int By(string column, int id) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM Orders WHERE {{|DBR501:column|}} = @id", new { id });

            // Of callers.
            public int Through(string table) => Inner(table) + Fixed("orders") + Fixed(nameof(Order)) + reports.Count(table) + reports.Known("orders") + Shared("orders") + Odd(table.Length);
            private int Inner(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {{|DBR501:table|}}");
            private int Fixed(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}");
            internal int Shared(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}");
            private int Odd(int table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM t_{table}");

            // Allowed names.
            public int Listed(string table) => Allowed.Contains(table) ? connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}") : 0;
            public int Compared(Search search) { if (search.Table != "orders") return 0; return connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {search.Table}"); }
            public int Typed<T>() => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {typeof(T).Name}");
            internal int Nobody(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {table}");
        }

        public class Reports(DbConnection connection, string prefix) : IReports
        {
            public int Count(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {prefix}{{|DBR501:table|}}");
            public int Known(string table) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM {prefix}{table}");
        }

        public static class Program { public static void Main(string[] args) { } }
        """);

    private static Task ReportsProgram(string source) =>
        new CSharpAnalyzerVerifier<DbRules.Rules.SqlText.SplicedValue>.Test { TestState = { Sources = { source }, OutputKind = OutputKind.ConsoleApplication } }.RunAsync();

    private static Task Reports(string statements) => new CSharpAnalyzerVerifier<DbRules.Rules.SqlText.SplicedValue>.Test { TestCode = SplicedValueTests.Source(statements) }.RunAsync();
}
