using System.Globalization;
using DbRules.Rules.Configuration;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Tests.Rules.Configuration;

/// <summary>DBR002: a value that an option cannot take is reported once, and the default holds (which the tests of the rules show).</summary>
public sealed class InvalidOptionTests
{
    [Theory]
    [InlineData("few")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("99999999999")]
    public async Task A_bad_value_is_reported(string value)
    {
        var finding = Assert.Single(await Configured.FindAsync(new InvalidOption(), "class C { }", [], $"dbrules.small_sequence = {value}"));
        Assert.Equal("DBR002", finding.Id);
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Equal(Location.None, finding.Location);
        Assert.Equal(
            $"'dbrules.small_sequence = {value}' is not understood for 'GlobalUsings.cs': it takes a whole number, 0 or more; the default '4' holds",
            finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("dbrules.small_sequence = 0")]
    [InlineData("dbrules.small_sequence = 7")]
    [InlineData("dbrules.small_sequence =   12  ")]
    [InlineData("DbRules.Small_Sequence = 7")]
    [InlineData("dbrules.unknown = few")]
    [InlineData("")]
    public async Task Good_values_and_other_keys_are_quiet(string line) =>
        Assert.Empty(await Configured.FindAsync(new InvalidOption(), "class C { }", [], line));

    [Fact]
    public async Task Each_value_is_reported_once()
    {
        Project project = TestProjects.Create(TestReferences.All, withShop: true);
        foreach ((string folder, string value) in new[] { ("a", "few"), ("b", "few"), ("c", "some"), ("d", "3") })
        {
            project = project.WithSource($"/{folder}/One.cs", $"class One{folder} {{ }}").WithSource($"/{folder}/Two.cs", $"class Two{folder} {{ }}");
            string path = $"/{folder}/.editorconfig";
            project = project.AddAnalyzerConfigDocument(path, SourceText.From($"[*.cs]\ndbrules.small_sequence = {value}\n"), filePath: path).Project;
        }

        var run = await AnalyzerRun.OfAsync(project, [new InvalidOption()]);
        Assert.Equal(
            [
                "'dbrules.small_sequence = few' is not understood for 'One.cs': it takes a whole number, 0 or more; the default '4' holds",
                "'dbrules.small_sequence = some' is not understood for 'One.cs': it takes a whole number, 0 or more; the default '4' holds",
            ],
            run.Findings.Select(finding => finding.GetMessage(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_project_without_a_database_library_hears_of_it_too()
    {
        Project project = TestProjects.Create(TestReferences.Framework, withShop: false).WithSource("/0/Test0.cs", "class C { }")
            .AddAnalyzerConfigDocument("/.editorconfig", SourceText.From("root = true\n[*.cs]\ndbrules.small_sequence = few\n"), filePath: "/.editorconfig").Project;
        Assert.Single((await AnalyzerRun.OfAsync(project, [new InvalidOption()])).Findings);
    }
}
