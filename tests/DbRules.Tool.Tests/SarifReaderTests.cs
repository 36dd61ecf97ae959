using DbRules.Tool.Logs;
using Xunit;

namespace DbRules.Tool.Tests;

/// <summary>What the tool reads from error logs.</summary>
public sealed class SarifReaderTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_result_is_read_with_all_that_the_log_says()
    {
        Finding finding = Assert.Single(Read(Sarif.Log(Sarif.Result("DBR101", "/repo/src/A b#1.cs", 7, "x = 1;", "error", message: "Says so", hint: true, columns: (5, 9), related: [3, 4]))));

        Assert.Equal(new RuleInfo("DBR101", "Query runs once per element", "What DBR101 is about.", "RoundTrips", "https://github.com/dbrules/dbrules/blob/main/docs/rules/DBR101.md"), finding.Rule);
        Assert.Equal((Severity.Error, "Says so", "x = 1;", false, true), (finding.Severity, finding.Message, finding.Line, finding.IsKnown, finding.HasFix));
        Assert.Equal(new Place("/repo/src/A b#1.cs", 7, 5, 7, 9), finding.Place);
        Assert.Equal([3, 4], finding.Evidence.Select(place => place.StartLine));
        Assert.Equal(["App"], finding.Projects);
    }

    [Theory]
    [InlineData("error", Severity.Error)]
    [InlineData("warning", Severity.Warning)]
    [InlineData("note", Severity.Suggestion)]
    internal void A_level_is_a_severity(string level, Severity expected) => Assert.Equal(expected, Assert.Single(Read(Sarif.Log(Sarif.Result("DBR101", "/a.cs", 1, "x", level)))).Severity);

    [Theory]
    [InlineData(null, true, false)]
    [InlineData(Sarif.Known, true, true)]
    [InlineData(Sarif.Collected, true, false)]
    [InlineData(Sarif.Pragma, false, false)]
    [InlineData("SuppressMessageAttribute", false, false)]
    [InlineData("DiagnosticSuppressor { Suppression Id: SPR1, Suppression Justification: DBRKNOWN }", false, false)]
    public void What_the_code_suppresses_is_left_out(string? suppression, bool isRead, bool isKnown)
    {
        IReadOnlyList<Finding> findings = Read(Sarif.Log(Sarif.Result("DBR101", "/a.cs", 1, "x", suppression: suppression)));
        Assert.Equal(isRead ? [isKnown] : Array.Empty<bool>(), findings.Select(finding => finding.IsKnown));
    }

    [Fact]
    public void Results_of_others_are_left_out() => Assert.Empty(Read(Sarif.Log(Sarif.Result("CA1000", "/a.cs", 1, null))));

    [Fact]
    public void A_result_without_a_place_is_read() => Assert.Null(Assert.Single(Read(Sarif.Log(Sarif.Result("DBR002", null, 0, null)))).Place);

    [Fact]
    public void A_fix_is_known_by_its_hint() => Assert.False(Assert.Single(Read(Sarif.Log(Sarif.Result("DBR101", "/a.cs", 1, "x")))).HasFix);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "version": "1.0.0", "runs": [] }""")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    public void Other_files_are_an_error_that_names_them(string text) => Assert.Contains("log.sarif", Assert.Throws<LogException>(() => Read(text)).Message);

    [Fact]
    public void A_missing_file_is_an_error_that_names_it() => Assert.Contains("none.sarif", Assert.Throws<LogException>(() => ProjectLog.Read(_workspace.PathOf("none.sarif"))).Message);

    [Fact]
    public void What_stands_beside_a_log_says_more_of_the_project()
    {
        string baseline = _workspace.Write("DbRules.baseline.txt", "");
        string log = _workspace.Write("logs/Shop.net10.0.1.sarif", Sarif.Log());
        _workspace.Write("logs/Shop.net10.0.1.project", $"project /repo/src/Shop/Shop.csproj\nframework net10.0\nbaseline {baseline}\nsource /repo/src/Shop/A b.cs\nsource /repo/src/Shop/C.cs\n");

        ProjectLog read = ProjectLog.Read(log);

        Assert.Equal(("Shop", "/repo/src/Shop/Shop.csproj", baseline), (read.Project, read.ProjectFile, read.Baseline));
        Assert.Equal(["/repo/src/Shop/A b.cs", "/repo/src/Shop/C.cs"], read.Sources!.Order());
    }

    [Fact]
    public void One_place_in_several_builds_is_one_finding()
    {
        ProjectLog first = Log("A", Sarif.Result("DBR101", "/a.cs", 1, "x", "note", Sarif.Known), Sarif.Result("DBR101", "/a.cs", 2, "x"));
        ProjectLog second = Log("B", Sarif.Result("DBR101", "/a.cs", 1, "x"), Sarif.Result("DBR102", "/a.cs", 1, "x"));

        IReadOnlyList<Finding> findings = ProjectLog.Distinct([second, first]);

        Assert.Equal([("DBR101", 1), ("DBR102", 1), ("DBR101", 2)], findings.Select(finding => (finding.Rule.Id, finding.Place!.Value.StartLine)));
        Assert.Equal(["A", "B"], findings[0].Projects);
        Assert.False(findings[0].IsKnown);
        Assert.Equal(Severity.Warning, findings[0].Severity);
    }

    private ProjectLog Log(string name, params System.Text.Json.Nodes.JsonObject[] results) => ProjectLog.Read(_workspace.Write(name + ".sarif", Sarif.Log(results)));

    private IReadOnlyList<Finding> Read(string log) => SarifReader.Read(_workspace.Write("log.sarif", log), "App");
}
