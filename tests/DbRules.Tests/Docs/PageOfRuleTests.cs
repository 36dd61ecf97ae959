using System.Text.RegularExpressions;
using DbRules.Catalog;
using DbRules.Testing;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>No finding without a page, and no page without a rule.</summary>
public sealed class PageOfRuleTests
{
    private static readonly string Pages = Path.Combine(RepositoryFolder.Path, "docs", "rules");

    public static TheoryData<string> RuleIds => [.. RuleCatalog.All.Select(static rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Link_of_a_rule_leads_to_its_page(string id)
    {
        Assert.Equal($"https://github.com/dbrules/dbrules/blob/main/docs/rules/{id}.md", RuleCatalog.All.Single(rule => rule.Id == id).HelpLinkUri);
        Assert.True(File.Exists(Path.Combine(Pages, id + ".md")), $"{id} has no page.");
    }

    [Fact]
    public void Pages_are_those_of_rules_and_of_what_the_build_says()
    {
        IEnumerable<string> ofTheBuild = Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src", "DbRules.Package", "build"))
            .SelectMany(static file => Regex.Matches(File.ReadAllText(file), "Code=\"(DBR\\d{3})\"").Select(static match => match.Groups[1].Value));

        Assert.Equal(
            RuleCatalog.All.Select(static rule => rule.Id).Concat(ofTheBuild).Distinct().Order(StringComparer.Ordinal),
            Directory.GetFiles(Pages, "DBR*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
    }
}
