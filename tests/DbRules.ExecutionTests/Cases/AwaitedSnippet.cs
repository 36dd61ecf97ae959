using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>Runs statements of an asynchronous method with a token before and after a fix.</summary>
internal static class AwaitedSnippet
{
    /// <summary>Fails unless both give the same result and rows with the same commands, and as many as stated.</summary>
    public static async Task SameCommands<TRule, TFix>(string body, int commands)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        string before = $$"""
            static class Snippet
            {
                public static async Task<object?> Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    await Task.Yield();
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<TRule, TFix>(before);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Equal(commands, first.Commands.Count);
        Assert.Equal(first.Commands, second.Commands);
    }
}
