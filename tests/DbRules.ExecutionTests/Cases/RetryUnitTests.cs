using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR305: before it the transaction throws; after it the rows are there exactly once, also when the first attempt fails behind the first write.</summary>
public sealed class RetryUnitTests
{
    private static readonly string Provider = typeof(TestDatabase).Assembly.GetName().Name!.EndsWith("PostgreSql", StringComparison.Ordinal) ? "UseNpgsql" : "UseSqlite";

    private static readonly string Patient = $"options.{Provider}(provider => provider.ExecutionStrategy(dependencies => new Patient(dependencies)))";

    private const string Asynchronous =
        """
        public async Task<object?> WorkAsync(CancellationToken ct)
        {
            await using var transaction = await ledger.Database.BeginTransactionAsync(ct);
            var country = new Country { Id = 901, Name = "New", Code = "N" };
            ledger.Countries.Add(country);
            await ledger.SaveChangesAsync(ct);
            Flaky.Fault();
            var order = await ledger.Orders.OrderBy(o => o.Id).FirstAsync(ct);
            order.Number += "!";
            ledger.Customers.Add(new Customer { Id = 901, Name = "Ann", Email = "a@b", CountryId = country.Id });
            await ledger.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return order.Number;
        }
        """;

    [DatabaseFact]
    public Task Asynchronous_with_token_and_result() => RunsOnce(Asynchronous, Patient);

    [DatabaseFact]
    public Task Retries_of_the_provider() => Provider == "UseNpgsql" ? RunsOnce(Asynchronous, "options.UseNpgsql(provider => provider.EnableRetryOnFailure())") : Task.CompletedTask;

    [DatabaseFact]
    public Task Synchronous_block() => RunsOnce(
        """
        public Task<object?> WorkAsync(CancellationToken ct)
        {
            Write();
            return Task.FromResult<object?>(ledger.Countries.Count());
        }

        private void Write()
        {
            using (var transaction = ledger.Database.BeginTransaction())
            {
                ledger.Add(new Country { Id = 901, Name = "New", Code = "N" });
                ledger.SaveChanges();
                Flaky.Fault();
                foreach (var order in ledger.Orders.Where(o => o.Id < 5).ToList())
                    order.Number += "!";
                ledger.SaveChanges();
                transaction.Commit();
            }
        }
        """,
        Patient);

    [DatabaseFact]
    public Task Existing_try_that_rolls_back() => RunsOnce(
        """
        public async Task<object?> WorkAsync(CancellationToken ct)
        {
            await WriteAsync();
            return await ledger.Countries.CountAsync(ct);
        }

        private async Task WriteAsync()
        {
            var transaction = await ledger.Database.BeginTransactionAsync();
            try
            {
                ledger.Add(new Country { Id = 901, Name = "New", Code = "N" });
                await ledger.SaveChangesAsync();
                Flaky.Fault();
                if (await ledger.Payments.AnyAsync(p => p.Id < 0))
                    return;
                ledger.RemoveRange(await ledger.Payments.Where(p => p.OrderId < 5).ToListAsync());
                await ledger.SaveChangesAsync();
                await transaction.CommitAsync();
            }
            catch
            {
                await transaction.RollbackAsync();
                throw;
            }
            finally
            {
                await transaction.DisposeAsync();
            }
        }
        """,
        Patient);

    private static async Task RunsOnce(string members, string setup)
    {
        string before = Code(members, setup);
        string after = await ExecutionVerifier.FixedStateCompiles<StrategyConflict, StrategyConflictFix>(before);

        SnippetOutcome refused = await ExecutionVerifier.RunAsync(before);
        Assert.Contains("does not support user", Assert.IsType<InvalidOperationException>(refused.Exception).Message, StringComparison.Ordinal);

        SnippetOutcome plain = await ExecutionVerifier.RunAsync(before.Replace(setup, "_ = options", StringComparison.Ordinal));
        SnippetOutcome retrying = await ExecutionVerifier.RunAsync(after);
        SnippetOutcome retried = await ExecutionVerifier.RunAsync(after.Replace("Faults = 0", "Faults = 1", StringComparison.Ordinal));
        Assert.Null(plain.Exception);
        Assert.Equal((plain.Result, plain.Rows), (retrying.Result, retrying.Rows));
        Assert.Equal((plain.Result, plain.Rows), (retried.Result, retried.Rows));
        Assert.NotEqual(refused.Rows, retried.Rows);
        Assert.True(retried.Commands.Count > retrying.Commands.Count, "The first attempt did not fail.");
    }

    private static string Code(string members, string setup) =>
        $$"""
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Storage;

        public class Ledger(DbContextOptions options) : ShopContext(options)
        {
            protected override void OnConfiguring(DbContextOptionsBuilder options) => {{setup}};
        }

        public class Patient(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 3, TimeSpan.Zero)
        {
            protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
        }

        public static class Flaky
        {
            private static int Faults = 0;

            public static void Fault()
            {
                if (Faults-- > 0)
                    throw new TimeoutException();
            }
        }

        public class Till(Ledger ledger)
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }

        public static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, CancellationToken ct)
            {
                var options = new DbContextOptionsBuilder();
                foreach (var extension in db.GetService<IDbContextOptions>().Extensions)
                    ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(extension);
                await using var ledger = new Ledger(options.Options);
                return await new Till(ledger).WorkAsync(ct);
            }
        }
        """;
}
