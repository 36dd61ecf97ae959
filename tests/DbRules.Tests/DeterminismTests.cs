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

        Assert.Equal((await FindAsync(compilation, isConcurrent: true)).Order(StringComparer.Ordinal), found.Select(Describe).Order(StringComparer.Ordinal));
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
            string[] expected = [.. answers[0].Select(Describe).Order(StringComparer.Ordinal)];
            Assert.NotEmpty(expected);
            Assert.All(answers, answer => Assert.Equal(expected, answer.Select(Describe).Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>What an earlier compilation has worked out about other files serves an editor again: the findings are those of files that nobody has seen before.</summary>
    [Fact]
    public async Task Findings_after_an_edit_are_those_of_a_project_read_anew()
    {
        (string Path, string Old, string Other, int Findings)[] edits =
        [
            ("Report.cs", "repository.Load(id);", "repository.Load(id + 1);", 1),
            ("Report.cs", "repository.Load(id + 1);", "repository.Load(id + 1).ToString();", 1),
            ("Store.cs", "db.Orders.First(order => order.Id == id)", "new Order()", 0),
            ("Report.cs", ".ToString();", ";", 0),
            ("Repository.cs", "store.Read(id)", "store.Read(id) ?? db.Orders.Find(id)", 1),
            ("Report.cs", "id + 1", "id", 1),
            ("Repository.cs", " ?? db.Orders.Find(id)", "", 0),
            ("Store.cs", "new Order()", "db.Orders.First(order => order.Number == Number)", 1),
            ("Store.cs", "const string Number", "static readonly string Number", 1),
        ];
        Project project = TestProjects.Create(TestReferences.All, withShop: true)
            .WithSource("Report.cs", "class Report(Repository repository) { public void Run(int[] ids) { foreach (int id in ids) repository.Load(id); } }")
            .WithSource("Repository.cs", "class Repository(Store store, ShopContext db) { public Order? Load(int id) { return store.Read(id); } }")
            .WithSource("Store.cs", "using System.Linq; class Store(ShopContext db) { const string Number = \"1\"; public Order? Read(int id) { return db.Orders.First(order => order.Id == id); } }");
        foreach (int i in Enumerable.Range(0, 20))
            project = project.WithSource($"Other{i}.cs", $"class Other{i} {{ int Next(int id) => id + {i}; }}");
        Compilation compilation = (await project.GetCompilationAsync())!;
        Assert.Single(await FindInAsync(compilation, "Report.cs"));
        foreach ((string path, string old, string other, int findings) in edits)
        {
            SyntaxTree file = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(path, StringComparison.Ordinal));
            int start = file.ToString().IndexOf(old, StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(file, file.WithChangedText(file.GetText().Replace(start, old.Length, other)));
            string[] found = await FindInAsync(compilation, "Report.cs");
            Assert.Equal(findings, found.Length);
            SyntaxTree[] anew = [.. compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath))];
            Assert.Equal(found, await FindInAsync(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(anew), "Report.cs"));
        }
    }

    /// <summary>The N+1 queries that an editor shows in one file.</summary>
    private static async Task<string[]> FindInAsync(Compilation compilation, string path)
    {
        SyntaxTree file = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(path, StringComparison.Ordinal));
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(ProductParts.CreateAnalyzers());
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(analysis.Compilation.GetSemanticModel(file), null, default);
        return [.. found.Where(static finding => finding.Id == "DBR102").Select(Describe)];
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
        return [.. found.Select(Describe)];
    }

    private static string Describe(Diagnostic finding) => string.Join(" | ",
    [
        finding.ToString(),
        .. finding.AdditionalLocations.Select(static location => location.GetLineSpan().ToString()),
        .. finding.Properties.OrderBy(static property => property.Key, StringComparer.Ordinal).Select(static property => $"{property.Key}={property.Value}"),
    ]);

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
