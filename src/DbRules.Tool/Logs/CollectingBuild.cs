using System.Collections.Concurrent;
using System.Diagnostics;

namespace DbRules.Tool.Logs;

/// <summary>Builds a project or solution so that every project writes what DbRules finds in it, and no finding fails the build.</summary>
internal static class CollectingBuild
{
    /// <summary>The solution, project or folder that is built.</summary>
    /// <param name="Folder">Where the build runs.</param>
    /// <param name="File">The name of the solution or project in it; null where the folder has one alone.</param>
    internal readonly record struct Target(string Folder, string? File)
    {
        /// <summary>The target that a path means.</summary>
        /// <exception cref="LogException">There is nothing at the path.</exception>
        public static Target Of(string path)
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
                return new Target(full, null);
            return System.IO.File.Exists(full) ? new Target(Path.GetDirectoryName(full)!, Path.GetFileName(full)) : throw new LogException($"There is no '{path}'.");
        }
    }

    /// <summary>Builds, and reads what was found.</summary>
    /// <param name="properties">MSBuild properties, as <c>Name=Value</c>.</param>
    /// <param name="errors">Where the errors of the build go.</param>
    /// <exception cref="LogException">The build failed, or no project has installed the package.</exception>
    public static async Task<IReadOnlyList<ProjectLog>> RunAsync(Target target, string? configuration, IEnumerable<string> properties, bool restore, TextWriter errors, CancellationToken cancellation)
    {
        string logs = Directory.CreateTempSubdirectory("dbrules-").FullName;
        try
        {
            List<string> arguments = ["build", "--no-incremental", "-nologo", "-tl:off", "-clp:ErrorsOnly;NoSummary", $"-p:DbRulesSarif={Escape(logs)}", "-p:DbRulesCollect=true"];
            if (target.File is { } file)
                arguments.Insert(1, file);
            if (configuration is not null)
                arguments.AddRange(["-c", configuration]);
            if (!restore)
                arguments.Add("--no-restore");
            arguments.AddRange(properties.Select(static property => "-p:" + property));

            (int exitCode, IReadOnlyCollection<string> lines) = await DotNetAsync(target.Folder, arguments, cancellation);
            if (exitCode != 0)
            {
                // The summary of a build says its errors again.
                foreach (string line in lines.Distinct(StringComparer.Ordinal))
                    errors.WriteLine(line);
                throw new LogException("The build failed, so that not all findings are known. Nothing was written.");
            }

            IReadOnlyList<ProjectLog> read = ProjectLog.ReadFolder(logs);
            return read.Count > 0 ? read : throw new LogException("No project that was built has installed the package DbRules, or it is older than this tool.");
        }
        finally
        {
            Directory.Delete(logs, recursive: true);
        }
    }

    private static async Task<(int ExitCode, IReadOnlyCollection<string> Lines)> DotNetAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new LogException("dotnet did not start.");
        var lines = new ConcurrentQueue<string>();
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError), process.WaitForExitAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, lines);

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(cancellation) is { } line)
            {
                if (line.Length > 0)
                    lines.Enqueue(line);
            }
        }
    }

    /// <summary>Characters that mean something in a property on the command line of MSBuild.</summary>
    private static string Escape(string value) => value.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
