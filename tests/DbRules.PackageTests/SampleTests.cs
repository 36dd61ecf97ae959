using Xunit;

namespace DbRules.PackageTests;

/// <summary>The code of <c>samples/Shop</c>, with the package in place of the analyzers from source.</summary>
[Collection(PackageCollection.Name)]
public sealed class SampleTests(PackageFeed feed)
{
    [Fact]
    public async Task Sample_shows_its_six_findings_and_no_others_and_runs()
    {
        var project = feed.Consumer("Sample");
        PackageFeed.CopyTo(project, "samples", "Shop", "*.cs");

        var build = await project.BuildAsync();

        Assert.True(build.Succeeded, build.Output);
        Assert.Equal(
            [
                ("AdoNetOrders.cs", project.Position("AdoNetOrders.cs", "command.ExecuteScalar()!, order.Cents").Line, "DBR101"),
                ("AdoNetOrders.cs", project.Position("AdoNetOrders.cs", "Convert.ToInt32(command.ExecuteScalar())").Line, "DBR107"),
                ("DapperOrders.cs", project.Position("DapperOrders.cs", "            var customer = await").Line, "DBR101"),
                ("DapperOrders.cs", project.Position("DapperOrders.cs", "            var tax = await").Line, "DBR107"),
                ("EfCoreOrders.cs", project.Position("EfCoreOrders.cs", "            var customer = await").Line, "DBR101"),
                ("EfCoreOrders.cs", project.Position("EfCoreOrders.cs", "            var tax = await").Line, "DBR107"),
            ],
            build.Messages.Select(m => (m.File, m.Line, m.Id)).Order());

        var run = await DotNet.RunAsync(project.Folder, packageCache: null, "run", "--no-build");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(3, run.Output.Split('\n').Count(line => line.Contains(" 31 statements with queries in loops") && line.Contains("the same rows")));
    }
}
