using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Benchmarks;

/// <summary>
/// Applies each fix of each finding to the code as it is, and looks at what came out: it must bring no error of the compiler and no other finding, clear its own, and lose
/// no comment.
/// </summary>
internal sealed class FixCheck(AnalyzerSet rules, TextWriter output)
{
    /// <summary>Fixes that were applied.</summary>
    public int Applied { get; private set; }

    /// <summary>Of those, the ones that left something behind.</summary>
    public int Bad { get; private set; }

    /// <summary>Checks all fixes in a code base, and writes each change that they make.</summary>
    public async Task RunAsync(SourceCode code)
    {
        using var workspace = new AdhocWorkspace();
        foreach (var compilation in code.WithLibraries)
        {
            var project = ProjectOf(workspace, compilation);
            var bound = (CSharpCompilation)(await project.GetCompilationAsync())!;
            var findings = await Benchmark.DriverOf(bound, rules, crashes: null).GetAnalyzerDiagnosticsAsync();
            foreach (var finding in findings.Where(f => f.Location.IsInSource).OrderBy(f => f.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(f => f.Location.SourceSpan))
            {
                foreach (var action in await OfferedAsync(project, finding))
                    await CheckAsync(project, bound, finding, action);
            }
        }
    }

    private async Task<List<CodeAction>> OfferedAsync(Project project, Diagnostic finding)
    {
        var offered = new List<CodeAction>();
        foreach (var fix in ProductParts.CreateFixes(finding.Id))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(project.GetDocument(finding.Location.SourceTree)!, finding, (action, _) => offered.Add(action), CancellationToken.None));
        return offered;
    }

    private async Task CheckAsync(Project project, CSharpCompilation before, Diagnostic finding, CodeAction action)
    {
        Applied++;
        var problems = new List<string>();
        var changes = new List<string>();
        try
        {
            var operations = await action.GetOperationsAsync(CancellationToken.None);
            var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
            foreach (var id in changed.GetChanges(project).GetChangedDocuments())
                await CompareAsync(project.GetDocument(id)!, changed.GetDocument(id)!, before, finding.Id, problems, changes);
            if (changes.Count == 0)
                problems.Add("changes nothing");
        }
        catch (Exception exception)
        {
            problems.Add(exception.ToString());
        }

        if (problems.Count > 0)
            Bad++;
        var place = finding.Location.GetLineSpan();
        await output.WriteLineAsync($"## {(problems.Count > 0 ? "BAD" : "ok")} {finding.Id} {place.Path}:{place.StartLinePosition.Line + 1}: {action.Title}");
        foreach (var problem in problems)
            await output.WriteLineAsync("!! " + problem);
        foreach (var change in changes)
            await output.WriteLineAsync(change);
    }

    private async Task CompareAsync(Document document, Document changed, CSharpCompilation compilation, string fixedId, List<string> problems, List<string> changes)
    {
        SourceText before = await document.GetTextAsync(), after = await changed.GetTextAsync();
        var tree = (await document.GetSyntaxTreeAsync())!;
        // Parsed again: a tree that only looks right would not count.
        var edited = CSharpSyntaxTree.ParseText(SourceText.From(after.ToString(), before.Encoding), (CSharpParseOptions)tree.Options, tree.FilePath);
        var fork = compilation.ReplaceSyntaxTree(tree, edited);

        problems.AddRange(Added(Errors(compilation, tree), Errors(fork, edited)).Select(error => "error " + error));
        problems.AddRange(Added(Comments(edited), Comments(tree)).Select(comment => "lost comment " + comment));
        List<string> had = await FindingsAsync(compilation, tree), has = await FindingsAsync(fork, edited);
        problems.AddRange(Added(had, has).Select(finding => "finding " + finding));
        if (!Added(has, had).Contains(fixedId))
            problems.Add("the finding is still there");
        changes.AddRange(Differences(before, after));
    }

    private async Task<List<string>> FindingsAsync(CSharpCompilation compilation, SyntaxTree tree)
    {
        var driver = Benchmark.DriverOf(compilation, rules, crashes: null);
        var found = await driver.GetAnalyzerSemanticDiagnosticsAsync(driver.Compilation.GetSemanticModel(tree), null, CancellationToken.None);
        // Without the message, which names what the fix renames.
        return [.. found.Select(f => f.Id)];
    }

    private static List<string> Errors(CSharpCompilation compilation, SyntaxTree tree) =>
        [.. compilation.GetSemanticModel(tree).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d.Id} {d.GetMessage()}")];

    private static List<string> Comments(SyntaxTree tree) =>
        [.. tree.GetRoot().DescendantTrivia(descendIntoTrivia: false).Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)).Select(t => t.ToString().Trim())];

    /// <summary>What stands in the second list more often than in the first.</summary>
    private static List<string> Added(List<string> first, List<string> second)
    {
        var left = first.GroupBy(text => text).ToDictionary(same => same.Key, same => same.Count());
        return [.. second.Where(text => left.GetValueOrDefault(text) is var count && (left[text] = count - 1) < 0)];
    }

    /// <summary>The changed lines with three around them.</summary>
    private static IEnumerable<string> Differences(SourceText before, SourceText after)
    {
        string[] old = Lines(before), now = Lines(after);
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
            start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
            end++;
        const int Around = 3;
        return
        [
            .. old[Math.Max(0, start - Around)..start].Select(line => "  " + line),
            .. old[start..^end].Select(line => "- " + line),
            .. now[start..^end].Select(line => "+ " + line),
            .. old[^end..].Take(Around).Select(line => "  " + line),
        ];

        static string[] Lines(SourceText text) => text.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>The same code as a project of a workspace: fixes ask for documents.</summary>
    private static Project ProjectOf(AdhocWorkspace workspace, CSharpCompilation compilation)
    {
        var id = ProjectId.CreateNewId();
        var documents = compilation.SyntaxTrees.Select(tree => DocumentInfo.Create(
            DocumentId.CreateNewId(id), Path.GetFileName(tree.FilePath), loader: TextLoader.From(TextAndVersion.Create(tree.GetText(), VersionStamp.Default)), filePath: tree.FilePath));
        return workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, compilation.AssemblyName!, compilation.AssemblyName!, LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees[0].Options, documents: documents, metadataReferences: compilation.References));
    }
}
