using System.Text.RegularExpressions;
using Xunit;

namespace DbRules.PackageTests;

/// <summary>A project of a user, in a folder of its own, that has installed the package.</summary>
internal sealed class Consumer(string folder, string packageCache)
{
    private static readonly Regex MessageLine = new(
        @"^\s*(?<file>[^\r\n(]+?)(\((?<line>\d+),(?<column>\d+)[\d,]*\))?\s*: (?<severity>warning|error) (?<id>\w+): (?<text>.*?)\r?$", RegexOptions.Multiline);

    public string Folder => folder;

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    /// <summary>Runs <c>dotnet build</c>; a fault of an analyzer fails the test.</summary>
    public async Task<BuildResult> BuildAsync(params string[] arguments)
    {
        var result = await DotNet.RunAsync(folder, packageCache,
            ["build", "-tl:off", "-nologo", "-clp:NoSummary", "--disable-build-servers", "-p:UseSharedCompilation=false", .. arguments]);
        Assert.DoesNotContain("AD0001", result.Output);
        Assert.DoesNotContain("CS8032", result.Output);
        return new BuildResult(result.ExitCode == 0, result.Output, [.. MessageLine.Matches(result.Output).Select(ToMessage).Distinct()]);
    }

    /// <summary>Runs <c>dotnet format</c> after a build or restore.</summary>
    public Task<CommandResult> FormatAsync(params string[] arguments) => DotNet.RunAsync(folder, packageCache, ["format", .. arguments]);

    /// <summary>Where the only occurrence of a text starts in a file, counted from one.</summary>
    public (int Line, int Column) Position(string file, string text)
    {
        var lines = Read(file).Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal));
        Assert.True(line >= 0 && line == Array.FindLastIndex(lines, l => l.Contains(text, StringComparison.Ordinal)), $"'{text}' does not stand once in {file}.");
        return (line + 1, lines[line].IndexOf(text, StringComparison.Ordinal) + 1);
    }

    private static BuildMessage ToMessage(Match match) => new(
        Path.GetFileName(match.Groups["file"].Value),
        int.Parse("0" + match.Groups["line"].Value),
        int.Parse("0" + match.Groups["column"].Value),
        match.Groups["severity"].Value,
        match.Groups["id"].Value,
        match.Groups["text"].Value);
}

/// <summary>One warning or error of a build. Line and column count from one, and are zero when the message has no place.</summary>
internal sealed record BuildMessage(string File, int Line, int Column, string Severity, string Id, string Text);

/// <summary>How a build ended, with its messages in the order of the output.</summary>
internal sealed record BuildResult(bool Succeeded, string Output, IReadOnlyList<BuildMessage> Messages)
{
    /// <summary>The messages of one rule in one file; of all files when null.</summary>
    public IReadOnlyList<BuildMessage> Of(string id, string? file = null) => [.. Messages.Where(m => m.Id == id && (file is null || m.File == file))];
}
