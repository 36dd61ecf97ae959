using DbRules.Catalog;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>The generated parts of the documentation and of the package are what the catalog says. <c>DBRULES_UPDATE_DOCS=1</c> writes them instead.</summary>
public sealed class GeneratedDocsTests
{
    private const string TableStart = "<!-- rules -->\n";
    private const string TableEnd = "<!-- /rules -->";

    private static readonly string Root = FindRoot();
    private static readonly bool Update = Environment.GetEnvironmentVariable("DBRULES_UPDATE_DOCS") == "1";

    public static TheoryData<string> RuleIds => [.. RuleCatalog.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Every_page_starts_with_the_header_of_its_rule(string id)
    {
        string path = Path.Combine(Root, "docs", "rules", id + ".md");
        string header = RuleDocs.Header(RuleCatalog.All.Single(rule => rule.Id == id));
        string page = Read(path);
        if (Update && !page.StartsWith(header, StringComparison.Ordinal))
            File.WriteAllText(path, page = header + WithoutHeader(page));
        Assert.StartsWith(header, page);
    }

    [Fact]
    public void The_index_lists_every_rule() => Check(Path.Combine(Root, "docs", "rules", "README.md"), _ => RuleDocs.Index());

    [Fact]
    public void The_readme_lists_every_rule() => Check(Path.Combine(Root, "README.md"), readme =>
    {
        int start = readme.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length;
        int end = readme.IndexOf(TableEnd, StringComparison.Ordinal);
        return readme[..start] + RuleDocs.Table("docs/rules/") + readme[end..];
    });

    public static TheoryData<string> PresetFiles => [.. Presets.Files];

    [Theory]
    [MemberData(nameof(PresetFiles))]
    public void The_package_says_what_the_catalog_says(string file) => Check(Path.Combine(Root, "src", "DbRules.Package", "build", file), _ => Presets.TextOf(file));

    private static void Check(string path, Func<string, string> generate)
    {
        string current = File.Exists(path) ? Read(path) : "";
        string expected = generate(current);
        if (Update)
            File.WriteAllText(path, current = expected);
        Assert.Equal(expected, current);
    }

    /// <summary>The page from its first paragraph on: title and table are generated.</summary>
    private static string WithoutHeader(string page) =>
        string.Join("\n", page.Split('\n').SkipWhile(line => line.Length == 0 || line.StartsWith('#') || line.StartsWith('|')));

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DbRules.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
