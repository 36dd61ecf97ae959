using Xunit;

namespace DbRules.PackageTests;

/// <summary>The code of <c>samples/Shop</c> with the package in place of the analyzers from source: built, run, fixed with one command, built and run again.</summary>
public sealed class SampleBuild(PackageFeed feed) : IAsyncLifetime
{
    internal Consumer Project { get; } = feed.Consumer("Sample");
    internal BuildResult Before { get; private set; } = null!;
    internal BuildResult After { get; private set; } = null!;
    internal IReadOnlyList<SampleRun> RunsBefore { get; private set; } = [];
    internal IReadOnlyList<SampleRun> RunsAfter { get; private set; } = [];

    public async Task InitializeAsync()
    {
        PackageFeed.CopyTo(Project, "samples", "Shop", "*.cs");
        PackageFeed.CopyTo(Project, "samples", "Shop", ".editorconfig");
        Before = await BuildAsync();
        RunsBefore = await RunAsync();

        var format = await Project.FormatAsync("analyzers", "--severity", "warn", "--no-restore");
        Assert.True(format.ExitCode == 0, format.Output);

        After = await BuildAsync();
        RunsAfter = await RunAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<BuildResult> BuildAsync()
    {
        var build = await Project.BuildAsync();
        Assert.True(build.Succeeded, build.Output);
        return build;
    }

    private async Task<IReadOnlyList<SampleRun>> RunAsync()
    {
        var run = await DotNet.RunAsync(Project.Folder, packageCache: null, "run", "--no-build");
        Assert.True(run.ExitCode == 0, run.Output);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SampleRun.Parse)];
    }
}

/// <summary>What the shop says of one piece of itself: the statements that it sent, the connections that it left open, and what it gave back.</summary>
internal sealed record SampleRun(string Library, string Page, int Statements, int LeftOpen, string Rows)
{
    public bool Fails => Rows.StartsWith("FAILS", StringComparison.Ordinal);

    public static SampleRun Parse(string line)
    {
        var cells = line.Split('|', 5, StringSplitOptions.TrimEntries);
        return new SampleRun(cells[0], cells[1], Number(cells[2]), Number(cells[3]), cells[4]);
    }

    private static int Number(string cell) => int.Parse(cell.Split(' ')[0]);
}

/// <summary>What <c>samples/README.md</c> says of the sample is what happens. <c>DBRULES_UPDATE_DOCS=1</c> writes it instead.</summary>
[Collection(PackageCollection.Name)]
public sealed class SampleTests(SampleBuild sample) : IClassFixture<SampleBuild>
{
    /// <summary>Pages that are right before their fix too: they only cost too much.</summary>
    private static readonly string[] SamePages =
        ["orders page", "unpaid orders", "packing list", "ship orders", "catalog", "second page", "cheap products", "surprise", "page by hand", "remove order", "forget payments", "quiet code"];

    [Fact]
    public void Findings_of_the_sample_are_those_on_its_page() => RepositoryText.Check("samples/README.md", "findings", Block(sample.Before));

    [Fact]
    public void Findings_that_dotnet_format_leaves_are_those_on_its_page() => RepositoryText.Check("samples/README.md", "left", Block(sample.After));

    [Fact]
    public void Runs_before_and_after_are_those_on_its_page() => RepositoryText.Check("samples/README.md", "runs",
        "| Library | Piece of the shop | Statements before | after | What it gives |\n|---|---|---|---|---|\n"
        + string.Concat(sample.RunsBefore.Zip(sample.RunsAfter, static (before, after) => $"| {before.Library} | {before.Page} | {before.Statements} | {after.Statements} | {Outcome(before, after)} |\n")));

    [Fact]
    public void Fixed_pages_give_the_same_rows_with_fewer_statements()
    {
        var before = sample.RunsBefore.Where(run => SamePages.Contains(run.Page)).ToList();
        var after = sample.RunsAfter.Where(run => SamePages.Contains(run.Page)).ToList();

        Assert.Equal(before.Select(run => (run.Library, run.Page, run.Rows)), after.Select(run => (run.Library, run.Page, run.Rows)));
        Assert.All(before.Zip(after), runs => Assert.True(runs.Second.Statements <= runs.First.Statements || runs.Second.Page == "remove order", runs.ToString()));
        Assert.True(Queries(after) * 3 < Queries(before));

        // The readers of ADO.NET are for people to change.
        static int Queries(IEnumerable<SampleRun> runs) => runs.Where(run => run.Library != "ADO.NET").Sum(run => run.Statements);
    }

    [Fact]
    public void Fixed_shop_fails_nowhere_and_leaves_nothing_open()
    {
        Assert.Contains(sample.RunsBefore, run => run.Fails);
        Assert.Contains(sample.RunsBefore, run => run.LeftOpen > 0);
        Assert.All(sample.RunsAfter, run => Assert.True(!run.Fails && run.LeftOpen == 0, run.ToString()));
    }

    /// <summary>The picture of the README is drawn from the finding and the fix of this run.</summary>
    [Fact]
    public void Picture_shows_the_finding_and_the_fix()
    {
        const string File = "EfCoreOrders.cs";
        const string Method = "OpenOrdersAsync";
        var before = RepositoryText.Read("samples/Shop/" + File).Split('\n');
        var finding = Assert.Single(sample.Before.Of("DBR101", File));
        Assert.Equal("SingleAsync", before[finding.Line - 1].Substring(finding.Column - 1, "SingleAsync".Length));

        RepositoryText.CheckFile("docs/images/fix.svg", FixPicture.Draw(
            MethodOf(before, Method), finding, Array.FindIndex(before, line => line.Contains(Method, StringComparison.Ordinal)) + 1, "SingleAsync".Length,
            MethodOf(sample.Project.Read(File).ReplaceLineEndings("\n").Split('\n'), Method), (Statements(sample.RunsBefore), Statements(sample.RunsAfter))));

        static int Statements(IReadOnlyList<SampleRun> runs) => runs.Single(run => run.Library == "EF Core" && run.Page == "orders page").Statements;
    }

    /// <summary>From the line that declares a method to its closing brace.</summary>
    private static string[] MethodOf(string[] lines, string name)
    {
        var first = Array.FindIndex(lines, line => line.Contains(name, StringComparison.Ordinal));
        return lines[first..(Array.IndexOf(lines, "    }", first) + 1)];
    }

    private static string Block(BuildResult build)
    {
        Assert.All(build.Messages, message => Assert.StartsWith("DBR", message.Id));
        var lines = build.Messages.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ThenBy(m => m.Column)
            .Select(m => $"{m.File}({m.Line},{m.Column}): {m.Severity} {m.Id}: {WithoutLink(m.Text)}\n");
        return $"```text\n{string.Concat(lines)}```\n";
    }

    private static string WithoutLink(string text) => text[..text.LastIndexOf(" (https://", StringComparison.Ordinal)];

    private static string Outcome(SampleRun before, SampleRun after) =>
        (before.Rows == after.Rows ? "the same" : $"{Text(before)} → {Text(after)}") + (before.LeftOpen == after.LeftOpen ? "" : $"; connections left open: {before.LeftOpen} → {after.LeftOpen}");

    private static string Text(SampleRun run) => run.Rows.Length switch
    {
        0 => "nothing",
        <= 40 => run.Rows,
        _ => run.Rows[..run.Rows.LastIndexOf(',', 40)] + ", ...",
    };
}
