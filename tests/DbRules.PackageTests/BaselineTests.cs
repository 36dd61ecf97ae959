using Xunit;

namespace DbRules.PackageTests;

/// <summary>The way of a team that installs the package in old code where warnings are errors: from the first baseline to the first finding that is mended.</summary>
[Collection(PackageCollection.Name)]
public sealed class BaselineTests(PackageFeed feed)
{
    private const string Baseline = "DbRules.baseline.txt";
    private const string Query = "DBR101 | Legacy/Orders.cs | Console.WriteLine(command.ExecuteScalar());";
    private const string Update = """DBR506 | Legacy/Orders.cs | command.CommandText = "UPDATE Orders SET Price = NULL WHERE Discount = NULL";""";

    [Fact]
    public async Task Old_findings_are_silent_and_new_ones_fail_the_build()
    {
        var project = feed.Consumer("Legacy", copy: "Team/Legacy");
        var team = Path.GetDirectoryName(project.Folder)!;
        var tool = await feed.InstallToolAsync(Path.Combine(team, "tools"));

        // Adopt: the build of the tool does not fail although the user's would.
        var first = await ToolAsync("baseline", "Legacy", "--file", Baseline);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains("2 added, 0 removed, 0 kept", first.Output);
        Assert.Equal([Query, Update], File.ReadLines(Path.Combine(team, Baseline)).Where(line => !line.StartsWith('#')));

        // Lines move, and the build is clean. Error logs still have what is known.
        Write(project, project.Read("Orders.cs").Replace("public static class", "// A comment\n\npublic static class"));
        var clean = await project.BuildAsync("-p:DbRulesSarif=logs");
        Assert.True(clean.Succeeded, clean.Output);
        Assert.Empty(clean.Messages);
        var same = await ToolAsync("baseline", "Legacy", "--check", "--from", "Legacy/logs");
        Assert.True(same.ExitCode == 0, same.Output);
        Assert.Contains("0 new, 0 removable, 2 known", same.Output);
        var report = await ToolAsync("report", "Legacy", "--from", "Legacy/logs", "--html", "report.html");
        Assert.True(report.ExitCode == 0, report.Output);
        Assert.Contains("0 findings, 2 known", report.Output);
        Assert.Contains("UPDATE Orders", File.ReadAllText(Path.Combine(team, "report.html")));

        // An equal line more is new; the other finding is mended.
        Write(project, project.Read("Orders.cs").Replace("// one more", "Console.WriteLine(command.ExecuteScalar());").Replace("Discount = NULL", "Discount IS NULL"));
        var failing = await project.BuildAsync();
        Assert.False(failing.Succeeded);
        Assert.Equal([("DBR101", "error", 15)], failing.Messages.Select(m => (m.Id, m.Severity, m.Line)));
        var check = await ToolAsync("baseline", "Legacy", "--check", "--no-restore");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("new: " + Query, check.Output);
        Assert.Contains("removable: " + Update, check.Output);

        // What keeps the code from building keeps the baseline as it is.
        Write(project, project.Read("Orders.cs") + "class");
        var broken = await ToolAsync("baseline", "Legacy", "--no-restore");
        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("error CS1001", broken.Output);
        Assert.Equal([Query, Update], File.ReadLines(Path.Combine(team, Baseline)).Where(line => !line.StartsWith('#')));

        Task<CommandResult> ToolAsync(params string[] arguments) => DotNet.RunAsync(team, feed.Cache, [tool, .. arguments]);
    }

    /// <summary>The tool and the build mean the same file by a path that is relative to the project; of one that no build reads somebody is told.</summary>
    [Fact]
    public async Task A_project_names_its_baseline()
    {
        var project = feed.Consumer("Legacy", copy: "Named/Legacy");
        var named = Path.GetDirectoryName(project.Folder)!;
        var tool = await feed.InstallToolAsync(Path.Combine(named, "tools"));
        Directory.CreateDirectory(Path.Combine(project.Folder, "build"));

        var missing = await project.BuildAsync("-p:DbRulesBaseline=build/" + Baseline);
        Assert.Contains("there is no such file", Assert.Single(missing.Of("DBR003")).Text);
        var misnamed = await project.BuildAsync("-p:DbRulesBaseline=build/known.txt");
        Assert.Contains(misnamed.Of("DBR003"), message => message.Text.Contains("has to be called DbRules.baseline.txt", StringComparison.Ordinal));

        File.WriteAllText(Path.Combine(project.Folder, "build", Baseline), "");
        var written = await DotNet.RunAsync(named, feed.Cache, [tool, "baseline", "Legacy", "-p", "DbRulesBaseline=build/" + Baseline]);
        Assert.True(written.ExitCode == 0, written.Output);
        Assert.Contains(Query.Replace("Legacy/", "../", StringComparison.Ordinal), File.ReadLines(Path.Combine(project.Folder, "build", Baseline)));
        var clean = await project.BuildAsync("-p:DbRulesBaseline=build/" + Baseline);
        Assert.True(clean.Succeeded, clean.Output);
        Assert.Empty(clean.Messages);
    }

    private static void Write(Consumer project, string text) => File.WriteAllText(Path.Combine(project.Folder, "Orders.cs"), text);
}
