using System.Globalization;
using DbRules.Rules.Configuration;
using Xunit;

namespace DbRules.Tests.Rules.Configuration;

/// <summary>DBR004: lines of a baseline that list nothing are reported where they stand.</summary>
public sealed class UnreadableBaselineLineTests
{
    private const string Good = "# a comment\n\nDBR101 | a.cs | x = 1;\n   \nDBR506 | b c.cs | \"a | b\"\n";

    [Fact]
    public async Task Good_lines_are_quiet() => Assert.Empty(await FindAsync("/repo/DbRules.baseline.txt", Good));

    [Fact]
    public async Task Other_files_are_quiet() => Assert.Empty(await FindAsync("/repo/notes.txt", "anything"));

    [Fact]
    public async Task Each_bad_line_is_reported_with_its_place()
    {
        string text = Good + "<<<<<<< HEAD\nDBR101 | a.cs | y = 1;\r\nDBR101 a.cs z = 1;\r\n";
        Assert.Equal(
            [
                "/repo/DbRules.baseline.txt(6,1)-(6,13): '<<<<<<< HEAD' lists no finding: a line is 'rule | file | line of code', and a comment starts with #",
                "/repo/DbRules.baseline.txt(8,1)-(8,19): 'DBR101 a.cs z = 1;' lists no finding: a line is 'rule | file | line of code', and a comment starts with #",
            ],
            await FindAsync("/repo/DbRules.baseline.txt", text));
    }

    private static async Task<IEnumerable<string>> FindAsync(string path, string text) =>
        (await Configured.FindAsync(new UnreadableBaselineLine(), "class C { }", [(path, text)], options: null)).Select(finding =>
        {
            var span = finding.Location.GetLineSpan();
            Assert.Equal("DBR004", finding.Id);
            return $"{span.Path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})-({span.EndLinePosition.Line + 1},{span.EndLinePosition.Character + 1}): {finding.GetMessage(CultureInfo.InvariantCulture)}";
        });
}
