using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>
/// Tests of a suggestion and its fix. Statements are put into the asynchronous method of <see cref="RoundTripTest.Method"/>; code with a class stands for
/// itself. Markup names what is reported.
/// </summary>
internal static class SuggestionCode<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports(string code) => new CSharpAnalyzerVerifier<TRule>.Test { TestCode = Wrap(code) }.RunAsync();

    public static Task Fixes(string code, string fixedCode) =>
        new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = Wrap(code), FixedCode = Wrap(fixedCode) }.RunAsync();

    /// <summary>Code that is reported and for which no fix is offered.</summary>
    public static Task NoFix(string code) => Fixes(code, code);

    private static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal) ? code : RoundTripTest.Method(code);
}
