using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>Code for the tests of DBR210 and DBR211: statements of an asynchronous method that has one of everything, or whole classes.</summary>
internal static class AsyncCode
{
    /// <summary>Code that DBR210 reports where the markup says, and nowhere else.</summary>
    public static Task Blocks(string code) => SuggestionCode<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>.Reports(code);

    /// <summary>What the fix of DBR210 makes of the code.</summary>
    public static Task IsAwaited(string code, string fixedCode) => SuggestionCode<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>.Fixes(code, fixedCode);

    /// <summary>Code that DBR211 reports where the markup says, and nowhere else.</summary>
    public static Task LacksToken(string code) => SuggestionCode<TokenNotPassed, TokenNotPassedFix>.Reports(code);

    /// <summary>What the fix of DBR211 makes of the code.</summary>
    public static Task IsGivenToken(string code, string fixedCode) => SuggestionCode<TokenNotPassed, TokenNotPassedFix>.Fixes(code, fixedCode);

    /// <summary>A class with one asynchronous method that has no token.</summary>
    public static string WithoutToken(string statements) =>
        $$"""
        using System.Transactions;
        using Microsoft.Data.Sqlite;

        class Report
        {
            async Task<object?> RunAsync(ShopContext db, DbConnection connection, DbCommand command, int id, bool open)
            {
                await Task.Yield();
                {{statements.ReplaceLineEndings("\n        ")}}
                return null;
            }

            static void Use(object? value) { }
        }
        """;
}
