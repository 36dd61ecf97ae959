using DbRules.Tests.Rules.RoundTrips;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>Tests of rules about ambient transactions: statements of a method that has one of everything, or whole classes.</summary>
internal static class ScopeCode<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports(string code) => SuggestionCode<TRule, TFix>.Reports(ScopeCode.Wrap(code));

    /// <summary>What the fix makes of the code; the same code says that none is offered.</summary>
    public static Task Fixes(string code, string fixedCode) => SuggestionCode<TRule, TFix>.Fixes(ScopeCode.Wrap(code), ScopeCode.Wrap(fixedCode));
}

/// <summary>Code around the statements of a test.</summary>
internal static class ScopeCode
{
    /// <summary>A class with the statements in an asynchronous method; code with a class stands for itself.</summary>
    public static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal) ? code : $$"""
        using System.Transactions;
        using Microsoft.Data.Sqlite;
        using Npgsql;
        using Level = System.Transactions.IsolationLevel;
        using DataLevel = System.Data.IsolationLevel;

        class Store
        {
            private ShopContext _db = new();

            async Task<object?> RunAsync(ShopContext db, DbConnection connection, NpgsqlConnection npgsql, SqliteConnection sqlite, Transaction given, TransactionOptions options, TransactionScopeOption choice, TransactionScopeAsyncFlowOption flow, int id, bool open)
            {
                await Task.Yield();
                {{code.ReplaceLineEndings("\n        ")}}{{(EndsByReturn(code) ? "" : "\n        return null;")}}
            }

            void Save() { _db.Add(new Order()); _db.SaveChanges(); }

            int Load() => _db.Orders.Count();

            static object Ok(object? value = null) => new();

            static void Use(object? value) { }
        }
        """;

    private static bool EndsByReturn(string code)
    {
        string last = code.Split("//")[0].TrimEnd().TrimEnd(';').Split(';', '}')[^1].TrimStart();
        return code.Contains('\n', StringComparison.Ordinal) ? code.Split('\n')[^1].StartsWith("return ", StringComparison.Ordinal) : last.StartsWith("return ", StringComparison.Ordinal) || last.StartsWith("throw ", StringComparison.Ordinal);
    }
}
