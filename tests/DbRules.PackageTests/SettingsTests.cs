using Xunit;

namespace DbRules.PackageTests;

/// <summary>A project whose <c>.editorconfig</c> sets each of its files differently, built once. All files hold the same code.</summary>
public sealed class SettingsBuild(PackageFeed feed) : IAsyncLifetime
{
    internal Consumer Project { get; } = feed.Consumer("Settings");
    internal BuildResult Build { get; private set; } = null!;

    public async Task InitializeAsync() => Build = await Project.BuildAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>What severities and options in <c>.editorconfig</c> and on the command line do.</summary>
[Collection(PackageCollection.Name)]
public sealed class SettingsTests(SettingsBuild settings, PackageFeed feed) : IClassFixture<SettingsBuild>
{
    private const string OverAList = "Console.WriteLine(command.ExecuteScalar());";
    private const string OverThree = "Console.WriteLine(name + command.ExecuteScalar());";

    [Theory]
    [InlineData("Default.cs", "warning")]
    [InlineData("Failing.cs", "error")]
    [InlineData("Family.cs", "error")]
    public void Severity_of_the_rule_and_of_its_category_acts(string file, string severity)
    {
        var message = Assert.Single(settings.Build.Of("DBR101", file));

        Assert.Equal(severity, message.Severity);
        Assert.Equal(settings.Project.Position(file, OverAList).Line, message.Line);
    }

    [Fact]
    public void Severity_none_silences() => Assert.Empty(settings.Build.Of("DBR101", "Silenced.cs"));

    [Fact]
    public void Severity_error_fails_the_build() => Assert.False(settings.Build.Succeeded);

    [Fact]
    public void Small_sequence_sets_the_loops_that_are_too_short_to_matter() =>
        Assert.Equal([settings.Project.Position("Small.cs", OverAList).Line, settings.Project.Position("Small.cs", OverThree).Line],
            settings.Build.Of("DBR101", "Small.cs").Select(m => m.Line).Order());

    [Fact]
    public void Option_that_does_not_parse_is_a_warning_and_the_default_holds()
    {
        var warning = Assert.Single(settings.Build.Of("DBR002"));

        Assert.Equal("warning", warning.Severity);
        Assert.Contains("dbrules.small_sequence", warning.Text);
        Assert.Contains("two", warning.Text);
        Assert.Equal(settings.Project.Position("Unparsable.cs", OverAList).Line, Assert.Single(settings.Build.Of("DBR101", "Unparsable.cs")).Line);
    }

    [Fact]
    public async Task Warnaserror_fails_the_build()
    {
        var project = feed.Consumer("Settings", copy: "AsErrors");
        File.Delete(Path.Combine(project.Folder, ".editorconfig"));

        var build = await project.BuildAsync("-warnaserror:DBR101");

        Assert.False(build.Succeeded);
        Assert.NotEmpty(build.Of("DBR101"));
        Assert.All(build.Messages, m => Assert.Equal(("DBR101", "error"), (m.Id, m.Severity)));
    }
}
