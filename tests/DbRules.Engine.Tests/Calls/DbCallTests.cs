using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>What a call is, the same for every library: round trip, reading, writing, rows, session, name and place.</summary>
public sealed class DbCallTests
{
    [Theory]
    [InlineData("db.Orders.First(); //1", true, true, false, RowCount.One)]
    [InlineData("await db.Orders.ToListAsync(); //1", true, true, false, RowCount.Many)]
    [InlineData("db.Orders.Count(); //1", true, true, false, RowCount.Scalar)]
    [InlineData("foreach (var order in db.Orders) Use(order); //1", true, true, false, RowCount.Many)]
    [InlineData("db.Find<Order>(1); //1", true, true, false, RowCount.One)]
    [InlineData("db.Orders.Find(1); //1", true, true, false, RowCount.One)]
    [InlineData("unknown.ToList(); //1", false, true, false, RowCount.Many)]
    [InlineData("await unknown.ToListAsync(); //1", true, true, false, RowCount.Many)]
    [InlineData("orders.AsQueryable().ToList(); //1", false, true, false, RowCount.Many)]
    [InlineData("await orders.AsQueryable().ToListAsync(); //1", false, true, false, RowCount.Many)]
    [InlineData("db.SaveChanges(); //1", true, false, true, RowCount.None)]
    [InlineData("db.Orders.ExecuteDelete(); //1", true, false, true, RowCount.None)]
    [InlineData("db.Orders.Add(new Order()); //1", false, false, false, RowCount.Unknown)]
    [InlineData("db.Database.ExecuteSql($\"DELETE FROM x\"); //1", true, false, true, RowCount.None)]
    [InlineData("connection.Query(\"SELECT 1\"); //1", true, true, false, RowCount.Many)]
    [InlineData("connection.Query(\"DELETE FROM x RETURNING id\"); //1", true, false, true, RowCount.Many)]
    [InlineData("connection.Query(text); //1", true, true, true, RowCount.Many)]
    [InlineData("connection.QueryFirst(\"SELECT 1\"); //1", true, true, false, RowCount.One)]
    [InlineData("connection.Execute(\"DELETE FROM x\"); //1", true, false, true, RowCount.None)]
    [InlineData("connection.Execute(text); //1", true, false, true, RowCount.None)]
    [InlineData("given.ExecuteReader(); //1", true, true, true, RowCount.Many)]
    [InlineData("given.ExecuteNonQuery(); //1", true, false, true, RowCount.None)]
    public void Effect(string statement, bool roundTrip, bool reads, bool mayWrite, RowCount rows)
    {
        DbCall call = CodeUnderTest.Statements(statement).Call();
        Assert.Equal((roundTrip, reads, mayWrite, rows), (call.IsRoundTrip, call.Reads, call.MayWrite, call.Rows));
    }

    [Theory]
    [InlineData("db.Orders.First(); //1", "db")]
    [InlineData("_db.Orders.First(); //1", "_db")]
    [InlineData("db.SaveChanges(); //1", "db")]
    [InlineData("db.Find<Order>(1); //1", "db")]
    [InlineData("db.Database.ExecuteSqlRaw(\"DELETE FROM x\"); //1", "db.Database")]
    [InlineData("connection.Query(\"SELECT 1\"); //1", "connection")]
    [InlineData("SqlMapper.Query(plain, \"SELECT 1\"); //1", "plain")]
    [InlineData("var command = connection.CreateCommand(); command.ExecuteScalar(); //1", "connection")]
    [InlineData("connection.CreateCommand().ExecuteScalar(); //1", "connection")]
    [InlineData("var command = new NpgsqlCommand(\"SELECT 1\", npgsql); command.ExecuteScalar(); //1", "npgsql")]
    [InlineData("var command = new NpgsqlCommand { Connection = npgsql }; command.ExecuteScalar(); //1", "npgsql")]
    [InlineData("var command = new NpgsqlCommand(\"SELECT 1\"); command.Connection = npgsql; command.ExecuteScalar(); //1", "npgsql")]
    [InlineData("var command = source.CreateCommand(\"SELECT 1\"); command.ExecuteScalar(); //1", "source")]
    [InlineData("given.ExecuteScalar(); //1", null)]
    [InlineData("unknown.First(); //1", null)]
    [InlineData("await unknown.FirstAsync(); //1", null)]
    public void Session(string statement, string? session) => Assert.Equal(session, CodeUnderTest.Statements(statement).Call().Session?.Syntax.ToString());

    [Theory]
    [InlineData("db.Orders.First(); //1", "First", "First", "LINQ")]
    [InlineData("db.Find<Order>(1); //1", "Find", "Find", "EF Core")]
    [InlineData("connection.QueryFirst<Order>(\"SELECT 1\"); //1", "QueryFirst", "QueryFirst", "Dapper")]
    [InlineData("given?.ExecuteScalar(); //1", "ExecuteScalar", "ExecuteScalar", "ADO.NET")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Id > 1)) Use(order); //1", "db.Orders.Where(o => o.Id > 1)", "db.Orders.Where(o => o.Id > 1)", null)]
    [InlineData("foreach (var order in (IEnumerable<Order>)db.Orders) Use(order); //1", "db.Orders", "db.Orders", null)]
    public void Name_place_and_library(string statement, string name, string place, string? library)
    {
        DbCall call = CodeUnderTest.Statements(statement).Call();
        Assert.Equal(name, call.Name);
        Assert.Equal(place, call.Location.SourceTree!.GetText().ToString(call.Location.SourceSpan));
        Assert.Equal(library, call.Library);
    }

    [Theory]
    [InlineData("db.Orders.First(o => o.Id == 1); //1", ParameterRole.Predicate, "o => o.Id == 1")]
    [InlineData("await db.Orders.FirstAsync(ct); //1", ParameterRole.Cancel, "ct")]
    [InlineData("await db.Orders.FirstAsync(); //1", ParameterRole.Cancel, null)]
    [InlineData("connection.Query(\"SELECT 1\", ids); //1", ParameterRole.Values, "ids")]
    [InlineData("connection.Query(\"SELECT 1\"); //1", ParameterRole.Values, null)]
    [InlineData("connection.Query(\"SELECT 1\"); //1", ParameterRole.Connection, "connection")]
    [InlineData("given.ExecuteScalar(); //1", ParameterRole.Command, "given")]
    [InlineData("foreach (var order in db.Orders) Use(order); //1", ParameterRole.Source, null)]
    public void Arguments_by_role(string statement, ParameterRole role, string? value) =>
        Assert.Equal(value, CodeUnderTest.Statements(statement).Call().Argument(role)?.Syntax.ToString());

    [Fact]
    public void Calls_come_in_source_order_and_expression_trees_hold_none()
    {
        CodeUnderTest code = CodeUnderTest.Statements(
            """
            Use(db.Orders.Where(o => db.Lines.Any(l => l.OrderId == o.Id)).ToList());
            Use(connection.Query("SELECT 1").First());
            db.Orders.RemoveRange(db.Orders.ToList());
            await db.SaveChangesAsync(ct);
            Action later = () => given.ExecuteNonQuery();
            orders.Find(o => o.Id == 1);
            """);
        Assert.Equal(["ToList", "Query", "RemoveRange", "ToList", "SaveChangesAsync", "ExecuteNonQuery"], code.AllCalls().Select(call => call.Name));
    }

    [Theory]
    [InlineData("Shop.Core", "Run", CodeRole.Production)]
    [InlineData("Shop.Core", "SeedOrders", CodeRole.Seeding)]
    [InlineData("Shop.Core", "MigrateAll", CodeRole.Seeding)]
    [InlineData("Shop.Tests", "Run", CodeRole.Test)]
    [InlineData("Shop.Core.UnitTests", "Run", CodeRole.Test)]
    [InlineData("Shop.Redis.Benchmark", "Run", CodeRole.Test)]
    [InlineData("Shop.Contest", "Run", CodeRole.Production)]
    public void Role_of_the_code(string assembly, string method, CodeRole role)
    {
        CodeUnderTest code = CodeUnderTest.Of($$"""class Report { void {{method}}(Shop db) { db.Orders.First(); } }""", assembly);
        Assert.Equal(role, Assert.Single(code.AllCalls()).Body.Role);
    }

    [Theory]
    [InlineData("class Setup : Microsoft.EntityFrameworkCore.Migrations.Migration { protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder b) { new Shop().Orders.First(); } }", CodeRole.Migration)]
    [InlineData("class Setup { [Xunit.Fact] public void Works() { } void Helper(Shop db) { db.Orders.First(); } }", CodeRole.Test)]
    [InlineData("class Setup { [Xunit.Theory] public void Works() { } class Inner { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Test)]
    [InlineData("class SeedData { class Inner { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Seeding)]
    [InlineData("namespace Shops.Datastore.Migration { class ProfileUpdater { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Seeding)]
    [InlineData("namespace Shops.SeederApi.Commands { class Destroy { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Seeding)]
    [InlineData("namespace Shops.Seedlings { class Report { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Production)]
    [InlineData("class Setup { class Inner { void Helper(Shop db) { db.Orders.First(); } } }", CodeRole.Production)]
    [InlineData("class Setup { void Helper(Shop db) { db.Database.Migrate(); } }", CodeRole.Seeding)]
    [InlineData("class Setup { async System.Threading.Tasks.Task Helper(Shop db) { await db.Database.EnsureCreatedAsync(); } }", CodeRole.Seeding)]
    [InlineData("class Setup : Shop { public Setup() { Database.EnsureCreated(); } }", CodeRole.Seeding)]
    [InlineData("class Setup { static void Main(Shop db) { db.Database.Migrate(); } }", CodeRole.Production)]
    [InlineData("class Setup { void Helper(Shop db, System.Collections.Generic.List<System.Action> handlers) { handlers.Add(() => db.Database.Migrate()); } }", CodeRole.Production)]
    [InlineData("class Setup { void Helper(Shop db) { db.Database.GetPendingMigrations(); } }", CodeRole.Production)]
    public void Role_of_the_type(string source, CodeRole role) => Assert.Equal(role, Assert.Single(CodeUnderTest.Of(source).AllCalls()).Body.Role);
}
