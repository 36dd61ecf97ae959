using System.Diagnostics;

namespace DbRules.PackageTests;

/// <summary>Runs the <c>dotnet</c> command as a user does in a shell: no build server, nothing inherited from the test run.</summary>
internal static class DotNet
{
    /// <summary>A command that takes longer has hung.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs <c>dotnet</c> in a folder until it ends.</summary>
    /// <param name="packageCache">The package folder to restore into; null for the user's own.</param>
    /// <exception cref="TimeoutException">The command did not end.</exception>
    public static Task<CommandResult> RunAsync(string folder, string? packageCache, params IEnumerable<string> arguments) => RunCommandAsync("dotnet", folder, packageCache, arguments);

    /// <summary>As <see cref="RunAsync"/>, for another command that runs <c>dotnet</c> in its turn.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<CommandResult> RunCommandAsync(string command, string folder, string? packageCache, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
            start.Environment.Remove(inherited);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        if (packageCache is not null)
            start.Environment["NUGET_PACKAGES"] = packageCache;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} {string.Join(' ', start.ArgumentList)} did not end in {Limit}.");
        }

        return new CommandResult(process.ExitCode, await output + await errors);
    }

    /// <summary>MSBuild and the test host leave variables that steer a build started from inside them.</summary>
    private static bool IsOfTheTestRun(string variable) =>
        variable.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "Configuration" or "Platform";
}

/// <summary>How a command ended, with everything it wrote.</summary>
internal sealed record CommandResult(int ExitCode, string Output);
