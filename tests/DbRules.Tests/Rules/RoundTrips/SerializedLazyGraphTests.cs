using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR114: lazily loading entities in the hands of a serializer, and objects that load nothing.</summary>
public sealed class SerializedLazyGraphTests
{
    /// <summary>What the package of proxies adds.</summary>
    private const string Proxies =
        "namespace Microsoft.EntityFrameworkCore { public static class ProxiesExtensions { public static DbContextOptionsBuilder UseLazyLoadingProxies(this DbContextOptionsBuilder builder) => builder; } }";

    [Theory]
    [InlineData("return JsonSerializer.Serialize({|DBR114:db.Loans.ToList()|});")]
    [InlineData("var loans = db.Loans.Where(l => l.Id > 1).ToList();\nreturn JsonSerializer.Serialize({|DBR114:loans|});")]
    [InlineData("var loans = await db.Loans.ToListAsync();\nreturn JsonSerializer.SerializeToUtf8Bytes({|DBR114:loans|});")]
    [InlineData("var loan = await db.Loans.FirstAsync();\nawait JsonSerializer.SerializeAsync(stream, {|DBR114:loan|});\nreturn null;")]
    [InlineData("return JsonSerializer.Serialize<object>({|DBR114:db.Loans.First()|});")]
    [InlineData("return Ok({|DBR114:await db.Loans.ToListAsync()|});")]
    [InlineData("return JsonSerializer.Serialize({|DBR114:db.Visits.ToList()|});", "protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies();")]
    public Task Entities_that_load_lazily(string statements, string setup = "") => RunAsync(statements, setup);

    [Theory]
    [InlineData("return JsonSerializer.Serialize(db.Visits.ToList());")]
    [InlineData("return JsonSerializer.Serialize(db.Loans.Select(l => new { l.Id }).ToList());")]
    [InlineData("return JsonSerializer.Serialize(db.Loans.Select(l => l.Id).ToList());")]
    [InlineData("return JsonSerializer.Serialize(db.Loans.AsNoTracking().ToList());")]
    [InlineData("return JsonSerializer.Serialize(db.Loans.Count());")]
    [InlineData("return JsonSerializer.Serialize(db.Readers.ToList());")]
    [InlineData("return JsonSerializer.Serialize(given);")]
    [InlineData("return JsonSerializer.Serialize(new Visit());")]
    [InlineData("return Ok(db.Readers.First());")]
    [InlineData("return db.Loans.ToList();")]
    public Task Objects_that_load_nothing(string statements) => RunAsync(statements, "");

    private static Task RunAsync(string statements, string setup) => new Test
    {
        TestCode =
            $$"""
            using System.Text.Json;
            using Microsoft.EntityFrameworkCore.Infrastructure;

            namespace Microsoft.AspNetCore.Mvc { public class ControllerBase { public object Ok(object? value) => value!; } }

            {{(setup.Length == 0 ? "" : Proxies)}}

            class Report : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public async Task<object?> RunAsync(Library db, System.IO.Stream stream, List<Loan> given)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }

            class Library : DbContext
            {
                public DbSet<Loan> Loans { get; set; } = null!;
                public DbSet<Reader> Readers { get; set; } = null!;
                public DbSet<Visit> Visits { get; set; } = null!;
                {{setup}}
            }

            class Loan
            {
                private readonly ILazyLoader _loader = null!;
                private Reader? _reader;
                public int Id { get; set; }
                public Reader? Reader { get => _loader.Load(this, ref _reader!); set => _reader = value; }
            }

            class Visit { public int Id { get; set; } public virtual Reader? Reader { get; set; } }

            class Reader { public int Id { get; set; } }
            """,
    }.RunAsync();

    private sealed class Test : RoundTripTest
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new SerializedLazyGraph()];
    }
}
