using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.UnorderedRowsTaken, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR510 speaks, and when it is quiet.</summary>
public sealed class UnorderedRowsTakenTests
{
    [Theory]
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders LIMIT 50 {|DBR510:OFFSET @skip|}\", new { skip = 50 }));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders {|DBR510:LIMIT @skip, 50|}\", new { skip = 50 }));")]
    [InlineData("Use(await npgsql.QueryAsync<Order>(\"select id from orders where open {|DBR510:limit 50|}\"));")]
    [InlineData("Use(connection.Query<Order>(@\"SELECT {|DBR510:TOP (@n)|} Id FROM [Orders] WHERE Open = 1\", new { n = 9 }));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders {|DBR510:FETCH FIRST {ids.Length} ROWS ONLY|}\"));")]
    [InlineData("foreach (var skip in ids) Use(connection.Query<Order>(\"SELECT Id FROM Orders LIMIT 50 {|DBR510:OFFSET @skip|}\", new { skip }));")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT o.Id, c.Name FROM Orders o JOIN Customers c ON c.Id = o.CustomerId {|DBR510:LIMIT 10|}\";\nusing var reader = await command.ExecuteReaderAsync(ct);")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders {|DBR510:LIMIT 10|}\").ToList());")]
    [InlineData("Use(await db.Database.SqlQuery<int>($\"SELECT Id AS Value FROM Orders {|DBR510:LIMIT 10|}\").ToListAsync(ct));")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("SELECT Id FROM Orders ORDER BY Id LIMIT 50 OFFSET 10")]
    [InlineData("SELECT TOP 10 Id FROM Orders ORDER BY CreatedAt DESC")]
    [InlineData("SELECT Id FROM Orders")]
    // One row or two.
    [InlineData("SELECT Id FROM Orders LIMIT 1")]
    [InlineData("SELECT TOP 1 Id FROM Orders WHERE Open = 1")]
    [InlineData("SELECT Id FROM Orders FETCH FIRST ROW ONLY")]
    [InlineData("SELECT Id FROM Orders LIMIT 2")]
    [InlineData("SELECT TOP 0 * FROM Orders")]
    [InlineData("SELECT 1 FROM Orders WHERE Open = 1 LIMIT 10")]
    [InlineData("SELECT EXISTS (SELECT 1 FROM Orders LIMIT 10)")]
    [InlineData("SELECT COUNT(*) FROM Orders LIMIT 10")]
    [InlineData("SELECT Id FROM Orders WHERE Id = @id LIMIT 10")]
    [InlineData("SELECT Id FROM OrderLines WHERE OrderId = @id LIMIT 10")]
    [InlineData("SELECT Id FROM Orders WHERE Id IN @ids LIMIT 10")]
    // Groups, sets, subqueries.
    [InlineData("SELECT CustomerId, COUNT(*) FROM Orders GROUP BY CustomerId LIMIT 10")]
    [InlineData("SELECT DISTINCT CustomerId FROM Orders LIMIT 10")]
    [InlineData("SELECT Id FROM Orders UNION SELECT Id FROM Archive LIMIT 10")]
    [InlineData("SELECT * FROM (SELECT Id FROM Orders LIMIT 10) o ORDER BY Id")]
    [InlineData("SELECT Id FROM (SELECT Id FROM Orders ORDER BY Id) o LIMIT 10")]
    [InlineData("WITH o AS (SELECT Id FROM Orders ORDER BY Id) SELECT Id FROM o LIMIT 10")]
    [InlineData("SELECT TOP 100 PERCENT Id FROM Orders")]
    // Work.
    [InlineData("SELECT Id FROM Orders WHERE Open = 1 LIMIT 10 FOR UPDATE SKIP LOCKED")]
    [InlineData("SELECT TOP 10 Id FROM Orders WITH (UPDLOCK, READPAST) WHERE Open = 1")]
    [InlineData("UPDATE Orders SET Open = 0 WHERE Open = 1 LIMIT 10")]
    [InlineData("DELETE FROM Orders WHERE Id IN (SELECT Id FROM Orders LIMIT 10)")]
    [InlineData("INSERT INTO Archive SELECT * FROM Orders LIMIT 10")]
    // Small, temporary, the database's own.
    [InlineData("SELECT Id FROM Countries LIMIT 10")]
    [InlineData("SELECT Id FROM #Found ORDER BY Id OFFSET 3 ROWS")]
    [InlineData("SELECT TOP 10 Id FROM #Found")]
    [InlineData("SELECT name FROM sqlite_master LIMIT 10")]
    [InlineData("SELECT 'a LIMIT 10 OFFSET 3' -- LIMIT 10\nFROM Orders WHERE Id = 3")]
    [InlineData("SELECT Id FROM Orders WHERE (( LIMIT 10")]
    [InlineData("SELECT Limit, \"Offset\" FROM Orders WHERE Id = 3::int")]
    public Task Quiet_text(string sql) => Code.Reports($"Use(connection.Query<dynamic>(\"\"\"\n{sql}\n\"\"\", new {{ id = 3, ids }}));");

    [Theory]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders LIMIT 10\").OrderBy(o => o.Id).ToList());")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT Id FROM Orders LIMIT 10\"));")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"SELECT Id FROM Orders LIMIT 10\"));")]
    [InlineData("while (ids.Length > 0) Use(connection.Query<Order>(\"SELECT Id FROM Orders WHERE Open = 1 LIMIT 10\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders {connectionString} LIMIT 10\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders LIMIT 10 {connectionString}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM {connectionString} LIMIT 10\"));")]
    [InlineData("Use(db.Orders.Take(10).ToList());")]
    public Task Quiet_code(string code) => Code.Reports(code);
}
