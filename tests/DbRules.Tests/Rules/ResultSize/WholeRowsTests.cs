using DbRules.Catalog;
using DbRules.Rules.ResultSize;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.WholeRows, DbRules.CodeFixes.ResultSize.WholeRowsFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR209 speaks, when it is quiet, and what its fix writes.</summary>
public class WholeRowsTests
{
    [Theory]
    // Through a loop.
    [InlineData("foreach (var order in await db.Orders.{|DBR209:ToListAsync|}(ct)) Use(order.Number);")]
    [InlineData("var all = await db.Orders.Where(o => o.Open).{|DBR209:ToListAsync|}(ct); foreach (var order in all) Use(order.Number);")]
    [InlineData("var all = db.Orders.AsNoTracking().Take(100).{|DBR209:ToArray|}(); for (var i = 0; i < all.Length; i++) Use(all[i].Number);")]
    [InlineData("var all = db.Orders.{|DBR209:ToList|}(); for (var i = 0; i < all.Count; i++) { var order = all[i]; Use(order.Number); }")]
    [InlineData("foreach (var order in db.Orders.{|DBR209:Where|}(o => o.Open)) Use(order.Number);")]
    [InlineData("await foreach (var order in db.Orders.{|DBR209:AsAsyncEnumerable|}()) Use(order.Number);")]
    [InlineData("await foreach (var order in db.Orders.{|DBR209:AsAsyncEnumerable|}().WithCancellation(ct)) Use(order.Number);")]
    // Through operators in memory.
    [InlineData("return (await db.Orders.{|DBR209:ToListAsync|}(ct)).Select(o => o.Number + 1).ToList();")]
    [InlineData("return db.Orders.{|DBR209:AsEnumerable|}().Select(o => o.Number + 1).ToList();")]
    [InlineData("var all = await db.Orders.{|DBR209:ToListAsync|}(ct); var open = all.Where(o => o.Number.GetHashCode() > 3).OrderBy(o => o.Number).ToList(); Use(open.Count); return open.Select(o => o.Number);")]
    [InlineData("var all = db.Products.{|DBR209:ToList|}(); var first = all.FirstOrDefault(p => p.Name.GetHashCode() > 3); return first == null ? null : first.Name;")]
    [InlineData("var all = db.Products.{|DBR209:ToList|}(); var first = all.LastOrDefault(); return first?.Name.Trim();")]
    [InlineData("var all = db.Customers.{|DBR209:ToList|}(); all.ForEach(c => Use(c.Email));")]
    [InlineData("return db.Orders.{|DBR209:ToList|}().ToLookup(o => o.CustomerId, o => o.CustomerId);")]
    [InlineData("var all = db.Customers.{|DBR209:ToList|}(); if (all.Any(c => c.Email == connectionString)) Use(all.First(c => c.Email != connectionString).Email);")]
    // Inside the lambda of another query.
    [InlineData("foreach (var customer in db.Customers.{|DBR209:ToList|}()) Use(db.Products.Where(p => p.Name == customer.Email));")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    // As it should be.
    [InlineData("foreach (var order in await db.Orders.Select(o => new { o.Number }).ToListAsync(ct)) Use(order.Number);")]
    [InlineData("return await db.Orders.Select(o => o.Number).ToListAsync(ct);")]
    // Most columns are used.
    [InlineData("foreach (var order in await db.Orders.ToListAsync(ct)) { Use(order.Number); Use(order.Open); }")]
    // The key alone.
    [InlineData("foreach (var order in await db.Orders.ToListAsync(ct)) Use(order.Id);")]
    [InlineData("return (await db.Orders.ToListAsync(ct)).Select(o => o.Id).ToList();")]
    // Nothing but their number.
    [InlineData("var all = db.Orders.ToList(); Use(all.Count); Use(all.Count > 3);")]
    // The rows go elsewhere.
    [InlineData("return await db.Orders.ToListAsync(ct);")]
    [InlineData("var all = db.Orders.ToList(); Use(all); return all.Select(o => o.Number);")]
    [InlineData("var all = db.Orders.ToList(); foreach (var order in all) Use(order.Number); return all;")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); Use(order); }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); _last = order; }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); _cache[3] = order; }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); Use(new OrderLine { OrderId = 3 }); Use((order, 3)); }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); Use(order.ToString()); }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); orders.Add(order); }")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); Use(new { order }); }")]
    [InlineData("return db.Orders.ToList().ToDictionary(o => o.Number);")]
    [InlineData("return db.Orders.ToList().GroupBy(o => o.Number);")]
    [InlineData("return db.Orders.ToList().Select(o => (o, o.Number)).ToList();")]
    [InlineData("return db.Orders.ToList().Select(o => new { o.Number, o }).ToList();")]
    [InlineData("return db.Orders.ToList().Distinct().Select(o => o.Number).ToList();")]
    [InlineData("return db.Orders.ToList().Concat(orders).Select(o => o.Number).ToList();")]
    [InlineData("return db.Orders.ToList().Where(orders.Contains).Select(o => o.Number).ToList();")]
    [InlineData("orders = db.Orders.ToList(); return orders.Select(o => o.Number).ToList();")]
    [InlineData("var all = db.Orders.ToList(); all = orders; return all.Select(o => o.Number).ToList();")]
    [InlineData("var all = db.Orders.ToList(); all.Add(new Order()); return all.Select(o => o.Number).ToList();")]
    [InlineData("Func<Order, string> text = o => o.Number; return db.Orders.ToList().Select(text).ToList();")]
    [InlineData("Order? last = null; foreach (var order in db.Orders.ToList()) { Use(order.Number); last = order; } return last?.Id;")]
    // The rows are changed.
    [InlineData("foreach (var order in db.Orders.ToList()) order.Number = \"\"; await db.SaveChangesAsync(ct);")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); order.Open = false; } db.SaveChanges();")]
    [InlineData("foreach (var line in db.OrderLines.ToList()) line.Quantity++; db.SaveChanges();")]
    [InlineData("foreach (var line in db.OrderLines.ToList()) line.Quantity += 3; db.SaveChanges();")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); db.Remove(order); } db.SaveChanges();")]
    [InlineData("var all = db.Orders.ToList(); Use(all[0].Number); db.RemoveRange(all); db.SaveChanges();")]
    // What hangs on them is used.
    [InlineData("foreach (var order in db.Orders.Include(o => o.Customer).ToList()) { Use(order.Number); Use(order.Customer.Name); }")]
    [InlineData("foreach (var order in db.Orders.Include(o => o.Lines).ToList()) Use(order.Number);")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); Use(order.Lines.Count); }")]
    // The session needs them.
    [InlineData("foreach (var customer in db.Customers.ToList()) Use(customer.Email); return db.Orders.ToList();")]
    [InlineData("foreach (var order in db.Orders.ToList()) Use(order.Number); return db.Orders.Find(3);")]
    [InlineData("foreach (var order in db.Orders.ToList()) Use(order.Number); return db.Orders.Local;")]
    [InlineData("foreach (var order in db.Orders.ToList()) { Use(order.Number); db.Entry(orders[0]).Collection(o => o.Lines).Load(); }")]
    // Late filters are another matter, which comes first.
    [InlineData("return db.Orders.ToList().Where(o => o.Number == \"a\").Select(o => o.Number).ToList();")]
    // One row, or a query of which the rows are not known.
    [InlineData("foreach (var order in db.Orders.Where(o => o.Id == 3).ToList()) Use(order.Number);")]
    [InlineData("var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == 3, ct); return order?.Number;")]
    [InlineData("foreach (var order in db.Orders.FromSqlRaw(\"EXEC OpenOrders\").ToList()) Use(order.Number);")]
    [InlineData("foreach (var order in db.Orders.Distinct().ToList()) Use(order.Number);")]
    // Small by nature, and not an object-relational mapper.
    [InlineData("foreach (var country in db.Countries.ToList()) Use(country.Name);")]
    [InlineData("foreach (var order in orders.ToList()) Use(order.Number);")]
    [InlineData("foreach (var order in orders.AsQueryable()) Use(order.Number);")]
    [InlineData("foreach (var order in await connection.QueryAsync<Order>(\"SELECT * FROM Orders\")) Use(order.Number);")]
    [InlineData("foreach (var order in db.Orders.Local) Use(order.Number);")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("i.Late", "")]
    [InlineData("i.Note", "builder.Entity<Invoice>().Ignore(x => x.Note);")]
    [InlineData("i.Tags", "")]
    [InlineData("i.Parent", "")]
    [InlineData("i.Address.City", "")]
    [InlineData("i.Describe()", "")]
    public Task Quiet_where_a_member_is_no_column(string member, string configuration) => Code.Reports(Invoices(
        "static class Report { public static object Run(InvoiceContext db) => db.Invoices.ToList().Select(i => " + member + ").ToList(); }", configuration));

    [Fact]
    public Task Base_classes_count_and_converted_columns_are_columns() => Code.Reports(Invoices(
        "static class Report { public static object Run(InvoiceContext db) => db.Invoices.{|DBR209:ToList|}().Select(i => i.CreatedBy + i.Note).ToList(); }",
        "builder.Entity<Invoice>().Property(x => x.Note).HasConversion(x => x + \"!\", x => x.TrimEnd('!'));"));

    [Fact]
    public Task Quiet_where_the_entity_has_few_columns() => Code.Reports(
        """
        public class Tag { public int Id { get; set; } public string Name { get; set; } = ""; public string Color { get; set; } = ""; public int Uses { get; set; } }
        public class TagContext : DbContext { public DbSet<Tag> Tags { get; set; } = null!; }
        static class Report { public static object Run(TagContext db) => db.Tags.ToList().Select(t => t.Name).ToList(); }
        """);

    [Fact]
    public Task Quiet_in_tests() => Code.Reports(
        "public class SeedReport { public object Run(ShopContext db) => db.Orders.ToList().Select(o => o.Number).ToList(); }");

    [Fact]
    public Task Message()
    {
        var test = new CSharpAnalyzerVerifier<WholeRows>.Test { TestCode = Invoices("class Report { object Run(InvoiceContext db) => db.Invoices.{|#0:ToList|}().Select(i => i.Id + i.Note + i.CreatedBy).ToList(); }") };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.WholeRows).WithLocation(0)
            .WithMessage("'ToList' fetches all 9 columns of 'Invoice' for 'Id', 'Note' and 'CreatedBy' alone"));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("foreach (var order in await db.Orders.{|DBR209:ToListAsync|}(ct)) Use(order.Number);", "foreach (var order in await db.Orders.Select(o => new { o.Number }).ToListAsync(ct)) Use(order.Number);")]
    [InlineData("foreach (var order in {|DBR209:db.Orders|}) Use(order.Number);", "foreach (var order in db.Orders.Select(o => new { o.Number })) Use(order.Number);")]
    [InlineData("await foreach (var order in db.Orders.{|DBR209:AsAsyncEnumerable|}()) Use(order.Number);", "await foreach (var order in db.Orders.Select(o => new { o.Number }).AsAsyncEnumerable()) Use(order.Number);")]
    [InlineData("var all = db.Orders.Where(o => o.Open).{|DBR209:ToArray|}(); foreach (var order in all) { var again = order; Use(again.Number); }", "var all = db.Orders.Where(o => o.Open).Select(o => new { o.Number }).ToArray(); foreach (var order in all) { var again = order; Use(again.Number); }")]
    [InlineData("return (await db.Orders.{|DBR209:ToListAsync|}(ct)).Select(o => o.Number + 1).ToList();", "return (await db.Orders.Select(o => new { o.Number }).ToListAsync(ct)).Select(o => o.Number + 1).ToList();")]
    [InlineData("var all = db.Products.{|DBR209:ToList|}(); var last = all.LastOrDefault(); if (last is null) return null; return last.Name;", "var all = db.Products.Select(p => new { p.Name }).ToList(); var last = all.LastOrDefault(); if (last is null) return null; return last.Name;")]
    [InlineData("var query = db.Products.AsQueryable(); if (ids.Length > 3) query = query.Where(p => p.Price > 3); foreach (var p in await query.{|DBR209:ToListAsync|}(ct)) Use(p.Name);", "var query = db.Products.AsQueryable(); if (ids.Length > 3) query = query.Where(p => p.Price > 3); foreach (var p in await query.Select(p => new { p.Name }).ToListAsync(ct)) Use(p.Name);")]
    [InlineData("foreach (var c in db.Customers.{|DBR209:ToList|}()) Use(db.Products.Where(p => p.Name == c.Email).Select(p => p.Id));", "foreach (var c in db.Customers.Select(c => new { c.Email }).ToList()) Use(db.Products.Where(p => p.Name == c.Email).Select(p => p.Id));")]
    public Task Fix(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Fact]
    public Task Fix_keeps_lines_and_comments() => Code.Fixes(
        "var open = await db.Orders // all\n    .Where(o => o.Open) // open ones\n    .{|DBR209:ToListAsync|}(ct); // now\nreturn open.Select(o => o.Number + 1);",
        "var open = await db.Orders // all\n    .Where(o => o.Open)\n    .Select(o => new { o.Number }) // open ones\n    .ToListAsync(ct); // now\nreturn open.Select(o => o.Number + 1);");

    [Fact]
    public Task Fix_takes_several_columns() => Code.Fixes(
        Invoices("class Report { object Run(InvoiceContext db) => db.Invoices.{|DBR209:ToList|}().Select(i => i.Id + i.Note + i.CreatedBy).ToList(); }"),
        Invoices("class Report { object Run(InvoiceContext db) => db.Invoices.Select(i => new { i.Id, i.Note, i.CreatedBy }).ToList().Select(i => i.Id + i.Note + i.CreatedBy).ToList(); }"));

    [Theory]
    // The code names the type.
    [InlineData("foreach (Order order in db.Orders.{|DBR209:ToList|}()) Use(order.Number);")]
    [InlineData("List<Order> all = db.Orders.{|DBR209:ToList|}(); return all.Select(o => o.Number + 1).ToList();")]
    [InlineData("return db.Orders.{|DBR209:ToList|}().Select((Order o) => o.Number + 1).ToList();")]
    [InlineData("return db.Orders.{|DBR209:ToList|}().Select<Order, string>(o => o.Number + 1).ToList();")]
    // An object of the type is changed: a tracked one may differ from its row.
    [InlineData("orders[0].Number = \"a\"; foreach (var order in db.Orders.{|DBR209:ToList|}()) Use(order.Number);")]
    public Task No_fix(string code) => Code.NoFix(code);

    private static string Invoices(string code, string configuration = "") =>
        $$"""
        {{code}}
        public class Address { public string City { get; set; } = ""; }
        public class Document { public int Id { get; set; } public string CreatedBy { get; set; } = ""; public DateTime CreatedAt { get; set; } }
        public class Invoice : Document
        {
            public string Note { get; set; } = "";
            public decimal Total { get; set; }
            public DateTime Due { get; set; }
            public bool Paid { get; set; }
            public byte[] Scan { get; set; } = null!;
            public int CustomerId { get; set; }
            public bool Late => Due < DateTime.Now;
            public string[] Tags { get; set; } = null!;
            public Invoice? Parent { get; set; }
            public Address Address { get; set; } = null!;
            public string Describe() => Note;
        }

        public class InvoiceContext : DbContext
        {
            public DbSet<Invoice> Invoices { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder builder) { {{configuration}} }
        }
        """;
}
