using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Benchmarks;

/// <summary>The code that is measured: one compilation that sees .NET, EF Core and Dapper, and its twin that sees no database library.</summary>
internal sealed class SourceCode
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
    private static readonly string[] DatabaseNamespaces = ["System.Data", "Microsoft.EntityFrameworkCore", "Dapper"];

    private SourceCode(string name, IReadOnlyList<(string Path, string Text)> files)
    {
        Name = name;
        Files = files.Count;
        Lines = files.Sum(f => f.Text.AsSpan().Count('\n') + 1);
        SyntaxTree[] trees = [Parse(("ImplicitUsings.cs", ImplicitUsings)), .. files.AsParallel().AsOrdered().Select(Parse)];
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        WithLibraries = CSharpCompilation.Create("Measured", trees, [.. Framework(withData: true), .. Libraries()], options);
        WithoutLibraries = CSharpCompilation.Create("Measured", trees.Select(WithoutDatabaseUsings), Framework(withData: false), options);
    }

    public string Name { get; }
    public int Files { get; }
    public int Lines { get; }
    public CSharpCompilation WithLibraries { get; }

    /// <summary>The same code as a project has it that uses no database: neither references nor using directives of a database library.</summary>
    public CSharpCompilation WithoutLibraries { get; }

    /// <summary>Every C# file below a folder but build output. Packages other than EF Core and Dapper are missing: the code may have errors.</summary>
    public static SourceCode Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(f)));
        return new SourceCode(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), [.. files]);
    }

    /// <summary>Code of about so many lines, in files of even size. One class of four uses a database, in good and in bad ways.</summary>
    public static SourceCode Generate(int lines)
    {
        var files = new List<(string, string)> { ("Model.cs", GeneratedCode.Model) };
        for (int index = 0, written = 0; written < lines; index++)
        {
            var text = GeneratedCode.Class(index);
            files.Add(($"File{index}.cs", text));
            written += text.AsSpan().Count('\n') + 1;
        }

        return new SourceCode($"generated, {lines} lines", files);
    }

    private static SyntaxTree Parse((string Path, string Text) file) => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path, Encoding.UTF8);

    private static SyntaxTree WithoutDatabaseUsings(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        var usings = root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .Where(u => DatabaseNamespaces.Any(n => u.NamespaceOrType.ToString().StartsWith(n, StringComparison.Ordinal)));
        return root.RemoveNodes(usings, SyntaxRemoveOptions.KeepDirectives) is { } kept ? CSharpSyntaxTree.Create(kept, Parsing, tree.FilePath, Encoding.UTF8) : tree;
    }

    private static IEnumerable<MetadataReference> Framework(bool withData)
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => Path.GetDirectoryName(f) == folder && (withData || !Path.GetFileName(f).StartsWith("System.Data", StringComparison.Ordinal)))
            .Select(f => MetadataReference.CreateFromFile(f));
    }

    private static IEnumerable<MetadataReference> Libraries() =>
        Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is "Dapper.dll" || Path.GetFileName(f).StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
            .Select(f => MetadataReference.CreateFromFile(f));
}
