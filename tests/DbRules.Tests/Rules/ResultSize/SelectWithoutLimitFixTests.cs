using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>What the fix of DBR203 writes into which string.</summary>
public class SelectWithoutLimitFixTests
{
    [Theory]
    // The key of the select list, of the entity, of the row.
    [InlineData("\"{|DBR203:select|} id, number from orders\"", "\"select id, number from orders order by id limit 100\"")]
    [InlineData("\"{|DBR203:SELECT|} o.Id, c.Name FROM Orders o JOIN Customers c ON c.Id = o.CustomerId\"", "\"SELECT o.Id, c.Name FROM Orders o JOIN Customers c ON c.Id = o.CustomerId ORDER BY o.Id LIMIT 100\"")]
    [InlineData("\"{|DBR203:SELECT|} * FROM Orders\"", "\"SELECT * FROM Orders ORDER BY Id LIMIT 100\"")]
    [InlineData("\"{|DBR203:SELECT|} o.* FROM Orders o WHERE o.Open\"", "\"SELECT o.* FROM Orders o WHERE o.Open ORDER BY o.Id LIMIT 100\"")]
    [InlineData("\"{|DBR203:SELECT|} Number FROM Orders ORDER BY Number DESC;\"", "\"SELECT Number FROM Orders ORDER BY Number DESC LIMIT 100;\"")]
    [InlineData("\"{|DBR203:SELECT|} Id FROM Orders FOR UPDATE\"", "\"SELECT Id FROM Orders ORDER BY Id LIMIT 100 FOR UPDATE\"")]
    [InlineData("\"{|DBR203:SELECT|} Id FROM Orders -- all\"", "\"SELECT Id FROM Orders ORDER BY Id LIMIT 100 -- all\"")]
    [InlineData("\"WITH big AS (SELECT Id FROM Orders WHERE Open) {|DBR203:SELECT|} Id FROM Orders ORDER BY Id\"", "\"WITH big AS (SELECT Id FROM Orders WHERE Open) SELECT Id FROM Orders ORDER BY Id LIMIT 100\"")]
    // Strings of each kind, and the quotes in them.
    [InlineData("\"{|DBR203:SELECT|} * FROM \\\"Orders\\\"\"", "\"SELECT * FROM \\\"Orders\\\" ORDER BY \\\"Id\\\" LIMIT 100\"")]
    [InlineData("@\"{|DBR203:SELECT|} * FROM \"\"Orders\"\"\"", "@\"SELECT * FROM \"\"Orders\"\" ORDER BY \"\"Id\"\" LIMIT 100\"")]
    [InlineData("\"\"\"{|DBR203:SELECT|} * FROM \"Orders\" o\"\"\"", "\"\"\"SELECT * FROM \"Orders\" o ORDER BY o.\"Id\" LIMIT 100\"\"\"")]
    [InlineData("$\"{|DBR203:SELECT|} * FROM Orders WHERE Number = '{connectionString}'\"", "$\"SELECT * FROM Orders WHERE Number = '{connectionString}' ORDER BY Id LIMIT 100\"")]
    [InlineData("$\"{|DBR203:SELECT|} * FROM Orders WHERE Open AND Number > {ids.Length}\"", "$\"SELECT * FROM Orders WHERE Open AND Number > {ids.Length} ORDER BY Id LIMIT 100\"")]
    [InlineData("$\"{|DBR203:SELECT|} * FROM {nameof(db.Orders)}\"", "$\"SELECT * FROM {nameof(db.Orders)} ORDER BY Id LIMIT 100\"")]
    [InlineData("$@\"{|DBR203:SELECT|} * FROM \"\"Orders\"\" WHERE 3 < {ids.Length}\"", "$@\"SELECT * FROM \"\"Orders\"\" WHERE 3 < {ids.Length} ORDER BY \"\"Id\"\" LIMIT 100\"")]
    [InlineData("$\"{|DBR203:SELECT|} * FROM \\\"{connectionString}.orders\\\" WHERE Open;\"", "$\"SELECT * FROM \\\"{connectionString}.orders\\\" WHERE Open ORDER BY \\\"Id\\\" LIMIT 100;\"")]
    [InlineData("\"{|DBR203:SELECT|} Id, Number \" + \"FROM Orders \"", "\"SELECT Id, Number \" + \"FROM Orders ORDER BY Id LIMIT 100 \"")]
    [InlineData("(\"{|DBR203:SELECT|} Id \" + (\"FROM Orders\" + \" WHERE Open\"))", "(\"SELECT Id \" + (\"FROM Orders\" + \" WHERE Open ORDER BY Id LIMIT 100\"))")]
    [InlineData("\"\\t{|DBR203:SELECT|} Id\\r\\n\\tFROM Orders\\r\\n\"", "\"\\tSELECT Id\\r\\n\\tFROM Orders ORDER BY Id LIMIT 100\\r\\n\"")]
    public Task Fixed(string sql, string fixedSql) => Fixes($"Use(npgsql.Query<Order>({sql}));", $"Use(npgsql.Query<Order>({fixedSql}));");

    [Fact]
    public Task Clauses_on_lines_of_their_own() => Fixes(
        """"
        Use(await npgsql.QueryAsync<Order>("""
            {|DBR203:SELECT|} Id, Number
            FROM Orders
            WHERE Open
              AND Number > 'A' -- later ones
            """));
        Use(sqlite.Query<Order>(@"
            {|DBR203:select|} *
            from Orders o
            order by Number
        "));
        """",
        """"
        Use(await npgsql.QueryAsync<Order>("""
            SELECT Id, Number
            FROM Orders
            WHERE Open
              AND Number > 'A'
            ORDER BY Id
            LIMIT 100 -- later ones
            """));
        Use(sqlite.Query<Order>(@"
            select *
            from Orders o
            order by Number
            limit 100
        "));
        """");

    [Theory]
    [InlineData("var sql = \"{|DBR203:SELECT|} * FROM Orders\"; Use(npgsql.Query<Order>(sql));", "var sql = \"SELECT * FROM Orders ORDER BY Id LIMIT 100\"; Use(npgsql.Query<Order>(sql));")]
    [InlineData("var t = new System.Data.DataTable(); new NpgsqlDataAdapter(\"{|DBR203:SELECT|} id FROM orders\", npgsql).Fill(t);", "var t = new System.Data.DataTable(); new NpgsqlDataAdapter(\"SELECT id FROM orders ORDER BY id LIMIT 100\", npgsql).Fill(t);")]
    [InlineData(
        "using var command = sqlite.CreateCommand(); command.CommandText = \"{|DBR203:SELECT|} Id FROM Orders\"; using var reader = command.ExecuteReader(); while (reader.Read()) orders.Add(new Order { Id = reader.GetInt32(0) });",
        "using var command = sqlite.CreateCommand(); command.CommandText = \"SELECT Id FROM Orders ORDER BY Id LIMIT 100\"; using var reader = command.ExecuteReader(); while (reader.Read()) orders.Add(new Order { Id = reader.GetInt32(0) });")]
    public Task Fixed_where_the_text_stands(string code, string fixedCode) => Fixes(code, fixedCode);

    [Theory]
    [InlineData("sqlserver", "SELECT * FROM Orders", "SELECT TOP (100) * FROM Orders ORDER BY Id")]
    [InlineData("sqlserver", "select id from orders where open = 1 option (recompile)", "select top (100) id from orders where open = 1 order by id option (recompile)")]
    [InlineData("sqlserver", "SELECT * FROM [Orders]", "SELECT TOP (100) * FROM [Orders] ORDER BY [Id]")]
    [InlineData("sqlserver", "SELECT * FROM Orders ORDER BY Number OFFSET 20 ROWS", "SELECT * FROM Orders ORDER BY Number OFFSET 20 ROWS FETCH NEXT 100 ROWS ONLY")]
    [InlineData("oracle", "SELECT * FROM Orders", "SELECT * FROM Orders ORDER BY Id FETCH FIRST 100 ROWS ONLY")]
    [InlineData("mysql", "SELECT * FROM `Orders`", "SELECT * FROM `Orders` ORDER BY `Id` LIMIT 100")]
    [InlineData("SQLite", "SELECT * FROM Orders", "SELECT * FROM Orders ORDER BY Id LIMIT 100")]
    [InlineData("postgresql", "SELECT * FROM Orders", "SELECT * FROM Orders ORDER BY Id LIMIT 100")]
    public Task Fixed_in_the_dialect_of_the_option(string dialect, string sql, string fixedSql) => Stated(dialect, sql, fixedSql);

    [Theory]
    [InlineData("auto")]
    [InlineData("db2")]
    public Task No_fix_in_an_unknown_dialect(string dialect) => Stated(dialect, "SELECT * FROM Orders", null);

    [Fact]
    public Task The_limit_of_the_option() =>
        Fixes("Use(npgsql.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders\"));", "Use(npgsql.Query<Order>(\"SELECT * FROM Orders ORDER BY Id LIMIT 7\"));", "dbrules.default_limit = 7");

    [Theory]
    // The dialect of the connection is not known, and two providers are referenced.
    [InlineData("Use(connection.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders\"));")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"{|DBR203:SELECT|} * FROM Orders\").ToList());")]
    // No key to order by.
    [InlineData("Use(npgsql.Query<string>(\"{|DBR203:SELECT|} Number FROM Orders\"));")]
    [InlineData("Use(npgsql.Query(\"{|DBR203:SELECT|} * FROM Archive\"));")]
    [InlineData("Use(npgsql.Query<Order>(\"{|DBR203:SELECT|} * FROM Archive a JOIN Orders o ON o.Id = a.OrderId\"));")]
    // A union takes the clauses of its last operand.
    [InlineData("Use(npgsql.Query<int>(\"{|DBR203:SELECT|} Id FROM Orders UNION ALL SELECT Id FROM Payments\"));")]
    // The end is in no string.
    [InlineData("Use(npgsql.Query<Order>(\"{|DBR203:SELECT|} * FROM Orders WHERE Number > \" + ids.Length));")]
    // The text is used twice.
    [InlineData("var sql = \"{|DBR203:SELECT|} * FROM Orders\"; Use(sql); Use(npgsql.Query<Order>(sql));")]
    public Task No_fix(string code) => Fixes(code, code);

    private static Task Stated(string dialect, string sql, string? fixedSql)
    {
        string before = "{|DBR203:" + sql.Insert("select".Length, "|}");
        return Fixes($"Use(connection.Query<Order>(\"{before}\"));", $"Use(connection.Query<Order>(\"{fixedSql ?? before}\"));", $"dbrules.sql_dialect = {dialect}");
    }

    /// <summary>Filtered reads are warnings too, so that the markup does for both.</summary>
    private static Task Fixes(string code, string fixedCode, string option = "")
    {
        var test = new CSharpCodeFixVerifier<SelectWithoutLimit, SelectWithoutLimitFix>.Test { TestCode = RoundTripTest.Method(code), FixedCode = RoundTripTest.Method(fixedCode) };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{option}\n"));
        return test.RunAsync();
    }
}
