using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR207: the same rows and collections, from a query for each collection in place of one that joins them.</summary>
public sealed class SplitQueryTests
{
    [DatabaseFact]
    public Task All() => Splits("return await ledger.Sales.OrderBy(s => s.Id).Include(s => s.Lines).Include(s => s.Payments).ToListAsync(ct);");

    [DatabaseFact]
    public Task Page() => Splits("return ledger.Sales.Include(s => s.Lines).Include(s => s.Payments).OrderBy(s => s.Id).Skip(2).Take(5).ToList();");

    [DatabaseFact]
    public Task One() => Splits("return await ledger.Sales.Include(s => s.Lines).Include(s => s.Payments).FirstOrDefaultAsync(s => s.Id == 3, ct);");

    private static async Task Splits(string body)
    {
        string before = $$"""
            using Microsoft.EntityFrameworkCore.Infrastructure;

            public class Sale { public int Id { get; set; } public string Number { get; set; } = ""; public List<SaleLine> Lines { get; set; } = new(); public List<SalePayment> Payments { get; set; } = new(); }
            public class SaleLine { public int Id { get; set; } public int OrderId { get; set; } public int Quantity { get; set; } }
            public class SalePayment { public int Id { get; set; } public int OrderId { get; set; } public decimal Amount { get; set; } }

            public class Ledger(DbContextOptions options) : DbContext(options)
            {
                public DbSet<Sale> Sales => Set<Sale>();

                protected override void OnModelCreating(ModelBuilder model)
                {
                    model.Entity<Sale>().ToTable("Orders");
                    model.Entity<Sale>().HasMany(s => s.Lines).WithOne().HasForeignKey(l => l.OrderId);
                    model.Entity<Sale>().HasMany(s => s.Payments).WithOne().HasForeignKey(p => p.OrderId);
                    model.Entity<SaleLine>().ToTable("OrderLines");
                    model.Entity<SalePayment>().ToTable("Payments");
                }
            }

            public static class Snippet
            {
                public static async Task<object?> Run(ShopContext db, CancellationToken ct)
                {
                    var options = new DbContextOptionsBuilder<Ledger>();
                    foreach (var extension in db.GetService<IDbContextOptions>().Extensions)
                        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(extension);
                    await using var ledger = new Ledger(options.Options);
                    return Sorted(await ReadAsync(ledger, ct));
                }

                private static async Task<object?> ReadAsync(Ledger ledger, CancellationToken ct)
                {
                    await Task.Yield();
                    {{body}}
                }

                // In which order the elements of a collection come, neither query says.
                private static object? Sorted(object? rows)
                {
                    foreach (var sale in rows as List<Sale> ?? new List<Sale> { (Sale)rows! })
                    {
                        sale.Lines.Sort((one, other) => one.Id.CompareTo(other.Id));
                        sale.Payments.Sort((one, other) => one.Id.CompareTo(other.Id));
                    }

                    return rows;
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<SiblingIncludes, SiblingIncludesFix>(before);
        (SnippetOutcome joined, SnippetOutcome split) = await ExecutionVerifier.SameResult(before, after);
        Assert.Single(joined.Commands);
        Assert.Equal(3, split.Commands.Count);
    }
}
