using System.Collections.Immutable;
using DbRules.Rules.RoundTrips;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>
/// A test of DBR105 and DBR106 together, so that every test states what each of them says. Markup names the rule: <c>{|DBR105:SaveChanges|}</c>.
/// Code without markup must be quiet under both.
/// </summary>
internal sealed class WriteTest : CSharpAnalyzerTest<SavePerElement, DefaultVerifier>
{
    private const string Surroundings =
        """

        public interface IGateway { Task<string> SendAsync(string text, CancellationToken ct = default); void Tell(Order order); }

        public interface ITenants { ShopContext Of(Order order); ShopContext Current(); }
        """;

    public WriteTest() => ReferenceAssemblies = ShopReferences.All;

    /// <summary>False leaves out the shop model and the usings of EF Core and Dapper.</summary>
    public bool IncludeShop { get; init; } = true;

    /// <summary>Analyses statements of an asynchronous method that has one of everything, a gateway to somewhere and the contexts of tenants included.</summary>
    public static Task RunAsync(string statements) => RunSourceAsync(
        RoundTripTest.Method(statements)
            .Replace("async Task<object?> RunAsync(", "private readonly IGateway _gateway = null!;\n    private readonly ITenants _tenants = null!;\n    private readonly ShopContext _db = null!;\n\n    async Task<object?> RunAsync(", StringComparison.Ordinal)
        + Surroundings);

    /// <summary>Analyses the body of a loop over orders.</summary>
    public static Task ForEachOrder(string body) =>
        RunAsync("foreach (var order in orders)\n{\n    " + body.ReplaceLineEndings("\n    ") + "\n}");

    /// <summary>Analyses one source file.</summary>
    public static Task RunSourceAsync(string source) => new WriteTest { TestCode = source }.RunAsync();

    protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new SavePerElement(), new WritePerElement()];

    protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, IncludeShop);
}
