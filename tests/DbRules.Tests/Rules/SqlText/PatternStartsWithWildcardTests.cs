using DbRules.Rules.SqlText;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR507 speaks, and when it is quiet.</summary>
public sealed class PatternStartsWithWildcardTests
{
    [Theory]
    [InlineData("Use(connection.Query<int>(\"SELECT Id FROM Orders WHERE Number LIKE {|DBR507:'%a'|} LIMIT 3\"));")]
    [InlineData("Use(await connection.QueryAsync<int>(\"SELECT Id FROM Orders WHERE Number LIKE {|DBR507:'%' + @text + '%'|} LIMIT 3\", new { text = \"a\" }));")]
    [InlineData("Use(npgsql.Query<int>($\"SELECT id FROM orders WHERE number ILIKE {|DBR507:'%{connectionString}%'|} LIMIT 3\"));")]
    [InlineData("connection.Execute(\"DELETE FROM `Orders` WHERE `Number` LIKE {|DBR507:CONCAT('%', @text)|}\", new { text = \"a\" });")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = @\"SELECT COUNT(*) FROM \"\"Orders\"\" WHERE \"\"Number\"\" LIKE {|DBR507:'%a'|}\"; Use(await command.ExecuteScalarAsync(ct));")]
    [InlineData("using var command = new SqliteCommand(\"SELECT COUNT(*) FROM Orders WHERE Number GLOB {|DBR507:'*a'|}\", sqlite); Use(command.ExecuteScalar());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE [Number] LIKE {|DBR507:'%' + {0}|}\", \"a\").First());")]
    public Task Reports(string code) => Run(code);

    [Theory]
    [InlineData("SELECT Id FROM Orders WHERE Number LIKE 'a%' LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE Number LIKE @text LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE CustomerId = @id AND Number LIKE '%a' LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE Number NOT LIKE '%a' LIMIT 3")]
    [InlineData("SELECT Id FROM Orders WHERE Number = ' LIKE %a' -- LIKE '%a'")]
    [InlineData("SELECT id FROM orders WHERE to_tsvector(number) @@ to_tsquery('a') LIMIT 3")]
    [InlineData("SELECT Id FROM Countries WHERE Name LIKE '%a' LIMIT 3")]
    [InlineData("SELECT Id FROM #Found WHERE Name LIKE '%a'")]
    [InlineData("SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%a'")]
    [InlineData("SELECT name FROM sqlite_master WHERE name LIKE '%a'")]
    public Task Quiet(string sql) => Run($"Use(connection.QueryFirst<string>(\"{sql}\", new {{ id = 1, text = \"a\" }}));");

    [Theory]
    [InlineData("Use(connection.Query<int>($\"SELECT Id FROM Orders WHERE {connectionString} AND Number LIKE '%a' LIMIT 3\"));")]
    [InlineData("Use(db.Orders.Where(o => EF.Functions.Like(o.Number, \"%a\")).First());")]
    public Task Quiet_where_it_is_not_text_in_view(string code) => Run(code);

    private static Task Run(string code) => new CSharpAnalyzerVerifier<PatternStartsWithWildcard>.Test { TestCode = RoundTripTest.Method(code) }.RunAsync();
}
