using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests;

/// <summary>
/// Tests of a rule: <c>using Verify = DbRules.Tests.CSharpAnalyzerVerifier&lt;TheRule&gt;;</c>. The shop model and its usings are part of every
/// compilation, so a test writes only the code it is about.
/// </summary>
public static class CSharpAnalyzerVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The analyzer's only diagnostic. Additional locations are compared when the test states more than one location.</summary>
    public static DiagnosticResult Diagnostic() => Diagnostic(new TAnalyzer().SupportedDiagnostics.Single());

    public static DiagnosticResult Diagnostic(string diagnosticId) =>
        Diagnostic(new TAnalyzer().SupportedDiagnostics.First(descriptor => descriptor.Id == diagnosticId));

    public static DiagnosticResult Diagnostic(DiagnosticDescriptor descriptor) =>
        new DiagnosticResult(descriptor).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);

    /// <summary>Fails unless exactly the diagnostics of the markup and <paramref name="expected"/> are found.</summary>
    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected)
    {
        var test = new Test { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    public sealed class Test : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    {
        public Test() => ReferenceAssemblies = ShopReferences.All;

        /// <summary>False leaves out the shop model and the usings of EF Core and Dapper.</summary>
        public bool IncludeShop { get; set; } = true;

        protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, IncludeShop);
    }
}
