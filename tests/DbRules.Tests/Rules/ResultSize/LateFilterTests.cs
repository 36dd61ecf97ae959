using DbRules.Catalog;
using DbRules.Rules.ResultSize;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.LateFilter, DbRules.CodeFixes.ResultSize.LateFilterFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR205 speaks, when it is quiet, and what its fix writes.</summary>
public class LateFilterTests
{
    [Theory]
    // Directly behind the fetch.
    [InlineData("return (await db.Orders.ToListAsync(ct)).{|DBR205:Where|}(o => o.Open).ToList();")]
    [InlineData("return db.Orders.ToList().{|DBR205:Where|}(o => o.Open && o.CustomerId == 3).OrderBy(o => o.Id);")]
    [InlineData("return db.Orders.ToArray().OrderBy(o => o.CreatedAt).{|DBR205:Take|}(10).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Open).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Open).Select(o => o.GetHashCode()).ToList();")]
    [InlineData("return db.Orders.Where(o => o.Id > 3).AsEnumerable().{|DBR205:Count|}(o => o.Open);")]
    [InlineData("foreach (var order in db.Orders.ToList().{|DBR205:Where|}(o => o.Open)) Use(order);")]
    [InlineData("foreach (var order in db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Open)) Use(order);")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).{|DBR205:Count|};")]
    [InlineData("return (await db.Orders.ToArrayAsync(ct)).{|DBR205:Length|} > 3;")]
    [InlineData("return (await db.Orders.ToListAsync(ct).ConfigureAwait(false)).{|DBR205:FirstOrDefault|}(o => o.Number == \"a\");")]
    [InlineData("return db.Orders.Where(o => o.Open).ToList().{|DBR205:Any|}();")]
    [InlineData("return db.Orders.ToList().{|DBR205:SingleOrDefault|}(o => o.Id == _position);")]
    [InlineData("return db.Orders.ToList().{|DBR205:Exists|}(o => o.Open);")]
    [InlineData("return db.Orders.ToList().{|DBR205:Sum|}(o => o.CustomerId);")]
    [InlineData("return db.Orders.Select(o => o.Id).ToList().{|DBR205:Contains|}(3);")]
    [InlineData("return db.Orders.Select(o => o.Id).ToList().{|DBR205:Max|}();")]
    [InlineData("return db.Orders.Select(o => new { o.Id, o.Customer.Name }).ToList().{|DBR205:Where|}(o => o.Name == \"a\");")]
    // What a store can work out.
    [InlineData("return db.Orders.ToList().{|DBR205:Where|}(o => o.Number.Contains(\"a\") || o.Number.StartsWith(connectionString) || string.IsNullOrEmpty(o.Number));")]
    [InlineData("return db.Orders.ToList().{|DBR205:Where|}(o => o.CreatedAt.Date == DateTime.UtcNow.Date.AddDays(-3));")]
    [InlineData("var list = new List<int>(ids); return db.Orders.ToList().{|DBR205:Where|}(o => list.Contains(o.CustomerId));")]
    [InlineData("return db.Products.ToList().{|DBR205:Where|}(p => p.CategoryId != null && p.CategoryId.Value > _position && !(p.Name == \"a\"));")]
    [InlineData("return db.Orders.Include(o => o.Customer).ToList().{|DBR205:Where|}(o => o.Customer.Active);")]
    [InlineData("return db.Products.ToList().{|DBR205:Where|}(p => p.Price * 2 > 3m);")]
    // Through a local that nothing else uses.
    [InlineData("var all = await db.Orders.ToListAsync(ct); return all.{|DBR205:Where|}(o => o.Open).ToList();")]
    [InlineData("var all = db.Orders.ToList(); if (ids.Length > 3) return all.{|DBR205:FirstOrDefault|}(o => o.Open);")]
    [InlineData("var all = db.Orders.ToList(); foreach (var order in all.{|DBR205:Where|}(o => o.Open)) Use(order);")]
    [InlineData("foreach (var id in ids) { var all = db.Orders.Where(o => o.CustomerId == id).ToList(); Use(all.{|DBR205:Where|}(o => o.Open)); }")]
    [InlineData("var existing = await db.Orders.Where(o => o.Open).ToListAsync(ct); if (existing.{|DBR205:Count|} > 0) return null;")]
    // The last step needs the program, those before it do not.
    [InlineData("return db.Orders.ToList().{|DBR205:Where|}(o => o.Open).Where(o => o.GetHashCode() > 3).ToList();")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    // As it should be.
    [InlineData("return await db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Take(10).ToListAsync(ct);")]
    [InlineData("return await db.Orders.CountAsync(o => o.Open, ct);")]
    // All rows are needed, in whatever order.
    [InlineData("return db.Orders.ToList().OrderBy(o => o.Number).ToList();")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Select(o => o.Number).ToList();")]
    [InlineData("return db.Orders.ToList().GroupBy(o => o.CustomerId).ToList();")]
    // The rows serve something else too.
    [InlineData("var all = db.Orders.ToList(); Use(all); return all.Where(o => o.Open).ToList();")]
    [InlineData("var all = db.Orders.ToList(); return (all.Count, all.Where(o => o.Open).ToList());")]
    [InlineData("var all = db.Orders.ToList(); return (all.Where(o => o.Open), all.Where(o => !o.Open));")]
    [InlineData("var all = db.Orders.ToList(); foreach (var id in ids) Use(all.FirstOrDefault(o => o.Id == id));")]
    [InlineData("var all = db.Orders.ToList(); return ids.Select(id => all.FirstOrDefault(o => o.Id == id)).ToList();")]
    [InlineData("var all = db.Orders.ToList(); Func<int> later = () => all.Count(o => o.Open); Use(later);")]
    [InlineData("var all = db.Orders.ToList(); all = orders; return all.Where(o => o.Open).ToList();")]
    [InlineData("List<Order> all; all = db.Orders.ToList(); Func<int> later = () => all.Count(o => o.Open); Use(later);")]
    // Only the program can do it.
    [InlineData("return db.Orders.ToList().Where(o => o.GetHashCode() > 3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Number.Equals(\"a\", StringComparison.OrdinalIgnoreCase)).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Number.Contains(\"a\", StringComparison.OrdinalIgnoreCase)).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Number.ToLowerInvariant() == \"a\").ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Number[0] == 'a').ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => System.Text.RegularExpressions.Regex.IsMatch(o.Number, \"a\")).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => int.Parse(o.Number) > 3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => $\"{o.Id:D5}\" == connectionString).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Id.ToString() == connectionString).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Number is \"a\" or \"b\").ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => orders.Any(other => other.Id == o.Id)).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => _cache.ContainsKey(o.Id)).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => (DateTime.Now - o.CreatedAt).TotalDays > 3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where((o, i) => o.Open && i > 3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => { Use(o); return o.Open; }).ToList();")]
    [InlineData("Func<Order, bool> isOpen = o => o.Open; return db.Orders.AsEnumerable().Where(isOpen).ToList();")]
    [InlineData("bool IsOpen(Order o) => o.Open; return db.Orders.AsEnumerable().Where(IsOpen).ToList();")]
    [InlineData("bool IsOpen(Order o) => o.Open; return db.Orders.AsEnumerable().Where(o => IsOpen(o)).ToList();")]
    [InlineData("int Low() => 3; return db.Orders.AsEnumerable().Where(o => o.Id > Low()).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Id > (_last?.Id ?? 3)).ToList();")]
    [InlineData("var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase); return db.Orders.AsEnumerable().Where(o => names.Contains(o.Number)).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().OrderBy(o => o.Number, StringComparer.Ordinal).Take(3).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Where(o => o == _last).ToList();")]
    [InlineData("return db.Products.AsEnumerable().OrderBy(p => p.Code).Take(3).ToList();")]
    [InlineData("return db.Products.AsEnumerable().Where(p => !(p.CategoryId > 3)).ToList();")]
    // The object in memory may differ from its row.
    [InlineData("return db.Orders.AsEnumerable().Where(o => o.Customer.Active).ToList();")]
    [InlineData("return db.Orders.Include(o => o.Lines).AsEnumerable().Where(o => o.Lines.Count > 3).ToList();")]
    [InlineData("orders[0].Open = false; return db.Orders.ToList().Where(o => o.Open).ToList();")]
    [InlineData("var all = db.Orders.ToList(); db.Add(new Order()); db.SaveChanges(); return all.Where(o => o.Open).ToList();")]
    // A query of which few rows are fetched, or to which nothing can be added.
    [InlineData("return db.Orders.Where(o => o.Id == 3).ToList().Single();")]
    [InlineData("return (await db.Orders.OrderBy(o => o.Id).Take(10).ToListAsync(ct)).Where(o => o.Open).ToList();")]
    [InlineData("return db.Orders.OrderBy(o => o.Id).Skip(10).ToList().FirstOrDefault();")]
    [InlineData("return db.Orders.Select(o => o.Number).Distinct().ToList().Count;")]
    [InlineData("return db.Orders.GroupBy(o => o.CustomerId).Select(g => new { g.Key, Count = g.Count() }).ToList().Where(g => g.Count > 3);")]
    [InlineData("return db.Orders.FromSqlRaw(\"EXEC OpenOrders\").AsEnumerable().Where(o => o.Open).ToList();")]
    [InlineData("return db.Orders.FromSqlInterpolated($\"EXEC OpenOrders {_position}\").ToList().First();")]
    [InlineData("return db.Orders.Select(o => new { Key = o.Number + o.GetHashCode() }).ToList().Where(o => o.Key == \"a\");")]
    // No query at all, or not of an object-relational mapper.
    [InlineData("return orders.ToList().Where(o => o.Open).ToList();")]
    [InlineData("return orders.AsQueryable().ToList().Where(o => o.Open).ToList();")]
    [InlineData("return db.Orders.Local.ToList().Where(o => o.Open).ToList();")]
    [InlineData("return connection.Query<Order>(\"SELECT * FROM Orders\").Where(o => o.Open).ToList();")]
    [InlineData("return (await connection.QueryAsync<Order>(\"SELECT * FROM Orders\")).ToList().Where(o => o.Open).Take(3);")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("public bool Late => Due < DateTime.Now; public DateTime Due { get; set; }", "i.Late", "")]
    [InlineData("public bool Late { get; }", "i.Late", "")]
    [InlineData("public bool Late { get { if (_late == null) _late = Id > 3; return _late.Value; } } private bool? _late;", "i.Late", "")]
    [InlineData("[System.ComponentModel.DataAnnotations.Schema.NotMapped] public bool Late { get; set; }", "i.Late", "")]
    [InlineData("public bool Late { get; set; }", "i.Late", "builder.Entity<Invoice>().Ignore(x => x.Late);")]
    [InlineData("public string Kind { get; set; } = \"\";", "i.Kind.Contains(\"a\")", "builder.Entity<Invoice>().Property(x => x.Kind).HasMaxLength(3).HasConversion(x => x + \"!\", x => x.TrimEnd('!'));")]
    [InlineData("public string[] Tags { get; set; } = null!;", "i.Tags.Contains(\"a\")", "")]
    [InlineData("public DateTimeOffset Due { get; set; }", "i.Due < DateTimeOffset.UtcNow", "")]
    [InlineData("public bool Is(int id) => Id == id;", "i.Is(3)", "")]
    [InlineData("public Invoice? Parent { get; set; }", "i.Parent!.Id == 3", "")]
    public Task Quiet_where_the_member_is_no_plain_column(string member, string predicate, string configuration) => Code.Reports(
        $$"""
        public class Invoice { public int Id { get; set; } {{member}} }
        public class InvoiceContext : DbContext
        {
            public DbSet<Invoice> Invoices { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder builder) { {{configuration}} }
        }
        static class Report { public static object Run(InvoiceContext db) => db.Invoices.Include("Parent").ToList().Where(i => {{predicate}}).ToList(); }
        """);

    [Fact]
    public Task Quiet_in_tests() => Code.Reports(
        "public class SeedReport { public object Run(ShopContext db) => db.Orders.ToList().Where(o => o.Open).ToList(); }");

    [Fact]
    public Task Message_and_places()
    {
        var test = new CSharpAnalyzerVerifier<LateFilter>.Test { TestCode = "class Report { object Run(ShopContext db) => db.Orders.{|#1:ToList|}().OrderBy(o => o.Id).{|#0:Take|}(3); }" };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.LateFilter).WithLocation(0).WithLocation(1)
            .WithMessage("'Take' works in memory on every row that 'ToList' brings from the database; in front of it the database sends only what is needed"));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("return (await db.Orders.ToListAsync(ct)).{|DBR205:Where|}(o => o.Open).ToList();", "return await db.Orders.Where(o => o.Open).ToListAsync(ct);")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).{|DBR205:Where|}(o => o.Open).ToArray();", "return (await db.Orders.Where(o => o.Open).ToListAsync(ct)).ToArray();")]
    [InlineData("return db.Orders.ToList().{|DBR205:Where|}(o => o.Open).OrderBy(o => o.Id).Take(3).ToList();", "return db.Orders.Where(o => o.Open).OrderBy(o => o.Id).Take(3).ToList();")]
    [InlineData("class Report { object Run(ShopContext db) { return db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Open).ToList(); } }", "class Report { object Run(ShopContext db) { return db.Orders.Where(o => o.Open).ToList(); } }")]
    [InlineData("return db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Open).Select(o => o.GetHashCode()).ToList();", "return db.Orders.Where(o => o.Open).AsEnumerable().Select(o => o.GetHashCode()).ToList();")]
    [InlineData("class Report { object Run(ShopContext db) { return db.Orders.AsEnumerable().{|DBR205:Where|}(o => o.Id > 3).Count(o => o.Open); } }", "class Report { object Run(ShopContext db) { return db.Orders.Where(o => o.Id > 3).Count(o => o.Open); } }")]
    [InlineData("foreach (var order in db.Orders.ToList().{|DBR205:Where|}(o => o.Open)) Use(order);", "foreach (var order in db.Orders.Where(o => o.Open).ToList()) Use(order);")]
    [InlineData("foreach (var order in (await db.Orders.ToListAsync()).{|DBR205:Where|}(o => o.Open)) Use(order);", "foreach (var order in await db.Orders.Where(o => o.Open).ToListAsync()) Use(order);")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).{|DBR205:Count|};", "return await db.Orders.CountAsync(ct);")]
    [InlineData("return (await db.Orders.ToArrayAsync(ct)).{|DBR205:Length|} > 3;", "return await db.Orders.CountAsync(ct) > 3;")]
    [InlineData("return (await db.Orders.Where(o => o.Open).ToListAsync(ct).ConfigureAwait(false)).{|DBR205:FirstOrDefault|}(o => o.Number == \"a\");", "return await db.Orders.Where(o => o.Open).FirstOrDefaultAsync(o => o.Number == \"a\", ct).ConfigureAwait(false);")]
    [InlineData("return (await db.Orders.ToListAsync()).{|DBR205:First|}(o => o.Open).Number;", "return (await db.Orders.FirstAsync(o => o.Open)).Number;")]
    [InlineData("if (!(await db.Orders.ToListAsync(ct)).{|DBR205:Where|}(o => o.Open).Any(o => o.Id > 3)) return null;", "if (!await db.Orders.Where(o => o.Open).AnyAsync(o => o.Id > 3, ct)) return null;")]
    [InlineData("return db.Orders.ToList().{|DBR205:Exists|}(o => o.Open);", "return db.Orders.Any(o => o.Open);")]
    [InlineData("return db.Orders.ToList().{|DBR205:Sum|}(o => o.CustomerId);", "return db.Orders.Sum(o => o.CustomerId);")]
    [InlineData("return (await db.Orders.Select(o => o.Id).ToListAsync(ct)).{|DBR205:Contains|}(3);", "return await db.Orders.Select(o => o.Id).ContainsAsync(3, ct);")]
    [InlineData("var all = await db.Orders.ToListAsync(ct); return all.{|DBR205:Where|}(o => o.Open).ToList();", "var all = await db.Orders.Where(o => o.Open).ToListAsync(ct); return all;")]
    [InlineData("var all = db.Orders.ToList(); foreach (var order in all.{|DBR205:Where|}(o => o.Open)) Use(order);", "var all = db.Orders.Where(o => o.Open).ToList(); foreach (var order in all) Use(order);")]
    [InlineData("var all = await db.Orders.ToListAsync(ct); return all.{|DBR205:Where|}(o => o.Open).Select(o => o.GetHashCode());", "var all = await db.Orders.Where(o => o.Open).ToListAsync(ct); return all.Select(o => o.GetHashCode());")]
    [InlineData("return await db.Orders.AsAsyncEnumerable().{|DBR205:Where|}(o => o.Open).Select(o => o.GetHashCode()).ToListAsync(ct);", "return await db.Orders.Where(o => o.Open).AsAsyncEnumerable().Select(o => o.GetHashCode()).ToListAsync(ct);")]
    public Task Fix(string code, string fixedCode) => Code.Fixes(OfOneParent(code), OfOneParent(fixedCode));

    [Fact]
    public Task Fix_keeps_lines_and_comments() => Code.Fixes(
        "var open = (await db.Orders.Where(o => o.CustomerId == 3) // all\n        .ToListAsync(ct))\n    .{|DBR205:Where|}(o => o.Open) // the open ones\n    .OrderBy(o => o.Id)\n    .ToList();\nreturn open;",
        "var open = await db.Orders.Where(o => o.CustomerId == 3)\n    .Where(o => o.Open) // the open ones\n    .OrderBy(o => o.Id) // all\n        .ToListAsync(ct);\nreturn open;");

    [Fact]
    public Task Fix_gives_a_step_a_line_where_the_query_has_lines() => Code.Fixes(
        "var all = db.Orders\n    .Where(o => o.CustomerId == 3)\n    .ToList();\nreturn all.{|DBR205:Where|}(o => o.Open).Select(o => o.GetHashCode()).ToList();",
        "var all = db.Orders\n    .Where(o => o.CustomerId == 3)\n    .Where(o => o.Open)\n    .ToList();\nreturn all.Select(o => o.GetHashCode()).ToList();");

    [Theory]
    [InlineData("return db.Orders.ToList().Where(o => o.Open).ToList();")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Count;")]
    [InlineData("var all = await db.Orders.Where(o => o.Open).ToListAsync(ct); return all.FirstOrDefault(o => o.Number == connectionString);")]
    [InlineData("return db.Orders.ToList().OrderBy(o => o.Id).Take(3).Select(o => o.Number).ToList();")]
    public async Task Speaks_alone(string code)
    {
        await new CSharpAnalyzerVerifier<WholeTableRead>.Test { TestCode = RoundTrips.RoundTripTest.Method(code) }.RunAsync();
        await new CSharpAnalyzerVerifier<FilterWithoutLimit>.Test { TestCode = RoundTrips.RoundTripTest.Method(code) }.RunAsync();
        await new CSharpAnalyzerVerifier<WholeRows>.Test { TestCode = RoundTrips.RoundTripTest.Method(code) }.RunAsync();
    }

    [Theory]
    // A value that is there only behind the fetch, or changes.
    [InlineData("var all = db.Orders.ToList(); var low = ids.Length; return all.{|DBR205:Where|}(o => o.Id > low).ToList();")]
    [InlineData("var low = 3; var all = db.Orders.ToList(); low = 4; return all.{|DBR205:Where|}(o => o.Id > low).ToList();")]
    // Called code runs between fetch and use, and may change what the store holds.
    [InlineData("var all = db.Orders.ToList(); Use(ids); return all.{|DBR205:Where|}(o => o.Id > 3).ToList();")]
    // The local would hold a number.
    [InlineData("var all = await db.Orders.ToListAsync(ct); if (all.{|DBR205:Count|} > 0) return null;")]
    // Some databases cannot order or add up decimals.
    [InlineData("return db.Products.ToList().{|DBR205:Sum|}(p => p.Price);")]
    [InlineData("return db.Products.ToList().OrderBy(p => p.Price).{|DBR205:First|}();")]
    // Which rows the page holds is a matter of chance, before and after.
    [InlineData("return db.Orders.ToList().{|DBR205:Take|}(3).ToList();")]
    // The order of the query would be lost.
    [InlineData("return db.Orders.OrderBy(o => o.Number).ToList().{|DBR205:Where|}(o => o.Open).OrderBy(o => o.Id).ToList();")]
    // Not a list.
    [InlineData("IEnumerable<Order> open = orders; open = db.Orders.ToList().{|DBR205:Where|}(o => o.Open); return open;")]
    [InlineData("var open = db.Orders.ToList().{|DBR205:Where|}(o => o.Open); open = open.Skip(3); return open;")]
    // Called as a plain method.
    [InlineData("return Enumerable.ToList(db.Orders).{|DBR205:Where|}(o => o.Open).ToList();")]
    public Task No_fix(string code) => Code.NoFix(code);

    /// <summary>The rows of one customer: moving a filter in front of them leaves no query that lacks a limit.</summary>
    private static string OfOneParent(string code) => code.Replace("db.Orders", "db.Orders.Where(o => o.CustomerId == 3)", StringComparison.Ordinal);
}
