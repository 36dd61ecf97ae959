using System.Reflection;
using Xunit;

namespace DbRules.PackageTests;

/// <summary>Files of the repository, and the parts of its documentation that tests write.</summary>
internal static class RepositoryText
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("DBRULES_UPDATE_DOCS") == "1";

    /// <summary>The folder of the repository.</summary>
    public static string Folder { get; } = Metadata("Repository");

    /// <summary>A value that the project of these tests hands over.</summary>
    public static string Metadata(string key) =>
        typeof(RepositoryText).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>A file, with line ends as on Linux.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path)).ReplaceLineEndings("\n");

    /// <summary>Asserts that a file is this text; with <c>DBRULES_UPDATE_DOCS=1</c> writes it.</summary>
    public static void CheckFile(string path, string expected)
    {
        if (Update)
            File.WriteAllText(Path.Combine(Folder, path), expected);
        else
            Assert.Equal(expected, Read(path));
    }

    /// <summary>Asserts that a file has this text between the comments <c>name</c> and <c>/name</c>; with <c>DBRULES_UPDATE_DOCS=1</c> puts it there.</summary>
    public static void Check(string path, string name, string expected)
    {
        var text = Read(path);
        var start = $"<!-- {name} -->\n";
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = text.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"{path} has no part '{name}'.");
        if (Update)
            File.WriteAllText(Path.Combine(Folder, path), text[..from] + expected + text[to..]);
        else
            Assert.Equal(expected, text[from..to]);
    }
}
