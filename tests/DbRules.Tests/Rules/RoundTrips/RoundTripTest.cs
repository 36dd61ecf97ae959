using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>
/// A test of DBR101, DBR102, DBR107 and DBR116 to DBR118 together: they share one question and must never speak twice, so every test states what each says.
/// Markup names the rule: <c>{|DBR101:First|}</c>. Code without markup must be quiet under all.
/// </summary>
internal class RoundTripTest : CSharpAnalyzerTest<QueryPerElement, DefaultVerifier>
{
    public RoundTripTest() => ReferenceAssemblies = ShopReferences.All;

    /// <summary>False leaves out the shop model and the usings of EF Core and Dapper.</summary>
    public bool IncludeShop { get; init; } = true;

    /// <summary>Analyses statements of an asynchronous method that has one of everything; see <see cref="Method"/>.</summary>
    public static Task RunAsync(string statements) => RunSourceAsync(Method(statements));

    /// <summary>Analyses one source file.</summary>
    public static Task RunSourceAsync(string source) => new RoundTripTest { TestCode = source }.RunAsync();

    /// <summary>A class with the statements in a method that is handed contexts, connections, sequences and a token.</summary>
    public static string Method(string statements) =>
        $$"""
        using Microsoft.Data.Sqlite;
        using Npgsql;

        class Report
        {
            private readonly Dictionary<int, Order> _cache = new();
            private Order? _last;
            private int _position;

            async Task<object?> RunAsync(
                ShopContext db, IDbContextFactory<ShopContext> factory, DbConnection connection, IDbConnection plain,
                NpgsqlConnection npgsql, SqliteConnection sqlite, NpgsqlDataSource source, DbDataAdapter adapter,
                List<Order> orders, IEnumerable<int> keys, int[] ids, string connectionString, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                return null;
            }

            static void Use(object? value) { }
        }
        """;

    protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new QueryPerElement(), new CallPerElement(), new QueryAmongOutsideWork(), new QueryPerFewRows(), new UnitOfWorkPerElement(), new InvariantQuery()];

    protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, IncludeShop);
}
