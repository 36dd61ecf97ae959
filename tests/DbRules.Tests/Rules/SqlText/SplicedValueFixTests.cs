using DbRules.CodeFixes.SqlText;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>What the fix of DBR501 writes, and where it is not offered.</summary>
public class SplicedValueFixTests
{
    [Theory]
    // Dapper.
    [InlineData(
        "Use(sqlite.QueryFirst<Order>($\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"));",
        "Use(sqlite.QueryFirst<Order>(\"SELECT Id FROM Orders WHERE Number = @number\", new { number }));")]
    [InlineData(
        "Use(sqlite.QueryFirst<Order>($\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}' AND Id = {ids[0]}\"));",
        "Use(sqlite.QueryFirst<Order>($\"SELECT Id FROM Orders WHERE Number = @number AND Id = {ids[0]}\", new { number }));")]
    [InlineData(
        "await sqlite.ExecuteAsync(\"DELETE FROM Orders WHERE Number = '\" + {|DBR501:number|} + \"' AND Id = @id\", new { id = ids[0] });",
        "await sqlite.ExecuteAsync(\"DELETE FROM Orders WHERE Number = @number AND Id = @id\", new { id = ids[0], number });")]
    [InlineData(
        "sqlite.Execute($\"DELETE FROM Orders WHERE Number LIKE '%{{|DBR501:number|}}%'\", null);",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number LIKE @number\", new { number = $\"%{number}%\" });")]
    [InlineData(
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number LIKE '%\" + {|DBR501:number|} + \"%'\");",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number LIKE @number\", new { number = \"%\" + number + \"%\" });")]
    [InlineData(
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number LIKE '\" + {|DBR501:number|} + \"%'\");",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number LIKE @number\", new { number = number + \"%\" });")]
    [InlineData(
        "sqlite.Execute($\"INSERT INTO Customers (Name, Email) VALUES ('{{|DBR501:number|}}', N'{{|DBR501:names[0]|}}')\", commandTimeout: 3);",
        "sqlite.Execute(\"INSERT INTO Customers (Name, Email) VALUES (@number, @value)\", new { number, value = names[0] }, commandTimeout: 3);")]
    [InlineData(
        "var order = orders[0]; var sql = $@\"DELETE FROM Orders WHERE \"\"Number\"\" = '{{|DBR501:order.Number|}}'\"; sqlite.Execute(sql);",
        "var order = orders[0]; var sql = @\"DELETE FROM Orders WHERE \"\"Number\"\" = @number\"; sqlite.Execute(sql, new { number = order.Number });")]
    [InlineData(
        "sqlite.Execute(new CommandDefinition($\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\", cancellationToken: ct));",
        "sqlite.Execute(new CommandDefinition(\"DELETE FROM Orders WHERE Number = @number\", new { number }, cancellationToken: ct));")]
    // Dates and fractions.
    [InlineData(
        "decimal price = ids[0]; sqlite.Execute($\"DELETE FROM OrderLines WHERE Price > {{|DBR501:price|}}\");",
        "decimal price = ids[0]; sqlite.Execute(\"DELETE FROM OrderLines WHERE Price > @price\", new { price });")]
    [InlineData(
        "double price = ids[0]; sqlite.Execute(\"DELETE FROM OrderLines WHERE Price > \" + {|DBR501:price|} + \" AND Id = 3\");",
        "double price = ids[0]; sqlite.Execute(\"DELETE FROM OrderLines WHERE Price > @price AND Id = 3\", new { price });")]
    [InlineData(
        "double price = ids[0]; sqlite.Execute(\"DELETE FROM OrderLines WHERE Price > \" + {|DBR501:price|});",
        "double price = ids[0]; sqlite.Execute(\"DELETE FROM OrderLines WHERE Price > @price\", new { price });")]
    [InlineData(
        "var since = DateTime.UtcNow; npgsql.Execute($\"DELETE FROM orders WHERE createdat > '{{|DBR501:since|}}'\");",
        "var since = DateTime.UtcNow; npgsql.Execute(\"DELETE FROM orders WHERE createdat > @since\", new { since });")]
    // EF Core.
    [InlineData(
        "var sql = $\"DELETE FROM Orders WHERE Number LIKE '{{|DBR501:number|}}%'\"; await db.Database.ExecuteSqlRawAsync(sql);",
        "var sql = \"DELETE FROM Orders WHERE Number LIKE {0}\"; await db.Database.ExecuteSqlRawAsync(sql, $\"{number}%\");")]
    [InlineData(
        "var sql = $\"DELETE FROM Orders WHERE Number LIKE '{{|DBR501:number|}}' AND Id = {ids[0]}\"; await db.Database.ExecuteSqlRawAsync(sql, ct);",
        "var sql = $\"DELETE FROM Orders WHERE Number LIKE {{0}} AND Id = {ids[0]}\"; await db.Database.ExecuteSqlRawAsync(sql, new object[] { number }, ct);")]
    [InlineData(
        "var sql = \"SELECT * FROM Orders WHERE Number LIKE '\" + {|DBR501:number|} + \"'\"; Use(db.Orders.FromSqlRaw(sql).First());",
        "var sql = \"SELECT * FROM Orders WHERE Number LIKE {0}\"; Use(db.Orders.FromSqlRaw(sql, number).First());")]
    public Task Values_in_an_argument(string code, string fixedCode) => Fixes(code, fixedCode);

    [Fact]
    public Task Commands() => Fixes(
        """
        using var find = new NpgsqlCommand("SELECT id FROM customers WHERE name = '" + {|DBR501:number|} + "'", npgsql); // by name
        Use(find.ExecuteScalar());

        using (var command = sqlite.CreateCommand())
        {
            // All of one name.
            command.CommandText = $"DELETE FROM Customers WHERE Name = '{{|DBR501:number|}}' AND Email LIKE '%{{|DBR501:names[0]|}}'";
            command.ExecuteNonQuery();
        }

        var plainly = connection.CreateCommand();
        plainly.CommandText = $"DELETE FROM Customers WHERE Email LIKE '{{|DBR501:number|}}'";
        plainly.ExecuteNonQuery();
        """,
        """
        using var find = new NpgsqlCommand("SELECT id FROM customers WHERE name = @number", npgsql); // by name
        find.Parameters.AddWithValue("@number", number);
        Use(find.ExecuteScalar());

        using (var command = sqlite.CreateCommand())
        {
            // All of one name.
            command.CommandText = "DELETE FROM Customers WHERE Name = @number AND Email LIKE @value";
            command.Parameters.AddWithValue("@number", number);
            command.Parameters.AddWithValue("@value", $"%{names[0]}");
            command.ExecuteNonQuery();
        }

        var plainly = connection.CreateCommand();
        plainly.CommandText = "DELETE FROM Customers WHERE Email LIKE @number";
        var numberParameter = plainly.CreateParameter();
        numberParameter.ParameterName = "@number";
        numberParameter.Value = number;
        plainly.Parameters.Add(numberParameter);
        plainly.ExecuteNonQuery();
        """);

    [Theory]
    // The database would read a parameter as text, and may have read the quoted string as something else.
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE id = '{{|DBR501:number|}}'\");")]
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = {{|DBR501:number|}}\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE createdat > DATE '{{|DBR501:number|}}'\");")]
    // A list.
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");")]
    // Put together in several places, or used twice.
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (number != null) sql += $\" AND Number = '{{|DBR501:number|}}'\"; Use(sqlite.QueryFirst<Order>(sql));")]
    [InlineData("var sql = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; Use(sql); sqlite.Execute(sql);")]
    // The value changes before the command runs.
    [InlineData("var last = number; var sql = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:last|}}'\"; last = \"x\"; sqlite.Execute(sql);")]
    // Arguments that are not written out, or that have the name already.
    [InlineData("var args = new DynamicParameters(); sqlite.Execute($\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\", args);")]
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\", new { Number = 3 });")]
    // Escapes, quotes in it, parameters without names.
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = 'a''{{|DBR501:number|}}'\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE number = E'{{|DBR501:number|}}'\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE id = $1 AND number LIKE '{{|DBR501:number|}}'\");")]
    // A comment would be lost, or a statement has no block.
    [InlineData("sqlite.Execute(\"DELETE FROM Orders WHERE Number = '\" + /* its number */ {|DBR501:number|} + \"'\");")]
    [InlineData("var command = sqlite.CreateCommand(); if (number != null) command.CommandText = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; command.ExecuteNonQuery();")]
    [InlineData("sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Number = '{0}'\", {|DBR501:number|}));")]
    public Task No_fix(string code) => Fixes(code, code);

    private static Task Fixes(string code, string fixedCode) =>
        new CSharpCodeFixVerifier<DbRules.Rules.SqlText.SplicedValue, SplicedValueFix>.Test { TestCode = SplicedValueTests.Source(code), FixedCode = SplicedValueTests.Source(fixedCode) }.RunAsync();
}
