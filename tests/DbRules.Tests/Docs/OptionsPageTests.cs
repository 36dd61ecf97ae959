using System.Text.RegularExpressions;
using DbRules.Options;
using DbRules.Testing;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>Every option and every property of a project has a line on <c>docs/options.md</c>.</summary>
public sealed class OptionsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "options.md"));

    public static TheoryData<string> Keys => [.. RuleOptions.All.Select(static option => option.Key)];

    /// <summary>What the files of the package read; what they always set themselves is no option.</summary>
    public static TheoryData<string> Properties
    {
        get
        {
            string text = string.Concat(Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src", "DbRules.Package", "build"), "*.*s").Select(File.ReadAllText));
            text = Regex.Replace(text, "<!--.*?-->", "", RegexOptions.Singleline);
            return
            [
                .. Regex.Matches(text, @"\$\((\w*(DbRules|DbModel)\w*)\)").Select(static match => match.Groups[1].Value).Distinct()
                    .Where(name => !text.Contains($"<{name}>", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Option_has_a_line_with_its_values_and_its_default(string key)
    {
        RuleOption option = RuleOptions.All.Single(option => option.Key == key);
        Assert.True(option.DefaultText.Length == 0 || option.Accepts(option.DefaultText), $"The default of {key} is written as '{option.DefaultText}', which it does not take.");
        string defaultText = option.DefaultText.Length == 0 ? "none" : $"`{option.DefaultText}`";
        Assert.Contains($"| `{key}` | {option.Allowed} | {defaultText} |", Page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Property_of_a_project_has_a_line(string name) => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal);

    [Fact]
    public void Every_key_in_the_sources_is_an_option_or_has_a_line()
    {
        IEnumerable<string> keys = Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Regex.Matches(File.ReadAllText(file), "\"(dbrules\\.[a-z_]+)\"").Select(static match => match.Groups[1].Value));
        Assert.All(keys.Distinct(), key => Assert.Contains($"| `{key}` |", Page, StringComparison.Ordinal));
    }
}
