using DbRules.Testing;
using Xunit;

namespace DbRules.Tests.Docs;

/// <summary>What the README quotes of the sample is what the page of the sample says, which tests of the package write.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Readme = Lines("README.md");
    private static readonly string[] Sample = Lines("samples", "README.md");

    [Fact]
    public void Quoted_findings_are_on_the_page_of_the_sample()
    {
        string[] quoted = [.. Readme.Where(static line => line.Contains(": warning DBR", StringComparison.Ordinal))];
        Assert.NotEmpty(quoted);
        Assert.All(quoted, static line => Assert.Contains(line, Sample));
    }

    [Fact]
    public void Number_of_findings_is_right()
    {
        int findings = CountOf("findings");

        Assert.Contains(Readme, line => line.Contains($"prints {findings} findings", StringComparison.Ordinal));
        Assert.Equal(6, CountOf("left"));
        Assert.Contains(Readme, static line => line.Contains("leaves six findings", StringComparison.Ordinal));
        Assert.Contains(Lines("docs", "coexist.md"), line => line.Contains($"whose {findings} findings", StringComparison.Ordinal));
    }

    [Fact]
    public void Number_of_statements_is_right()
    {
        Assert.Contains("| EF Core | orders page | 31 | 3 | the same |", Sample);
        Assert.Contains(Readme, static line => line.Contains("sends 31 statements before and 3 after", StringComparison.Ordinal));
    }

    /// <summary>The findings in a part of the page of the sample.</summary>
    private static int CountOf(string part) =>
        Sample.SkipWhile(line => line != $"<!-- {part} -->").TakeWhile(line => line != $"<!-- /{part} -->").Count(static line => line.Contains(": warning DBR", StringComparison.Ordinal));

    private static string[] Lines(params string[] path) => File.ReadAllText(Path.Combine([RepositoryFolder.Path, .. path])).ReplaceLineEndings("\n").Split('\n');
}
