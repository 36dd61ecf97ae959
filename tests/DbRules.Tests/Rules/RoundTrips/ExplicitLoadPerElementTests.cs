using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Of explicit loading in a loop DBR108 speaks, and DBR101 does not.</summary>
public sealed class ExplicitLoadPerElementTests
{
    [Theory]
    [InlineData("foreach (var s in db.Sales.ToList()) db.Entry(s).Collection(s => s.Items).{|DBR108:Load|}();")]
    [InlineData("foreach (var s in await db.Sales.ToListAsync(ct)) await db.Entry(s).Reference(s => s.Buyer).{|DBR108:LoadAsync|}(ct);")]
    [InlineData("foreach (var s in db.Sales.ToList()) db.Entry(s).Collection(\"Items\").{|DBR108:Load|}();")]
    [InlineData("foreach (var s in db.Sales.ToList()) db.Entry(s).Navigation(nameof(Sale.Items)).{|DBR108:Load|}();")]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(db.Entry(s).Collection(s => s.Items).Query().{|DBR108:Count|}());")]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(await db.Entry(s).Collection(s => s.Items).Query().Where(i => i.Quantity > 1).{|DBR108:ToListAsync|}());")]
    [InlineData("foreach (var s in db.Sales.ToList())\n{\n    var entry = db.Entry(s);\n    entry.Collection(s => s.Items).{|DBR108:Load|}();\n}")]
    [InlineData("foreach (var s in db.Sales.ToList())\n    if (s.Id > 3) db.Entry(s).Reference(s => s.Buyer).{|DBR108:Load|}();")]
    [InlineData("foreach (var s in new List<Sale>()) Use(db.Entry(s).Collection(s => s.Items).Query().{|DBR108:Count|}());")]
    [InlineData("db.Sales.ToList().ForEach(s => db.Entry(s).Collection(s => s.Items).{|DBR108:Load|}());")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Buyer).ToList()) db.Entry(s.Buyer).Reference(b => b.Land).{|DBR108:Load|}();")]
    public Task Fires(string statements) => NavigationTest.RunAsync(statements);

    [Theory]
    [InlineData("var s = db.Sales.First();\ndb.Entry(s).Collection(s => s.Items).Load();")]
    [InlineData("foreach (var s in db.Sales.Include(s => s.Items).ToList()) db.Entry(s).Collection(s => s.Items).Load();")]
    [InlineData("foreach (var s in new List<Sale>()) db.Entry(s).Collection(s => s.Items).Load();")]
    [InlineData("foreach (var s in await Task.FromResult(new List<Sale>())) await db.Entry(s).Reference(s => s.Buyer).LoadAsync();")]
    [InlineData("await db.Buyers.LoadAsync();\nforeach (var s in db.Sales.ToList()) db.Entry(s).Reference(s => s.Buyer).Load();")]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(db.Entry(s).Collection(s => s.Items).IsLoaded);")]
    [InlineData("foreach (var s in db.Sales.ToList()) Use(db.Entry(s).Collection(s => s.Items).Query().Where(i => i.Id > 1));")]
    [InlineData("for (var n = 0; n < 3; n++) { try { db.Entry(db.Sales.Local.First()).Collection(s => s.Items).Load(); break; } catch (Exception) { await Task.Delay(50); } }")]
    public Task Quiet(string statements) => NavigationTest.RunAsync(statements);

    [Fact]
    public Task Reloading_the_row_itself_is_a_query_per_element() =>
        NavigationTest.RunAsync("foreach (var s in db.Sales.ToList()) db.Entry(s).{|DBR101:Reload|}();");
}
