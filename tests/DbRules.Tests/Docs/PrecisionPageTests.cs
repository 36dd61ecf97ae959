using System.Globalization;
using System.Text.RegularExpressions;
using DbRules.Catalog;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>The page that says how often each rule was right leaves none out, and its figures allow the severities.</summary>
public sealed class PrecisionPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "how-it-decides.md"));

    [Fact]
    public void Every_rule_about_code_has_a_line() => Assert.Equal(
        RuleCatalog.All.Where(static rule => rule.Category != Category.Configuration).Select(static rule => rule.Id),
        Regex.Matches(Page, @"^\| (DBR\d{3}) \|", RegexOptions.Multiline).Select(static match => match.Groups[1].Value));

    [Fact]
    public void Every_warning_holds_the_bar()
    {
        var read = Regex.Matches(Page, @"^\| (?<rule>DBR\d{3}) \| (?<true>\d+) \| (?<doubtful>\d+) \| (?<false>\d+) \|", RegexOptions.Multiline)
            .ToDictionary(static row => row.Groups["rule"].Value, static row => (True: Count(row, "true"), Doubtful: Count(row, "doubtful"), False: Count(row, "false")));

        Assert.NotEmpty(read);
        foreach (DiagnosticDescriptor rule in RuleCatalog.All.Where(rule => rule is { DefaultSeverity: DiagnosticSeverity.Warning, IsEnabledByDefault: true } && read.ContainsKey(rule.Id)))
        {
            var (right, doubtful, wrong) = read[rule.Id];
            int all = right + doubtful + wrong;
            Assert.True(wrong * 20 <= all && (doubtful * 2 < all || all == 0), $"{rule.Id}: {right} true, {doubtful} doubtful, {wrong} false; a warning has at most one false in twenty, and fewer than half doubtful.");
        }
    }

    private static int Count(Match row, string column) => int.Parse(row.Groups[column].Value, CultureInfo.InvariantCulture);
}
