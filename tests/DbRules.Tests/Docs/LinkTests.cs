using DbRules.Testing;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>Every link of the documentation to a file or heading of the repository leads somewhere.</summary>
public sealed class LinkTests
{
    /// <summary>A guide may be named by its address.</summary>
    private const string OnTheWeb = "https://github.com/dbrules/dbrules/blob/main/docs/";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private static readonly Lazy<Dictionary<string, MarkdownDocument>> Documents = new(Read);

    public static TheoryData<string> Files => [.. Documents.Value.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_of_a_page_lead_somewhere(string file)
    {
        string[] dead =
        [
            .. Documents.Value[file].Descendants<LinkInline>()
                .Select(static link => link.Url ?? "")
                .Where(static url => !Uri.TryCreate(url, UriKind.Absolute, out _))
                .Where(url => !LeadsSomewhere(file, url)),
        ];
        Assert.True(dead.Length == 0, $"Dead links in {file}: " + string.Join(", ", dead));
    }

    [Fact]
    public void Guides_are_listed_on_the_page_of_the_documentation()
    {
        HashSet<string> listed = [.. Documents.Value["docs/README.md"].Descendants<LinkInline>().Select(static link => "docs/" + (link.Url ?? "").Replace(OnTheWeb, "", StringComparison.Ordinal))];
        Assert.All(Documents.Value.Keys.Where(static file => Path.GetDirectoryName(file) == "docs" && file != "docs/README.md"), file => Assert.Contains(file, listed));
    }

    private static bool LeadsSomewhere(string file, string url)
    {
        string[] parts = url.Split('#', 2);
        string folder = Path.GetDirectoryName(Path.Combine(RepositoryFolder.Path, file))!;
        string target = parts[0].Length == 0 ? Path.Combine(RepositoryFolder.Path, file) : Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(parts[0])));
        if (!File.Exists(target) && !Directory.Exists(target))
            return false;
        return parts.Length == 1
            || (Documents.Value.TryGetValue(Relative(target), out MarkdownDocument? document) && document.Descendants<HeadingBlock>().Any(heading => heading.GetAttributes().Id == parts[1]));
    }

    private static Dictionary<string, MarkdownDocument> Read() =>
        Directory.EnumerateFiles(RepositoryFolder.Path, "*.md", SearchOption.AllDirectories)
            .Where(static file => !Relative(file).Split('/').Any(static part => part is "bin" or "obj" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts" or ".git"))
            .ToDictionary(Relative, static file => Markdown.Parse(File.ReadAllText(file), Pipeline));

    private static string Relative(string file) => Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/');
}
