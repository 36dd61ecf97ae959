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

    [Theory]
    // What Dapper writes out, and arrays of PostgreSQL.
    [InlineData(
        "sqlite.Execute($\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number IN @names\", new { names });")]
    [InlineData(
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number NOT IN ('\" + {|DBR501:string.Join(\"', '\", names)|} + \"') AND Id = @id\", new { id = ids[0] });",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number NOT IN @names AND Id = @id\", new { id = ids[0], names });")]
    [InlineData(
        "sqlite.Execute($\"DELETE FROM Orders WHERE Number IN ({string.Join(\", \", names.Select(n => $\"'{{|DBR501:n|}}'\"))}) AND Open = 1\");",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number IN @names AND Open = 1\", new { names });")]
    [InlineData(
        "npgsql.Execute($\"DELETE FROM orders WHERE number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");",
        "npgsql.Execute(\"DELETE FROM orders WHERE number = ANY(@names)\", new { names });")]
    [InlineData(
        "npgsql.Execute(\"DELETE FROM orders WHERE number NOT IN (\" + string.Join(\",\", names.Select(n => \"'\" + {|DBR501:n|} + \"'\")) + \")\");",
        "npgsql.Execute(\"DELETE FROM orders WHERE number <> ALL(@names)\", new { names });")]
    // Format strings.
    [InlineData(
        "sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Number = '{0}'\", {|DBR501:number|}));",
        "sqlite.Execute(\"DELETE FROM Orders WHERE Number = @number\", new { number });")]
    [InlineData(
        "sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Id = {0} AND Number LIKE '%{1}' AND Id < {2}\", ids[0], {|DBR501:number|}, ids[1]), new { a = 3 });",
        "sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Id = {0} AND Number LIKE @number AND Id < {1}\", ids[0], ids[1]), new { a = 3, number = $\"%{number}\" });")]
    [InlineData(
        "decimal price = ids[0]; sqlite.Execute(string.Format(@\"DELETE FROM OrderLines WHERE Price > {0}\", {|DBR501:price|}));",
        "decimal price = ids[0]; sqlite.Execute(@\"DELETE FROM OrderLines WHERE Price > @price\", new { price });")]
    [InlineData(
        "await db.Database.ExecuteSqlRawAsync(string.Format(\"DELETE FROM Orders WHERE Number LIKE '{0}'\", {|DBR501:number|}));",
        "await db.Database.ExecuteSqlRawAsync(\"DELETE FROM Orders WHERE Number LIKE {0}\", number);")]
    // Steps.
    [InlineData(
        "var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (number != null) sql += $\" AND Number = '{{|DBR501:number|}}'\"; Use(sqlite.QueryFirst<Order>(sql));",
        "var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (number != null) sql += \" AND Number = @number\"; Use(sqlite.QueryFirst<Order>(sql, new { number }));")]
    [InlineData(
        "var name = names[0]; var sql = $\"SELECT Id FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; if (ids.Length > 0) { sql += \" OR Number = '\" + {|DBR501:name|} + \"'\"; } Use(sqlite.QueryFirst<Order>(sql));",
        "var name = names[0]; var sql = \"SELECT Id FROM Orders WHERE Number = @number\"; if (ids.Length > 0) { sql += \" OR Number = @name\"; } Use(sqlite.QueryFirst<Order>(sql, new { number, name }));")]
    [InlineData(
        "var s = new StringBuilder(\"SELECT Id FROM Orders\"); if (number != null) s.AppendLine($\" WHERE Number = '{{|DBR501:number|}}'\"); Use(sqlite.QueryFirst<Order>(s.ToString()));",
        "var s = new StringBuilder(\"SELECT Id FROM Orders\"); if (number != null) s.AppendLine(\" WHERE Number = @number\"); Use(sqlite.QueryFirst<Order>(s.ToString(), new { number }));")]
    [InlineData(
        "var s = new StringBuilder(); s.Append(\"SELECT Id FROM Orders\").Append(\" WHERE Number = '\" + {|DBR501:number|} + \"'\"); var sql = s.ToString(); Use(sqlite.QueryFirst<Order>(sql));",
        "var s = new StringBuilder(); s.Append(\"SELECT Id FROM Orders\").Append(\" WHERE Number = @number\"); var sql = s.ToString(); Use(sqlite.QueryFirst<Order>(sql, new { number }));")]
    [InlineData(
        "var s = new StringBuilder(\"SELECT Id FROM Orders\"); s.AppendFormat(\" WHERE Number = '{0}'\", {|DBR501:number|}); Use(sqlite.QueryFirst<Order>(s.ToString()));",
        "var s = new StringBuilder(\"SELECT Id FROM Orders\"); s.Append(\" WHERE Number = @number\"); Use(sqlite.QueryFirst<Order>(s.ToString(), new { number }));")]
    [InlineData(
        "var s = new StringBuilder(); s.AppendFormat(\"SELECT Id FROM {0} WHERE Number LIKE '{1}%'\", nameof(db.Orders), {|DBR501:number|}).AppendFormat(\" AND Number <> '{0}'\", {|DBR501:names[0]|}); Use(sqlite.QueryFirst<Order>(s.ToString()));",
        "var s = new StringBuilder(); s.AppendFormat(\"SELECT Id FROM {0} WHERE Number LIKE @number\", nameof(db.Orders)).Append(\" AND Number <> @value\"); Use(sqlite.QueryFirst<Order>(s.ToString(), new { number = $\"{number}%\", value = names[0] }));")]
    public Task Lists_formats_and_steps(string code, string fixedCode) => Fixes(code, fixedCode);

    [Fact]
    public Task Bags_and_commands_of_steps() => Fixes(
        """
        var args = new DynamicParameters();
        args.Add("id", 3);
        // Those of one name.
        Use(await sqlite.QueryAsync<Order>($"SELECT Id FROM Orders WHERE Id = @id AND Number LIKE '{{|DBR501:number|}}%'", args));

        var sql = "UPDATE Orders SET Open = 0 WHERE Id = 3";
        if (number is not null)
            sql += " AND Number = '" + {|DBR501:number|} + "'";
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();

        using var some = new NpgsqlCommand($"DELETE FROM orders WHERE number IN ('{{|DBR501:string.Join("','", names)|}}')", npgsql);
        some.ExecuteNonQuery();
        """,
        """
        var args = new DynamicParameters();
        args.Add("id", 3);
        // Those of one name.
        args.Add("number", $"{number}%");
        Use(await sqlite.QueryAsync<Order>("SELECT Id FROM Orders WHERE Id = @id AND Number LIKE @number", args));

        var sql = "UPDATE Orders SET Open = 0 WHERE Id = 3";
        if (number is not null)
            sql += " AND Number = @number";
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@number", (object?)number ?? DBNull.Value);
        command.ExecuteNonQuery();

        using var some = new NpgsqlCommand("DELETE FROM orders WHERE number = ANY(@names)", npgsql);
        some.Parameters.AddWithValue("@names", names);
        some.ExecuteNonQuery();
        """);

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

    /// <summary>A command keeps its parameters: what it has already gets no second one of that name, and one that comes by again none at all.</summary>
    [Fact]
    public Task Commands_that_take_several_texts() => Fixes(
        """
        using var command = sqlite.CreateCommand();
        command.Parameters.AddWithValue("@state", 3);
        var state = names[0];
        command.CommandText = $"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}' AND Open = @state";
        command.ExecuteNonQuery();
        command.CommandText = $"DELETE FROM Customers WHERE Name = '{{|DBR501:number|}}' OR Email LIKE '{{|DBR501:state|}}%'";
        command.ExecuteNonQuery();
        foreach (var name in names)
        {
            using var fresh = sqlite.CreateCommand();
            fresh.CommandText = $"DELETE FROM Customers WHERE Name = '{{|DBR501:name|}}'";
            fresh.ExecuteNonQuery();
        }
        """,
        """
        using var command = sqlite.CreateCommand();
        command.Parameters.AddWithValue("@state", 3);
        var state = names[0];
        command.CommandText = "DELETE FROM Orders WHERE Number = @number AND Open = @state";
        command.Parameters.AddWithValue("@number", number);
        command.ExecuteNonQuery();
        command.CommandText = "DELETE FROM Customers WHERE Name = @number2 OR Email LIKE @state2";
        command.Parameters.AddWithValue("@number2", number);
        command.Parameters.AddWithValue("@state2", $"{state}%");
        command.ExecuteNonQuery();
        foreach (var name in names)
        {
            using var fresh = sqlite.CreateCommand();
            fresh.CommandText = "DELETE FROM Customers WHERE Name = @name";
            fresh.Parameters.AddWithValue("@name", name);
            fresh.ExecuteNonQuery();
        }
        """);

    [Theory]
    [InlineData("class Report { private readonly SqliteCommand _command = new(); public int Remove(string text) { _command.CommandText = $\"DELETE FROM Customers WHERE Name = '{{|DBR501:text|}}'\"; return _command.ExecuteNonQuery(); } }")]
    [InlineData("class Report { public int Remove(SqliteCommand command, string text) { command.CommandText = $\"DELETE FROM Customers WHERE Name = '{{|DBR501:text|}}'\"; return command.ExecuteNonQuery(); } }")]
    [InlineData("class Report { public void Remove(SqliteConnection sqlite, string[] texts) { using var command = sqlite.CreateCommand(); foreach (var text in texts) { command.CommandText = $\"DELETE FROM Customers WHERE Name = '{{|DBR501:text|}}'\";\n command.ExecuteNonQuery(); } } }")]
    public Task No_fix_for_commands_that_come_by_again(string code)
    {
        string source = "using Microsoft.Data.Sqlite;\n" + code.Replace("; ", ";\n", StringComparison.Ordinal);
        return new CSharpCodeFixVerifier<DbRules.Rules.SqlText.SplicedValue, SplicedValueFix>.Test { TestCode = source, FixedCode = source }.RunAsync();
    }

    /// <summary>A value that stands in several places is given once.</summary>
    [Theory]
    [InlineData(
        "sqlite.Execute($\"DELETE FROM Customers WHERE Name LIKE '%{{|DBR501:number|}}%' OR Email LIKE '%{{|DBR501:number|}}%' OR Name = '{{|DBR501:number|}}'\");",
        "sqlite.Execute(\"DELETE FROM Customers WHERE Name LIKE @number OR Email LIKE @number OR Name = @number2\", new { number = $\"%{number}%\", number2 = number });")]
    [InlineData(
        "sqlite.Execute(\"DELETE FROM Customers WHERE Name = '\" + {|DBR501:number.Trim()|} + \"' OR Email = '\" + {|DBR501:number|} + \"' OR Name = '\" + {|DBR501:number|} + \"'\");",
        "sqlite.Execute(\"DELETE FROM Customers WHERE Name = @number OR Email = @number2 OR Name = @number2\", new { number = number.Trim(), number2 = number });")]
    [InlineData(
        "var sql = $\"DELETE FROM Customers WHERE Name LIKE '{{|DBR501:number|}}%' OR Name = '{{|DBR501:names[0]|}}' OR Email LIKE '{{|DBR501:number|}}%'\"; await db.Database.ExecuteSqlRawAsync(sql);",
        "var sql = \"DELETE FROM Customers WHERE Name LIKE {0} OR Name = {1} OR Email LIKE {0}\"; await db.Database.ExecuteSqlRawAsync(sql, $\"{number}%\", names[0]);")]
    // Read twice, a call may give two values.
    [InlineData(
        "sqlite.Execute($\"DELETE FROM Customers WHERE Name = '{{|DBR501:number.Trim()|}}' OR Email = '{{|DBR501:number.Trim()|}}'\");",
        "sqlite.Execute(\"DELETE FROM Customers WHERE Name = @number OR Email = @number2\", new { number = number.Trim(), number2 = number.Trim() });")]
    public Task Values_in_several_places(string code, string fixedCode) => Fixes(code, fixedCode);

    [Fact]
    public Task Lists_of_commands() => Fixes(
        """
        using var command = sqlite.CreateCommand();
        command.CommandText = $"DELETE FROM Customers WHERE Name IN ('{{|DBR501:string.Join("','", names)|}}') AND Id = {ids[0]}";
        command.ExecuteNonQuery();

        List<string> others = [number];
        var plainly = connection.CreateCommand();
        plainly.CommandText = "DELETE FROM Customers WHERE Name NOT IN (" + string.Join(", ", others.Select(n => $"'{{|DBR501:n|}}'")) + ") AND Email = '" + {|DBR501:number|} + "'";
        plainly.ExecuteNonQuery();
        """,
        """
        using var command = sqlite.CreateCommand();
        command.CommandText = $"DELETE FROM Customers WHERE Name IN ({string.Join(", ", names.Select((_, i) => $"@names{i}").DefaultIfEmpty("''"))}) AND Id = {ids[0]}";
        for (var i = 0; i < names.Length; i++)
            command.Parameters.AddWithValue($"@names{i}", names[i]);
        command.ExecuteNonQuery();

        List<string> others = [number];
        var plainly = connection.CreateCommand();
        plainly.CommandText = "DELETE FROM Customers WHERE Name NOT IN (" + string.Join(", ", others.Select((_, index) => $"@others{index}")) + ") AND Email = @number";
        for (var index = 0; index < others.Count; index++)
        {
            var othersParameter = plainly.CreateParameter();
            othersParameter.ParameterName = $"@others{index}";
            othersParameter.Value = others[index];
            plainly.Parameters.Add(othersParameter);
        }
        var numberParameter = plainly.CreateParameter();
        numberParameter.ParameterName = "@number";
        numberParameter.Value = number;
        plainly.Parameters.Add(numberParameter);
        plainly.ExecuteNonQuery();
        """);

    /// <summary>Contexts of PostgreSQL take an array as one value, which must not become the list of values.</summary>
    [Theory]
    [InlineData(
        "var sql = $\"SELECT * FROM orders WHERE number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\"; Use(shop.Orders.FromSqlRaw(sql).ToList());",
        "var sql = \"SELECT * FROM orders WHERE number = ANY({0})\"; Use(shop.Orders.FromSqlRaw(sql, (object)names).ToList());")]
    [InlineData(
        "var sql = $\"DELETE FROM orders WHERE number NOT IN ('{{|DBR501:string.Join(\"','\", names)|}}') AND number <> '{{|DBR501:number|}}'\"; await shop.Database.ExecuteSqlRawAsync(sql, ct);",
        "var sql = \"DELETE FROM orders WHERE number <> ALL({0}) AND number <> {1}\"; await shop.Database.ExecuteSqlRawAsync(sql, new object[] { names, number }, ct);")]
    public Task Lists_of_contexts(string code, string fixedCode) =>
        new CSharpCodeFixVerifier<DbRules.Rules.SqlText.SplicedValue, SplicedValueFix>.Test { TestCode = WithContext(code), FixedCode = WithContext(fixedCode) }.RunAsync();

    [Theory]
    // The database would read a parameter as text, and may have read the quoted string as something else.
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE id = '{{|DBR501:number|}}'\");")]
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = {{|DBR501:number|}}\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE createdat > DATE '{{|DBR501:number|}}'\");")]
    // Put together in several places, or used twice.
    [InlineData("var sql = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; Use(sql); sqlite.Execute(sql);")]
    // The value changes before the command runs.
    [InlineData("var last = number; var sql = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:last|}}'\"; last = \"x\"; sqlite.Execute(sql);")]
    // Arguments that are not written out, or that have the name already.
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\", new { Number = 3 });")]
    // SQL in a string would run with the value in it all the same.
    [InlineData("sqlite.Execute($\"EXEC('DELETE FROM Orders WHERE Number = {{|DBR501:number|}}')\");")]
    [InlineData("sqlite.Execute($\"DECLARE @text nvarchar(max) = N'DELETE FROM Orders WHERE Number = {{|DBR501:number|}}'; EXEC(@text)\");")]
    // Escapes, quotes in it, parameters without names.
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number = 'a''{{|DBR501:number|}}'\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE number = E'{{|DBR501:number|}}'\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE id = $1 AND number LIKE '{{|DBR501:number|}}'\");")]
    // A comment would be lost, or a statement has no block.
    [InlineData("sqlite.Execute(\"DELETE FROM Orders WHERE Number = '\" + /* its number */ {|DBR501:number|} + \"'\");")]
    [InlineData("var command = sqlite.CreateCommand(); if (number != null) command.CommandText = $\"DELETE FROM Orders WHERE Number = '{{|DBR501:number|}}'\"; command.ExecuteNonQuery();")]
    // Lists: a database that is not known, what is no array, may be another one when it is read again, or is there only sometimes.
    [InlineData("using var command = sqlite.CreateCommand();\ncommand.CommandText = $\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names.Distinct())|}}')\";\ncommand.ExecuteNonQuery();")]
    [InlineData("var sql = \"DELETE FROM Orders WHERE Id = 3\"; if (names != null) sql += $\" AND Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\"; using var command = sqlite.CreateCommand();\ncommand.CommandText = sql;\ncommand.ExecuteNonQuery();")]
    [InlineData("connection.Execute($\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");")]
    [InlineData("var sql = $\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:string.Join(\"','\", names)|}}')\"; await db.Database.ExecuteSqlRawAsync(sql);")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE number IN ('{{|DBR501:string.Join(\"','\", names.Where(n => n != \"\"))|}}')\");")]
    [InlineData("npgsql.Execute($\"DELETE FROM orders WHERE id IN ('{{|DBR501:string.Join(\"','\", names)|}}')\");")]
    [InlineData("sqlite.Execute($\"DELETE FROM Orders WHERE Number IN ('x', '{{|DBR501:string.Join(\"','\", names)|}}')\");")]
    [InlineData("var list = string.Join(\"','\", names); sqlite.Execute($\"DELETE FROM Orders WHERE Number IN ('{{|DBR501:list|}}')\");")]
    // Format strings that are not written in the call, have braces of their own, or format the value.
    [InlineData("var text = \"DELETE FROM Orders WHERE Number = '{0}'\"; sqlite.Execute(string.Format(text, {|DBR501:number|}));")]
    [InlineData("sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Number = '{0}' AND Id <> '{{3}}'\", {|DBR501:number|}));")]
    [InlineData("sqlite.Execute(string.Format(\"DELETE FROM Orders WHERE Number = '{0,5}'\", {|DBR501:number|}));")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(string.Format(\"DELETE FROM Orders WHERE Number LIKE '{0}' AND Id = {1}\", {|DBR501:number|}, ids[0]));")]
    // Steps that read the value where it may not be read later, or a text that is read twice.
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (orders.Count > 0) sql += $\" AND Number = '{{|DBR501:orders[0].Number|}}'\"; Use(sqlite.QueryFirst<Order>(sql));")]
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; foreach (var name in names) sql += $\" AND Number <> '{{|DBR501:name|}}'\"; Use(sqlite.QueryFirst<Order>(sql));")]
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; if (number != null) { var text = number.Trim(); sql += $\" AND Number = '{{|DBR501:text|}}'\"; } Use(sqlite.QueryFirst<Order>(sql));")]
    [InlineData("var sql = \"SELECT Id FROM Orders WHERE 1 = 1\"; sql += $\" AND Number = '{{|DBR501:number|}}'\"; Use(sql); Use(sqlite.QueryFirst<Order>(sql));")]
    [InlineData("var s = new StringBuilder(\"SELECT Id FROM Orders\"); s.Append(\" WHERE Number = '\").Append({|DBR501:number|}).Append('\\''); Use(sqlite.QueryFirst<Order>(s.ToString()));")]
    [InlineData("var s = new StringBuilder(); s.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, \"SELECT Id FROM Orders WHERE Number = '{0}'\", {|DBR501:number|}); Use(sqlite.QueryFirst<Order>(s.ToString()));")]
    [InlineData("var s = new StringBuilder(); s.AppendFormat(\"SELECT Id FROM Orders WHERE Number = '{0}' AND Id <> '{{3}}'\", {|DBR501:number|}); Use(sqlite.QueryFirst<Order>(s.ToString()));")]
    [InlineData("var s = new StringBuilder(\"SELECT Id FROM Orders\"); s.Append($\" WHERE Number = '{{|DBR501:number|}}'\"); Use(s); Use(sqlite.QueryFirst<Order>(s.ToString()));")]
    // A bag whose value would be read where it is not there yet, or that may be null.
    [InlineData("var args = new DynamicParameters(); Func<string, int> remove = text => sqlite.Execute($\"DELETE FROM Orders WHERE Number LIKE '{{|DBR501:number|}}'\", args);")]
    // A name.
    [InlineData("Use(sqlite.Query<Order>($\"SELECT Id FROM Orders WHERE Id = 3 ORDER BY {{|DBR501:number|}}\"));")]
    public Task No_fix(string code) => Fixes(code, code);

    /// <summary>What a method of somebody else takes beside the text is no list of objects that the text counts.</summary>
    [Fact]
    public Task No_fix_where_it_is_not_known_how_a_text_names_its_values()
    {
        const string source =
            """
            namespace Acme
            {
                public interface IStore
                {
                    int Run(string sql, params object[] values);
                    int Send(string sql, params Npgsql.NpgsqlParameter[] values);
                    int Pairs(string sql, params (string, object)[] values);
                }
            }

            class Report
            {
                public int Remove(Acme.IStore store, string text) =>
                    store.Run($"DELETE FROM orders WHERE number LIKE '{{|DBR501:text|}}'")
                    + store.Run($"DELETE FROM orders WHERE id = @0 AND number LIKE '{{|DBR501:text|}}'", 3)
                    + store.Send($"DELETE FROM orders WHERE number LIKE '{{|DBR501:text|}}'")
                    + store.Pairs($"DELETE FROM orders WHERE number LIKE '{{|DBR501:text|}}'");
            }
            """;
        var test = new CSharpCodeFixVerifier<DbRules.Rules.SqlText.SplicedValue, SplicedValueFix>.Test { TestCode = source, FixedCode = source };
        test.TestState.AdditionalFiles.Add(("/acme.dbmodel", "type Acme.IStore  session library\n  Run Send Pairs  round-trip writes-by-sql none  sql:sql values:values\n"));
        return test.RunAsync();
    }

    private static string WithContext(string code) => SplicedValueTests.Source(code).Replace("string number,", "PostgresShop shop, string number,", StringComparison.Ordinal)
        + "\npublic class PostgresShop : ShopContext { protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(\"\"); }";

    private static Task Fixes(string code, string fixedCode) =>
        new CSharpCodeFixVerifier<DbRules.Rules.SqlText.SplicedValue, SplicedValueFix>.Test { TestCode = SplicedValueTests.Source(code), FixedCode = SplicedValueTests.Source(fixedCode) }.RunAsync();
}
