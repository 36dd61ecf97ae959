using DbRules.Catalog;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.RoundTrips.KeysForNextQuery, DbRules.CodeFixes.RoundTrips.KeysForNextQueryFix>;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>When DBR113 speaks, when it is quiet, and what its fix writes.</summary>
public class KeysForNextQueryTests
{
    [Theory]
    [InlineData("var found = await db.Customers.Where(c => c.Active).Select(c => c.Id).{|DBR113:ToListAsync|}(ct); return await db.Orders.Where(o => found.Contains(o.CustomerId)).ToListAsync(ct);")]
    [InlineData("var found = db.Customers.Where(c => c.Active).Select(c => c.Id).{|DBR113:ToArray|}(); return db.Orders.Count(o => o.Open && !found.Contains(o.CustomerId));")]
    [InlineData("var found = db.Customers.Select(c => c.Id).{|DBR113:ToHashSet|}(); var query = db.Orders.Where(o => found.Contains(o.CustomerId)); if (ids.Length > 3) query = query.Where(o => o.Open); return query.ToList();")]
    [InlineData("var names = await db.Customers.Select(c => c.Name).{|DBR113:ToListAsync|}(ct); return await db.Orders.OrderBy(o => o.Id).Where(o => names.Contains(o.Number)).Take(10).ToListAsync(ct);")]
    [InlineData("var categories = await db.Products.Where(p => p.CategoryId != null).Select(p => p.CategoryId!.Value).{|DBR113:ToListAsync|}(ct); return await db.Orders.AnyAsync(o => categories.Contains(o.Id), ct);")]
    [InlineData("var owners = db.Orders.Where(o => o.Open).Select(o => o.Customer.Id).{|DBR113:ToList|}(); Use(orders); return db.Customers.Where(c => owners.Contains(c.Id)).ToList();")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    // The keys serve something else too.
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); if (found.Count == 0) return null; return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); Use(found); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return (db.Orders.Where(o => found.Contains(o.CustomerId)).ToList(), db.Payments.Where(p => found.Contains(p.OrderId)).ToList());")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); found.Add(3); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); foreach (var part in found.Chunk(100)) Use(db.Orders.Where(o => part.Contains(o.CustomerId)).ToList());")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); var query = db.Orders.Where(o => found.Contains(o.CustomerId)); return (query.Count(), query.Take(10).ToList());")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId));")]
    [InlineData("IEnumerable<int> found = new List<int>(); found = db.Customers.Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    // Not a plain column, or a query that some databases cannot contain.
    [InlineData("var found = db.Customers.ToList(); return db.Orders.Where(o => found.Contains(o.Customer)).ToList();")]
    [InlineData("var found = db.Customers.OrderBy(c => c.Name).Select(c => c.Id).Take(10).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.OrderBy(c => c.Name).Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).Distinct().ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => int.Parse(c.Name)).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.AsEnumerable().Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.FromSqlRaw(\"SELECT * FROM Customers\").Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Products.Select(p => p.CategoryId).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    // A filter that holds for one part of the new query alone.
    [InlineData("var found = db.Customers.IgnoreQueryFilters().Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return db.Orders.IgnoreQueryFilters().Where(o => found.Contains(o.CustomerId)).ToList();")]
    // Another session, or something happens in between.
    [InlineData("using var other = factory.CreateDbContext(); var found = other.Customers.Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); db.Add(new Customer()); db.SaveChanges(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var low = 3; var found = db.Customers.Where(c => c.Id > low).Select(c => c.Id).ToList(); low = 4; return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Where(c => c.CountryId > DateTime.Now.Day).Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ToList();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); foreach (var id in ids) Use(db.Orders.Where(o => o.Id == id && found.Contains(o.CustomerId)).ToList());")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ExecuteDelete();")]
    [InlineData("var found = db.Customers.Select(c => c.Id).ToList(); return db.Orders.Where(o => found.Contains(o.CustomerId)).ExecuteUpdate(s => s.SetProperty(o => o.Open, true));")]
    [InlineData("Func<Task<object>> later = async () => await db.Orders.ToListAsync(); var found = db.Customers.Select(c => c.Id).ToList(); Func<object> run = () => db.Orders.Where(o => found.Contains(o.CustomerId)).ToList(); Use((later, run));")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("public int Id => 3;")]
    [InlineData("public int Id { get { return 3; } set { } }")]
    [InlineData("[System.ComponentModel.DataAnnotations.Schema.NotMapped] public int Id { get; set; }")]
    public Task A_computed_member_is_no_column(string member) => Code.Reports(
        $$"""
        public class Tag { {{member}} public int TagId { get; set; } }

        public class TagContext : DbContext { public DbSet<Tag> Tags { get; set; } = null!; public DbSet<Order> Orders { get; set; } = null!; }

        public static class Report
        {
            public static List<Order> Run(TagContext db)
            {
                var found = db.Tags.Select(t => t.Id).ToList();
                return db.Orders.Where(o => found.Contains(o.Id)).ToList();
            }
        }
        """);

    [Fact]
    public Task Message_and_places()
    {
        var test = new CSharpAnalyzerVerifier<KeysForNextQuery>.Test
        {
            TestCode = RoundTripTest.Method("var found = db.Customers.Select(c => c.Id).{|#0:ToList|}();\nreturn db.Orders.{|#1:Count|}(o => found.Contains(o.CustomerId));"),
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.KeysForNextQuery).WithLocation(0).WithLocation(1)
            .WithMessage("'found' is fetched only to filter the query of 'Count'; keep it a query and the database filters in one round trip"));
        return test.RunAsync();
    }

    [Fact]
    public Task Fix() => Code.Fixes(
        """
        // Who is active.
        var found = await db.Customers
            .Where(c => c.Active)
            .Select(c => c.Id)
            .{|DBR113:ToListAsync|}(ct); // ids
        return await db.Orders.Where(o => found.Contains(o.CustomerId)).ToListAsync(ct);
        """,
        """
        // Who is active.
        var found = db.Customers
            .Where(c => c.Active)
            .Select(c => c.Id); // ids
        return await db.Orders.Where(o => found.Contains(o.CustomerId)).ToListAsync(ct);
        """);

    [Theory]
    [InlineData("List<int>", "ToList")]
    [InlineData("int[]", "ToArray")]
    [InlineData("IEnumerable<int>", "ToHashSet")]
    public Task Fix_of_a_typed_local(string type, string terminal) => Code.Fixes(
        $"{type} found = db.Customers.Select(c => c.Id).{{|DBR113:{terminal}|}}();\nreturn db.Orders.Count(o => found.Contains(o.CustomerId));",
        "var found = db.Customers.Select(c => c.Id);\nreturn db.Orders.Count(o => found.Contains(o.CustomerId));");

    [Theory]
    [InlineData("var found = db.Customers.Select(c => c.Id)\n    // All of them.\n    .{|DBR113:ToList|}();\nreturn db.Orders.Count(o => found.Contains(o.CustomerId));")]
    [InlineData("var found = await db.Customers.Select(c => c.Id).{|DBR113:ToListAsync|}(ct);\nreturn db.Orders.Count(o => found.Contains(o.CustomerId));")]
    public Task No_fix(string code) => Code.NoFix(code);
}
