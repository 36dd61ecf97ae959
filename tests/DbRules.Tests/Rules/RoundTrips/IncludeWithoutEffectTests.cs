using DbRules.Catalog;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.RoundTrips.IncludeWithoutEffect, DbRules.CodeFixes.RoundTrips.IncludeWithoutEffectFix>;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>When DBR111 speaks, when it is quiet, and what its fix writes.</summary>
public class IncludeWithoutEffectTests
{
    private const string Model =
        """
        public class Invoice
        {
            public int Id { get; set; }
            public Party Party { get; set; } = null!;
            public List<Item> Items { get; set; } = new();
            public string Title => Party.Name;
        }

        public class Party { public int Id { get; set; } public string Name { get; set; } = ""; public Home Home { get; set; } = null!; }
        public class Home { public int Id { get; set; } }
        public class Item { public int Id { get; set; } public decimal Price { get; set; } public Party Maker { get; set; } = null!; }
        public class Dto { public int Id { get; set; } public string? Name { get; set; } public List<ItemDto> Items { get; set; } = new(); public Party? Party { get; set; } }
        public class ItemDto { public decimal Price { get; set; } }
        public class InvoiceContext : DbContext { public DbSet<Invoice> Invoices { get; set; } = null!; public DbSet<Item> Items { get; set; } = null!; }

        """;

    [Theory]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).Count()")]
    [InlineData("db.Invoices.Where(i => i.Id > 3).{|DBR111:Include|}(i => i.Party).ThenInclude(p => p.Home).Any(i => i.Party.Name == \"a\")")]
    [InlineData("await db.Invoices.{|DBR111:Include|}(i => i.Items).SumAsync(i => i.Id)")]
    [InlineData("await db.Invoices.{|DBR111:Include|}(\"Party.Home\").Where(i => i.Id > 3).CountAsync()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).Where(i => i.Party.Name == \"a\").ExecuteDelete()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).Select(i => i.Id).ToList()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).{|DBR111:Include|}(i => i.Items).AsNoTracking().OrderBy(i => i.Id).Take(3).Select(i => new { i.Id, i.Party.Name, N = i.Items.Count }).ToList()")]
    [InlineData("await db.Invoices.{|DBR111:Include|}(i => i.Items).Select(i => new Dto { Id = i.Id, Items = i.Items.Where(x => x.Price > 3).Select(x => new ItemDto { Price = x.Price }).ToList() }).FirstAsync()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).Select(i => i.Party == null ? null : i.Party.Name).ToList()")]
    [InlineData("db.Items.{|DBR111:Include|}(x => x.Maker).Select(x => x.Maker.Name).Distinct().ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).{|DBR111:Include|}(i => i.Party).ToList()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Party).Include(i => i.Items).Include(i => i.Party).ThenInclude(p => p.Home).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).ThenInclude(p => p.Home).{|DBR111:Include|}(\"Party\").ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party.Home).{|DBR111:Include|}(i => i.Party).ThenInclude(p => p.Home).ToList()")]
    [InlineData("db.Invoices.{|DBR111:Include|}(i => i.Items).ThenInclude(x => x.Maker).Include(i => i.Items).ThenInclude(x => x.Maker.Home).ToList()")]
    public Task Reported(string query) => Code.Reports(Method(query));

    [Theory]
    [InlineData("db.Invoices.Include(i => i.Party).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).First(i => i.Id == 3)")]
    [InlineData("db.Invoices.Include(i => i.Party).ThenInclude(p => p.Home).Include(i => i.Items).ThenInclude(x => x.Maker).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items.Where(x => x.Price > 3)).Include(i => i.Items).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items.Where(x => x.Price > 3)).Count(i => i.Id > 3)")]
    // The projection hands out entities, or code gets them that may read anything.
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => i).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => new { i, i.Id }).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).ThenInclude(p => p.Home).Select(i => i.Party).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).ThenInclude(p => p.Home).Select(i => new Dto { Id = i.Id, Party = i.Party }).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items).Select(i => i.Items).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items).ThenInclude(x => x.Maker).Select(i => new { i.Id, Items = i.Items.Where(x => x.Price > 3).ToList() }).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items).ThenInclude(x => x.Maker).Select(i => i.Items.First()).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => Map(i)).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => new { Name = NameOf(i.Party) }).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => i.Title).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(i => i.ToString()).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).Select(Projection).ToList()")]
    // What comes behind works in memory, or on what the code does not show.
    [InlineData("db.Invoices.Include(i => i.Party).AsEnumerable().Count(i => i.Party.Name == \"a\")")]
    [InlineData("db.Invoices.Include(i => i.Party).AsEnumerable().Select(i => i.Party.Name).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Party).GroupBy(i => i.Id).Select(g => g.First()).ToList()")]
    [InlineData("db.Invoices.Include(i => i.Items).SelectMany(i => i.Items).ToList()")]
    [InlineData("invoices.AsQueryable().Count()")]
    public Task Quiet(string query) => Code.Reports(Method(query));

    [Fact]
    public Task A_query_in_a_local_may_run_elsewhere_too() => Code.Reports(
        Method("(query.Count(), query.ToList())").Replace("/*before*/", "var query = db.Invoices.Include(i => i.Party);", StringComparison.Ordinal));

    [Fact]
    public Task Message_and_places()
    {
        var test = new CSharpAnalyzerVerifier<IncludeWithoutEffect>.Test { TestCode = Method("db.Invoices.{|#0:Include|}(i => i.Party).ThenInclude(p => p.Home).{|#1:Count|}()") };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.IncludeWithoutEffect).WithLocation(0).WithLocation(1)
            .WithMessage("Include of 'Party.Home' has no effect: 'Count' gets no entities that could hold it"));
        return test.RunAsync();
    }

    [Fact]
    public Task Fix_of_a_count() => Code.Fixes(
        Method("db.Invoices.{|DBR111:Include|}(i => i.Party).ThenInclude(p => p.Home).Count(i => i.Id > 3)"), Method("db.Invoices.Count(i => i.Id > 3)"));

    [Fact]
    public Task Fix_of_two() => Code.Fixes(
        Method("db.Invoices\n            .{|DBR111:Include|}(i => i.Party)\n                .ThenInclude(p => p.Home)\n            .{|DBR111:Include|}(i => i.Items)\n            .Select(i => i.Id) // ids\n            .ToList()"),
        Method("db.Invoices\n            .Select(i => i.Id) // ids\n            .ToList()"));

    [Fact]
    public Task Fix_of_a_repetition() => Code.Fixes(
        Method("db.Invoices.Include(i => i.Party).{|DBR111:Include|}(i => i.Party).Where(i => i.Id > 3).ToList()"),
        Method("db.Invoices.Include(i => i.Party).Where(i => i.Id > 3).ToList()"));

    [Fact]
    public Task No_fix_that_drops_a_comment() => Code.NoFix(Method("db.Invoices // all\n            .{|DBR111:Include|}(i => i.Party) // with the party\n            .Count()"));

    private static string Method(string query) => Model
        + $$"""
        public static class Report
        {
            private static System.Linq.Expressions.Expression<Func<Invoice, int>> Projection => i => i.Id;

            public static async Task<object?> RunAsync(InvoiceContext db, List<Invoice> invoices)
            {
                await Task.Yield();
                /*before*/
                return {{query}};
            }

            private static Dto Map(Invoice invoice) => new() { Name = invoice.Party.Name };

            private static string NameOf(Party party) => party.Name;
        }
        """;
}
