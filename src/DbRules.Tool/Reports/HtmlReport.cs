using System.Globalization;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Reports;

/// <summary>A report as one page that needs no other file. It reads without its script, which only filters.</summary>
internal static class HtmlReport
{
    /// <summary>How many rows of a table are shown before the reader asks for more.</summary>
    private const int RowsShown = 8;

    /// <summary>The page.</summary>
    public static string Write(Report report)
    {
        var html = new HtmlText();
        string title = report.New.Count == 0 ? "No new findings" : Report.Number(report.New.Count, "finding");
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">\n").Element("title", "DbRules: " + title)
            .Raw("\n<style>\n").Raw(Resource("report.css")).Raw("</style>\n</head>\n<body>\n<header>\n<p class=\"product\">DbRules</p>\n").Element("h1", title);
        html.Raw("\n<p class=\"sum\">").Text(Summary(report)).Raw("</p>\n</header>\n<main>\n");
        if (report.All != default)
            WriteCounts(html, report);
        if (report.New.Count > 0)
            WriteFindings(html, report);
        if (report.Known.Count > 0)
            WriteKnown(html, report);
        return html.Raw("</main>\n<script>\n").Raw(Resource("report.js")).Raw("</script>\n</body>\n</html>\n").ToString();
    }

    private static string Summary(Report report)
    {
        string known = report.Known.Count == 0 ? "" : $"{Report.Number(report.Known.Count, "known finding")} {(report.Known.Count == 1 ? "is" : "are")} in the baseline.";
        return report.New.Count == 0 ? known : $"{Report.Words(report.All)}, in {Report.Number(report.Files.Count(static file => file.Tally.New > 0), "file")}. {known}".TrimEnd();
    }

    private static void WriteCounts(HtmlText html, Report report)
    {
        html.Raw("<div class=\"counts\">\n");
        WriteTable(html, "By family", report.Families.Select(static row => (Report.FamilyName(row.Name), row.Tally)));
        WriteTable(html, "By project", report.Projects);
        WriteTable(html, "By file", report.Files);
        html.Raw("</div>\n");
    }

    private static void WriteTable(HtmlText html, string title, IEnumerable<(string Name, Tally Tally)> rows)
    {
        (string Name, Tally Tally)[] all = [.. rows];
        html.Raw("<section>\n").Element("h2", title).Raw("\n");
        WriteRows(html, all.Take(RowsShown));
        if (all.Length > RowsShown)
        {
            html.Raw("<details>").Element("summary", $"{all.Length - RowsShown} more");
            WriteRows(html, all.Skip(RowsShown));
            html.Raw("</details>\n");
        }

        html.Raw("</section>\n");
    }

    private static void WriteRows(HtmlText html, IEnumerable<(string Name, Tally Tally)> rows)
    {
        html.Raw("<table>\n<thead><tr><td></td><th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th><th scope=\"col\">Suggestions</th><th scope=\"col\">Known</th></tr></thead>\n<tbody>\n");
        foreach ((string name, Tally tally) in rows)
        {
            html.Raw("<tr>").Path("th scope=\"row\"", name);
            foreach (int count in new[] { tally.Errors, tally.Warnings, tally.Suggestions, tally.Known })
                html.Raw(count == 0 ? "<td class=\"none\">" : "<td>").Text(Text(count)).Raw("</td>");
            html.Raw("</tr>\n");
        }

        html.Raw("</tbody>\n</table>\n");
    }

    private static void WriteFindings(HtmlText html, Report report)
    {
        html.Raw("<form class=\"filter\" hidden>\n<label>Text <input type=\"search\" name=\"text\" placeholder=\"file, message, code\"></label>\n")
            .Raw("<label>Family <select name=\"family\"><option value=\"\">all</option>");
        foreach (string family in report.New.Select(static finding => finding.Rule.Family).Distinct().Order(StringComparer.Ordinal))
            html.Raw("<option value=\"").Text(family).Raw("\">").Text(Report.FamilyName(family)).Raw("</option>");
        html.Raw("</select></label>\n<label>Severity <select name=\"severity\"><option value=\"\">all</option><option value=\"error\">errors</option>")
            .Raw("<option value=\"warning\">warnings</option><option value=\"suggestion\">suggestions</option></select></label>\n<output></output>\n</form>\n");
        foreach ((RuleInfo rule, IReadOnlyList<Finding> findings) in Report.ByRule(report.New))
        {
            html.Raw("<section class=\"rule\">\n<h2>").Link(rule.Page, rule.Id).Raw(" ").Text(rule.Title).Raw(" ").Element("span class=\"number\"", Text(findings.Count)).Raw("</h2>\n")
                .Element("p class=\"about\"", rule.Description).Raw("\n");
            foreach (Finding finding in findings)
                WriteFinding(html, report, finding);
            html.Raw("</section>\n");
        }
    }

    private static void WriteFinding(HtmlText html, Report report, Finding finding)
    {
        string severity = Report.Word(finding.Severity);
        html.Raw($"<article class=\"finding {severity}\" data-severity=\"{severity}\" data-family=\"").Text(finding.Rule.Family).Raw("\">\n<h3>").Element("span class=\"severity\"", severity).Raw(" ");
        html.Path("span class=\"path\"", finding.Place is { } place ? PathAndLine(report, place) : "no file").Raw("</h3>\n").Element("p class=\"message\"", finding.Message).Raw("\n");
        WriteCode(html, report.Code.Excerpt(finding));
        if (finding.Evidence.Count > 0)
        {
            html.Raw("<ol class=\"evidence\">\n");
            foreach (Place step in finding.Evidence)
            {
                html.Raw("<li>").Path("span class=\"path\"", PathAndLine(report, step));
                if (report.Code.LineOf(step) is { Length: > 0 } line)
                    html.Raw(" ").Element("code", line);
                html.Raw("</li>\n");
            }

            html.Raw("</ol>\n");
        }

        html.Raw("<p class=\"facts\">").Text(string.Join(", ", finding.Projects));
        if (finding.HasFix)
            html.Raw(" <span class=\"fix\">has a code fix</span>");
        html.Raw("</p>\n</article>\n");
    }

    private static void WriteCode(HtmlText html, IReadOnlyList<CodeLine> lines)
    {
        if (lines.Count == 0)
            return;
        html.Raw("<pre tabindex=\"0\">");
        foreach (CodeLine line in lines)
        {
            html.Raw("<span class=\"row\">").Element("span class=\"line\"", line.Number is { } number ? Text(number) : "").Text(line.Text[..line.MarkStart]);
            if (line.MarkLength > 0)
                html.Element("mark", line.Text.Substring(line.MarkStart, line.MarkLength));
            html.Text(line.Text[(line.MarkStart + line.MarkLength)..]).Raw("\n</span>");
        }

        html.Raw("</pre>\n");
    }

    private static void WriteKnown(HtmlText html, Report report)
    {
        html.Raw("<details class=\"known\">\n").Element("summary", Report.Number(report.Known.Count, "known finding")).Raw("\n");
        foreach ((RuleInfo rule, IReadOnlyList<Finding> findings) in Report.ByRule(report.Known))
        {
            html.Raw("<h2>").Link(rule.Page, rule.Id).Raw(" ").Text(rule.Title).Raw(" ").Element("span class=\"number\"", Text(findings.Count)).Raw("</h2>\n<ul>\n");
            foreach (Finding finding in findings)
                html.Raw("<li>").Path("span class=\"path\"", finding.Place is { } place ? PathAndLine(report, place) : "no file").Raw(" ").Element("code", finding.Line ?? "").Raw("</li>\n");
            html.Raw("</ul>\n");
        }

        html.Raw("</details>\n");
    }

    private static string PathAndLine(Report report, Place place) => report.PathOf(place) + ":" + Text(place.StartLine);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The tool was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
