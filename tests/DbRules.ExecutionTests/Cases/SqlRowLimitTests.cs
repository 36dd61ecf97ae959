using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR203: the same rows, as long as there are not more than the limit, and the database is told the limit and an order.</summary>
public sealed class SqlRowLimitTests
{
    [DatabaseFact]
    public Task Whole_table() => Verify("return (await connection.QueryAsync<Order>(\"select * from orders\")).OrderBy(o => o.Id);");

    [DatabaseFact]
    public Task In_order() => Verify("return connection.Query<string>(\"select number from orders order by number desc, id;\").ToList();");

    [DatabaseFact]
    public Task Listed_key() => Verify("return connection.Query<Customer>(\"select c.id, c.name from customers c where c.name <> 'x' -- all\").OrderBy(c => c.Id);");

    [DatabaseFact]
    public Task Joined() => Verify("return connection.Query(\"select o.id, c.name from orders o join customers c on c.id = o.customerid\").Select(r => (string)r.name).OrderBy(n => n);");

    [DatabaseFact]
    public Task Filled_in_on_lines_of_its_own() => Verify(
        """"
        int least = 2;
        return connection.Query<OrderLine>($"""
            select *
            from orderlines
            where quantity >= {least}
            """).OrderBy(l => l.Id);
        """");

    [DatabaseFact]
    public Task Put_together() => Verify("return connection.Query<Payment>(\"select id, amount \" + @\"from payments\").OrderBy(p => p.Id);");

    [DatabaseFact]
    public Task Common_table() => Verify("return connection.Query<int>(\"with big as (select orderid from orderlines where quantity > 1) select id from orders join big on big.orderid = orders.id order by id\").ToList();");

    [DatabaseFact]
    public Task Reader() => Verify(
        """
        var names = new List<string>();
        await connection.OpenAsync(ct);
        using var command = connection.CreateCommand();
        command.CommandText = "select id, name from customers";
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(1));
        names.Sort();
        return names;
        """);

    private static async Task Verify(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        // The type of the connection tells the dialect.
        string type = TestDatabase.Current.GetType().Name.StartsWith("Sqlite", StringComparison.Ordinal) ? "Microsoft.Data.Sqlite.SqliteConnection" : "Npgsql.NpgsqlConnection";
        string before = $$"""
            public static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(DbConnection given, CancellationToken ct)
                {
                    var connection = ({{type}})given;
                    {{body.ReplaceLineEndings("\n        ")}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<SelectWithoutLimit, SelectWithoutLimitFix>(before);
        (_, SnippetOutcome outcome) = await ExecutionVerifier.SameResult(before, after);
        string command = Assert.Single(outcome.Commands);
        Assert.Contains("order by", command, StringComparison.Ordinal);
        Assert.Contains("limit 100", command, StringComparison.Ordinal);
    }
}
