using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DbRules.PackageTests;

/// <summary>Draws a method of the sample before and after its fix, with the finding where the compiler places it, as an SVG of sharp text.</summary>
internal static class FixPicture
{
    private const int Width = 1000;
    private const int LineHeight = 20;
    private const int Left = 24;

    /// <summary>The advance of a character in pixels; each line is stretched to it, so that the squiggle fits whatever font there is.</summary>
    private const double Advance = 7.4;

    private static readonly Regex Token = new("""(?<text>\$?"[^"]*")|\b(?<word>var|foreach|in|await|return|new|public|async)\b|\b(?<type>Task|List|OrderRow|CancellationToken)\b""");

    /// <summary>The picture.</summary>
    /// <param name="before">The lines of the method as written.</param>
    /// <param name="finding">The finding; its line is counted in the file.</param>
    /// <param name="firstLine">The line in the file of the first of <paramref name="before"/>, counted from one.</param>
    /// <param name="length">How many characters the squiggle underlines.</param>
    /// <param name="after">The lines of the method as fixed.</param>
    /// <param name="statements">How many statements the page of which the method is a part sends before and after.</param>
    public static string Draw(IReadOnlyList<string> before, BuildMessage finding, int firstLine, int length, IReadOnlyList<string> after, (int Before, int After) statements)
    {
        var svg = new StringBuilder();
        var message = finding.Text[..finding.Text.LastIndexOf(" (https://", StringComparison.Ordinal)];
        var y = Title(svg, 14, "dotnet build", $"orders page: {statements.Before} statements");
        for (var i = 0; i < before.Count; i++)
        {
            y = Line(svg, y, before[i]);
            if (firstLine + i != finding.Line)
                continue;
            Squiggle(svg, Left + ((finding.Column - 1) * Advance), y + 4, length * Advance);
            svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{Left + 60}" y="{y + 9}" width="{Width - Left - 120}" height="28" rx="4" fill="#3a3320" stroke="#c9a227"/>""").Append('\n');
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left + 72}" y="{y + 28}" fill="#f0d98c">{finding.Severity} {finding.Id}: {WebUtility.HtmlEncode(message)}</text>""").Append('\n');
            y += 36;
        }

        y = Title(svg, y + 24, "dotnet format analyzers --severity warn", $"orders page: {statements.After} statements, the same rows");
        foreach (var line in after)
            y = Line(svg, y, line);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y + 20}" viewBox="0 0 {Width} {y + 20}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12.3">
            <title>{WebUtility.HtmlEncode($"{finding.Id}: {message}, and the same code after the fix")}</title>
            <rect width="{Width}" height="{y + 20}" rx="8" fill="#1e1f26"/>
            {svg}</svg>

            """;
    }

    private static int Title(StringBuilder svg, int y, string command, string count)
    {
        svg.Append(CultureInfo.InvariantCulture, $"""<rect x="0" y="{y}" width="{Width}" height="30" fill="#2a2c36"/>""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{y + 20}" fill="#9aa0b4">$ {command}</text><text x="{Width - Left}" y="{y + 20}" fill="#e6e8f0" text-anchor="end">{count}</text>""").Append('\n');
        return y + 38;
    }

    private static int Line(StringBuilder svg, int y, string line)
    {
        var code = line.TrimStart();
        if (code.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left + ((line.Length - code.Length) * Advance):0.#}" y="{y + 14}" fill="#d7dae6" textLength="{code.Length * Advance:0.#}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">{Colored(code)}</text>""").Append('\n');
        }

        return y + LineHeight;
    }

    private static string Colored(string code)
    {
        var text = new StringBuilder();
        var end = 0;
        foreach (Match match in Token.Matches(code))
        {
            text.Append(WebUtility.HtmlEncode(code[end..match.Index]));
            var color = match.Groups["text"].Success ? "#c3e88d" : match.Groups["word"].Success ? "#c792ea" : "#82cfff";
            text.Append($"""<tspan fill="{color}">{WebUtility.HtmlEncode(match.Value)}</tspan>""");
            end = match.Index + match.Length;
        }

        return text.Append(WebUtility.HtmlEncode(code[end..])).ToString();
    }

    private static void Squiggle(StringBuilder svg, double x, int y, double width)
    {
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y}"));
        for (var i = 1; i * 3 <= width; i++)
            path.Append(CultureInfo.InvariantCulture, $" l3 {(i % 2 == 1 ? -3 : 3)}");
        svg.Append($"""<path d="{path}" fill="none" stroke="#f2c037" stroke-width="1.4"/>""").Append('\n');
    }
}
