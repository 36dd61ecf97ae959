using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>Tests of rules about what is owned by others: statements of a method of a class that is given a context and a connection, or whole classes.</summary>
internal static class SessionCode
{
    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports<TRule>(string code)
        where TRule : DiagnosticAnalyzer, new() => new CSharpAnalyzerVerifier<TRule>.Test { TestCode = Wrap(code), ReferenceAssemblies = ShopReferences.StoresAndAll }.RunAsync();

    /// <summary>What the fix makes of the code; the same code says that none is offered.</summary>
    public static Task Fixes<TRule, TFix>(string code, string fixedCode)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => new CSharpCodeFixVerifier<TRule, TFix>.Test { TestCode = Wrap(code), FixedCode = Wrap(fixedCode) }.RunAsync();

    private static string Wrap(string code) => code.Contains("class ", StringComparison.Ordinal) ? code : $$"""
        using Microsoft.Data.Sqlite;
        using Npgsql;

        class Report(ShopContext held, IDbConnection plain, DbConnection own)
        {
            private readonly ShopContext _db = held;
            private readonly IDbConnection _plain = plain;
            private readonly DbConnection _own = own;
            private DbTransaction? _transaction;

            private DbConnection Lent => _db.Database.GetDbConnection();

            private DbConnection GetLent() => _db.Database.GetDbConnection();

            private static DbConnection LentBy(ShopContext db) => db.Database.GetDbConnection();

            async {{(Returns(code) ? "Task<object?>" : "Task")}} RunAsync(ShopContext db, IDbContextFactory<ShopContext> factory, DbConnection given, NpgsqlDataSource source, IServiceProvider services, string text, int[] ids, int id, bool flag, CancellationToken ct)
            {
                await Task.Yield();
                {{code.ReplaceLineEndings("\n        ")}}{{(Returns(code) && !EndsByItself(code) ? "\n        return null;" : "")}}
            }

            static void Use(object? value) { }
        }
        """;

    private static bool Returns(string code) => code.Contains("return ", StringComparison.Ordinal);

    private static bool EndsByItself(string code) => code.Split('\n')[^1].StartsWith("return ", StringComparison.Ordinal) || code.Contains("finally", StringComparison.Ordinal);
}
