using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>
/// Tests of a rule about transactions and its fix. Statements are put into an asynchronous method that is handed connections and contexts; code with a class
/// stands for itself. Markup names what is reported.
/// </summary>
internal static class BookingCode<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>A provider that refuses commands which are not given the open transaction; the rows know its connection by its name.</summary>
    private const string StrictProvider = "namespace Microsoft.Data.SqlClient { public abstract class SqlConnection : System.Data.Common.DbConnection { } }";

    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports(string code) => new CSharpAnalyzerVerifier<TRule>.Test { TestState = { Sources = { Wrap(code), StrictProvider } } }.RunAsync();

    public static Task Fixes(string code, string fixedCode) => new CSharpCodeFixVerifier<TRule, TFix>.Test
    {
        TestState = { Sources = { Wrap(code), StrictProvider } },
        FixedState = { Sources = { Wrap(fixedCode), StrictProvider } },
    }.RunAsync();

    /// <summary>Code that is reported and for which no fix is offered.</summary>
    public static Task NoFix(string code) => Fixes(code, code);

    private static bool EndsWithReturn(string code) => code.Split('\n')[^1].StartsWith("return ", StringComparison.Ordinal);

    private static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal) ? code :
        $$"""
        using Microsoft.Data.SqlClient;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore.Storage;
        using Npgsql;

        class Ledger(ILog log)
        {
            async Task<object?> BookAsync(
                ShopContext db, SqlConnection connection, DbConnection plain, NpgsqlConnection npgsql, SqliteConnection sqlite,
                Order order, List<Order> orders, bool isNew, CancellationToken ct)
            {
                {{(EndsWithReturn(code) ? code : code + "\nreturn null;").ReplaceLineEndings("\n        ")}}
            }

            private readonly bool _simulated = log.ToString() == "";

            static void Use(object? value) { }
        }

        interface ILog { void Write(object text); }
        """;
}
