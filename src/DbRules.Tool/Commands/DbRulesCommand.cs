using System.CommandLine;
using DbRules.Tool.Logs;

namespace DbRules.Tool.Commands;

/// <summary>The command <c>dbrules</c>.</summary>
internal static class DbRulesCommand
{
    /// <summary>All is as it should be.</summary>
    public const int Done = 0;

    /// <summary>A check found a difference.</summary>
    public const int Differs = 1;

    /// <summary>The command could not do its work: it was called wrongly, the build failed, a file cannot be read or written.</summary>
    public const int Failed = 2;

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Adopts DbRules in existing code, and reports what it finds.") { BaselineCommand.Create(output, errors), ReportCommand.Create(output, errors) };
        ParseResult parsed = root.Parse(arguments);
        int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? Failed : code;
    }

    /// <summary>Lets a command do its work; what keeps it from it is a line of text, and no stack trace.</summary>
    public static void Run(this Command command, TextWriter errors, Func<ParseResult, CancellationToken, Task<int>> work) => command.SetAction(async (parsed, cancellation) =>
    {
        try
        {
            return await work(parsed, cancellation);
        }
        catch (Exception exception) when (exception is LogException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return Failed;
        }
    });
}
