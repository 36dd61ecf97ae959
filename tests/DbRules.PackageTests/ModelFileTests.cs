using Xunit;

namespace DbRules.PackageTests;

/// <summary>What a <c>.dbmodel</c> file in a user's project does.</summary>
[Collection(PackageCollection.Name)]
public sealed class ModelFileTests(PackageFeed feed)
{
    [Fact]
    public async Task Row_that_does_not_parse_is_a_warning_and_the_other_rows_count()
    {
        var project = feed.Consumer("Models");

        var build = await project.BuildAsync();

        Assert.True(build.Succeeded, build.Output);
        var row = Assert.Single(build.Of("DBR001"));
        Assert.Equal(("Own.dbmodel", project.Position("Own.dbmodel", "no-such-word").Line, "warning"), (row.File, row.Line, row.Severity));
        Assert.Contains("no-such-word", row.Text);
        var call = Assert.Single(build.Of("DBR101"));
        Assert.Equal(project.Position("Warehouse.cs", "Count(product)"), (call.Line, call.Column));
    }

    [Fact]
    public async Task Model_files_are_left_out_when_switched_off()
    {
        var build = await feed.Consumer("Models", copy: "Off").BuildAsync("-p:EnableDefaultDbModelItems=false");

        Assert.True(build.Succeeded, build.Output);
        Assert.Empty(build.Messages);
    }
}
