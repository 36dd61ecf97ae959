using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR501: the same rows for a harmless value, and a hostile one is data after it.</summary>
public sealed class SplicedValueTests
{
    /// <summary>Ends the string that it is put into, lets every row pass, and makes the rest a comment.</summary>
    private const string Hostile = "x' OR 1 = 1 -- ";

    [DatabaseFact]
    public Task Dapper() => Verify("return connection.Query<Customer>($\"select id, name from customers where name = '{value}'\").OrderBy(c => c.Id);", "Customer 3");

    [DatabaseFact]
    public Task Dapper_with_other_values() => Verify("return connection.Query<int>(\"select id from customers where name = '\" + value + \"' and id > @least\", new { least = 0 }).OrderBy(id => id);", "Customer 3");

    [DatabaseFact]
    public Task Pattern() => Verify("return connection.Query<Customer>($\"select id, name from customers where name like '%{value}%'\").OrderBy(c => c.Id);", "mer 4");

    [DatabaseFact]
    public Task Pattern_of_a_sum() => Verify("return connection.Query<int>(\"select id from customers where name like '\" + value + \"%'\").OrderBy(id => id);", "Customer 4");

    [DatabaseFact]
    public Task Pattern_in_several_places() => Verify(
        "return connection.Query<int>($\"select id from customers where name like '%{value}%' or email like '%{value}%' or name = '{value}'\").OrderBy(id => id);", "mer 4", "x%' OR 1 = 1 -- ");

    [DatabaseFact]
    public Task Command_with_two_texts() => Verify(
        """
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"update customers set email = 'none' where name = '{value}'";
        int changed = command.ExecuteNonQuery();
        command.CommandText = $"delete from customers where email = 'none' and name = '{value}'";
        return changed + command.ExecuteNonQuery();
        """,
        "Customer 3");

    [DatabaseFact]
    public Task Command_text() => Verify(
        """
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"update customers set email = 'none' where name = '{value}'";
        return command.ExecuteNonQuery();
        """,
        "Customer 3");

    [DatabaseFact]
    public Task Command_of_any_provider() => Verify(
        """
        given.Open();
        using var command = given.CreateCommand();
        command.CommandText = "delete from customers where email like '" + value + "'";
        return command.ExecuteNonQuery();
        """,
        "customer3@example.org");

    [DatabaseFact]
    public Task Text_in_a_local() => Verify(
        """
        var sql = $"select count(*) from customers where name = '{value}' and id > {3}";
        return connection.ExecuteScalar<int>(sql);
        """,
        "Customer 4");

    [DatabaseFact]
    public Task Format_string() => Verify("return connection.Query<int>(string.Format(\"select id from customers where id > {1} and name = '{0}'\", value, 2)).OrderBy(id => id);", "Customer 3");

    [DatabaseFact]
    public Task List() => Verify(
        """
        string[] names = [value, "Customer 4"];
        return connection.Query<int>($"select id from customers where name in ('{string.Join("','", names)}')").OrderBy(id => id);
        """,
        "Customer 3",
        "x') OR 1 = 1 -- ");

    [DatabaseFact]
    public Task List_that_is_left_out() => Verify(
        """
        List<string> names = [value, "Customer 4"];
        return connection.Execute("delete from customers where id < 3 and email not in (" + string.Join(", ", names.Select(n => $"'{n}'")) + ")");
        """,
        "customer1@example.org",
        "x') OR email not in ('y') -- ");

    [DatabaseFact]
    public Task List_of_a_command() => Verify(
        """
        connection.Open();
        string[] names = [value, "Customer 4"];
        using var command = connection.CreateCommand();
        command.CommandText = $"update customers set email = 'none' where name in ('{string.Join("','", names)}')";
        return command.ExecuteNonQuery();
        """,
        "Customer 3",
        "x') OR 1 = 1 -- ");

    [DatabaseFact]
    public Task List_that_a_command_leaves_out() => Verify(
        """
        given.Open();
        List<string> names = [value, "customer2@example.org"];
        using var command = given.CreateCommand();
        command.CommandText = "delete from customers where id < 3 and email not in (" + string.Join(", ", names.Select(n => $"'{n}'")) + ")";
        return command.ExecuteNonQuery();
        """,
        "customer1@example.org",
        "x') OR email not in ('y') -- ");

    /// <summary>No element leaves the text as it was: a database may not take an empty list.</summary>
    [DatabaseFact]
    public async Task List_of_nothing()
    {
        string before = Source(
            """
            connection.Open();
            string[] names = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
            using var command = connection.CreateCommand();
            command.CommandText = $"select count(*) from customers where name not in ('{string.Join("','", names)}')";
            return Convert.ToInt32(command.ExecuteScalar());
            """,
            "");
        await ExecutionVerifier.SameResult(before, await ExecutionVerifier.FixedStateCompiles<SplicedValue, SplicedValueFix>(before));
    }

    [DatabaseFact]
    public Task Format_of_a_builder() => Verify(
        """
        var text = new System.Text.StringBuilder("select id from customers where id > 0");
        text.AppendFormat(" and name = '{0}'", value).AppendFormat(" and id > {1} and id < {0}", 9, 2);
        return connection.Query<int>(text.ToString()).OrderBy(id => id);
        """,
        "Customer 3");

    [DatabaseFact]
    public Task Step_that_runs() => Verify(
        """
        var sql = "select count(*) from customers where id > 0";
        if (value.Length > 0)
            sql += $" and name = '{value}'";
        return connection.ExecuteScalar<int>(sql);
        """,
        "Customer 3");

    [DatabaseFact]
    public Task Step_of_a_command() => Verify(
        """
        connection.Open();
        var text = new System.Text.StringBuilder("update customers set email = 'none'");
        if (value != null)
            text.Append($" where name = '{value}'");
        using var command = connection.CreateCommand();
        command.CommandText = text.ToString();
        return command.ExecuteNonQuery();
        """,
        "Customer 3");

    /// <summary>A parameter that the text does not name is no matter for the database, also where it is null.</summary>
    [DatabaseTheory]
    [InlineData("return connection.ExecuteScalar<int>(sql);")]
    [InlineData("connection.Open(); using var command = connection.CreateCommand(); command.CommandText = sql; return Convert.ToInt32(command.ExecuteScalar());")]
    public async Task Step_that_does_not_run(string send)
    {
        string before = Source(
            """
            var sql = "select count(*) from customers where id > 2";
            if (value != null)
                sql += $" and name = '{value}'";
            SEND
            """.Replace("SEND", send.Replace("; ", ";\n", StringComparison.Ordinal), StringComparison.Ordinal),
            "").Replace("\"\", 2.5m", "null!, 2.5m", StringComparison.Ordinal);
        await ExecutionVerifier.SameResult(before, await ExecutionVerifier.FixedStateCompiles<SplicedValue, SplicedValueFix>(before));
    }

    [DatabaseFact]
    public Task Bag_of_values() => Verify(
        """
        var values = new DynamicParameters();
        values.Add("least", 1);
        return connection.Query<int>($"select id from customers where id > @least and name = '{value}'", values).OrderBy(id => id);
        """,
        "Customer 3");

    [DatabaseFact]
    public async Task A_fraction_is_no_matter_of_culture()
    {
        string before = Source("return connection.ExecuteScalar<int>($\"select count(*) from orderlines where price > {price}\");", "");
        string after = await ExecutionVerifier.FixedStateCompiles<SplicedValue, SplicedValueFix>(before);
        await ExecutionVerifier.SameResult(before, after);
        const string German = """
            var german = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            System.Globalization.CultureInfo.CurrentCulture = german;
            """;
        SnippetOutcome broken = await ExecutionVerifier.OutcomeOf(before.Replace("// culture", German, StringComparison.Ordinal));
        SnippetOutcome sound = await ExecutionVerifier.OutcomeOf(after.Replace("// culture", German, StringComparison.Ordinal));
        Assert.NotEqual((await ExecutionVerifier.OutcomeOf(before)).Result, broken.Result);
        Assert.Equal((await ExecutionVerifier.OutcomeOf(after)).Result, sound.Result);
    }

    private static async Task Verify(string body, string value, string hostile = Hostile)
    {
        string before = Source(body, value);
        string after = await ExecutionVerifier.FixedStateCompiles<SplicedValue, SplicedValueFix>(before);
        await ExecutionVerifier.SameResult(before, after);

        SnippetOutcome changed = await ExecutionVerifier.OutcomeOf(before.Replace(value, hostile, StringComparison.Ordinal));
        SnippetOutcome data = await ExecutionVerifier.OutcomeOf(after.Replace(value, hostile, StringComparison.Ordinal));
        SnippetOutcome nobody = await ExecutionVerifier.OutcomeOf(after.Replace(value, "nobody has this name", StringComparison.Ordinal));
        Assert.NotEqual((nobody.Result, nobody.Rows), (changed.Result, changed.Rows));
        Assert.Equal((nobody.Result, nobody.Rows), (data.Result, data.Rows));
    }

    private static string Source(string body, string value)
    {
        // The type of the connection tells the dialect.
        string type = TestDatabase.Current.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal) ? "Microsoft.Data.Sqlite.SqliteConnection" : "Npgsql.NpgsqlConnection";
        return $$"""
            public static class Snippet
            {
                public static object? Run(DbConnection given)
                {
                    // culture
                    return Find(given, ({{type}})given, "{{value}}", 2.5m);
                }

                public static object? Find(DbConnection given, {{type}} connection, string value, decimal price)
                {
                    {{body.ReplaceLineEndings("\n        ")}}
                }
            }
            """;
    }
}
