using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR501 speaks, and when it is quiet.</summary>
public class SplicedValueTests
{
    [Theory]
    // Dapper.
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"));")]
    [InlineData("Use(await connection.QueryAsync<Order>(\"SELECT Id FROM Orders WHERE Number = '\" + {|DBR501:number|} + \"'\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Number LIKE '%{{|DBR501:number|}}%'\"));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders WHERE Number LIKE '%\" + {|DBR501:number|} + \"%' LIMIT 3\"));")]
    [InlineData("Use(connection.Query<Order>(string.Format(\"SELECT Id FROM Orders WHERE Open = {1} AND Number = '{0}'\", {|DBR501:number|}, 1)));")]
    [InlineData("Use(connection.Query<Order>(string.Concat(\"SELECT Id FROM Orders WHERE Number = '\", {|DBR501:number|}, \"'\")));")]
    [InlineData("Use(connection.Query<Order>(string.Concat(\"SELECT Id\", \" FROM Orders\", \" WHERE\", \" Number = '\", {|DBR501:number|}, \"'\")));")]
    [InlineData("Use(connection.Query<Order>(new CommandDefinition($\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\", cancellationToken: ct)));")]
    [InlineData("connection.Execute($\"IF EXISTS (SELECT 1 FROM Orders WHERE Number = '{{|DBR501:number|}}') DELETE FROM Orders WHERE Number = N'{{|DBR501:number|}}'\");")]
    [InlineData("connection.Execute($\"DECLARE @number nvarchar(9) = '{{|DBR501:number|}}'; DELETE FROM Orders WHERE Number = @number\");")]
    [InlineData("var s = new StringBuilder(\"DELETE FROM Orders WHERE Number IN (\"); s.AppendJoin(',', names.Select(n => $\"'{{|DBR501:n|}}'\")).Append(')'); connection.Execute(s.ToString());")]
    [InlineData("var s = new StringBuilder(\"DELETE FROM Orders WHERE Number IN ('\"); {|DBR501:s.AppendJoin(\"','\", names)|}.Append(\"')\"); connection.Execute(s.ToString());")]
    [InlineData("connection.Execute($\"INSERT INTO Orders (Id, Number) VALUES (1, '{{|DBR501:number|}}')\");")]
    [InlineData("connection.Execute($\"UPDATE Orders SET Number = {{|DBR501:number|}} WHERE Id = 3\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number IN ({{|DBR501:number|}})\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");")]
    [InlineData("connection.Execute(\"DELETE FROM Orders WHERE Number IN (\" + string.Join(\",\", names.Select(n => $\"'{{|DBR501:n|}}'\")) + \")\");")]
    // Through locals.
    [InlineData("var sql = $\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var trimmed = number.Trim().ToUpper(); Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:trimmed|}}'\"));")]
    [InlineData("foreach (var name in names) connection.Execute($\"DELETE FROM Orders WHERE Number = '{{|DBR501:name|}}'\");")]
    [InlineData("foreach (var order in orders) connection.Execute($\"DELETE FROM Orders WHERE Number = '{{|DBR501:order.Number|}}'\");")]
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (number != null) sql += $\" AND Number = '{{|DBR501:number|}}'\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var sql = \"SELECT Id FROM Orders\"; sql = sql + \" WHERE Number = '\" + {|DBR501:number|} + \"'\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var filter = $\"Number = '{{|DBR501:number|}}'\"; Use(connection.Query<Order>(\"SELECT Id FROM Orders WHERE \" + filter));")]
    [InlineData("string sql; if (ids.Length > 0) sql = $\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; else sql = \"SELECT 1\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var sql = ids.Length > 0 ? $\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\" : \"SELECT 1\"; Use(connection.Query<Order>(sql));")]
    [InlineData("var s = new StringBuilder(\"SELECT Id FROM Orders\"); s.Append(\" WHERE Number = '\").Append({|DBR501:number|}).Append('\\''); Use(connection.Query<Order>(s.ToString()));")]
    [InlineData("var s = new StringBuilder(); s.AppendLine(\"SELECT Id FROM Orders\"); if (number != null) s.AppendLine($\"WHERE Number = '{{|DBR501:number|}}'\"); Use(connection.Query<Order>(s.ToString()));")]
    [InlineData("var s = new StringBuilder(); s.AppendFormat(\"SELECT Id FROM Orders WHERE Number = '{0}'\", {|DBR501:number|}); Use(connection.Query<Order>(s.ToString()));")]
    // ADO.NET.
    [InlineData("var command = connection.CreateCommand(); command.CommandText = $\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; Use(command.ExecuteScalar());")]
    [InlineData("using var command = new NpgsqlCommand(\"DELETE FROM orders WHERE number = '\" + {|DBR501:number|} + \"'\", npgsql); await command.ExecuteNonQueryAsync(ct);")]
    [InlineData("Use(new NpgsqlCommand($\"DELETE FROM orders WHERE number = '{{|DBR501:number|}}'\"));")]
    [InlineData("Use(new NpgsqlCommand { CommandText = $\"DELETE FROM orders WHERE number = '{{|DBR501:number|}}'\" });")]
    [InlineData("Use(new NpgsqlBatchCommand($\"DELETE FROM orders WHERE number = '{{|DBR501:number|}}'\"));")]
    [InlineData("Use(source.CreateCommand($\"DELETE FROM orders WHERE number = '{{|DBR501:number|}}'\"));")]
    [InlineData("plain.CreateCommand().CommandText = $\"DELETE FROM orders WHERE number = '{{|DBR501:number|}}'\";")]
    // EF Core, where its own analyzer says nothing.
    [InlineData("var sql = $\"SELECT * FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; Use(db.Orders.FromSqlRaw(sql).ToList());")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(string.Format(\"DELETE FROM Orders WHERE Number = '{0}'\", {|DBR501:number|}));")]
    // Dates and fractions.
    [InlineData("var since = DateTime.UtcNow; Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE CreatedAt > '{{|DBR501:since|}}'\"));")]
    [InlineData("decimal price = ids[0]; connection.Execute($\"DELETE FROM OrderLines WHERE Price > {{|DBR501:price|}}\");")]
    [InlineData("double price = ids[0]; connection.Execute(\"DELETE FROM OrderLines WHERE Price > \" + {|DBR501:price|});")]
    // Comments and other dialects.
    [InlineData("connection.Execute($\"DELETE FROM Orders /* '{number}' */ WHERE Number = N'{{|DBR501:number|}}' -- '{number}'\");")]
    [InlineData("connection.Execute($\"DELETE FROM `Orders` WHERE `Number` = '{{|DBR501:number|}}' LIMIT 3\");")]
    [InlineData("connection.Execute($\"DELETE FROM [Orders] WHERE [Number] = '{{|DBR501:number|}}'; SELECT 1\");")]
    [InlineData("connection.Execute($\"DELETE FROM orders WHERE id = '{{|DBR501:number|}}'::uuid\");")]
    public Task Value(string code) => Reports(code);

    [Theory]
    // Parameters.
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders WHERE Number = @number\", new { number }));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders WHERE Number LIKE '%' || @number || '%'\", new { number }));")]
    [InlineData("await db.Database.ExecuteSqlAsync($\"DELETE FROM Orders WHERE Number = {number}\");")]
    [InlineData("await db.Database.ExecuteSqlInterpolatedAsync($\"DELETE FROM Orders WHERE Number = {number}\");")]
    [InlineData("Use(db.Orders.FromSql($\"SELECT * FROM Orders WHERE Number = {number}\").ToList());")]
    [InlineData("FormattableString sql = $\"SELECT * FROM Orders WHERE Number = {number}\"; Use(db.Orders.FromSqlInterpolated(sql).ToList());")]
    [InlineData("Use(db.Database.SqlQuery<int>($\"SELECT Id AS Value FROM Orders WHERE Number = {number}\").ToList());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE Number = {0}\", number).ToList());")]
    // EF Core's own analyzer speaks.
    [InlineData("Use(db.Orders.FromSqlRaw($\"SELECT * FROM Orders WHERE Number = '{number}'\").ToList());")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"DELETE FROM Orders WHERE Number = '\" + number + \"'\");")]
    [InlineData("Use(db.Database.SqlQueryRaw<int>($\"SELECT Id AS Value FROM Orders WHERE Number = '{number}'\").ToList());")]
    // What cannot change a statement.
    [InlineData("const string state = \"Open\"; connection.Execute($\"DELETE FROM Orders WHERE Number = '{state}' AND Number <> '{nameof(Order)}'\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = {ids[0]} AND Id <> '{ids.Length}'\");")]
    [InlineData("var s = new StringBuilder(\"DELETE FROM Orders WHERE Id IN (\").AppendJoin(',', ids).Append(')'); connection.Execute(s.ToString());")]
    [InlineData("var s = new StringBuilder(\"UPDATE Orders SET \").AppendJoin(\", \", names.Select(n => n + \" = @\" + n)).Append(\" WHERE Id = 3\"); connection.Execute(s.ToString(), new DynamicParameters());")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id IN ({string.Join(\",\", ids)})\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id IN ({string.Join(\",\", ids.Select(i => i.ToString()))})\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Code = '{Guid.NewGuid()}' AND Day = '{DayOfWeek.Monday}' AND Open = {ids.Length > 0}\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = {(long)TimeSpan.FromDays(ids[0]).TotalSeconds}\");")]
    [InlineData("var id = int.Parse(number); connection.Execute($\"DELETE FROM Orders WHERE Id = '{id.ToString()}'\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number = '{number.Replace(\"'\", \"''\")}'\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number = '{(ids.Length > 0 ? \"A\" : \"B\")}'\");")]
    [InlineData("var state = number switch { \"a\" => \"A\", \"b\" => \"B\", _ => throw new ArgumentException(number) }; connection.Execute($\"DELETE FROM Orders WHERE Number = '{state}'\");")]
    [InlineData("if (!names.Contains(number)) return null; connection.Execute($\"DELETE FROM Orders WHERE Number = '{number}'\");")]
    [InlineData("if (number is not (\"A\" or \"B\")) return null; connection.Execute($\"DELETE FROM Orders WHERE Number = '{number}'\");")]
    [InlineData("if (!Guid.TryParse(number, out _)) return null; connection.Execute($\"DELETE FROM Orders WHERE Number = '{number}'\");")]
    [InlineData("var since = DateTime.UtcNow; connection.Execute($\"DELETE FROM Orders WHERE CreatedAt < '{since:yyyy-MM-dd}'\");")]
    [InlineData("var since = DateTime.UtcNow; connection.Execute(FormattableString.Invariant($\"DELETE FROM Orders WHERE CreatedAt < '{since}'\"));")]
    // Names and pieces of SQL.
    [InlineData("connection.Execute($\"DELETE FROM {number} WHERE Id = 3\");")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE {number}\");")]
    [InlineData("var p = \"@\" + ids.Length; connection.Execute($\"DELETE FROM Orders WHERE Id = {p}\", new { ids });")]
    [InlineData("string columns = number; connection.Execute($\"SELECT {columns} FROM Orders WHERE Id = 3\");")]
    // No parameter can stand there.
    [InlineData("connection.Execute($\"CREATE USER shop PASSWORD '{number}'\");")]
    // Comments.
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Id = 3 -- '{number}'\");")]
    [InlineData("connection.Execute($\"/* '{number}' */ DELETE FROM Orders WHERE Id = 3\");")]
    // No SQL.
    [InlineData("Use($\"SELECT Id FROM Orders WHERE Number = '{number}'\");")]
    [InlineData("Use(number + \"'\" + string.Join(\"','\", names));")]
    public Task Quiet(string code) => Reports(code);

    /// <summary>In MySQL text may stand between double quotes, where other databases have a name; behind LIKE it does everywhere.</summary>
    [Fact]
    public Task Text_between_double_quotes() => ReportsSource(
        """
        namespace MySqlConnector
        {
            public abstract class MySqlConnection : DbConnection { }
        }

        class Report
        {
            public void Remove(MySqlConnector.MySqlConnection mysql, DbConnection connection, string text)
            {
                mysql.Execute("DELETE FROM orders WHERE number = \"" + {|DBR501:text|} + "\"");
                mysql.Execute($"INSERT INTO orders (number) VALUES (\"{{|DBR501:text|}}\")");
                mysql.Execute($"DELETE FROM orders WHERE number LIKE \"%{{|DBR501:text|}}%\" AND \"{text}\".id = 3");
                mysql.Execute($"DELETE FROM orders WHERE number = \"{text.Replace("\"", "\"\"")}\"");
                connection.Execute($"DELETE FROM orders WHERE number LIKE \"%{{|DBR501:text|}}\"");
                connection.Execute($"DELETE FROM orders WHERE number = \"{text}\"");
            }
        }
        """);

    [Fact]
    public Task Origins_in_other_members() => ReportsSource(
        """
        public enum State { Open, Closed }
        public class ShopOptions { public string Schema { get; set; } = ""; }
        public record Search(string Name, State State);

        public class Report(DbConnection connection, string prefix)
        {
            private readonly ShopOptions _options = new();
            private static readonly string[] Allowed = ["A", "B"];
            private static readonly Dictionary<string, string> Words = new() { ["a"] = "A" };
            private readonly string _suffix = prefix;
            private string Table { get; } = "orders";

            // What callers of the class pass in.
            public int ByName(string name) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'");
            public int BySearch(Search search) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:search.Name|}}' AND State = '{search.State}'");
            public int ByAny<T>(T value) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:value|}}'");
            public int ByList(List<Customer> customers) => connection.Execute("DELETE FROM Customers WHERE Name IN ('" + {|DBR501:string.Join("','", customers.Select(c => c.Name))|} + "')");

            // Through private methods and helpers.
            public int Outer(string name) => Inner(name) + Fixed("A") + Counted(name.Length);
            private int Inner(string name) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'");
            private int Fixed(string name) => connection.Execute($"DELETE FROM Customers WHERE Name = '{name}'");
            private int Counted(int count) => connection.Execute($"DELETE FROM Customers WHERE Name = '{Word(count)}'");
            private static string Word(int count) => count > 3 ? "many" : count.ToString();
            public int Helped(string name) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:Normal(name)|}}' AND Email <> '{Quoted(name)}'");
            private static string Normal(string name) => name.Trim().ToLowerInvariant();
            private static string Quoted(string name) => name.Replace("'", "''");
            public int Checked(string name) { EnsureValid(name); return connection.Execute($"DELETE FROM Customers WHERE Name = '{name}'"); }
            private static void EnsureValid(string name) { if (!name.All(char.IsLetter)) throw new ArgumentException(name); }
            public int NotNull(string name) { ArgumentException.ThrowIfNullOrEmpty(name); return connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'"); }
            public int Locals(string name) { return Run(name) + Run("A"); int Run(string text) => connection.Execute($"DELETE FROM Customers WHERE Name = '{{|DBR501:text|}}'"); }

            // A wrapper of this project.
            public int Wrapped(string name) => Run($"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'");
            private int Run(string sql) => connection.Execute(sql);

            // Given once, allowed, or of a kind that has no quotes.
            public int Given() => connection.Execute($"DELETE FROM Customers WHERE Name = '{prefix}' AND Email <> '{_suffix}' AND Name <> '{_options.Schema}' AND Name <> '{Table}'");
            public int Allow(string name) => Allowed.Contains(name) ? connection.Execute($"DELETE FROM Customers WHERE Name = '{name}'") : 0;
            public int Look(string name) => Words.TryGetValue(name, out var word) ? connection.Execute($"DELETE FROM Customers WHERE Name = '{word}'") : 0;
            public int Typed(Guid id, DayOfWeek day, int? number, Type type) => connection.Execute($"DELETE FROM Customers WHERE Name IN ('{id}', '{day}', '{number}', '{type.Name}')");
        }
        """);

    [Fact]
    public Task Texts_of_other_methods() => ReportsSource(
        """
        public record Search(string Name, DayOfWeek Day);

        public class Report(DbConnection connection)
        {
            private static readonly string[] Allowed = ["A", "B"];

            public int Built(string name) { var sql = Build({|DBR501:name|}); return connection.Execute(sql); }
            public int Directly(string name) => connection.Execute(Build({|DBR501:name.Trim()|}));
            public async Task<int> Later(string name) => await connection.ExecuteAsync(Build({|DBR501:name|}) + " AND Id = 3");
            public int Constant() => connection.Execute(Build("A"));
            public int Number(int id) => connection.Execute(Build(id.ToString()));
            public int Known(string name) => Allowed.Contains(name) ? connection.Execute(Build(name)) : 0;
            private static string Build(string name) => $"DELETE FROM Customers WHERE Name = '{name}'";

            public int Object(Search search) => connection.Execute(OfSearch({|DBR501:search|}));
            private static string OfSearch(Search search) { var name = search.Name; return "DELETE FROM Customers WHERE Name = '" + name + "' AND Day = '" + search.Day + "'"; }

            public int Condition(string name) => connection.Execute("DELETE FROM Customers WHERE " + IsNamed("Name", {|DBR501:name|}));
            private static string IsNamed(string column, string name) => $"{column} = '{name}'";

            public int Twice(string name) => connection.Execute(First({|DBR501:name|}));
            private static string First(string name) => Second(name, 3);
            private static string Second(string name, int id) => $"DELETE FROM Customers WHERE Name = '{name}' AND Id = {id}";

            public int Passed(string name) => connection.Execute(Limited($"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'"));
            private static string Limited(string sql) => sql + " LIMIT 3";

            public int Sorted(string way) => connection.Execute(Sort({|DBR501:way|}));
            public int SortedAsIs() => connection.Execute(Sort("Name"));
            private static string Sort(string way) => $"SELECT Id FROM Customers WHERE Id = 3 ORDER BY {way}";

            public int Command(string name) { using var command = connection.CreateCommand(); command.CommandText = Build({|DBR501:name|}); return command.ExecuteNonQuery(); }

            // What the method does about it.
            public int Doubled(string name) => connection.Execute(BuildDoubled(name));
            private static string BuildDoubled(string name) { name = name.Replace("'", "''"); return $"DELETE FROM Customers WHERE Name = '{name}'"; }
            public int Checked(string name) => connection.Execute(BuildChecked(name));
            private static string BuildChecked(string name) { if (!Allowed.Contains(name)) throw new ArgumentException(name); return $"DELETE FROM Customers WHERE Name = '{name}'"; }
            public int Escaped(string name) => connection.Execute($"DELETE FROM Customers WHERE Name = {QuoteText(name)}");
            private static string QuoteText(string name) => "'" + string.Concat(name.Where(c => c != '\'')) + "'";
            public int Itself(string name) => connection.Execute(Again(name));
            private static string Again(string name) => name.Length > 3 ? "DELETE FROM Customers WHERE Id = 3" : Again(name);
            public int Virtual(string name) => connection.Execute(Overridden(name));
            protected virtual string Overridden(string name) => $"DELETE FROM Customers WHERE Name = '{name}'";
        }
        """);

    // What callers let a type parameter stand for.
    [Fact]
    public Task Type_parameters() => ReportsSource(
        """
        public static class Reports
        {
            public static IQueryable<Order> Sorted<T>(IEnumerable<T> ids, ShopContext db) { var sql = $"SELECT * FROM Orders WHERE Id IN ({string.Join(",", ids)})"; return db.Orders.FromSqlRaw(sql); }
            public static int Cut<T>(DbConnection connection, T[] ids) => connection.Execute($"DELETE FROM Orders WHERE Id IN ({string.Join(",", ids)})");
            public static int One<T>(this DbConnection connection, T id) where T : struct => connection.Execute($"DELETE FROM Orders WHERE Id = {id}");
            public static int Any<T>(DbConnection connection, List<T> ids) => connection.Execute($"DELETE FROM Orders WHERE Id IN ({{|DBR501:string.Join(",", ids)|}})");
            public static int Passed<T>(DbConnection connection, List<T> ids) => connection.Execute($"DELETE FROM Orders WHERE Id IN ({{|DBR501:string.Join(",", ids)|}})");
            public static int Unused<T>(DbConnection connection, List<T> ids) => connection.Execute($"DELETE FROM Orders WHERE Id IN ({{|DBR501:string.Join(",", ids)|}})");
            public static int Beside<T>(DbConnection connection, List<T> ids, string name) => connection.Execute($"DELETE FROM Orders WHERE Number = '{{|DBR501:name|}}' AND Id IN ({string.Join(",", ids)})");
        }

        public class Callers(ShopContext db, DbConnection connection)
        {
            public List<Order> List() => Reports.Sorted(db.Orders.Where(o => o.Open).Select(o => o.Id), db).ToList();
            public int Numbers(long[] ids, Guid id) => Reports.Cut(connection, ids) + connection.One(id) + connection.One(3);
            public int Mixed(List<int> ids, List<string> names) => Reports.Any(connection, ids) + Reports.Any(connection, names);
            public int On<T>(List<T> ids) => Reports.Passed(connection, ids);
            public int Both(List<int> ids, string name) => Reports.Beside(connection, ids, name);
        }
        """);

    private static Task ReportsSource(string source) => new CSharpAnalyzerVerifier<DbRules.Rules.SqlText.SplicedValue>.Test { TestCode = source }.RunAsync();

    private static Task Reports(string statements) => new CSharpAnalyzerVerifier<DbRules.Rules.SqlText.SplicedValue>.Test { TestCode = Source(statements) }.RunAsync();

    internal static string Source(string statements) => RoundTripTest.Method(statements)
        .Replace("string connectionString,", "string number, string[] names,", StringComparison.Ordinal)
        .Replace("async Task<object?>", "public async Task<object?>", StringComparison.Ordinal)
        .Replace("using Npgsql;", "using Npgsql;\nusing System.Text;", StringComparison.Ordinal);
}
