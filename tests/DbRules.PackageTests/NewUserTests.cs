using Xunit;

namespace DbRules.PackageTests;

/// <summary>The way of a new user, as <c>.ci/new-user</c> walks it in a shell.</summary>
[Collection(PackageCollection.Name)]
public sealed class NewUserTests(PackageFeed feed)
{
    [BashFact]
    public async Task The_script_gets_from_a_new_project_to_the_report()
    {
        var result = await DotNet.RunCommandAsync("bash", RepositoryText.Folder, packageCache: null, Path.Combine(".ci", "new-user"), feed.Folder, PackageFeed.Version);
        Assert.True(result.ExitCode == 0 && result.Output.TrimEnd().EndsWith("new user: ok", StringComparison.Ordinal), result.Output);
    }

    /// <summary>A test that needs a shell; skipped where there is none.</summary>
    private sealed class BashFactAttribute : FactAttribute
    {
        public BashFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "The script needs bash and the tools of a Unix system.";
        }
    }
}
