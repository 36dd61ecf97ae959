namespace DbRules.Tests.Rules.Transactions;

/// <summary>Code around a context of which retries are known to be on.</summary>
internal static class RetryingShop
{
    /// <summary>Members of a class with a context in a field.</summary>
    public static string Members(string members, string setup = "services.AddDbContext<ShopContext>(o => o.UseNpgsql(\"\", p => p.EnableRetryOnFailure()));") =>
        $$"""
        using System.Transactions;
        using Microsoft.EntityFrameworkCore.Storage;
        using Microsoft.Extensions.DependencyInjection;

        public static class Startup { public static void Configure(IServiceCollection services) { {{setup}} } }

        public class Checkout(ShopContext db)
        {
            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;

    /// <summary>Statements of an asynchronous method.</summary>
    public static string Statements(string statements) => Members(
        $$"""
        public async Task RunAsync(Order order, ShopContext other, NpgsqlConnection npgsql, System.IO.Stream stream, CancellationToken ct)
        {
            {{statements.ReplaceLineEndings("\n    ")}}
        }
        """).Replace("NpgsqlConnection", "Npgsql.NpgsqlConnection", StringComparison.Ordinal);
}
