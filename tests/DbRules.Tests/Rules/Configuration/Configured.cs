using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Tests.Rules.Configuration;

/// <summary>Runs one analyzer over a project with additional files and an <c>.editorconfig</c>, for tests that look at places outside of source.</summary>
internal static class Configured
{
    /// <summary>What is found, by file and place.</summary>
    /// <param name="analyzer">The analyzer to run.</param>
    /// <param name="source">The only source file, beside the shop model.</param>
    /// <param name="files">Additional files by path.</param>
    /// <param name="options">Lines for all C# files; null for none.</param>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(
        DiagnosticAnalyzer analyzer, string source, IEnumerable<(string Path, string Text)> files, string? options)
    {
        Project project = TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Test0.cs", source);
        foreach ((string path, string text) in files)
            project = project.AddAdditionalDocument(path, SourceText.From(text), filePath: path).Project;
        if (options is not null)
            project = project.AddAnalyzerConfigDocument("/.editorconfig", SourceText.From($"root = true\n[*.cs]\n{options}\n"), filePath: "/.editorconfig").Project;
        AnalyzerRun run = await AnalyzerRun.OfAsync(project, [analyzer]);
        return run.Findings;
    }
}
