using System.Globalization;
using System.Text;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Reports;

/// <summary>A report as Markdown for a pull request.</summary>
internal static class MarkdownReport
{
    /// <summary>In characters. A comment of a pull request holds 65,536 of them on GitHub; what does not fit is counted.</summary>
    private const int MaxLength = 60_000;

    /// <summary>How many rows of a table are shown; the page has all of them.</summary>
    private const int RowsShown = 20;

    /// <summary>The text, with <c>\n</c> as line end.</summary>
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        string words = Report.Words(report.All);
        text.Append("# DbRules: ").Append(report.New.Count == 0 ? "no new findings" : words);
        if (report.Known.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", {report.Known.Count} known");
        text.Append("\n\n");
        if (report.All != default)
        {
            WriteTable(text, "Family", [.. report.Families.Select(static row => (Report.FamilyName(row.Name), row.Tally))]);
            text.Append("<details><summary>By project and file</summary>\n\n");
            WriteTable(text, "Project", report.Projects);
            WriteTable(text, "File", report.Files);
            text.Append("</details>\n\n");
        }

        int written = 0;
        foreach ((RuleInfo rule, IReadOnlyList<Finding> findings) in Report.ByRule(report.New))
        {
            string heading = $"## {MarkdownText.Link(rule.Page, rule.Id)} {MarkdownText.Escape(rule.Title)}\n\n";
            foreach (Finding finding in findings)
            {
                string entry = heading + Entry(report, finding);
                if (text.Length + entry.Length > MaxLength)
                    return text.Append("… and ").Append(Report.Number(report.New.Count - written, "more finding")).Append(".\n").ToString();
                text.Append(entry);
                heading = "";
                written++;
            }
        }

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string head, IReadOnlyList<(string Name, Tally Tally)> rows)
    {
        text.Append("| ").Append(head).Append(" | Errors | Warnings | Suggestions | Known |\n|---|--:|--:|--:|--:|\n");
        foreach ((string name, Tally tally) in rows.Take(RowsShown))
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownText.Escape(name)} | {tally.Errors} | {tally.Warnings} | {tally.Suggestions} | {tally.Known} |\n");
        if (rows.Count > RowsShown)
            text.Append(CultureInfo.InvariantCulture, $"| … {rows.Count - RowsShown} more | | | | |\n");
        text.Append('\n');
    }

    private static string Entry(Report report, Finding finding)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"- **{Report.Word(finding.Severity)}** {Where(report, finding.Place)}: {MarkdownText.Escape(finding.Message)}");
        if (finding.HasFix)
            text.Append(" *(has a code fix)*");
        text.Append('\n');
        string? code = report.Code.Excerpt(finding).FirstOrDefault(static line => line.MarkLength > 0 || line.Number is null).Text?.Trim() ?? finding.Line;
        if (!string.IsNullOrEmpty(code))
            text.Append(MarkdownText.CodeBlock(code, "  "));
        foreach (Place step in finding.Evidence)
            text.Append("  - ").Append(Where(report, step)).Append(report.Code.LineOf(step) is { Length: > 0 } line ? " " + MarkdownText.Code(line) : "").Append('\n');
        return text.Append('\n').ToString();
    }

    private static string Where(Report report, Place? place) =>
        place is { } there ? MarkdownText.Code($"{report.PathOf(there)}:{there.StartLine.ToString(CultureInfo.InvariantCulture)}") : "no file";
}
