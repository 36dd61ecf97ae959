using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Testing;

/// <summary>Words for failing tests: diagnostics with their source line, and line-by-line differences of texts.</summary>
public static class DiagnosticText
{
    /// <summary>One diagnostic per entry: place, severity, id, message, and the source line it stands on.</summary>
    public static string List(IEnumerable<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
            text.Append("  ").Append(Place(span)).Append(": ")
                .Append(diagnostic.Severity.ToString().ToLowerInvariant()).Append(' ').Append(diagnostic.Id).Append(": ")
                .AppendLine(diagnostic.GetMessage(CultureInfo.InvariantCulture));
            if (diagnostic.Location.SourceTree is { } tree)
                text.Append("      ").AppendLine(tree.GetText().Lines[span.StartLinePosition.Line].ToString().Trim());
        }

        return text.Length == 0 ? "  (none)\n" : text.ToString();
    }

    /// <summary>Path and one-based line and column of both ends.</summary>
    public static string Place(FileLinePositionSpan span)
    {
        if (!span.IsValid)
            return "(no location)";

        LinePosition start = span.StartLinePosition;
        LinePosition end = span.EndLinePosition;
        return $"{span.Path}({start.Line + 1},{start.Character + 1})-({end.Line + 1},{end.Character + 1})";
    }

    /// <summary>The source with every diagnostic on it written as test markup, ready to be pasted into a test.</summary>
    public static string AsMarkup(SourceText source, IEnumerable<Diagnostic> diagnostics)
    {
        var insertions = new List<(int Position, int Order, string Text)>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            TextSpan span = diagnostic.Location.SourceSpan;
            insertions.Add((span.Start, 1, "{|" + diagnostic.Id + ":"));
            insertions.Add((span.End, 0, "|}"));
        }

        var text = new StringBuilder(source.ToString());
        foreach ((int position, _, string inserted) in insertions.OrderByDescending(one => one.Position).ThenByDescending(one => one.Order))
            text.Insert(position, inserted);
        return text.ToString();
    }

    /// <summary>Line differences: <c>-</c> expected only, <c>+</c> actual only; null when the texts are equal to the character.</summary>
    public static string? Difference(string expected, string actual)
    {
        if (expected == actual)
            return null;

        string[] left = Lines(expected);
        string[] right = Lines(actual);
        int[,] common = LongestCommonSubsequence(left, right);
        var text = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < left.Length || j < right.Length)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                text.Append("    ").AppendLine(left[i]);
                i++;
                j++;
            }
            else if (j >= right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append("  - ").AppendLine(left[i++]);
            }
            else
            {
                text.Append("  + ").AppendLine(right[j++]);
            }
        }

        return text.ToString();
    }

    /// <summary>The compiler option that gives a rule this severity.</summary>
    public static ReportDiagnostic ToReport(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };

    /// <summary>Lines in which a carriage return and trailing blanks can be seen.</summary>
    private static string[] Lines(string text) =>
    [
        .. text.Split('\n').Select(line =>
        {
            string visible = line.Replace("\r", "<CR>", StringComparison.Ordinal);
            string trimmed = visible.TrimEnd(' ');
            return trimmed + new string('·', visible.Length - trimmed.Length);
        }),
    ];

    private static int[,] LongestCommonSubsequence(string[] left, string[] right)
    {
        int[,] common = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
        {
            for (int j = right.Length - 1; j >= 0; j--)
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }
}
