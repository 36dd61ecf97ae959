using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Tests of the fix of DBR101. Statements are put into a method with a context, connections, orders and a token; types stand for themselves.</summary>
internal static class QueryPerElementCode
{
    public static Task Fixes(string source, string fixedSource, string? batchFixedSource = null) =>
        ReportCode<QueryPerElement, QueryPerElementFix>.Fixes(source, fixedSource, batchFixedSource);

    public static Task NoFix(string source) => ReportCode<QueryPerElement, QueryPerElementFix>.Fixes(source, source, null);
}

/// <summary>Tests of the fix of DBR107, written as those of <see cref="QueryPerElementCode"/>.</summary>
internal static class InvariantQueryCode
{
    public static Task Fixes(string source, string fixedSource, string? batchFixedSource = null) =>
        ReportCode<InvariantQuery, InvariantQueryFix>.Fixes(source, fixedSource, batchFixedSource);

    public static Task NoFix(string source) => ReportCode<InvariantQuery, InvariantQueryFix>.Fixes(source, source, null);
}

/// <summary>Tests of the fix of DBR105, written as those of <see cref="QueryPerElementCode"/>.</summary>
internal static class SavePerElementCode
{
    public static Task Fixes(string source, string fixedSource, string? batchFixedSource = null) =>
        ReportCode<SavePerElement, SavePerElementFix>.Fixes(source, fixedSource, batchFixedSource);

    public static Task NoFix(string source) => ReportCode<SavePerElement, SavePerElementFix>.Fixes(source, source, null);
}

/// <summary>Tests of the fix of DBR106, written as those of <see cref="QueryPerElementCode"/>.</summary>
internal static class WritePerElementCode
{
    public static Task Fixes(string source, string fixedSource, string? batchFixedSource = null) =>
        ReportCode<WritePerElement, WritePerElementFix>.Fixes(source, fixedSource, batchFixedSource);

    public static Task NoFix(string source) => ReportCode<WritePerElement, WritePerElementFix>.Fixes(source, source, null);
}

file static class ReportCode<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string Usings = "global using Microsoft.Data.Sqlite;\nglobal using Npgsql;\n";

    public static Task Fixes(string source, string fixedSource, string? batchFixedSource)
    {
        var test = new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = Wrap(source), FixedCode = Wrap(fixedSource) };
        test.TestState.Sources.Add(("/0/Providers.cs", Usings));
        test.FixedState.Sources.Add(("/0/Providers.cs", Usings));
        if (batchFixedSource is not null)
        {
            test.BatchFixedCode = Wrap(batchFixedSource);
            test.BatchFixedState.Sources.Add(("/0/Providers.cs", Usings));
        }

        return test.RunAsync();
    }

    private static string Wrap(string code)
    {
        if (code.Contains("class ", StringComparison.Ordinal))
            return code;
        string method = code.Contains("await ", StringComparison.Ordinal) ? "async Task RunAsync" : "void Run";
        string body = string.Join("\n", code.Split('\n').Select(line => line.Length == 0 ? line : "        " + line));
        return $$"""
            public static class Report
            {
                public static {{method}}(ShopContext db, SqliteConnection connection, NpgsqlConnection pg, List<Order> orders, CancellationToken ct)
                {
            {{body}}
                }
            }
            """;
    }
}
