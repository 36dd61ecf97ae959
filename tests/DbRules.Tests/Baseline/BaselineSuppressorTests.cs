using DbRules.Baseline;
using DbRules.Rules.RoundTrips;
using DbRules.Rules.SqlText;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Tests.Baseline;

/// <summary>What a baseline among the additional files silences.</summary>
public sealed class BaselineSuppressorTests
{
    private const string Query = "_ = db.Customers.FirstOrDefault(c => c.Id == id);";

    private const string Known = "DBR101 | src/Shop/Report.cs | _ = db.Customers.FirstOrDefault(c => c.Id == id);\n";

    private const string Folder = "/repo/src/Shop/";

    [Theory]
    [InlineData("/repo/DbRules.baseline.txt", "DBR101 | src/Shop/Report.cs | " + Query)]
    [InlineData("/repo/src/Shop/DbRules.baseline.txt", "DBR101 | Report.cs | " + Query)]
    [InlineData("/repo/build/DbRules.baseline.txt", "DBR101 | ../src/Shop/Report.cs | " + Query)]
    [InlineData("/repo/src/Shop/../../DbRules.baseline.txt", "DBR101 | src/Shop/Report.cs | " + Query)]
    [InlineData(@"C:\repo\DbRules.baseline.txt", "DBR101 | /repo/src/Shop/Report.cs | " + Query)]
    public async Task A_listed_finding_is_silent_wherever_the_baseline_lies(string path, string line) =>
        Assert.Empty(await FindAsync(Code(Query), [(path, "# known\n\n" + line + "\n")]));

    /// <summary>The compiler has <c>..</c> in the path of a file that the project links from elsewhere.</summary>
    [Fact]
    public async Task A_listed_finding_of_a_linked_file_is_silent() =>
        Assert.Empty(await FindAsync(Code(Query), [("/repo/DbRules.baseline.txt", "DBR101 | shared/Report.cs | " + Query)], folder: Folder + "../../shared/"));

    [Theory]
    [InlineData("")]
    [InlineData("DBR107 | src/Shop/Report.cs | " + Query)]
    [InlineData("DBR101 | src/Shop/Orders.cs | " + Query)]
    [InlineData("DBR101 | src/Shop/Report.cs | _ = db.Customers.FirstOrDefault(c => c.Id == 7);")]
    [InlineData("# DBR101 | src/Shop/Report.cs | " + Query)]
    [InlineData("DBR101 src/Shop/Report.cs " + Query)]
    public async Task Another_rule_file_or_line_silences_nothing(string baseline) => Assert.Equal([10], await LinesAsync(Code(Query), baseline));

    [Theory]
    [InlineData("/repo/Other.baseline.txt")]
    [InlineData("/repo/NotDbRules.baseline.txt")]
    public async Task A_file_of_another_name_is_no_baseline(string path) => Assert.Single(await FindAsync(Code(Query), [(path, Known)]));

    [Fact]
    public async Task Moved_and_indented_lines_still_match() =>
        Assert.Empty(await LinesAsync("// a comment\n\n" + Code("    _ = db.Customers.FirstOrDefault(c => c.Id  ==\tid); "), Known));

    [Fact]
    public async Task Equal_lines_count()
    {
        string code = Code(Query + "\n" + Query + "\n" + Query);
        Assert.Equal([10, 11, 12], await LinesAsync(code, ""));
        Assert.Equal([11, 12], await LinesAsync(code, Known));
        Assert.Equal([12], await LinesAsync(code, Known + Known));
        Assert.Empty(await LinesAsync(code, Known + Known + Known + Known));
    }

    [Fact]
    public async Task Several_baselines_add_up_and_one_that_is_given_twice_counts_once()
    {
        string code = Code(Query + "\n" + Query);
        string own = Known.Replace("src/Shop/", "");
        Assert.Empty(await FindAsync(code, [("/repo/DbRules.baseline.txt", Known), (Folder + "DbRules.baseline.txt", own)]));
        Assert.Single(await FindAsync(code, [("/repo/DbRules.baseline.txt", Known), ("/repo/DbRules.baseline.txt", Known)]));
    }

    [Fact]
    public async Task A_long_line_is_known_by_its_start()
    {
        string filler = new('x', 300);
        string known = "DBR101 | src/Shop/Report.cs | " + FindingKey.Squeeze(Query + " // " + filler) + "\n";
        Assert.True(known.Length < 240, known);
        Assert.Empty(await LinesAsync(Code(Query + " // " + filler + " more"), known));
    }

    [Fact]
    public async Task A_line_of_a_generated_source_is_known_by_the_file_that_it_was_generated_from() =>
        Assert.Empty(await LinesAsync(Code("#line 7 \"/repo/pages/Index.razor\"\n" + Query + "\n#line default"), "DBR101 | pages/Index.razor | " + Query));

    [Theory]
    [InlineData(ReportDiagnostic.Error)]
    [InlineData(ReportDiagnostic.Warn)]
    public async Task The_severity_that_the_user_sets_does_not_matter(ReportDiagnostic severity) => Assert.Empty(await FindAsync(Code(Query), [("/repo/DbRules.baseline.txt", Known)], severity));

    [Fact]
    public async Task A_build_that_collects_has_no_finding_left() =>
        Assert.Empty(await FindAsync(Code(Query), [("/repo/DbRules.baseline.txt", "")], ReportDiagnostic.Error, "dbrules.collect = true"));

    [Fact]
    public async Task Other_values_collect_nothing() => Assert.Single(await FindAsync(Code(Query), [], ReportDiagnostic.Warn, "dbrules.collect = false"));

    [Fact]
    public void Every_rule_but_those_of_the_configuration_can_be_listed()
    {
        string[] listed = [.. new BaselineSuppressor().SupportedSuppressions.Where(suppression => suppression.Id == SuppressionIds.Known).Select(suppression => suppression.SuppressedDiagnosticId)];
        Assert.Equal(Catalog.RuleCatalog.All.Where(rule => rule.Category != Catalog.Category.Configuration).Select(rule => rule.Id).Order(), listed.Order());
    }

    private static async Task<IEnumerable<int>> LinesAsync(string code, string baseline) =>
        (await FindAsync(code, [("/repo/DbRules.baseline.txt", baseline)])).Select(finding => finding.Location.GetLineSpan().StartLinePosition.Line + 1);

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(
        string code, (string Path, string Text)[] files, ReportDiagnostic severity = ReportDiagnostic.Warn, string? globalOption = null, string folder = Folder)
    {
        Project project = TestProjects.Create(TestReferences.All, withShop: true).WithSource(folder + "Report.cs", code);
        foreach ((string path, string text) in files)
            project = project.AddAdditionalDocument(path, SourceText.From(text), filePath: path).Project;
        if (globalOption is not null)
            project = project.AddAnalyzerConfigDocument("/.globalconfig", SourceText.From($"is_global = true\n{globalOption}\n"), filePath: "/.globalconfig").Project;
        project = project.WithCompilationOptions(project.CompilationOptions!.WithSpecificDiagnosticOptions([new("DBR101", severity)]));
        AnalyzerRun run = await AnalyzerRun.OfAsync(project, [new QueryPerElement(), new NullComparedBySign(), new BaselineSuppressor()]);
        run.RequireNoErrors("The code");
        return run.Findings;
    }

    /// <summary>The statements start at line 10.</summary>
    private static string Code(string statements) =>
        $$"""
        namespace Shops;

        class Report
        {
            // The loop's body is what a test is about.
            void Run(ShopContext db, List<int> ids)
            {
                foreach (int id in ids)
                {
        {{statements}}
                }
            }
        }
        """;
}
