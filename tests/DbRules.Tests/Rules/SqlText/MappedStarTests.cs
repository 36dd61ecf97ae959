using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.SqlText.MappedStar, DbRules.CodeFixes.SqlText.MappedStarFix>;
using Schema = DbRules.Tests.Rules.SqlText.SchemaCode<DbRules.Rules.SqlText.MappedStar, DbRules.CodeFixes.SqlText.MappedStarFix>;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>When DBR504 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class MappedStarTests
{
    [Theory]
    // Dapper
    [InlineData("Use(connection.Query<Order>(\"SELECT {|DBR504:*|} FROM Archive WHERE Id = @id\", new { id = 1 }));")]
    [InlineData("Use(await connection.QueryFirstOrDefaultAsync<Order>(\"select {|DBR504:o.*|}, c.Name from Archive o join Customers c on c.Id = o.CustomerId where o.Id = 3\"));")]
    [InlineData("Use(connection.QuerySingle<Order>(new CommandDefinition(@\"SELECT DISTINCT {|DBR504:*|} FROM \"\"Archive\"\" WHERE \"\"Id\"\" = 3\", cancellationToken: ct)));")]
    [InlineData("Use(connection.Query<Order, Customer, Order>(\"SELECT {|DBR504:*|} FROM Archive o JOIN Customers c ON c.Id = o.CustomerId WHERE o.Id = 3\", (o, c) => o));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT {|DBR504:*|} FROM Archive WHERE Id = 1 UNION ALL SELECT {|DBR504:*|} FROM Older WHERE Id = 1\"));")]
    [InlineData("Use(connection.QueryFirst<Order>($\"SELECT {|DBR504:*|} FROM {connectionString}.archive WHERE id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"WITH x AS (SELECT Id FROM Orders) SELECT {|DBR504:a.*|} FROM Archive a JOIN x ON x.Id = a.Id\"));")]
    [InlineData("const string sql = \"SELECT {|DBR504:*|} FROM Archive WHERE Id = 3\"; Use(connection.QueryFirst<Order>(sql));")]
    // EF Core
    [InlineData("Use(db.Database.SqlQuery<Order>($\"SELECT {|DBR504:*|} FROM Archive WHERE Id = 3\").First());")]
    [InlineData("Use(await db.Database.SqlQueryRaw<Order>(\"SELECT TOP 1 {|DBR504:*|} FROM [Archive]\").ToListAsync(ct));")]
    public Task Reports(string code) => Code.Reports(code);

    [Theory]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT Id, Number FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<int>(\"SELECT COUNT(*) FROM Archive\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT Id FROM Archive WHERE EXISTS (SELECT * FROM Orders WHERE Orders.Id = Archive.Id) -- SELECT *\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT Id, 'SELECT * FROM t' AS Number, 2 * 3 AS CustomerId FROM Archive\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"WITH x AS (SELECT Id, Number FROM Archive) SELECT * FROM x\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT x.* FROM (SELECT Id, Number FROM Archive) x\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT * FROM last_orders(@id)\", new { id = 3 }));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT * FROM #orders WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT * FROM sqlite_master LIMIT 1\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT (SELECT MAX(Id) FROM (SELECT * FROM Archive) x) AS Id\"));")]
    // Rows that become no type of their own.
    [InlineData("Use(connection.QueryFirst(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<dynamic>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<object>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<string>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<(int, string)>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<Dictionary<string, object>>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"SELECT * FROM Archive WHERE Id = 3\"));")]
    [InlineData("using var grid = connection.QueryMultiple(\"SELECT * FROM Archive WHERE Id = 3; SELECT * FROM Orders WHERE Id = 3\"); Use(grid.ReadFirst<Order>());")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"SELECT * FROM Archive WHERE Id = 3\"; using var reader = command.ExecuteReader(); Use(reader[\"Id\"]);")]
    [InlineData("var t = new System.Data.DataTable(); new NpgsqlDataAdapter(\"SELECT * FROM Archive WHERE id = 3\", npgsql).Fill(t);")]
    // EF Core needs the columns of an entity.
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders WHERE Id = 3\").First());")]
    [InlineData("Use(await db.Set<Order>().FromSql($\"SELECT * FROM Orders WHERE Id = {keys}\").ToListAsync(ct));")]
    // Not in view.
    [InlineData("Use(connection.QueryFirst<Order>($\"SELECT * FROM {connectionString} WHERE Id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<Order>($\"{connectionString} SELECT * FROM Archive\"));")]
    public Task Quiet(string code) => Code.Reports(code);

    [Fact]
    public Task Quiet_for_type_parameters() => Code.Reports("class Store { public T Find<T>(DbConnection connection) => connection.QueryFirst<T>(\"SELECT * FROM Archive WHERE Id = 3\"); }");

    [Theory]
    [InlineData("SELECT {|DBR504:*|} FROM \"Orders\" WHERE \"Id\" = 3", "SELECT \"Id\", \"Number\", \"CustomerId\", \"CreatedAt\", \"Open\" FROM \"Orders\" WHERE \"Id\" = 3")]
    [InlineData("SELECT {|DBR504:o.*|}, 1 AS x FROM \"Orders\" AS o WHERE o.\"Id\" = 3", "SELECT o.\"Id\", o.\"Number\", o.\"CustomerId\", o.\"CreatedAt\", o.\"Open\", 1 AS x FROM \"Orders\" AS o WHERE o.\"Id\" = 3")]
    public Task Fixed_by_the_entity(string sql, string fixedSql) =>
        Code.Fixes($"Use(npgsql.QueryFirst<Order>(@\"{sql.Replace("\"", "\"\"")}\"));", $"Use(npgsql.QueryFirst<Order>(@\"{fixedSql.Replace("\"", "\"\"")}\"));");

    [Theory]
    [InlineData("auto", "CREATE TABLE orders2 (id int, number text, customerid int, createdat date, open bool, notes text)", "SELECT {|DBR504:*|} FROM orders2 WHERE id = 3", "SELECT id, number, customerid, createdat, open FROM orders2 WHERE id = 3")]
    [InlineData("auto", "CREATE TABLE orders2 (id int, number text, customer_id int, created_at date, open bool)", "SELECT {|DBR504:s.orders2.*|} FROM s.orders2 WHERE id = 3", "SELECT s.orders2.id, s.orders2.number, s.orders2.customer_id, s.orders2.created_at, s.orders2.open FROM s.orders2 WHERE id = 3")]
    [InlineData("postgresql", "CREATE TABLE orders2 (id int, number text, customer_id int, created_at date, \"Open\" bool)", "SELECT {|DBR504:o.*|} FROM orders2 o WHERE id = 3", "SELECT o.id, o.number, o.customer_id, o.created_at, o.\"Open\" FROM orders2 o WHERE id = 3")]
    [InlineData("sqlserver", "CREATE TABLE Orders2 (Id int, [Number] nvarchar(9), Notes text)", "SELECT TOP 1 {|DBR504:*|} FROM [dbo].[Orders2]", "SELECT TOP 1 [Id], [Number], [Notes] FROM [dbo].[Orders2]")]
    [InlineData("mysql", "CREATE TABLE orders2 (id int, `key` text)", "SELECT {|DBR504:*|} FROM `orders2` WHERE id = 3", "SELECT `id`, `key` FROM `orders2` WHERE id = 3")]
    [InlineData("sqlite", "CREATE TABLE orders2 (id int)", "SELECT {|DBR504:*|} FROM orders2 WHERE id = 3", "SELECT id FROM orders2 WHERE id = 3")]
    public Task Fixed_by_a_file(string dialect, string schema, string sql, string fixedSql) => Schema.Fixes(
        $"Use(connection.QueryFirst<Order>(@\"{sql.Replace("\"", "\"\"")}\"));", $"Use(connection.QueryFirst<Order>(@\"{fixedSql.Replace("\"", "\"\"")}\"));", schema, dialect);

    [Theory]
    [InlineData("CREATE TABLE archive (id int, LIKE orders)")]
    [InlineData("CREATE TABLE archive (other int)")]
    [InlineData("CREATE TABLE others (id int)")]
    public Task No_fix_where_the_columns_are_not_known(string schema) => Schema.NoFix("Use(connection.QueryFirst<Order>(\"SELECT {|DBR504:*|} FROM archive WHERE id = 3\"));", schema);

    [Theory]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT {|DBR504:*|} FROM archive a JOIN archive b ON b.id = a.id WHERE a.id = 3\"));")]
    [InlineData("Use(connection.QueryFirst<Order>(\"SELECT {|DBR504:*|} FROM archive WHERE id = 3 UNION SELECT {|DBR504:*|} FROM archive WHERE id = 4\"));")]
    public Task No_fix_for_more_than_one_table(string code) => Schema.NoFix(code, "CREATE TABLE archive (id int)");

    [Fact]
    public Task No_fix_for_a_type_that_a_constructor_makes() => Code.NoFix(
        "record Named(int Id, string Name, string Code); class Store { public Named Find(DbConnection connection) => connection.QueryFirst<Named>(\"SELECT {|DBR504:*|} FROM \\\"Countries\\\" WHERE \\\"Id\\\" = 3\"); }");
}
