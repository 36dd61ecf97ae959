using Xunit;

namespace DbRules.PackageTests;

/// <summary>
/// A loop in one project, an interface and its implementation in another, a service between them: a build sees the others only as reference
/// assemblies, and these state what their members do.
/// </summary>
[Collection(PackageCollection.Name)]
public sealed class ProjectChainTests(PackageFeed feed)
{
    [Fact]
    public async Task Loop_in_one_project_that_queries_in_another_is_found()
    {
        var data = feed.Consumer("ChainData");
        feed.Consumer("ChainServices");
        var web = feed.Consumer("ChainWeb");

        var build = await web.BuildAsync("-m:1");

        Assert.True(build.Succeeded, build.Output);
        Assert.True(File.Exists(Path.Combine(data.Folder, "obj", "Debug", "net10.0", "ref", "ChainData.dll")));
        var messages = build.Messages.OrderBy(message => message.Line).ToList();
        Assert.Equal(
            [
                ("Program.cs", web.Position("Program.cs", "ForAsync(id, ct)"), "DBR102"),
                ("Program.cs", web.Position("Program.cs", "FindAsync(id, ct)"), "DBR102"),
            ],
            messages.Select(message => (message.File, (message.Line, message.Column), message.Id)));
        Assert.Contains("ForAsync → ICustomerStore.FindAsync → FirstOrDefaultAsync", messages[0].Text);
        Assert.Contains("FindAsync → FirstOrDefaultAsync", messages[1].Text);

        var without = await web.BuildAsync("-m:1", "--no-restore", "--no-incremental", "-p:DbRulesExportSummaries=false");
        Assert.True(without.Succeeded, without.Output);
        Assert.Empty(without.Messages);
    }
}
