using DbRules.Catalog;
using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.RoundTrips.SameQueryTwice, DbRules.CodeFixes.RoundTrips.SameQueryTwiceFix>;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>When DBR112 speaks, when it is quiet, and what its fix writes.</summary>
public class SameQueryTwiceTests
{
    [Theory]
    [InlineData("var a = db.Orders.First(o => o.Id == 3); Use(a); var b = db.Orders.{|DBR112:First|}(o => o.Id == 3);")]
    [InlineData("var a = await db.Orders.FirstAsync(o => o.Id == 3); Use(a); var b = await db.Orders.{|DBR112:FirstAsync|}(x => x.Id == 3, ct);")]
    [InlineData("var count = ids.Length; var a = await db.Orders.Where(o => o.Id > count).ToListAsync(ct); if (a.Count > 3) return await db.Orders.Where(o => o.Id > count).{|DBR112:ToListAsync|}(ct);")]
    [InlineData("if (!await db.Orders.AnyAsync(o => o.Open, ct)) return 1; Use(await db.Orders.{|DBR112:AnyAsync|}(o => o.Open, ct));")]
    [InlineData("var open = db.Orders.Where(o => o.Open); Use(open.ToList()); Use(open.{|DBR112:ToList|}());")]
    [InlineData("var open = db.Orders.Where(o => o.Open); foreach (var o in open) Use(o.Number); foreach (var o in {|DBR112:open|}) Use(o.Id);")]
    [InlineData("var a = await connection.QueryAsync<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id = 3 }); foreach (var o in a) Use(o.Number); return await connection.{|DBR112:QueryAsync|}<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id = 3 });")]
    [InlineData("const string sql = \"SELECT COUNT(*) FROM Orders\"; var a = connection.ExecuteScalar<int>(sql); Use(a); return connection.{|DBR112:ExecuteScalar|}<int>(sql);")]
    [InlineData("var a = db.Orders.Count(); foreach (var id in ids) Use(id); return db.Orders.{|DBR112:Count|}();")]
    [InlineData("var a = db.Orders.Count(); if (a > 3) { db.Add(new Order()); await db.SaveChangesAsync(ct); return 1; } return db.Orders.{|DBR112:Count|}();")]
    [InlineData("var names = await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync(ct); return await db.Customers.Select(x => new { x.Id, x.Name }).{|DBR112:ToListAsync|}(ct);")]
    [InlineData("return new { First = await db.Orders.CountAsync(o => o.Open, ct), Second = await db.Orders.{|DBR112:CountAsync|}(o => o.Open, ct) };")]
    [InlineData("var part = await db.Orders.Where(o => EF.Functions.Like(o.Number, \"a%\")).CountAsync(ct); return await db.Orders.Where(o => EF.Functions.Like(o.Number, \"a%\")).{|DBR112:CountAsync|}(ct);")]
    [InlineData("foreach (var part in keys.Chunk(100)) { Use(await db.Orders.CountAsync(o => part.Contains(o.Id), ct)); Use(await db.Orders.{|DBR112:CountAsync|}(o => part.Contains(o.Id), ct)); }")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    // Other queries, other values, other sessions.
    [InlineData("var a = db.Orders.First(o => o.Id == 3); Use(a); var b = db.Orders.First(o => o.Id == 4);")]
    [InlineData("var a = db.Orders.First(o => o.Id == 3); Use(a); var b = db.Orders.FirstOrDefault(o => o.Id == 3);")]
    [InlineData("if (await db.Orders.AnyAsync(o => o.Id == 3, ct)) { var order = await db.Orders.FirstAsync(o => o.Id == 3, ct); Use(order); }")]
    [InlineData("var query = db.Orders.Where(o => o.Open); var total = await query.CountAsync(ct); return (total, await query.Take(10).ToListAsync(ct));")]
    [InlineData("var id = 3; Use(db.Orders.First(o => o.Id == id)); id = 4; Use(db.Orders.First(o => o.Id == id));")]
    [InlineData("var id = 3; Use(db.Orders.First(o => o.Id == id)); id++; Use(db.Orders.First(o => o.Id == id));")]
    [InlineData("Use(db.Orders.First(o => o.Id == _position)); Move(); Use(db.Orders.First(o => o.Id == _position)); void Move() => _position++;")]
    [InlineData("var order = orders[0]; Use(db.Customers.First(c => c.Id == order.CustomerId)); order.CustomerId = 5; Use(db.Customers.First(c => c.Id == order.CustomerId));")]
    [InlineData("var list = keys.ToList(); Use(db.Orders.Count(o => list.Contains(o.Id))); list.Add(3); Use(db.Orders.Count(o => list.Contains(o.Id)));")]
    [InlineData("IQueryable<Order> query = db.Orders; Use(query.Count()); query = query.Where(o => o.Open); Use(query.Count());")]
    [InlineData("using var other = factory.CreateDbContext(); Use(db.Orders.Count()); Use(other.Orders.Count());")]
    [InlineData("using (var a = factory.CreateDbContext()) { Use(a.Orders.Count()); } using (var a = factory.CreateDbContext()) { Use(a.Orders.Count()); }")]
    [InlineData("Use(db.Orders.AsNoTracking().First(o => o.Id == 3)); Use(db.Orders.First(o => o.Id == 3));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id = 3 })); Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id = 4 }));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT * FROM Orders\")); Use(npgsql.Query<Order>(\"SELECT * FROM Orders\"));")]
    // Writes in between.
    [InlineData("Use(db.Orders.Count()); db.Add(new Order()); await db.SaveChangesAsync(ct); Use(db.Orders.Count());")]
    [InlineData("Use(db.Orders.Count()); db.Orders.Where(o => o.Open).ExecuteDelete(); Use(db.Orders.Count());")]
    [InlineData("Use(db.Orders.Count()); await connection.ExecuteAsync(\"DELETE FROM Orders\"); Use(db.Orders.Count());")]
    [InlineData("Use(db.Orders.Count()); await connection.ExecuteAsync(connectionString); Use(db.Orders.Count());")]
    [InlineData("Use(connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM Orders\")); connection.Execute(\"INSERT INTO Orders DEFAULT VALUES\"); Use(connection.ExecuteScalar<int>(\"SELECT COUNT(*) FROM Orders\"));")]
    [InlineData("Use(db.Orders.Count()); Write(); Use(db.Orders.Count()); void Write() => db.SaveChanges();")]
    [InlineData("Use(db.Orders.Count()); if (ids.Length > 3) { db.Add(new Order()); db.SaveChanges(); } Use(db.Orders.Count());")]
    [InlineData("Action unknown = () => { }; Use(db.Orders.Count()); unknown(); Use(db.Orders.Count());")]
    [InlineData("Use(db.Orders.Count()); adapter.Update(new DataSet()); Use(db.Orders.Count());")]
    [InlineData("Use(db.Orders.First(o => o.Id == 3)); db.ChangeTracker.Clear(); Use(db.Orders.First(o => o.Id == 3));")]
    [InlineData("Use(db.Orders.Count()); using var transaction = db.Database.BeginTransaction(); Use(db.Orders.Count());")]
    // Others write meanwhile: waiting, locks, polling and retry.
    [InlineData("Use(db.Orders.Count()); await Task.Delay(100, ct); Use(db.Orders.Count());")]
    [InlineData("if (!db.Orders.Any()) { lock (_cache) { if (!db.Orders.Any()) Use(1); } }")]
    [InlineData("var gate = new SemaphoreSlim(1); if (!await db.Orders.AnyAsync(ct)) { await gate.WaitAsync(ct); if (!await db.Orders.AnyAsync(ct)) Use(1); }")]
    [InlineData("var order = db.Orders.First(o => o.Open); while (order.Open) { order = db.Orders.First(o => o.Open); }")]
    [InlineData("try { Use(db.Orders.Count()); } catch (InvalidOperationException) { Use(db.Orders.Count()); }")]
    // Not on one path.
    [InlineData("if (ids.Length > 3) { Use(db.Orders.Count()); } else { Use(db.Orders.Count()); }")]
    [InlineData("if (ids.Length > 3) Use(db.Orders.Count()); Use(db.Orders.Count());")]
    [InlineData("var count = ids.Length > 3 ? db.Orders.Count() : db.Orders.Count() + 1;")]
    [InlineData("Func<int> first = () => db.Orders.Count(); Func<int> second = () => db.Orders.Count(); Use((first, second));")]
    // Time, chance, and what a method computes.
    [InlineData("Use(db.Orders.Count(o => o.CreatedAt < DateTime.UtcNow)); Use(db.Orders.Count(o => o.CreatedAt < DateTime.UtcNow));")]
    [InlineData("Use(db.Products.Count(p => p.Code == Guid.NewGuid())); Use(db.Products.Count(p => p.Code == Guid.NewGuid()));")]
    [InlineData("Func<int> key = () => _position++; Use(db.Orders.Count(o => o.Id == key())); Use(db.Orders.Count(o => o.Id == key()));")]
    [InlineData("Use(connection.Query<int>(\"SELECT nextval('numbers')\")); Use(connection.Query<int>(\"SELECT nextval('numbers')\"));")]
    [InlineData("Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE CreatedAt < now()\")); Use(connection.Query<Order>(\"SELECT * FROM Orders WHERE CreatedAt < now()\"));")]
    [InlineData("Use(connection.Query<Order>(connectionString)); Use(connection.Query<Order>(connectionString));")]
    // The second look-up by key is answered from memory; no round trip at all.
    [InlineData("Use(db.Orders.Find(3)); Use(db.Orders.Find(3));")]
    [InlineData("Use(orders.AsQueryable().Count()); Use(orders.AsQueryable().Count());")]
    [InlineData("var filter = db.Customers.Where(c => db.Orders.Any(o => o.Open) && db.Orders.Any(o => o.Open)); Use(filter.ToList());")]
    // Rows that were changed are read anew on purpose.
    [InlineData("var list = db.Orders.ToList(); list.Clear(); Use(list); Use(db.Orders.ToList());")]
    // DBR107 and DBR101 say what costs more.
    [InlineData("Use(db.Orders.Count()); foreach (var id in ids) Use(db.Orders.Count());")]
    [InlineData("foreach (var id in ids) { Use(db.Orders.First(o => o.Id == id)); Use(db.Orders.First(o => o.Id == id)); }")]
    public Task Quiet(string code) => Code.Reports(code);

    [Fact]
    public Task Tests_read_as_often_as_they_like() => Code.Reports(
        """
        using Xunit;

        namespace Xunit { public sealed class FactAttribute : Attribute { } }

        public class OrderTests(ShopContext db)
        {
            [Fact]
            public void Counts()
            {
                Console.WriteLine(db.Orders.Count());
                Console.WriteLine(db.Orders.Count());
            }
        }
        """);

    [Fact]
    public Task Message_and_places()
    {
        var test = new CSharpAnalyzerVerifier<SameQueryTwice>.Test
        {
            TestCode = RoundTripTest.Method("Use(db.Orders.{|#1:Count|}());\nUse(db.Orders.{|#0:Count|}());"),
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.SameQueryTwice).WithLocation(0).WithLocation(1)
            .WithMessage("'Count' runs the same query a second time and nothing in between changes its result; keep the first result"));
        return test.RunAsync();
    }

    [Fact]
    public Task Fix_of_a_row() => Code.Fixes(
        """
        var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);
        if (order == null)
            return 0;

        // Once more.
        return (await db.Orders.{|DBR112:FirstOrDefaultAsync|}(o => o.Id == 3, ct))!.Number;
        """,
        """
        var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct);
        if (order == null)
            return 0;

        // Once more.
        return order!.Number;
        """);

    [Fact]
    public Task Fix_of_a_list() => Code.Fixes(
        """
        List<Order> open = db.Orders.Where(o => o.Open).ToList();
        Use(open.Count);
        foreach (var order in db.Orders.Where(o => o.Open).{|DBR112:ToList|}()) // all of them
            Use(order);
        """,
        """
        List<Order> open = db.Orders.Where(o => o.Open).ToList();
        Use(open.Count);
        foreach (var order in open) // all of them
            Use(order);
        """);

    [Fact]
    public Task Fix_of_an_answer() => Code.Fixes(
        """
        var known = await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Orders");
        Use(known);
        Use(1 + await connection.{|DBR112:ExecuteScalarAsync|}<int>("SELECT COUNT(*) FROM Orders"));
        """,
        """
        var known = await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Orders");
        Use(known);
        Use(1 + known);
        """);

    [Fact]
    public Task Fix_of_two() => Code.Fixes(
        """
        var count = db.Orders.Count();
        Use(db.Orders.{|DBR112:Count|}());
        Use(db.Orders.{|DBR112:Count|}());
        """,
        """
        var count = db.Orders.Count();
        Use(count);
        Use(count);
        """);

    [Theory]
    // Nothing holds the first result, or not where it is needed, or it is another type.
    [InlineData("Use(db.Orders.Count()); Use(db.Orders.{|DBR112:Count|}());")]
    [InlineData("{ var count = db.Orders.Count(); Use(count); } Use(db.Orders.{|DBR112:Count|}());")]
    [InlineData("IEnumerable<Order> all = db.Orders.ToList(); return db.Orders.{|DBR112:ToList|}().Count;")]
    [InlineData("var count = db.Orders.Count(); count++; Use(count); return db.Orders.{|DBR112:Count|}();")]
    // Both lists are changed later, each for itself.
    [InlineData("var a = db.Orders.ToList(); var b = db.Orders.{|DBR112:ToList|}(); a.Clear(); return (a, b);")]
    [InlineData("var a = db.Orders.ToList(); var b = db.Orders.{|DBR112:ToList|}(); b.Clear(); return (a, b);")]
    [InlineData("var count = db.Orders.Count(); return db.Orders\n    // All of them.\n    .{|DBR112:Count|}();")]
    public Task No_fix(string code) => Code.NoFix(code);
}
