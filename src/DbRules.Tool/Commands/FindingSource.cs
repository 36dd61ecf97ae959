using System.CommandLine;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Commands;

/// <summary>Where a command has its findings from: a build, or logs that are there already.</summary>
internal sealed class FindingSource
{
    private readonly Argument<string> _path = new("path")
    {
        Description = "The solution or project that is built, or the folder that has it alone.",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Error logs (SARIF 2.1) of the C# compiler, or folders of them, instead of a build.",
        HelpName = "sarif",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _configuration = new("--configuration", "-c") { Description = "The configuration that is built." };

    private readonly Option<string[]> _properties = new("--property", "-p") { Description = "A property of MSBuild, once for each.", HelpName = "Name=Value" };

    private readonly Option<bool> _noRestore = new("--no-restore") { Description = "Builds without restoring packages before." };

    /// <summary>Adds the arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        _path.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => token.Value.StartsWith('-')) is { } option)
                result.AddError($"There is no option '{option.Value}'.");
        });
        _properties.Validators.Add(static result =>
        {
            if (result.Tokens.FirstOrDefault(static token => token.Value.IndexOf('=') <= 0) is { } property)
                result.AddError($"'{property.Value}' is no property: it takes Name=Value.");
        });
        command.Arguments.Add(_path);
        command.Options.Add(_from);
        command.Options.Add(_configuration);
        command.Options.Add(_properties);
        command.Options.Add(_noRestore);
    }

    /// <summary>The full path of the folder that paths are written relative to.</summary>
    /// <exception cref="LogException">There is nothing at the given path.</exception>
    public string Folder(ParseResult parsed) => Target(parsed).Folder;

    /// <summary>Reads what was found, building before where no logs are given.</summary>
    /// <exception cref="LogException">The build failed, or a log cannot be read.</exception>
    public async Task<IReadOnlyList<ProjectLog>> ReadAsync(ParseResult parsed, TextWriter errors, CancellationToken cancellation)
    {
        string[] from = parsed.GetValue(_from) ?? [];
        if (from.Length > 0)
            return [.. from.SelectMany(static path => Directory.Exists(path) ? LogsIn(path) : [ProjectLog.Read(path)])];
        CollectingBuild.Target target = Target(parsed);
        errors.WriteLine($"Building {Path.Combine(target.Folder, target.File ?? "")} to see what DbRules finds ...");
        return await CollectingBuild.RunAsync(target, parsed.GetValue(_configuration), parsed.GetValue(_properties) ?? [], !parsed.GetValue(_noRestore), errors, cancellation);
    }

    /// <summary>A folder without logs says nothing about the code: mostly it is another folder than the one that the build wrote to.</summary>
    private static IReadOnlyList<ProjectLog> LogsIn(string folder) =>
        ProjectLog.ReadFolder(folder) is { Count: > 0 } logs ? logs : throw new LogException($"There is no error log (*.sarif) in '{folder}'. The compiler writes one only when it runs.");

    private CollectingBuild.Target Target(ParseResult parsed) => CollectingBuild.Target.Of(parsed.GetValue(_path) ?? ".");
}
