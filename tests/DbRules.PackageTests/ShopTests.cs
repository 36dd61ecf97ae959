using System.Text.Json;
using Xunit;

namespace DbRules.PackageTests;

/// <summary>A project on EF Core, Dapper and ADO.NET, built once with an error log.</summary>
public sealed class ShopBuild(PackageFeed feed) : IAsyncLifetime
{
    internal Consumer Project { get; } = feed.Consumer("Shop");
    internal BuildResult Build { get; private set; } = null!;

    public async Task InitializeAsync() => Build = await Project.BuildAsync("-p:ErrorLog=log.sarif%2Cversion=2.1");

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>What a user sees after installing the package and building.</summary>
[Collection(PackageCollection.Name)]
public sealed class ShopTests(ShopBuild shop) : IClassFixture<ShopBuild>
{
    private const string HelpLink = "https://github.com/dbrules/dbrules/blob/main/docs/rules/DBR101.md";

    private const string Loop = "foreach (var id in ids)";

    /// <summary>File, and the method as named in it that runs a query once per element.</summary>
    public static readonly TheoryData<string, string> Calls = new()
    {
        { "EfCore.cs", "FirstOrDefault" },
        { "WithDapper.cs", "QueryFirstOrDefault" },
        { "AdoNet.cs", "ExecuteScalar" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Build_succeeds_and_warns_at_the_query_and_nowhere_else(string file, string method)
    {
        Assert.True(shop.Build.Succeeded, shop.Build.Output);
        var warning = Assert.Single(shop.Build.Messages, m => m.File == file);
        Assert.Equal(("DBR101", "warning"), (warning.Id, warning.Severity));
        Assert.Equal(shop.Project.Position(file, method), (warning.Line, warning.Column));
        Assert.Contains(HelpLink, warning.Text);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Error_log_has_the_span_of_the_query_and_the_loop_as_related_location(string file, string method)
    {
        var result = Run().GetProperty("results").EnumerateArray()
            .Single(r => r.GetProperty("ruleId").GetString() == "DBR101" && Place(r.GetProperty("locations")[0]).File == file);

        var (line, column) = shop.Project.Position(file, method);
        Assert.Equal((file, line, column, line, column + method.Length), Place(result.GetProperty("locations")[0]));
        var loopLine = shop.Project.Position(file, Loop).Line;
        Assert.Contains(result.GetProperty("relatedLocations").EnumerateArray().Select(Place), p => p.File == file && p.StartLine == loopLine);
    }

    [Fact]
    public void Error_log_describes_the_rule()
    {
        var rule = Run().GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "DBR101");

        Assert.Equal("Query runs once per element", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.Equal(HelpLink, rule.GetProperty("helpUri").GetString());
        Assert.Equal("DbRules.RoundTrips", rule.GetProperty("properties").GetProperty("category").GetString());
    }

    [Fact]
    public void Nothing_of_the_package_reaches_the_output_folder()
    {
        var output = Path.Combine(shop.Project.Folder, "bin");

        Assert.Contains("Shop.dll", Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        Assert.DoesNotContain(Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories),
            f => Path.GetFileName(f).Contains("DbRules", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(f).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.DoesNotContain("DbRules", File.ReadAllText(Directory.GetFiles(output, "Shop.deps.json", SearchOption.AllDirectories).Single()));
    }

    private JsonElement Run()
    {
        using var log = JsonDocument.Parse(shop.Project.Read("log.sarif"));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        return log.RootElement.GetProperty("runs")[0].Clone();
    }

    private static (string File, int StartLine, int StartColumn, int EndLine, int EndColumn) Place(JsonElement location)
    {
        var place = location.GetProperty("physicalLocation");
        var region = place.GetProperty("region");
        return (Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!),
            region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(),
            region.GetProperty("endLine").GetInt32(), region.GetProperty("endColumn").GetInt32());
    }
}
