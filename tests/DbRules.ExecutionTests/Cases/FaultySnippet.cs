using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.ExecutionTests.Cases;

/// <summary>Statements of a snippet that can be made to fail where they call <c>Fault()</c>.</summary>
internal static class FaultySnippet
{
    /// <inheritdoc cref="ExecutionVerifier.AllOrNothing"/>
    public static Task IsAllOrNothing<TAnalyzer, TFix>(string statements)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        ExecutionVerifier.AllOrNothing<TAnalyzer, TFix>(Code(statements), Failing);

    /// <summary>The same snippet, failing.</summary>
    public static string Failing(string code) => code.Replace("Fails = false", "Fails = true", StringComparison.Ordinal);

    /// <summary>A snippet with a context, a connection and a token, that does not fail.</summary>
    public static string Code(string statements) =>
        $$"""
        static class Snippet
        {
            private static readonly bool Fails = false;

            public static async Task<object?> Run(ShopContext db, DbConnection connection, CancellationToken ct)
            {
                await Task.Yield();
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                return null;
            }

            private static void Fault()
            {
                if (Fails)
                    throw new InvalidOperationException();
            }
        }
        """;
}
