using DbRules.Rules.SqlText;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR509 speaks, and when it is quiet. What counts as hidden is shown with the parser.</summary>
public sealed class ColumnHiddenFromIndexTests
{
    [Theory]
    [InlineData("Use(connection.Query<int>(\"SELECT Id FROM Orders WHERE {|DBR509:YEAR(OrderedAt)|} = @year LIMIT 3\", new { year = 1 }));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Id FROM Orders WHERE {|DBR509:LOWER(Number)|} = @text LIMIT 3\", new { text = \"a\" }));")]
    [InlineData("Use(npgsql.Query<int>($\"SELECT id FROM orders WHERE {|DBR509:date_trunc('day', ordered_at)|} = @day LIMIT 3\", new { day = 1 }));")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = @\"SELECT COUNT(*) FROM Orders WHERE {|DBR509:Cents / 100|} > 5\"; Use(await command.ExecuteScalarAsync(ct));")]
    [InlineData("using var command = new SqliteCommand(\"SELECT COUNT(*) FROM Orders WHERE {|DBR509:date(OrderedAt)|} = '2024-01-01'\", sqlite); Use(command.ExecuteScalar());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE {|DBR509:UPPER(Number)|} = {0}\", \"A\").First());")]
    public Task Reports(string code) => Run(code);

    [Theory]
    [InlineData("SELECT Id FROM Orders WHERE OrderedAt >= @from AND OrderedAt < @to LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE CustomerId = @id AND LOWER(Number) = @text LIMIT 3")]
    [InlineData("SELECT Id FROM Countries WHERE LOWER(Name) = @text")]
    [InlineData("SELECT Id FROM #Found WHERE LOWER(Name) = @text")]
    [InlineData("SELECT name FROM sqlite_master WHERE LOWER(name) = @text")]
    [InlineData("SELECT COUNT(*) FROM Orders GROUP BY YEAR(OrderedAt) HAVING COUNT(*) > 3")]
    public Task Quiet(string sql) => Run($"Use(connection.QueryFirst<string>(\"{sql}\", new {{ id = 1, text = \"a\", from = 1, to = 2 }}));");

    [Theory]
    [InlineData("Use(connection.Query<int>($\"SELECT Id FROM Orders WHERE {connectionString} AND LOWER(Number) = 'a' LIMIT 3\"));")]
    [InlineData("Use(db.Orders.Where(o => o.Number.ToLower() == \"a\").First());")]
    public Task Quiet_where_it_is_not_text_in_view(string code) => Run(code);

    private static Task Run(string code) => new CSharpAnalyzerVerifier<ColumnHiddenFromIndex>.Test { TestCode = RoundTripTest.Method(code) }.RunAsync();
}
