using DbRules.Baseline;
using Xunit;

namespace DbRules.Tests.Baseline;

/// <summary>What a finding is known by, and how a baseline writes it.</summary>
public sealed class FindingKeyTests
{
    [Theory]
    [InlineData("a.cs", "x")]
    [InlineData("src/My Shop/a b.cs", "var x = a | b;")]
    [InlineData("src/a | b.cs", "x | y | z")]
    [InlineData("src/100%/a%7C.cs", "100%")]
    [InlineData("src/new\nline.cs", "# no comment")]
    [InlineData("../linked/ä.cs", "\"ä\"")]
    public void A_written_key_is_read_again(string path, string line)
    {
        var key = new FindingKey("DBR101", path, line);
        Assert.DoesNotContain('\n', key.ToString());
        Assert.Equal(key, FindingKey.Parse(key.ToString()));
    }

    [Fact]
    public void Is_written_for_people() =>
        Assert.Equal("DBR101 | src/Shop/Report.cs | db.Find(id);", new FindingKey("DBR101", "src/Shop/Report.cs", "db.Find(id);").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("DBR101")]
    [InlineData("DBR101 | a.cs")]
    [InlineData("DBR101 | a.cs | ")]
    [InlineData("DBR101 |  | x")]
    [InlineData("CA1000 | a.cs | x")]
    [InlineData("DBR1 | a.cs | x")]
    [InlineData("<<<<<<< HEAD")]
    public void Other_text_is_no_key(string text) => Assert.Null(FindingKey.Parse(text));

    [Theory]
    [InlineData("  var  x =\t1; \r", "var x = 1;")]
    [InlineData("", "")]
    [InlineData("\t ", "")]
    [InlineData("a\0b", "a b")]
    public void White_space_does_not_count(string line, string expected) => Assert.Equal(expected, FindingKey.Squeeze(line));

    [Theory]
    [InlineData("/repo/DbRules.baseline.txt", "/repo/src/A.cs", "src/A.cs")]
    [InlineData("/repo/src/DbRules.baseline.txt", "/repo/A.cs", "../A.cs")]
    [InlineData("/repo/src/a/DbRules.baseline.txt", "/repo/src/b/c/A.cs", "../b/c/A.cs")]
    [InlineData(@"C:\repo\DbRules.baseline.txt", @"c:\Repo\src\A.cs", "src/A.cs")]
    [InlineData(@"C:\repo\DbRules.baseline.txt", @"D:\src\A.cs", "D:/src/A.cs")]
    [InlineData("/repo/DbRules.baseline.txt", "A.razor", "A.razor")]
    // Files that a project links from elsewhere, and a baseline that it names so.
    [InlineData("/repo/DbRules.baseline.txt", "/repo/src/Shop/../../shared/./A.cs", "shared/A.cs")]
    [InlineData(@"C:\repo\src\Shop\..\DbRules.baseline.txt", @"C:\repo\src\Shop\..\Shared\A.cs", "Shared/A.cs")]
    [InlineData("/repo/DbRules.baseline.txt", "../../shared/A.cs", "../../shared/A.cs")]
    public void A_path_is_relative_to_the_baseline(string baseline, string file, string expected) => Assert.Equal(expected, FindingKey.RelativePath(baseline, file));
}
