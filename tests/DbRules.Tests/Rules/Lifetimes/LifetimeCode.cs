using System.Collections.Immutable;
using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>
/// Code for the tests of DBR401 to DBR406 and DBR409 together, so that every test states what each of them says. Statements are put into an asynchronous method that has
/// one of everything; members are put into a class; a file with a class of its own stands for itself. Markup names what is reported.
/// </summary>
internal static class LifetimeCode
{
    private static readonly string[] MemberStarts = ["public ", "private ", "internal ", "protected ", "static "];

    /// <summary>Code that is reported where the markup says, and nowhere else.</summary>
    public static Task Reports(string code) => Test(code).RunAsync();

    /// <summary>The message of the one finding in the code.</summary>
    public static async Task Says(string code, string message) =>
        Xunit.Assert.Equal(message, string.Join(" | ", (await FindingsIn(code)).Select(static finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>The one finding in the code, which is a suggestion, with the text that it stands at.</summary>
    public static async Task Suggests(string code, string finding) =>
        Xunit.Assert.Equal("Info " + finding, string.Join(" | ", (await FindingsIn(code)).Select(static one => $"{one.Severity} {one.Id} {one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan)}")));

    private static async Task<ImmutableArray<Diagnostic>> FindingsIn(string code)
    {
        AnalyzerRun run = await AnalyzerRun.OfAsync(TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/SqlClient.cs", SqlClientCode.Source).WithSource("/0/Code.cs", Wrap(code)), Rules());
        run.RequireNoErrors("The code");
        return [.. run.Findings];
    }

    /// <summary>What the fix of a declaration makes of the code, finding by finding and all at once.</summary>
    public static Task Fixes(string code, string fixedCode, string? fixedAtOnce = null)
    {
        FixTest<UsingDeclarationFix> test = TestOf<UsingDeclarationFix>(code, fixedCode);
        if (fixedAtOnce is not null)
        {
            test.BatchFixedState.Sources.Add(Wrap(fixedAtOnce));
            test.BatchFixedState.Sources.Add(SqlClientCode.Source);
        }

        return test.RunAsync();
    }


    /// <summary>What the fix of an expression that drops what it makes, makes of the code.</summary>
    public static Task Splits(string code, string fixedCode) => TestOf<DroppedResourceFix>(code, fixedCode).RunAsync();

    /// <summary>Code that is reported and for which no fix is offered.</summary>
    public static async Task NoFix(string code)
    {
        await TestOf<UsingDeclarationFix>(code, code).RunAsync();
        await TestOf<DroppedResourceFix>(code, code).RunAsync();
    }

    public static ImmutableArray<DiagnosticAnalyzer> Rules() =>
        [new LeakedConnection(), new UndisposedCommand(), new LeakedReader(), new UndisposedContext(), new UndisposedTransaction(), new DroppedConnection(), new SkippedClose()];

    private static AnalyzerTest Test(string code) => new() { TestState = { Sources = { Wrap(code), SqlClientCode.Source } } };

    private static FixTest<TFix> TestOf<TFix>(string code, string fixedCode)
        where TFix : CodeFixProvider, new() => new()
        {
            TestState = { Sources = { Wrap(code), SqlClientCode.Source } },
            FixedState = { Sources = { Wrap(fixedCode), SqlClientCode.Source } },
        };

    private static string Wrap(string code)
    {
        if (code.Contains("class ", StringComparison.Ordinal))
            return code;
        bool isMembers = MemberStarts.Any(start => code.Split('\n')[0].StartsWith(start, StringComparison.Ordinal));
        string newLine = code.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string members = isMembers
            ? code
            : $$"""
            async Task<object?> RunAsync(
                ShopContext db, IDbContextFactory<ShopContext> factory, DbConnection connection, NpgsqlConnection npgsql, SqlConnection sql, NpgsqlDataSource source, DbCommand given,
                IResponse response, List<DbConnection> kept, int[] ids, string text, bool flag, CancellationToken ct)
            {
                {{(EndsWithJump(code) ? code : code + "\nreturn null;").ReplaceLineEndings("\n    ")}}
            }
            """;
        return $$"""
            using System.Runtime.CompilerServices;
            using Microsoft.Data.SqlClient;
            using Microsoft.Data.Sqlite;
            using Microsoft.EntityFrameworkCore.Storage;
            using Npgsql;

            class Report
            {
                private DbConnection? _held;

                public void Drop() => _held?.Dispose();

                {{members.ReplaceLineEndings("\n    ")}}

                static void Use(object? value) { }
            }

            class Owner(IDisposable owned) : IDisposable { public void Dispose() => owned.Dispose(); }

            interface IResponse { void RegisterForDispose(IDisposable one); void OnCompleted(Action done); }
            """.ReplaceLineEndings(newLine);
    }

    private static bool EndsWithJump(string code)
    {
        string last = code.Split('\n')[^1];
        return last.StartsWith("return ", StringComparison.Ordinal) || last.StartsWith("throw ", StringComparison.Ordinal);
    }

    private sealed class AnalyzerTest : CSharpAnalyzerTest<LeakedConnection, DefaultVerifier>
    {
        public AnalyzerTest() => ReferenceAssemblies = ShopReferences.All;

        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Rules();

        protected override Project CreateProject() => TestProjects.Create(ReferenceAssemblies.Assemblies, true);
    }

    private sealed class FixTest<TFix> : CSharpCodeFixVerifier<LeakedConnection, TFix>.Test
        where TFix : CodeFixProvider, new()
    {
        protected override ImmutableArray<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Rules();
    }
}
