using System.Collections.Immutable;
using DbRules.Testing;
using DbRules.Tests.HarnessTests;
using DbRules.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests;

/// <summary>The examples in <c>docs/rules</c> run: bad ones are reported, good ones are not, fixed ones are what the fix writes.</summary>
public sealed class PageTests
{
    private const int FirstIdWithExamples = 100;

    private static readonly PageCheck Product = new(ProductParts.CreateAnalyzers, ProductParts.CreateFixes);

    private static readonly PageCheck Tiny = new(() => [new BadNameAnalyzer()], _ => ImmutableArray.Create<CodeFixProvider>(new GoodNameFix()));

    [Fact]
    public async Task Examples_on_pages_tell_the_truth()
    {
        var faults = new List<string>();
        foreach (RulePage page in ReadPages())
            faults.AddRange(await Product.FindFaultsAsync(page));
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Every_page_of_a_rule_has_a_bad_and_a_good_example()
    {
        HashSet<string> rules = [.. ProductParts.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)];
        string[] incomplete =
        [
            .. ReadPages()
                .Where(page => rules.Contains(page.Id) && int.Parse(page.Id.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture) >= FirstIdWithExamples)
                .Where(page => !page.Examples.Any(one => one.Kind == ExampleKind.Bad) || !page.Examples.Any(one => one.Kind == ExampleKind.Good))
                .Select(page => page.Id),
        ];
        Assert.True(incomplete.Length == 0, "Pages without a bad and a good example: " + string.Join(", ", incomplete));
    }

    [Fact]
    public async Task A_true_page_has_no_faults()
    {
        const string markdown =
            """
            ```csharp bad
            using System.Text;

            public int BadCount(ShopContext db) // TST001
            {
                return db.Orders.Count();
            }

            int Bad() => 1; // TST001
            ```

            ```csharp fixed
            using System.Text;

            public int GoodCount(ShopContext db)
            {
                return db.Orders.Count();
            }

            int Good() => 1;
            ```

            ```csharp good
            class C { int Good() => 1; }
            ```

            ```csharp
            not C# at all
            ```
            """;
        Assert.Empty(await Tiny.FindFaultsAsync(RulePage.Parse("TST001", markdown)));
    }

    [Theory]
    [InlineData("bad", "int Bad() => 1;", "needs the trailing comment")]
    [InlineData("bad", "int Good() => 1; // TST001", "are not the lines reported")]
    [InlineData("bad", "int Bad() => missing; // TST001", "does not compile")]
    [InlineData("good", "int Bad() => 1;", "good example is reported")]
    [InlineData("good", "int Good() => missing;", "does not compile")]
    [InlineData("fixed", "int Good() => 1;", "follows the bad one")]
    [InlineData("bad\nint Bad() => 1; // TST001\n```\n```csharp fixed", "int Fine() => 1;", "GoodNameFix gives something else")]
    public async Task An_untrue_page_has_faults(string kind, string code, string fault)
    {
        RulePage page = RulePage.Parse("TST001", $"```csharp {kind}\n{code}\n```\n");
        Assert.Contains(fault, Assert.Single(await Tiny.FindFaultsAsync(page), one => one.Contains(fault, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static IEnumerable<RulePage> ReadPages()
    {
        string folder = Path.Combine(RepositoryFolder.Path, "docs", "rules");
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "DBR*.md")
                .Order(StringComparer.Ordinal)
                .Select(file => RulePage.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))
            : [];
    }
}
