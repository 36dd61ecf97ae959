using System.Text.Json.Nodes;
using Xunit;

namespace DbRules.Tool.Tests;

/// <summary><c>dbrules baseline</c> on logs that are there already.</summary>
public sealed class BaselineCommandTests : IDisposable
{
    private const string File = "DbRules.baseline.txt";

    private const string Header =
        "# Known findings of DbRules: they are silent, and all others are reported. Written by 'dbrules baseline':\n"
        + "# https://github.com/dbrules/dbrules/blob/main/docs/baseline.md\n"
        + "# One finding a line: rule | file | line of code. A comment belongs to the line below it.\n";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("There is no option '--chek'.", "baseline", "--chek")]
    [InlineData("the analyzers read no 'build/known.txt'", "baseline", "--file", "build/known.txt")]
    [InlineData("'Debug' is no property: it takes Name=Value.", "report", "-p", "Debug")]
    public async Task A_command_that_is_called_wrongly_says_why(string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(2, await Commands.DbRulesCommand.RunAsync(arguments, output, errors));
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_baseline_lists_warnings_and_errors_in_order()
    {
        Found(Result("DBR506", "b.cs", 4, "y"), Result("DBR101", "src/a.cs", 9, "x", "error"), Result("DBR101", "src/a.cs", 5, "x"), Result("DBR402", "a.cs", 1, "z", "note"), Sarif.Result("DBR002", null, 0, null));

        Assert.Equal((0, "DbRules.baseline.txt: 3 added, 0 removed, 0 kept\n", ""), await _workspace.RunAsync("baseline"));
        Assert.Equal(Header + "DBR101 | src/a.cs | x\nDBR101 | src/a.cs | x\nDBR506 | b.cs | y\n", _workspace.Read(File));
    }

    [Fact]
    public async Task Suggestions_are_listed_when_asked_for_and_stay_when_not()
    {
        Found(Result("DBR402", "a.cs", 1, "z", "note"));
        await _workspace.RunAsync("baseline");
        Assert.False(System.IO.File.Exists(_workspace.PathOf(File)));

        await _workspace.RunAsync("baseline", "--suggestions");
        Assert.Equal(Header + "DBR402 | a.cs | z\n", _workspace.Read(File));
        Assert.Equal((0, "DbRules.baseline.txt: 0 added, 0 removed, 1 kept\n", ""), await _workspace.RunAsync("baseline"));
    }

    [Fact]
    public async Task An_update_adds_what_is_new_and_removes_what_is_gone()
    {
        _workspace.Write(File, Header + "DBR101 | a.cs | gone\nDBR101 | a.cs | twice\nDBR101 | a.cs | twice\nDBR101 | a.cs | x\n");
        Found(Result("DBR101", "a.cs", 3, "x"), Result("DBR101", "a.cs", 8, "twice"), Result("DBR101", "a.cs", 9, "new"));

        Assert.Equal((0, "DbRules.baseline.txt: 1 added, 2 removed, 2 kept\n", ""), await _workspace.RunAsync("baseline"));
        Assert.Equal(Header + "DBR101 | a.cs | new\nDBR101 | a.cs | twice\nDBR101 | a.cs | x\n", _workspace.Read(File));
    }

    [Fact]
    public async Task A_check_names_the_differences_and_changes_nothing()
    {
        string text = Header + "DBR101 | a.cs | gone\nDBR101 | a.cs | x\n";
        _workspace.Write(File, text);
        Found(Result("DBR101", "a.cs", 3, "x", suppression: Sarif.Known), Result("DBR101", "a.cs", 9, "new", suppression: Sarif.Collected));

        Assert.Equal(
            (1, "new: DBR101 | a.cs | new\nremovable: DBR101 | a.cs | gone\nDbRules.baseline.txt: 1 new, 1 removable, 1 known\n'dbrules baseline' writes it anew.\n", ""),
            await _workspace.RunAsync("baseline", "--check"));
        Assert.Equal(text, _workspace.Read(File));
    }

    [Fact]
    public async Task A_check_without_differences_succeeds()
    {
        _workspace.Write(File, "DBR101 | a.cs | x\n");
        Found(Result("DBR101", "a.cs", 3, "x"));
        Assert.Equal((0, "DbRules.baseline.txt: 0 new, 0 removable, 1 known\n", ""), await _workspace.RunAsync("baseline", "--check"));
    }

    [Fact]
    public async Task Comments_stay_above_their_lines_and_order_and_line_ends_are_put_right()
    {
        _workspace.Write(File, "# old\r\nDBR506 | b.cs | y\r\n# why\r\n# it stays\r\nDBR101 | a.cs | x\r\n\r\n# gone\r\nDBR101 | a.cs | gone\r\n# the end\r\n");
        Found(Result("DBR101", "a.cs", 3, "x"), Result("DBR506", "b.cs", 3, "y"));

        await _workspace.RunAsync("baseline");
        Assert.Equal((Header + "# why\n# it stays\nDBR101 | a.cs | x\n# old\nDBR506 | b.cs | y\n# the end\n").Replace("\n", "\r\n"), _workspace.Read(File));
    }

    [Fact]
    public async Task Writing_again_changes_nothing()
    {
        Found(Result("DBR101", "a.cs", 3, "x"));
        await _workspace.RunAsync("baseline");
        string first = _workspace.Read(File);
        await _workspace.RunAsync("baseline");
        Assert.Equal(first, _workspace.Read(File));
    }

    [Fact]
    public async Task Lines_that_are_not_understood_are_named_and_go()
    {
        _workspace.Write(File, "<<<<<<< HEAD\nDBR101 | a.cs | x\n=======\n");
        Found(Result("DBR101", "a.cs", 3, "x"));
        Assert.Contains("2 lines are not understood", (await _workspace.RunAsync("baseline", "--check")).Output);
        Assert.Contains("2 lines were not understood, and are gone", (await _workspace.RunAsync("baseline")).Output);
        Assert.Equal(Header + "DBR101 | a.cs | x\n", _workspace.Read(File));
    }

    [Fact]
    public async Task Several_target_frameworks_count_once()
    {
        Found("App.net8.0", Result("DBR101", "a.cs", 3, "x"));
        Found("App.net10.0", Result("DBR101", "a.cs", 3, "x"), Result("DBR101", "a.cs", 5, "x"));
        await _workspace.RunAsync("baseline");
        Assert.Equal(Header + "DBR101 | a.cs | x\nDBR101 | a.cs | x\n", _workspace.Read(File));
    }

    [Fact]
    public async Task What_the_code_suppresses_is_not_listed()
    {
        Found(Result("DBR101", "a.cs", 3, "x", suppression: Sarif.Pragma));
        Assert.Equal((0, "DbRules.baseline.txt: 0 added, 0 removed, 0 kept\n", ""), await _workspace.RunAsync("baseline"));
        Assert.False(System.IO.File.Exists(_workspace.PathOf(File)));
    }

    [Fact]
    public async Task A_build_of_some_projects_leaves_the_lines_of_others()
    {
        _workspace.Write("src/b/B.cs", "");
        string baseline = _workspace.Write(File, Header + "DBR101 | src/a/A.cs | gone\nDBR101 | src/a/Deleted.cs | gone\nDBR101 | src/b/B.cs | elsewhere\n");
        Found("A", Result("DBR101", "src/a/A.cs", 1, "new"));
        Beside("A", "src/a/A.csproj", baseline, _workspace.Write("src/a/A.cs", ""));

        Assert.Equal((0, "DbRules.baseline.txt: 1 added, 2 removed, 1 kept\n", ""), await _workspace.RunAsync("baseline"));
        Assert.Equal(Header + "DBR101 | src/a/A.cs | new\nDBR101 | src/b/B.cs | elsewhere\n", _workspace.Read(File));
    }

    [Fact]
    public async Task Each_project_has_the_baseline_that_its_build_saw()
    {
        string own = _workspace.Write("src/a/" + File, "");
        Found("A", Result("DBR101", "src/a/A.cs", 1, "x"));
        Beside("A", "src/a/A.csproj", own, _workspace.PathOf("src/a/A.cs"));
        Found("B", Result("DBR101", "src/b/B.cs", 1, "y"));
        Beside("B", "src/b/B.csproj", "", _workspace.PathOf("src/b/B.cs"));

        await _workspace.RunAsync("baseline");
        Assert.Equal(Header + "DBR101 | A.cs | x\n", _workspace.Read("src/a/" + File));
        Assert.Equal(Header + "DBR101 | src/b/B.cs | y\n", _workspace.Read(File));
    }

    [Fact]
    public async Task A_new_baseline_lies_above_all_projects_that_it_counts_for()
    {
        Found("A", Result("DBR101", "lib/A.cs", 1, "x"));
        Beside("A", "lib/A.csproj", "", _workspace.PathOf("lib/A.cs"));
        Directory.CreateDirectory(_workspace.PathOf("app"));
        using var output = new StringWriter();

        Assert.Equal(0, await Commands.DbRulesCommand.RunAsync(["baseline", _workspace.PathOf("app"), "--from", _workspace.PathOf("logs")], output, output));
        Assert.Equal(Header + "DBR101 | lib/A.cs | x\n", _workspace.Read(File));
    }

    [Fact]
    public async Task A_named_baseline_is_written_whatever_projects_see()
    {
        Found(Result("DBR101", "a.cs", 3, "x"));
        Directory.CreateDirectory(_workspace.PathOf("build"));
        await _workspace.RunAsync("baseline", "--file", _workspace.PathOf("build/" + File));
        Assert.Equal(Header + "DBR101 | ../a.cs | x\n", _workspace.Read("build/" + File));
    }

    /// <summary>A build that wrote its logs elsewhere, or none since nothing had changed, is no build without findings.</summary>
    [Theory]
    [InlineData("baseline", "--check")]
    [InlineData("report")]
    public async Task A_folder_without_logs_is_exit_code_2(string command, params string[] arguments)
    {
        Directory.CreateDirectory(_workspace.PathOf("logs"));
        (int code, _, string errors) = await _workspace.RunAsync(command, arguments);
        Assert.Equal(2, code);
        Assert.Contains("no error log (*.sarif) in", errors);
    }

    [Theory]
    [InlineData("--chekc")]
    [InlineData("--from", "/no/such/place.sarif")]
    [InlineData("--file", "/no/such/place/DbRules.baseline.txt")]
    public async Task What_cannot_be_done_is_exit_code_2(params string[] arguments)
    {
        Found(Result("DBR101", "a.cs", 3, "x"));
        (int code, _, string errors) = await _workspace.RunAsync("baseline", arguments);
        Assert.Equal(2, code);
        Assert.NotEmpty(errors);
        Assert.DoesNotContain(" at DbRules.", errors);
    }

    private JsonObject Result(string rule, string file, int line, string text, string level = "warning", string? suppression = null) =>
        Sarif.Result(rule, _workspace.PathOf(file), line, text, level, suppression);

    private void Found(params JsonObject[] results) => Found("App", results);

    private void Found(string name, params JsonObject[] results) => _workspace.Write($"logs/{name}.sarif", Sarif.Log(results));

    private void Beside(string name, string project, string baseline, params string[] sources) =>
        _workspace.Write($"logs/{name}.project", $"project {_workspace.PathOf(project)}\nframework net10.0\nbaseline {baseline}\n" + string.Concat(sources.Select(source => $"source {source}\n")));
}
