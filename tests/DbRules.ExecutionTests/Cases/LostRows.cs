using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>SQL that loses rows by NULL: no row before a fix, and those that were meant after it.</summary>
internal static class LostRows
{
    /// <summary>Fixes and runs the body of a method that returns numbers; <paramref name="expected"/> are those after the fix.</summary>
    public static async Task AreFound<TRule, TFix>(string body, string expected)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        string before = Code(body);
        string after = await ExecutionVerifier.FixedStateCompiles<TRule, TFix>(before);
        Assert.Contains((await ExecutionVerifier.RunAsync(before)).Result, new[] { "\"\"", "\"0\"" });
        Assert.Equal($"\"{expected}\"", (await ExecutionVerifier.RunAsync(after)).Result);
    }

    private static string Code(string body) =>
        $$"""
        static class Snippet
        {
            public static async Task<string> Run(ShopContext db, DbConnection connection, CancellationToken ct) => string.Join(", ", await Found(db, connection, ct));

            private static async Task<List<int>> Found(ShopContext db, DbConnection connection, CancellationToken ct)
            {
                await Task.Yield();
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;
}
