using DbRules.Tool.Commands;

namespace DbRules.Tool.Tests;

/// <summary>A temporary folder with logs, sources and baselines, and the tool to run on it.</summary>
public sealed class Workspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("dbrules-tool-tests-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The full path of a file.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Writes a file, and its folder where needed; returns its full path.</summary>
    public string Write(string file, string text)
    {
        string path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>Runs the tool on the folder, with <c>logs</c> as the place of the error logs.</summary>
    public async Task<(int Code, string Output, string Errors)> RunAsync(string command, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        int code = await DbRulesCommand.RunAsync([command, Folder, "--from", PathOf("logs"), .. arguments], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
