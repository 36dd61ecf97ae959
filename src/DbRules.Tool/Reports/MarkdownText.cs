using System.Text;

namespace DbRules.Tool.Reports;

/// <summary>Text as it may stand in Markdown without being read as markup.</summary>
internal static class MarkdownText
{
    /// <summary>What marks something in the middle of a line.</summary>
    private const string Marks = "\\`*_{}[]#|~$";

    /// <summary>Text in one line.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                // A name right behind it would call people.
                '@' => "@&#8203;",
                _ when char.IsControl(c) => " ",
                _ when HtmlText.IsHarmful(c) => "\uFFFD",
                _ when Marks.Contains(c) => "\\" + c,
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Code within a line.</summary>
    public static string Code(string text)
    {
        string line = OneLine(text);
        string fence = new('`', LongestRun(line) + 1);
        return line.Length == 0 ? "" : line[0] == '`' || line[^1] == '`' ? $"{fence} {line} {fence}" : fence + line + fence;
    }

    /// <summary>A line of C# as a block.</summary>
    public static string CodeBlock(string text, string indent)
    {
        string line = OneLine(text);
        string fence = new('`', Math.Max(3, LongestRun(line) + 1));
        return $"{indent}{fence}csharp\n{indent}{line}\n{indent}{fence}\n";
    }

    /// <summary>A link; its text alone when the address is none of the web.</summary>
    public static string Link(string? address, string text) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" ? $"[{Escape(text)}](<{uri.AbsoluteUri.Replace(">", "%3E", StringComparison.Ordinal)}>)" : Escape(text);

    private static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : HtmlText.IsHarmful(c) ? '\uFFFD' : c));

    private static int LongestRun(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
