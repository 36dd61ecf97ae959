using System.Collections.Immutable;
using DbRules.CodeFixes.Transactions;
using DbRules.Rules.Transactions;
using DbRules.Testing;
using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>
/// Code for the tests of DBR301 and DBR302 together, so that every test states what each of them says. Statements are put into an asynchronous method that has one of
/// everything, a field with a context and a gateway to somewhere included; code with a class stands for itself.
/// </summary>
internal static class TransactionCode
{
    private const string Surroundings =
        """

        public interface IGateway { Task<string> SendAsync(string text, CancellationToken ct = default); void Tell(Order order); }

        public class Visit { public DateTime LastLogin { get; set; } }

        public class Job { public string State { get; set; } = ""; public TaskStatus Kind { get; set; } public DateTime? Done { get; set; } }
        """;

    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports(string code) => new Test { TestCode = Wrap(code) }.RunAsync();

    /// <summary>As <see cref="Reports"/>, for classes that use MongoDB or Redis.</summary>
    public static Task ReportsForStores(string code) => new Test { TestCode = code, ReferenceAssemblies = ShopReferences.StoresAndAll }.RunAsync();

    /// <summary>What the fix of DBR301 makes of the code.</summary>
    public static Task Fixes(string code, string fixedCode) =>
        new CSharpCodeFixVerifier<SplitWrites, SplitWritesFix>.Test { TestCode = Wrap(code), FixedCode = Wrap(fixedCode) }.RunAsync();

    /// <summary>Code that is reported and for which no fix is offered.</summary>
    public static Task NoFix(string code) => Fixes(code, code);

    private static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal)
        ? code
        : RoundTripTest.Method(code).Replace(
            "async Task<object?> RunAsync(",
            "private readonly IGateway _gateway = null!;\n    private readonly Job _job = null!;\n    private readonly ShopContext _db = null!;\n\n    async Task<object?> RunAsync(",
            StringComparison.Ordinal) + Surroundings;

    private sealed class Test : CSharpAnalyzerTest<SplitWrites, DefaultVerifier>
    {
        public Test() => ReferenceAssemblies = ShopReferences.All;

        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new SplitWrites(), new SplitCalls()];

        protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, true);
    }
}
