using DbRules.Baseline;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Reports;

/// <summary>A line of code in a report.</summary>
/// <param name="Number">Counted from one; null where the code itself is not at hand.</param>
/// <param name="MarkStart">Where the squiggle starts in <paramref name="Text"/>, in characters.</param>
/// <param name="MarkLength">In characters; zero where the line has none.</param>
internal readonly record struct CodeLine(int? Number, string Text, int MarkStart, int MarkLength);

/// <summary>The code around findings, as far as the files are there and still have it.</summary>
internal sealed class SourceCode
{
    /// <summary>How many lines are shown before and behind a finding.</summary>
    private const int Margin = 2;

    /// <summary>How many lines of one finding are shown; a query can go over pages.</summary>
    private const int MaxMarked = 8;

    private readonly Dictionary<string, string[]?> _files = new(StringComparer.Ordinal);

    /// <summary>The lines around a finding; what the log has of its line when the file is gone or says something else by now; none when nothing is known.</summary>
    public IReadOnlyList<CodeLine> Excerpt(Finding finding)
    {
        if (finding.Place is not { } place)
            return [];
        if (LinesOf(place.Path) is not { } lines || place.StartLine > lines.Length || (finding.Line is { } known && FindingKey.Squeeze(lines[place.StartLine - 1]) != known))
            return finding.Line is { } line ? [new CodeLine(null, line, 0, 0)] : [];

        int lastMarked = Math.Min(Math.Min(place.EndLine, place.StartLine + MaxMarked - 1), lines.Length);
        var shown = new List<CodeLine>();
        for (int number = Math.Max(1, place.StartLine - Margin); number <= Math.Min(lines.Length, lastMarked + Margin); number++)
            shown.Add(number < place.StartLine || number > lastMarked ? new CodeLine(number, lines[number - 1], 0, 0) : Marked(number, lines[number - 1], place));
        return Unindented(shown);
    }

    /// <summary>The line that a place starts on, without white space around it; null when it is not at hand.</summary>
    public string? LineOf(Place place) => LinesOf(place.Path) is { } lines && place.StartLine <= lines.Length ? lines[place.StartLine - 1].Trim() : null;

    private static CodeLine Marked(int number, string text, Place place)
    {
        int indent = text.Length - text.TrimStart().Length;
        int start = Math.Clamp(number == place.StartLine ? place.StartColumn - 1 : indent, 0, text.Length);
        int end = Math.Clamp(number == place.EndLine ? place.EndColumn - 1 : text.Length, start, text.Length);
        return new CodeLine(number, text, start, end - start);
    }

    /// <summary>Takes away the white space that all lines start with.</summary>
    private static List<CodeLine> Unindented(List<CodeLine> lines)
    {
        string[] texts = [.. lines.Select(static line => line.Text).Where(static text => text.Trim().Length > 0)];
        int indent = texts.Length == 0 ? 0 : texts.Min(static text => text.Length - text.TrimStart().Length);
        return [.. lines.Select(line => line with { Text = line.Text.Length < indent ? "" : line.Text[indent..], MarkStart = Math.Max(0, line.MarkStart - indent) })];
    }

    private string[]? LinesOf(string path)
    {
        if (_files.TryGetValue(path, out string[]? lines))
            return lines;
        try
        {
            lines = Path.IsPathFullyQualified(path) ? File.ReadAllLines(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            lines = null;
        }

        return _files[path] = lines;
    }
}
