using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbRules.Tests.Silence;

/// <summary>The assemblies of the package, from <c>src</c>, as compilations, against the same database libraries as any test, so that the rules are awake.</summary>
internal static class OwnSource
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>One compilation per project; projects see each other as built assemblies.</summary>
    public static IEnumerable<Compilation> Compilations()
    {
        string root = Path.Combine(RepositoryFolder.Path, "src");
        string[] projects = [.. Directory.GetDirectories(root).Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0).Order(StringComparer.Ordinal)];
        foreach (string project in projects)
        {
            string name = Path.GetFileName(project);
            string[] sources = [.. Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuildOutput(project, file))];
            // What the tests do not reference, such as the tool, is compiled against libraries that are not at hand.
            if (sources.Length == 0 || !File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll")))
                continue;

            ImmutableArray<MetadataReference> layers =
            [
                .. projects.Select(Path.GetFileName)
                    .Where(other => other != name)
                    .Select(other => Path.Combine(AppContext.BaseDirectory, other + ".dll"))
                    .Where(File.Exists)
                    .Select(file => MetadataReference.CreateFromFile(file)),
            ];
            yield return CSharpCompilation.Create(
                name,
                [
                    Parse(ImplicitUsings, "/0/Usings.cs"),
                    .. sources.Concat(Directory.GetFiles(Path.Combine(root, "Shared"), "*.cs")).Select(file => Parse(File.ReadAllText(file), file)),
                ],
                [.. TestReferences.All, .. TestReferences.Compiler, .. layers],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        }
    }

    private static bool IsBuildOutput(string project, string file) =>
        Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";

    /// <summary>The source is C# 14; the oldest supported compiler knows that language as its preview.</summary>
    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path);
}
