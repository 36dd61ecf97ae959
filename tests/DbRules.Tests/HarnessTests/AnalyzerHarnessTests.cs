using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Verify = DbRules.Tests.CSharpAnalyzerVerifier<DbRules.Tests.HarnessTests.BadNameAnalyzer>;

namespace DbRules.Tests.HarnessTests;

/// <summary>The harness passes what is right and fails what is wrong, with a message that helps.</summary>
public sealed class AnalyzerHarnessTests
{
    [Fact]
    public Task Unnamed_markup_expects_the_only_descriptor() =>
        Verify.VerifyAnalyzerAsync("class C { void [|Bad|]() { } void Good() { } }");

    [Fact]
    public Task Named_markup_expects_that_id() =>
        Verify.VerifyAnalyzerAsync("class C { void {|TST001:Bad|}() { } }");

    [Fact]
    public Task Shop_and_usings_are_there() =>
        Verify.VerifyAnalyzerAsync(
            """
            class C
            {
                async Task<List<Order>> [|BadOrders|](ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    _ = await connection.QueryAsync<Customer>("select * from Customers");
                    using var npgsql = new Npgsql.NpgsqlConnection();
                    using var sqlite = new Microsoft.Data.Sqlite.SqliteConnection();
                    await db.Orders.Where(order => order.Open).ExecuteDeleteAsync(ct);
                    return await db.Orders.Include(order => order.Customer).ToListAsync(ct);
                }
            }
            """);

    [Fact]
    public Task Numbered_markup_gives_places_messages_and_additional_places() =>
        Verify.VerifyAnalyzerAsync(
            "class {|#1:C|} { void {|#0:Bad|}() { } }",
            Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("Bad"));

    [Fact]
    public Task A_place_alone_leaves_additional_places_open() =>
        Verify.VerifyAnalyzerAsync(
            "class C { void {|#0:Bad|}() { } }",
            Verify.Diagnostic("TST001").WithLocation(0).WithMessage("Method 'Bad' has a bad name"));

    [Fact]
    public Task Lines_and_columns_are_one_based() =>
        Verify.VerifyAnalyzerAsync("class C { void Bad() { } }", Verify.Diagnostic().WithSpan(1, 16, 1, 19));

    [Fact]
    public Task Expected_compiler_errors_are_no_failure() =>
        Verify.VerifyAnalyzerAsync("class C { void [|Bad|]() { {|CS0103:missing|}(); } }");

    [Fact]
    public Task Rules_that_are_off_by_default_run() =>
        new CSharpAnalyzerVerifier<OffByDefaultAnalyzer>.Test { TestCode = "class [|C|] { }", IncludeShop = false }.RunAsync();

    [Fact]
    public Task A_finding_in_the_shop_model_is_not_expected_either() => FailsAsync(
        () => CSharpAnalyzerVerifier<OffByDefaultAnalyzer>.VerifyAnalyzerAsync("class [|C|] { }"), "/0/ShopModel.cs");

    [Fact]
    public async Task Editorconfig_sets_the_severity()
    {
        var test = new Verify.Test { TestCode = "class C { void {|#0:Bad|}() { } }" };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.TST001.severity = error\n"));
        test.ExpectedDiagnostics.Add(Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Error));
        await test.RunAsync();
    }

    [Fact]
    public async Task Editorconfig_turns_a_rule_off()
    {
        var test = new Verify.Test { TestCode = "class C { void Bad() { } }" };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.TST001.severity = none\n"));
        await test.RunAsync();
    }

    [Fact]
    public Task Framework_alone_leaves_out_the_libraries() =>
        new Verify.Test
        {
            TestCode = "class C { void [|Bad|](DbConnection connection) { } {|CS0246:ShopContext|} M() => null!; }",
            IncludeShop = false,
            ReferenceAssemblies = ShopReferences.FrameworkOnly,
        }.RunAsync();

    [Fact]
    public Task Wrong_span_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { [|void Bad|]() { } }"),
        "expected but not found", "/0/Test0.cs(1,11)-(1,19)", "found but not expected", "/0/Test0.cs(1,16)-(1,19)", "void {|TST001:Bad|}()");

    [Fact]
    public Task Missing_diagnostic_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { void [|Good|]() { } }"), "expected but not found", "TST001");

    [Fact]
    public Task Unexpected_diagnostic_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { void Bad() { } }"), "found but not expected", "Method 'Bad' has a bad name");

    [Fact]
    public Task Wrong_message_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { void {|#0:Bad|}() { } }", Verify.Diagnostic().WithLocation(0).WithArguments("Other")),
        "Method 'Other' has a bad name", "Method 'Bad' has a bad name");

    [Fact]
    public Task Wrong_additional_place_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("{|#1:class|} C { void {|#0:Bad|}() { } }", Verify.Diagnostic().WithLocation(0).WithLocation(1)),
        "and also /0/Test0.cs(1,1)-(1,6)", "additional locations of that TST001: /0/Test0.cs(1,7)-(1,8)");

    [Fact]
    public Task Source_that_does_not_compile_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { void [|Bad|]() { missing(); } }"), "does not compile", "CS0103");

    [Fact]
    public Task Unclosed_markup_fails() => FailsAsync(
        () => Verify.VerifyAnalyzerAsync("class C { void [|Bad() { } }"), "is not closed");

    [Fact]
    public async Task An_exception_in_an_analyzer_fails()
    {
        AnalyzerCrashException crash = await Assert.ThrowsAsync<AnalyzerCrashException>(
            () => CSharpAnalyzerVerifier<CrashingAnalyzer>.VerifyAnalyzerAsync("class C { }"));
        Assert.Contains("CrashingAnalyzer threw", crash.Message, StringComparison.Ordinal);
        Assert.Contains("ArithmeticException: planned", crash.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expected_AD0001_fails_all_the_same()
    {
        await Assert.ThrowsAsync<AnalyzerCrashException>(
            () => CSharpAnalyzerVerifier<CrashingAnalyzer>.VerifyAnalyzerAsync("class C { }", new DiagnosticResult("AD0001", DiagnosticSeverity.Warning)));
    }

    private static async Task FailsAsync(Func<Task> test, params string[] messageParts)
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(test);
        Assert.All(messageParts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
