using System.Text;
using System.Xml.Linq;
using DbRules.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Benchmarks;

/// <summary>How code is compiled that is measured.</summary>
/// <param name="References">A folder with assemblies that it sees as well; null for none.</param>
/// <param name="RulesOff">The starts of the ids of rules that are off.</param>
internal sealed record CodeSetup(string? References, IReadOnlyList<string> RulesOff);

/// <summary>
/// The code that is measured: compilations that see .NET, ASP.NET Core, EF Core, Npgsql and Dapper, and their twins that see no database library. Nothing is restored
/// or built: other packages are missing, so that code may have errors.
/// </summary>
internal sealed class SourceCode
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string ImplicitUsingsOfWeb = """
        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
    private static readonly CSharpCompilationOptions Compiling = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    private static readonly string[] DatabaseNamespaces = ["System.Data", "Microsoft.EntityFrameworkCore", "Dapper", "Npgsql"];

    private SourceCode(string name, IReadOnlyList<Unit> units, CodeSetup setup)
    {
        Name = name;
        Files = units.Sum(u => u.Files.Count);
        Lines = units.Sum(u => u.Files.Sum(f => f.Text.AsSpan().Count('\n') + 1));
        MetadataReference[] with = [.. Framework(withData: true), .. Libraries(setup.References)];
        MetadataReference[] without = [.. Framework(withData: false)];
        var trees = units.ToDictionary(u => u, u => (SyntaxTree[])[Parse(("ImplicitUsings.cs", ImplicitUsings + (u.IsWeb ? ImplicitUsingsOfWeb : ""))), .. u.Files.AsParallel().AsOrdered().Select(Parse)]);
        WithLibraries = Compile(units, u => trees[u], with, setup);
        WithoutLibraries = Compile(units, u => trees[u].Select(WithoutDatabaseUsings), without, setup);
    }

    public string Name { get; }
    public int Files { get; }
    public int Lines { get; }

    /// <summary>One for each project, in the order of their references.</summary>
    public IReadOnlyList<CSharpCompilation> WithLibraries { get; }

    /// <summary>The same code as projects have it that use no database: neither references nor using directives of a database library.</summary>
    public IReadOnlyList<CSharpCompilation> WithoutLibraries { get; }

    /// <summary>
    /// Every C# file below a folder but build output: a compilation for the files of each project, which sees those that the project references. Files without a project
    /// above them make one of their own.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="setup">How it is compiled.</param>
    /// <param name="name">What it is called; null for its own name.</param>
    public static SourceCode Read(string folder, CodeSetup setup, string? name = null)
    {
        var root = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        var projects = Below(root, "*.csproj").ToList();
        var byFolder = projects.GroupBy(p => Path.GetDirectoryName(p)!).ToDictionary(g => g.Key, g => g.First());
        var units = Below(root, "*.cs").GroupBy(f => ProjectOf(f, root, byFolder)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Unit.Read(g.Key, g)).ToList();
        return new SourceCode(name ?? Path.GetFileName(root), Ordered(units), setup);
    }

    /// <summary>Code of about so many lines, in files of even size. One class of four uses a database, in good and in bad ways.</summary>
    public static SourceCode Generate(int lines, CodeSetup setup)
    {
        var files = new List<(string, string)> { ("Model.cs", GeneratedCode.Model) };
        for (int index = 0, written = 0; written < lines; index++)
        {
            var text = GeneratedCode.Class(index);
            files.Add(($"File{index}.cs", text));
            written += text.AsSpan().Count('\n') + 1;
        }

        return new SourceCode($"generated, {lines} lines", [new Unit("Measured", files, [], IsWeb: false)], setup);
    }

    private static IEnumerable<string> Below(string root, string pattern) => Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
        .Where(f => !Path.GetRelativePath(root, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    /// <summary>The project file in the nearest folder above; the root where there is none.</summary>
    private static string ProjectOf(string file, string root, Dictionary<string, string> byFolder)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (byFolder.TryGetValue(folder, out var project))
                return project;
        }

        return root;
    }

    /// <summary>Projects after those that they reference.</summary>
    private static List<Unit> Ordered(List<Unit> units)
    {
        var ordered = new List<Unit>();
        var seen = new HashSet<Unit>();
        var byProject = units.ToDictionary(u => u.Project);
        foreach (var unit in units)
            Add(unit);
        return ordered;

        void Add(Unit unit)
        {
            if (!seen.Add(unit))
                return;
            foreach (var project in unit.References)
            {
                if (byProject.TryGetValue(project, out var referenced))
                    Add(referenced);
            }

            ordered.Add(unit);
        }
    }

    private static List<CSharpCompilation> Compile(IReadOnlyList<Unit> units, Func<Unit, IEnumerable<SyntaxTree>> treesOf, MetadataReference[] references, CodeSetup setup)
    {
        var made = new Dictionary<string, CSharpCompilation>();
        var options = Compiling.WithSpecificDiagnosticOptions(RuleCatalog.All.Where(rule => setup.RulesOff.Any(start => rule.Id.StartsWith(start, StringComparison.Ordinal)))
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Suppress)));
        foreach (var unit in units)
        {
            // A project sees what those see that it references.
            var open = new Stack<string>(unit.References);
            var seen = new HashSet<string>();
            while (open.TryPop(out var project))
            {
                if (made.ContainsKey(project) && seen.Add(project))
                {
                    foreach (var next in units.First(u => u.Project == project).References)
                        open.Push(next);
                }
            }

            var assembly = Path.GetFileNameWithoutExtension(unit.Project);
            made.Add(unit.Project, CSharpCompilation.Create(assembly, treesOf(unit), [.. references, .. seen.Order(StringComparer.Ordinal).Select(p => made[p].ToMetadataReference())], options));
        }

        return [.. units.Select(u => made[u.Project])];
    }

    private static SyntaxTree Parse((string Path, string Text) file) => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path, Encoding.UTF8);

    private static SyntaxTree WithoutDatabaseUsings(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        var usings = root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .Where(u => DatabaseNamespaces.Any(n => u.NamespaceOrType.ToString().StartsWith(n, StringComparison.Ordinal)));
        return root.RemoveNodes(usings, SyntaxRemoveOptions.KeepDirectives) is { } kept ? CSharpSyntaxTree.Create(kept, Parsing, tree.FilePath, Encoding.UTF8) : tree;
    }

    private static IEnumerable<MetadataReference> Framework(bool withData) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => !f.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && (withData || !Path.GetFileName(f).StartsWith("System.Data", StringComparison.Ordinal)))
            .Select(f => MetadataReference.CreateFromFile(f));

    private static IEnumerable<MetadataReference> Libraries(string? references) =>
        Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is "Dapper.dll" || Path.GetFileName(f).StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("Npgsql", StringComparison.Ordinal))
            .Concat(references is null ? [] : Directory.GetFiles(references, "*.dll").Order(StringComparer.Ordinal))
            .DistinctBy(Path.GetFileName)
            .Select(f => MetadataReference.CreateFromFile(f));

    /// <summary>What becomes one compilation.</summary>
    private sealed record Unit(string Project, IReadOnlyList<(string Path, string Text)> Files, IReadOnlyList<string> References, bool IsWeb)
    {
        public static Unit Read(string project, IEnumerable<string> files)
        {
            var read = files.Select(f => (f, File.ReadAllText(f))).ToList();
            if (!File.Exists(project))
                return new Unit(project, read, [], IsWeb: false);
            var content = XDocument.Load(project);
            var references = content.Descendants().Where(e => e.Name.LocalName == "ProjectReference").Select(e => e.Attribute("Include")?.Value).OfType<string>()
                .Select(path => Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(project)!));
            return new Unit(project, read, [.. references], content.Root?.Attribute("Sdk")?.Value.Contains("Web", StringComparison.Ordinal) == true);
        }
    }
}
