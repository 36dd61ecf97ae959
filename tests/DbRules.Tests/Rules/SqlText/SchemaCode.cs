using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.SqlText;

/// <summary>Tests of rules that ask for the schema: statements in the method of <see cref="RoundTripTest.Method"/>, and a file with SQL that states tables.</summary>
internal static class SchemaCode<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public static Task Reports(string code, string schema)
    {
        var test = new CSharpAnalyzerVerifier<TRule>.Test { TestCode = RoundTripTest.Method(code) };
        test.TestState.AdditionalFiles.Add(("/schema.sql", schema));
        return test.RunAsync();
    }

    /// <param name="code">Statements with markup.</param>
    /// <param name="fixedCode">The statements after the fix.</param>
    /// <param name="schema">The file's text.</param>
    /// <param name="dialect">The dialect of connections that do not tell theirs.</param>
    public static Task Fixes(string code, string fixedCode, string schema, string dialect = "auto")
    {
        var test = new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = RoundTripTest.Method(code), FixedCode = RoundTripTest.Method(fixedCode) };
        test.TestState.AdditionalFiles.Add(("/schema.sql", schema));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\ndbrules.sql_dialect = {dialect}\n"));
        return test.RunAsync();
    }

    /// <summary>Code that is reported and for which no fix is offered.</summary>
    public static Task NoFix(string code, string schema, string dialect = "auto") => Fixes(code, code, schema, dialect);
}
