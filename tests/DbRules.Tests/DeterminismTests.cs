using System.Collections.Immutable;
using DbRules.Testing;
using DbRules.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DbRules.Tests;

/// <summary>The same code gives the same findings, whatever the compiler does in parallel and in which order it is given the files.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task Findings_do_not_depend_on_threads_or_on_the_order_of_files()
    {
        Compilation compilation = await CompileAsync();

        string[] expected = await FindAsync(compilation, isConcurrent: true);

        Assert.True(expected.Length > 100, $"Only {expected.Length} findings: the examples do not show much.");
        Assert.Equal(expected, await FindAsync(compilation, isConcurrent: false));
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];
        Assert.Equal(expected, await FindAsync(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Reverse()), isConcurrent: true));
    }

    /// <summary>An editor asks for one file at a time.</summary>
    [Fact]
    public async Task Findings_of_single_files_are_those_of_the_build()
    {
        Compilation compilation = await CompileAsync();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(ProductParts.CreateAnalyzers());
        var found = new List<Diagnostic>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            found.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, default));

        Assert.Equal((await FindAsync(compilation, isConcurrent: true)).Order(StringComparer.Ordinal), found.Select(FindingText.Of).Order(StringComparer.Ordinal));
    }

    /// <summary>An editor asks for a file, and for the part of it that is seen, while the last answer is still under way.</summary>
    [Fact]
    public async Task Questions_at_the_same_time_have_the_same_answer()
    {
        Compilation compilation = await CompileAsync();
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Contains("DBR1", StringComparison.Ordinal)).Take(5))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            CompilationWithAnalyzers analysis = compilation.WithAnalyzers(ProductParts.CreateAnalyzers());
            ImmutableArray<Diagnostic>[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, default))));
            string[] expected = [.. answers[0].Select(FindingText.Of).Order(StringComparer.Ordinal)];
            Assert.NotEmpty(expected);
            Assert.All(answers, answer => Assert.Equal(expected, answer.Select(FindingText.Of).Order(StringComparer.Ordinal)));
        }
    }

    private static async Task<Compilation> CompileAsync()
    {
        Project project = TestProjects.Create(TestReferences.All, withShop: true);
        foreach ((string path, string source) in BadExamples())
            project = project.WithSource(path, source);
        return (await project.GetCompilationAsync())!;
    }

    /// <summary>Everything that a finding says, by file and place.</summary>
    private static async Task<string[]> FindAsync(Compilation compilation, bool isConcurrent)
    {
        ImmutableArray<Diagnostic> found = await AnalyzerRun.FindAsync(compilation.Clone(), ProductParts.CreateAnalyzers(), isConcurrent: isConcurrent);
        return [.. found.Select(FindingText.Of)];
    }

    /// <summary>The bad examples of all pages, each in a namespace of its own.</summary>
    private static IEnumerable<(string Path, string Source)> BadExamples()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "docs", "rules"), "DBR*.md").Order(StringComparer.Ordinal))
        {
            RulePage page = RulePage.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
            foreach (PageExample example in page.Examples.Where(static example => example.Kind == ExampleKind.Bad))
            {
                (string source, _) = RulePage.ToSource(example.Code);
                CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(source);
                if (root.Members.Any(static member => member is BaseNamespaceDeclarationSyntax or GlobalStatementSyntax))
                    continue;
                string name = $"{page.Id}Line{example.Line}";
                int start = root.Usings.LastOrDefault()?.FullSpan.End ?? 0;
                yield return ($"/0/{name}.cs", $"{source[..start]}\nnamespace {name};\n{source[start..]}");
            }
        }
    }
}
