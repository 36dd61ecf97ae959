using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.RandomOrderOfRows, DbRules.CodeFixes.SqlText.NullComparedBySignFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR508 speaks, and when it is quiet.</summary>
public sealed class RandomOrderOfRowsTests
{
    [Theory]
    [InlineData("Use(connection.Query<Order>(\"SELECT Id FROM Orders ORDER BY {|DBR508:RAND()|} LIMIT 3\"));")]
    [InlineData("Use(await npgsql.QueryFirstAsync<Order>(\"select id from orders where open order by {|DBR508:random()|} limit 1\"));")]
    [InlineData("Use(connection.Query<Order>(@\"SELECT TOP 3 Id FROM [Orders] ORDER BY {|DBR508:NEWID()|}\"));")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders WHERE Number = {keys} ORDER BY {|DBR508:dbms_random.value|}\"));")]
    [InlineData("using var command = connection.CreateCommand();\ncommand.CommandText = \"SELECT Id, RANDOM() AS r FROM Orders ORDER BY {|DBR508:r|} LIMIT 5\";\nusing var reader = await command.ExecuteReaderAsync(ct);")]
    [InlineData("Use(new SqliteCommand(\"DELETE FROM Orders WHERE Id IN (SELECT Id FROM Orders ORDER BY {|DBR508:RANDOM()|} LIMIT 1)\", sqlite).ExecuteNonQuery());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders ORDER BY {|DBR508:ABS(CHECKSUM(NEWID()))|}\").Take(3).ToList());")]
    [InlineData("Use(await db.Orders.OrderBy(o => Guid.{|DBR508:NewGuid|}()).Take(3).ToListAsync(ct));")]
    [InlineData("Use(db.Orders.Where(o => o.Open).OrderBy(o => EF.Functions.{|DBR508:Random|}()).First());")]
    [InlineData("var some = from o in db.Orders orderby Guid.{|DBR508:NewGuid|}() select o; Use(some.FirstOrDefault());")]
    [InlineData("Use(db.Orders.OrderBy(o => o.Open).ThenBy(_ => EF.Functions.{|DBR508:Random|}()).Select(o => o.Id).ToList());")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("SELECT NEWID() AS Id, RAND() AS r FROM Orders ORDER BY Number")]
    [InlineData("INSERT INTO Orders (Id) VALUES (NEWID())")]
    [InlineData("SELECT Id FROM Orders WHERE RANDOM() < 0.01 ORDER BY Id")]
    [InlineData("SELECT Id FROM Orders TABLESAMPLE SYSTEM (1)")]
    [InlineData("SELECT Id FROM OrderLines WHERE OrderId = @id ORDER BY RANDOM()")]
    [InlineData("SELECT Id FROM Orders WHERE Id IN @ids ORDER BY RAND()")]
    [InlineData("SELECT Id FROM Countries ORDER BY RANDOM() LIMIT 1")]
    [InlineData("SELECT Id FROM #Found ORDER BY NEWID()")]
    [InlineData("SELECT Id FROM (SELECT Id FROM Orders ORDER BY Id LIMIT 10) o ORDER BY RANDOM()")]
    [InlineData("SELECT Id FROM GetOrders(@id) ORDER BY NEWID()")]
    [InlineData("SELECT Id FROM Orders ORDER BY random -- RANDOM()")]
    [InlineData("SELECT Id FROM Orders ORDER BY 'RANDOM()', \"RAND()\", [NEWID()]")]
    [InlineData("SELECT Id FROM Orders ORDER BY id::text")]
    public Task Quiet_text(string sql) => Code.Reports($"Use(connection.Query<dynamic>(\"\"\"\n{sql}\n\"\"\", new {{ id = 3, ids }}));");

    [Theory]
    [InlineData("Use(orders.OrderBy(o => Guid.NewGuid()).ToList());")]
    [InlineData("Use(db.Orders.AsEnumerable().OrderBy(o => Guid.NewGuid()).ToList());")]
    [InlineData("Use((await db.Orders.ToListAsync(ct)).OrderBy(o => Guid.NewGuid()).First());")]
    [InlineData("Use(db.Orders.Where(o => o.Id == 3).OrderBy(o => Guid.NewGuid()).ToList());")]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).Take(10).OrderBy(o => EF.Functions.Random()).ToList());")]
    [InlineData("Use(db.Countries.OrderBy(c => EF.Functions.Random()).First());")]
    [InlineData("var seed = Guid.NewGuid(); Use(db.Orders.OrderBy(o => o.Id).ToList());")]
    [InlineData("Use(db.Orders.Select(o => new { o.Id, Token = Guid.NewGuid() }).OrderBy(o => o.Id).ToList());")]
    [InlineData("Use(connection.Query<Order>($\"SELECT Id FROM Orders {connectionString} ORDER BY RANDOM()\"));")]
    public Task Quiet_code(string code) => Code.Reports(code);
}
