using System.Text.Json.Nodes;
using Xunit;

namespace DbRules.Tool.Tests;

/// <summary><c>dbrules report</c>: what the page and the Markdown say.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Code =
        "class Report\n{\n    void Run(int[] ids)\n    {\n        foreach (var id in ids)\n        {\n            var x = db.Find(id) < 3;\n        }\n    }\n}\n";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_page_shows_a_finding_with_its_code_its_evidence_and_its_page()
    {
        _workspace.Write("src/Report.cs", Code);
        Found("Shop", Sarif.Result("DBR101", Path("src/Report.cs"), 7, "var x = db.Find(id) < 3;", message: "'Find' queries <b>", hint: true, columns: (24, 28), related: [5]));

        string page = await PageAsync();

        Assert.Contains("<h1>1 finding</h1>", page);
        Assert.Contains("1 warning, in 1 file.", page);
        Assert.Contains("""<a href="https://github.com/dbrules/dbrules/blob/main/docs/rules/DBR101.md">DBR101</a> Query runs once per element <span class="number">1</span>""", page);
        Assert.Contains("""<article class="finding warning" data-severity="warning" data-family="RoundTrips">""", page);
        Assert.Contains("src/<wbr>Report.cs:7</span>", page);
        Assert.Contains("&#39;Find&#39; queries &lt;b&gt;", page);
        Assert.Contains("""
            <pre tabindex="0"><span class="row"><span class="line">5</span>    foreach (var id in ids)
            </span><span class="row"><span class="line">6</span>    {
            </span><span class="row"><span class="line">7</span>        var x = db.<mark>Find</mark>(id) &lt; 3;
            </span><span class="row"><span class="line">8</span>    }
            </span><span class="row"><span class="line">9</span>}
            </span></pre>
            """.ReplaceLineEndings("\n"), page);
        Assert.Contains("""src/<wbr>Report.cs:5</span> <code>foreach (var id in ids)</code>""", page);
        Assert.Contains("has a code fix", page);
        Assert.Contains("""<tr><th scope="row">Round trips</th><td class="none">0</td><td>1</td>""", page);
        Assert.Contains("""<tr><th scope="row">Shop</th>""", page);
    }

    [Fact]
    public async Task Known_findings_stand_apart()
    {
        Found("Shop", Result("DBR101", 1, "new", "error"), Result("DBR101", 2, "old one", suppression: Sarif.Known), Result("DBR506", 3, "old two", suppression: Sarif.Known), Result("DBR402", 4, "note", "note"));

        string page = await PageAsync();

        Assert.Contains("<h1>2 findings</h1>", page);
        Assert.Contains("1 error, 1 suggestion, in 1 file. 2 known findings are in the baseline.", page);
        Assert.Equal(2, page.Split("<article ").Length - 1);
        int known = page.IndexOf("<details class=\"known\">", StringComparison.Ordinal);
        Assert.All(new[] { "old one", "old two" }, line => Assert.True(page.IndexOf(line, StringComparison.Ordinal) > known));
        Assert.Contains("""<tr><th scope="row">SQL text</th><td class="none">0</td><td class="none">0</td><td class="none">0</td><td>1</td></tr>""", page);
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        Found("Shop");
        string page = await PageAsync();
        Assert.Contains("<h1>No new findings</h1>", page);
        Assert.DoesNotContain("<table>", page);
        Assert.Equal("# DbRules: no new findings\n\n", (await _workspace.RunAsync("report")).Output);
    }

    [Fact]
    public async Task Code_that_has_changed_since_or_is_gone_is_shown_as_the_log_has_it()
    {
        _workspace.Write("a.cs", "something else\n");
        Found("Shop", Sarif.Result("DBR101", Path("a.cs"), 1, "the old line;"), Sarif.Result("DBR101", Path("gone.cs"), 5, "the gone line;"));

        string page = await PageAsync();

        Assert.Contains("""<pre tabindex="0"><span class="row"><span class="line"></span>the old line;""", page);
        Assert.Contains("""<pre tabindex="0"><span class="row"><span class="line"></span>the gone line;""", page);
        Assert.DoesNotContain("something else", page);
    }

    [Fact]
    public async Task A_query_over_several_lines_is_marked_on_each_of_them()
    {
        _workspace.Write("a.cs", "    var x = db.Orders\n        .Where(o => o.Id == 1)\n        .First();\n");
        JsonObject result = Sarif.Result("DBR101", Path("a.cs"), 1, "var x = db.Orders", columns: (13, 17));
        result["locations"]![0]!["physicalLocation"]!["region"]!["endLine"] = 3;
        Found("Shop", result);

        string page = await PageAsync();

        Assert.Contains("var x = <mark>db.Orders</mark>", page);
        Assert.Contains("    <mark>.Where(o =&gt; o.Id == 1)</mark>", page);
        Assert.Contains("    <mark>.First()</mark>;", page);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("a\u202Eb\u0000c\u2028d")]
    public async Task Hostile_text_is_text_on_the_page(string text)
    {
        string file = $"src/{text.Replace("/", "").Replace("\0", "")}.cs";
        JsonObject result = Sarif.Result("DBR101", Path(file), 1, text, message: text);
        string log = Sarif.Log(result).Replace("Query runs once per element", "<b>title</b>").Replace("https://github.com/dbrules/dbrules/blob/main/docs/rules/DBR101.md", "javascript:alert(1)").Replace("DbRules.RoundTrips", "DbRules.A'\\\"><i>");
        _workspace.Write($"logs/{(text.Contains('<') ? "<i>" : "x")}.sarif", log);

        string page = await PageAsync();

        string outside = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.LastIndexOf("<script>", StringComparison.Ordinal)];
        Assert.DoesNotMatch("<(script|img|b|i)[ >]", outside);
        Assert.DoesNotContain("javascript:", outside);
        Assert.DoesNotContain(outside, c => c is '\u202E' or '\0' or '\u2028');
        Assert.Equal(1, page.Split("<script>").Length - 1);
        Assert.DoesNotContain((await _workspace.RunAsync("report")).Output, c => c is '\u202E' or '\0' or '\u2028');
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        Found("Shop", Result("DBR101", 1, "x"));
        string page = await PageAsync();
        Assert.DoesNotMatch("(src|url)\\s*[=(]", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
        Assert.Contains("default-src 'none'", page);
    }

    [Fact]
    public async Task The_same_logs_in_another_order_make_the_same_page_and_text()
    {
        JsonObject[] results = [Result("DBR506", 3, "c"), Result("DBR101", 2, "b"), Result("DBR101", 1, "a", "error"), Result("DBR402", 9, "d", "note", Sarif.Known)];
        Found("A", [.. results.Select(Clone)]);
        Found("B", [.. results.Reverse().Select(Clone)]);
        string page = await PageAsync();
        string text = (await _workspace.RunAsync("report")).Output;
        Found("A", [.. results.Reverse().Select(Clone)]);
        Found("B", [.. results.Select(Clone)]);
        Assert.Equal(page, await PageAsync());
        Assert.Equal(text, (await _workspace.RunAsync("report")).Output);
        Assert.Contains(">A, B", page);
    }

    [Fact]
    public async Task The_markdown_says_what_a_reviewer_needs()
    {
        _workspace.Write("src/Report.cs", Code);
        Found("Shop", Sarif.Result("DBR101", Path("src/Report.cs"), 7, "var x = db.Find(id) < 3;", message: "'Find' queries *each* @user", hint: true, columns: (24, 28), related: [5]), Result("DBR506", 3, "old", suppression: Sarif.Known));

        Assert.Equal("""
            # DbRules: 1 warning, 1 known

            | Family | Errors | Warnings | Suggestions | Known |
            |---|--:|--:|--:|--:|
            | Round trips | 0 | 1 | 0 | 0 |
            | SQL text | 0 | 0 | 0 | 1 |

            <details><summary>By project and file</summary>

            | Project | Errors | Warnings | Suggestions | Known |
            |---|--:|--:|--:|--:|
            | Shop | 0 | 1 | 0 | 1 |

            | File | Errors | Warnings | Suggestions | Known |
            |---|--:|--:|--:|--:|
            | src/Report.cs | 0 | 1 | 0 | 0 |
            | a.cs | 0 | 0 | 0 | 1 |

            </details>

            ## [DBR101](<https://github.com/dbrules/dbrules/blob/main/docs/rules/DBR101.md>) Query runs once per element

            - **warning** `src/Report.cs:7`: 'Find' queries \*each\* @&#8203;user *(has a code fix)*
              ```csharp
              var x = db.Find(id) < 3;
              ```
              - `src/Report.cs:5` `foreach (var id in ids)`


            """.ReplaceLineEndings("\n"), (await _workspace.RunAsync("report")).Output);
    }

    [Fact]
    public async Task Code_cannot_leave_its_fence()
    {
        Found("Shop", Result("DBR101", 1, "x = \"```\"; // ``` <script>"));
        string text = (await _workspace.RunAsync("report")).Output;
        Assert.Contains("  ````csharp\n  x = \"```\"; // ``` <script>\n  ````\n", text);
    }

    [Fact]
    public async Task A_long_markdown_ends_with_the_number_of_what_is_left_out()
    {
        Found("Shop", [.. Enumerable.Range(1, 2000).Select(line => Result("DBR101", line, "some line of code"))]);
        string text = (await _workspace.RunAsync("report")).Output;
        Assert.InRange(text.Length, 50_000, 65_536);
        Assert.Matches("… and [0-9]+ more findings\\.\n$", text);
    }

    [Fact]
    public async Task Files_are_written_where_the_options_say()
    {
        Found("Shop", Result("DBR101", 1, "x"));
        (int code, string output, _) = await _workspace.RunAsync("report", "--html", Path("out/a/report.html"), "--markdown", Path("out/report.md"));
        Assert.Equal((0, "1 finding, 0 known\n"), (code, output));
        Assert.StartsWith("<!doctype html>", _workspace.Read("out/a/report.html"));
        Assert.StartsWith("# DbRules: 1 warning", _workspace.Read("out/report.md"));
    }

    [ChromiumFact]
    public async Task A_browser_shows_the_findings_and_runs_the_filter()
    {
        _workspace.Write("src/Report.cs", Code);
        Found("Shop", Sarif.Result("DBR101", Path("src/Report.cs"), 7, "var x = db.Find(id) < 3;", message: "'Find' queries </script>", columns: (24, 28), related: [5]), Result("DBR506", 3, "old", suppression: Sarif.Known));
        await PageAsync();

        string document = await Chromium.DumpAsync(_workspace.PathOf("report.html"));

        Assert.Contains("<h1>1 finding</h1>", document);
        Assert.Contains("db.<mark>Find</mark>(id) &lt; 3;", document);
        Assert.Contains("'Find' queries &lt;/script&gt;", document);
        // The script takes away what hides the filter.
        Assert.Contains("<form class=\"filter\">", document);
        Assert.DoesNotContain("<article hidden", document);
    }

    private async Task<string> PageAsync()
    {
        (int code, _, string errors) = await _workspace.RunAsync("report", "--html", Path("report.html"));
        Assert.True(code == 0, errors);
        return _workspace.Read("report.html");
    }

    private string Path(string file) => _workspace.PathOf(file);

    private JsonObject Result(string rule, int line, string text, string level = "warning", string? suppression = null) => Sarif.Result(rule, Path("a.cs"), line, text, level, suppression);

    private void Found(string project, params JsonObject[] results) => _workspace.Write($"logs/{project}.sarif", Sarif.Log(results));

    private static JsonObject Clone(JsonObject result) => (JsonObject)result.DeepClone();
}
