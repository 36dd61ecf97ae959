using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Verify = DbRules.Tests.CSharpCodeFixVerifier<DbRules.Tests.HarnessTests.BadNameAnalyzer, DbRules.Tests.HarnessTests.GoodNameFix>;

namespace DbRules.Tests.HarnessTests;

public sealed class CodeFixHarnessTests
{
    private const string Two = "class C { void [|BadA|]() { } void [|BadB|]() { } }";

    [Fact]
    public Task One_after_another_and_all_at_once() =>
        Verify.VerifyCodeFixAsync(Two, "class C { void GoodA() { } void GoodB() { } }");

    [Fact]
    public Task Number_of_iterations_is_compared() =>
        new Verify.Test { TestCode = Two, FixedCode = "class C { void GoodA() { } void GoodB() { } }", NumberOfIncrementalIterations = 2 }.RunAsync();

    [Fact]
    public Task Wrong_number_of_iterations_fails() => FailsAsync(
        () => new Verify.Test { TestCode = Two, FixedCode = "class C { void GoodA() { } void GoodB() { } }", NumberOfIncrementalIterations = 3 }.RunAsync(),
        "Expected: 3");

    [Fact]
    public Task Action_index_chooses() =>
        new Verify.Test
        {
            TestCode = Two,
            FixedCode = "class C { void FineA() { } void FineB() { } }",
            CodeActionIndex = 1,
            CodeActionVerifier = (action, verifier) => verifier.True(action.Title.StartsWith("Rename to Fine", StringComparison.Ordinal)),
        }.RunAsync();

    [Fact]
    public Task Equivalence_key_chooses() =>
        new Verify.Test
        {
            TestCode = Two,
            FixedCode = "class C { void FineA() { } void FineB() { } }",
            CodeActionEquivalenceKey = "name 1",
        }.RunAsync();

    [Fact]
    public Task Fix_one_leaves_the_rest_to_markup() =>
        new Verify.Test
        {
            TestCode = Two,
            FixedCode = "class C { void GoodA() { } void [|BadB|]() { } }",
            CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne,
        }.RunAsync();

    [Fact]
    public async Task Several_files_are_fixed_in_the_project()
    {
        var test = new Verify.Test();
        test.TestState.Sources.Add("class C { void [|BadA|]() { } }");
        test.TestState.Sources.Add(("/0/Other.cs", "class D { void [|BadB|]() { } }"));
        test.FixedState.Sources.Add("class C { void GoodA() { } }");
        test.FixedState.Sources.Add(("/0/Other.cs", "class D { void GoodB() { } }"));
        await test.RunAsync();
    }

    [Fact]
    public Task Batch_that_differs_from_its_own_state_fails() => FailsAsync(
        () => new Verify.Test
        {
            TestCode = Two,
            FixedCode = "class C { void GoodA() { } void GoodB() { } }",
            BatchFixedCode = "class C { void GoodA() { } void FineB() { } }",
        }.RunAsync(),
        "different after fix-all in Document", "FineB");

    [Fact]
    public Task What_has_no_fix_stays_as_markup() =>
        CSharpCodeFixVerifier<BadNameAnalyzer, ReluctantFix>.VerifyCodeFixAsync(
            "class C { void [|BadA|]() { } void [|BadForever|]() { } }",
            "class C { void GoodA() { } void [|BadForever|]() { } }");

    [Fact]
    public Task Equal_sources_state_that_no_fix_is_offered() =>
        CSharpCodeFixVerifier<BadNameAnalyzer, ReluctantFix>.VerifyCodeFixAsync(
            "class C { void [|BadForever|]() { } }", "class C { void [|BadForever|]() { } }");

    [Fact]
    public Task A_fix_where_none_should_be_offered_fails() => FailsAsync(
        () => Verify.VerifyCodeFixAsync(Two, Two), "No fix should be offered", "Rename to GoodA");

    [Fact]
    public Task Wrong_fixed_text_fails_with_a_difference() => FailsAsync(
        () => Verify.VerifyCodeFixAsync("class C\n{\n    void [|BadA|]() { }\n}\n", "class C\n{\n    void GoodA()  { }\n}\n"),
        "- expected, + actual", "  -     void GoodA()  { }", "  +     void GoodA() { }");

    [Fact]
    public Task Fixed_source_that_does_not_compile_fails() => FailsAsync(
        () => CSharpCodeFixVerifier<BadNameAnalyzer, UncompilableFix>.VerifyCodeFixAsync(
            "class C { void [|BadA|]() { } }", "class C { void Good-A() { } }"),
        "The fixed source does not compile");

    [Fact]
    public Task Fixed_source_with_a_new_finding_fails() => FailsAsync(
        () => new CSharpCodeFixVerifier<BadNameAnalyzer, StillBadFix>.Test
        {
            TestCode = "class C { void [|BadA|]() { } }",
            FixedCode = "class C { void BadAgainA() { } }",
            CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne,
        }.RunAsync(),
        "The fixed source: found but not expected");

    [Fact]
    public Task A_fix_that_does_not_clear_its_diagnostic_fails() => FailsAsync(
        () => CSharpCodeFixVerifier<BadNameAnalyzer, StillBadFix>.VerifyCodeFixAsync(
            "class C { void [|BadA|]() { } }", "class C { void [|BadAgainA|]() { } }"),
        "still offers");

    [Fact]
    public Task A_fix_that_changes_nothing_fails() => FailsAsync(
        () => CSharpCodeFixVerifier<BadNameAnalyzer, UnchangedFix>.VerifyCodeFixAsync(
            "class C { void [|BadA|]() { } }", "class C { void GoodA() { } }"),
        "changes nothing");

    [Fact]
    public Task A_fix_for_other_diagnostics_fails() => FailsAsync(
        () => new CSharpCodeFixVerifier<OffByDefaultAnalyzer, GoodNameFix>.Test
        {
            TestCode = "class [|C|] { }",
            FixedCode = "class D { }",
            IncludeShop = false,
        }.RunAsync(),
        "none of which the analyzer reports");

    private static async Task FailsAsync(Func<Task> test, params string[] messageParts)
    {
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(test);
        Assert.All(messageParts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
