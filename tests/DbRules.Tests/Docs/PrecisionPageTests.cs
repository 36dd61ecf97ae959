using System.Text.RegularExpressions;
using DbRules.Catalog;
using DbRules.Testing;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>The page that says how often each rule was right leaves none out.</summary>
public sealed class PrecisionPageTests
{
    [Fact]
    public void Every_rule_about_code_has_a_line()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "how-it-decides.md"));

        Assert.Equal(
            RuleCatalog.All.Where(static rule => rule.Category != Category.Configuration).Select(static rule => rule.Id),
            Regex.Matches(page, @"^\| (DBR\d{3}) \|", RegexOptions.Multiline).Select(static match => match.Groups[1].Value));
    }
}
