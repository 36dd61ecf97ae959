using System.CommandLine;
using System.Text;
using DbRules.Tool.Reports;

namespace DbRules.Tool.Commands;

/// <summary><c>dbrules report</c>: the findings as a page and as Markdown.</summary>
internal static class ReportCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var source = new FindingSource();
        var html = new Option<string?>("--html") { Description = "Where to write one self-contained HTML page.", HelpName = "file" };
        var markdown = new Option<string?>("--markdown") { Description = "Where to write Markdown for a pull request. Without any file it goes to the output.", HelpName = "file" };
        var command = new Command("report", "Reports the findings as an HTML page or as Markdown.") { html, markdown };
        source.AddTo(command);
        command.Run(errors, async (parsed, cancellation) =>
        {
            Report report = Report.Of(await source.ReadAsync(parsed, errors, cancellation), source.Folder(parsed));
            string? page = parsed.GetValue(html);
            string? text = parsed.GetValue(markdown);
            if (page is not null)
                await WriteAsync(page, HtmlReport.Write(report), cancellation);
            if (text is not null)
                await WriteAsync(text, MarkdownReport.Write(report), cancellation);
            if (page is null && text is null)
                output.Write(MarkdownReport.Write(report));
            else
                output.WriteLine($"{Report.Number(report.New.Count, "finding")}, {report.Known.Count} known");
            return DbRulesCommand.Done;
        });
        return command;
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellation);
    }
}
