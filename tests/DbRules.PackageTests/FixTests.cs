using Xunit;

namespace DbRules.PackageTests;

/// <summary>The code fix, applied from the command line.</summary>
[Collection(PackageCollection.Name)]
public sealed class FixTests(PackageFeed feed)
{
    [Fact]
    public async Task Dotnet_format_applies_the_fix_and_the_project_builds_clean()
    {
        var project = feed.Consumer("Lookup");
        Assert.Single((await project.BuildAsync()).Of("DBR101"));

        var format = await project.FormatAsync("analyzers", "--diagnostics", "DBR101", "--severity", "warn");

        Assert.True(format.ExitCode == 0, format.Output);
        var code = project.Read("Lookups.cs");
        Assert.DoesNotContain("db.", code[code.IndexOf("foreach", StringComparison.Ordinal)..]);
        var build = await project.BuildAsync("-warnaserror");
        Assert.True(build.Succeeded, build.Output);
        Assert.Empty(build.Messages);
    }
}
