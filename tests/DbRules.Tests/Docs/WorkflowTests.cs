using DbRules.Testing;
using Markdig;
using Markdig.Syntax;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace DbRules.Tests.Docs;

/// <summary>The workflow files on the pages of the documentation are YAML.</summary>
public sealed class WorkflowTests
{
    private static readonly string Docs = Path.Combine(RepositoryFolder.Path, "docs");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Docs, "*.md").Select(Path.GetFileName).OfType<string>().Where(static page => BlocksOf(page).Any()).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_parse_as_one_mapping(string page)
    {
        foreach (string block in BlocksOf(page))
        {
            // Keys that are there twice do not parse.
            var yaml = new YamlStream();
            yaml.Load(new StringReader(block));
            Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
        }
    }

    [Fact]
    public void The_page_about_ci_has_one_for_each_service() => Assert.Equal(3, BlocksOf("ci.md").Count());

    private static IEnumerable<string> BlocksOf(string page) => Markdown.Parse(File.ReadAllText(Path.Combine(Docs, page))).Descendants<FencedCodeBlock>()
        .Where(static block => block.Info is "yaml" or "yml")
        .Select(static block => block.Lines.ToString());
}
