using Xunit;

namespace DbRules.PackageTests;

/// <summary>
/// What <c>DbRulesMode</c> and <c>DbRulesWarningsAsErrors</c> make of a project with a warning of a headline family (DBR101), a warning of another family (DBR506) and a
/// suggestion (DBR402).
/// </summary>
[Collection(PackageCollection.Name)]
public sealed class ModesTests(PackageFeed feed)
{
    [Theory]
    [InlineData("", "DBR101 warning, DBR506 warning")]
    [InlineData("Recommended", "DBR101 warning, DBR506 warning")]
    [InlineData("Strict", "DBR101 warning, DBR402 warning, DBR506 warning")]
    [InlineData("Headlines", "DBR101 warning")]
    [InlineData("None", "")]
    [InlineData("headlines", "DBR101 warning")]
    public async Task Mode_sets_families(string mode, string expected) => Assert.Equal(expected, Text(await BuildAsync("Mode" + mode, $"-p:DbRulesMode={mode}")));

    [Theory]
    [InlineData("", "DBR101 error, DBR506 error")]
    [InlineData("Strict", "DBR101 error, DBR402 error, DBR506 error")]
    [InlineData("Headlines", "DBR101 error")]
    [InlineData("None", "")]
    public async Task Warnings_as_errors_fails_on_the_warnings_of_the_mode(string mode, string expected)
    {
        var build = await BuildAsync("Errors" + mode, $"-p:DbRulesMode={mode}", "-p:DbRulesWarningsAsErrors=true");

        Assert.Equal(expected, Text(build));
        Assert.Equal(expected.Length == 0, build.Succeeded);
    }

    [Fact]
    public async Task Editorconfig_of_the_project_wins_over_the_mode()
    {
        var project = feed.Consumer("Modes", copy: "Own");
        await File.WriteAllTextAsync(Path.Combine(project.Folder, ".editorconfig"), """
            root = true

            [*.cs]
            dotnet_analyzer_diagnostic.category-DbRules.Lifetimes.severity = none
            dotnet_diagnostic.DBR506.severity = error
            """);

        Assert.Equal("DBR101 warning, DBR506 error", Text(await project.BuildAsync("-p:DbRulesMode=Strict")));
    }

    [Fact]
    public async Task Mode_that_does_not_exist_is_a_warning_and_the_default_holds() =>
        Assert.Equal("DBR003 warning, DBR101 warning, DBR506 warning", Text(await BuildAsync("Unknown", "-p:DbRulesMode=Loud")));

    private Task<BuildResult> BuildAsync(string copy, params string[] properties) => feed.Consumer("Modes", copy).BuildAsync(properties);

    private static string Text(BuildResult build) => string.Join(", ", build.Messages.Where(m => m.Id.StartsWith("DBR", StringComparison.Ordinal)).Select(m => $"{m.Id} {m.Severity}").Distinct().Order());
}
