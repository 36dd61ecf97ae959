using DbRules.Catalog;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.RoundTrips.JoinForKey, DbRules.CodeFixes.RoundTrips.JoinForKeyFix>;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>When DBR110 speaks, when it is quiet, and what its fix writes.</summary>
public class JoinForKeyTests
{
    [Theory]
    [InlineData("return db.Orders.Where(o => {|DBR110:o.Customer.Id|} == 3).ToList();")]
    [InlineData("return await db.Orders.AnyAsync(o => {|DBR110:o.Customer!.Id|} == 3, ct);")]
    [InlineData("return db.Orders.OrderBy(o => {|DBR110:o.Customer.Id|}).Select(o => o.Number).ToList();")]
    [InlineData("return db.Orders.GroupBy(o => {|DBR110:o.Customer.Id|}).Select(g => new { g.Key, N = g.Count() }).ToList();")]
    [InlineData("return db.Customers.Where(c => db.Orders.Any(o => {|DBR110:o.Customer.Id|} == c.Id)).ToList();")]
    [InlineData("return db.Orders.Where(o => ids.Contains({|DBR110:o.Customer.Id|})).Count();")]
    [InlineData("return (from o in db.Orders join c in db.Customers on {|DBR110:o.Customer.Id|} equals c.Id select c.Name).ToList();")]
    [InlineData("var query = db.Orders.Where(o => {|DBR110:o.Customer.Id|} == 3); return (query.Count(), query.ToList());")]
    [InlineData("foreach (var order in db.Orders.Where(o => {|DBR110:o.Customer.Id|} == 3)) Use(order);")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("return db.Orders.Where(o => o.CustomerId == 3).ToList();")]
    [InlineData("return db.Orders.Where(o => o.Customer.CountryId == 3).ToList();")]
    [InlineData("return orders.Where(o => o.Customer.Id == 3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Customer.Id == 3).ToList();")]
    [InlineData("return orders.AsQueryable().Where(o => o.Customer.Id == 3).ToList();")]
    // The join stays anyway.
    [InlineData("return db.Orders.Select(o => new { o.Customer.Id, o.Customer.Name }).ToList();")]
    [InlineData("return db.Orders.Include(o => o.Customer).Where(o => o.Customer.Id == 3).ToList();")]
    [InlineData("return db.Orders.Include(\"Customer\").Where(o => o.Customer.Id == 3).ToList();")]
    [InlineData("return db.Orders.Where(o => o.Customer.Active).OrderBy(o => o.Customer.Id).ToList();")]
    [InlineData("return db.Orders.Where(o => o.Customer != null && o.Customer.Id == 3).ToList();")]
    // What the code does not show may need the join too.
    [InlineData("System.Linq.Expressions.Expression<Func<Order, string>> name = o => o.Customer.Name; return db.Orders.Where(o => o.Customer.Id == 3).Select(name).ToList();")]
    [InlineData("return db.Orders.IgnoreQueryFilters().Where(o => o.Customer.Id == 3).ToList();")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("public int OwnerId { get; set; }", "", true)]
    [InlineData("public int OwnerID { get; set; }", "", false)]
    [InlineData("public int? OwnerId { get; set; }", "", false)]
    [InlineData("public long OwnerId { get; set; }", "", false)]
    [InlineData("public int OwnerId => 3;", "", false)]
    [InlineData("public int PersonId { get; set; }", "", false)]
    [InlineData("[System.ComponentModel.DataAnnotations.Schema.ForeignKey(\"Owner\")] public int PersonId { get; set; }", "", true)]
    [InlineData("public int OwnerId { get; set; }", "model.Entity<Car>().HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId);", true)]
    [InlineData("public int OwnerId { get; set; } public int OtherId { get; set; }", "model.Entity<Car>().HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OtherId);", false)]
    [InlineData("public int OwnerId { get; set; }", "model.Entity<Car>().HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId).HasPrincipalKey(p => p.Number);", false)]
    [InlineData("public int OwnerId { get; set; }", "model.Entity<Person>().HasQueryFilter(p => p.Number > 3);", false)]
    [InlineData("public int OwnerId { get; set; }", "model.Entity<Car>().HasQueryFilter(c => c.Id > 3);", true)]
    [InlineData("public int OwnerId { get; set; }", "foreach (var type in model.Model.GetEntityTypes()) model.Entity(type.ClrType).HasQueryFilter(null!);", false)]
    [InlineData("public int OwnerId { get; set; }", "model.Entity<Person>().HasKey(p => p.Number);", false)]
    public Task Configuration_decides(string members, string configuration, bool reported) => Code.Reports(
        $$"""
        public class Person { public int Id { get; set; } public int Number { get; set; } }

        public class Car { public int Id { get; set; } public Person Owner { get; set; } = null!; {{members}} }

        public class CarContext : DbContext
        {
            public DbSet<Car> Cars { get; set; } = null!;

            protected override void OnModelCreating(ModelBuilder model)
            {
                {{configuration}}
            }
        }

        public static class Report
        {
            public static int Run(CarContext db) => db.Cars.Count(c => {{(reported ? "{|DBR110:c.Owner.Id|}" : "c.Owner.Id")}} == 3);
        }
        """);

    [Fact]
    public Task An_object_of_the_same_shape_is_no_row() => Code.Reports(
        """
        public class View { public int Id { get; set; } public int CustomerId { get; set; } public Customer Customer { get; set; } = null!; }

        public static class Report
        {
            public static int Run(ShopContext db) => db.Orders.Select(o => new View { Id = o.Id, Customer = new Customer { Id = o.Id } }).Count(v => v.Customer.Id == 3);
        }
        """);

    [Fact]
    public Task Message_and_places()
    {
        var test = new CSharpAnalyzerVerifier<JoinForKey>.Test { TestCode = RoundTripTest.Method("return db.Orders.{|#1:Count|}(o => {|#0:o.Customer.Id|} == 3);") };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.JoinForKey).WithLocation(0).WithLocation(1)
            .WithMessage("'o.Customer.Id' joins Customer only to read its key, which the row has as 'CustomerId'"));
        return test.RunAsync();
    }

    [Fact]
    public Task Fix() => Code.Fixes(
        "return db.Orders.Where(o => {|DBR110:o.Customer.Id|} == 3 /* home */).Select(o => new { o.Number, {|DBR110:o.Customer!.Id|}, Key = {|DBR110:o.Customer.Id|} }).ToList();",
        "return db.Orders.Where(o => o.CustomerId == 3 /* home */).Select(o => new { o.Number, Id = o.CustomerId, Key = o.CustomerId }).ToList();");

    [Fact]
    public Task No_fix_that_drops_a_comment() => Code.NoFix("return db.Orders.Count(o => {|DBR110:o.Customer /* who */ .Id|} == 3);");
}
