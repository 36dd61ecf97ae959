using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Tests.Models;

/// <summary>Compilations against the real libraries.</summary>
internal static class Libraries
{
    private static readonly Lazy<ImmutableArray<PortableExecutableReference>> AllReferences = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Concat(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Libraries"), "*.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The framework and every library of the test project.</summary>
    internal static ImmutableArray<PortableExecutableReference> All => AllReferences.Value;

    /// <summary>The framework alone, and those libraries whose file name is given.</summary>
    internal static IEnumerable<MetadataReference> FrameworkAnd(params string[] assemblies) => All.Where(reference =>
    {
        var name = Path.GetFileNameWithoutExtension(reference.FilePath!);
        return Path.GetDirectoryName(reference.FilePath) == Path.GetDirectoryName(typeof(object).Assembly.Location) || assemblies.Contains(name);
    });

    /// <summary>Compiles against all libraries but System.Linq.Async, whose types the framework has now.</summary>
    internal static CSharpCompilation Compile(string source) =>
        Compile(source, All.Where(reference => !reference.FilePath!.EndsWith("System.Linq.Async.dll", StringComparison.Ordinal)));

    internal static CSharpCompilation Compile(string source, IEnumerable<MetadataReference> references)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), "Test.cs");
        return CSharpCompilation.Create("Test", [tree], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}

/// <summary>A file of the user's.</summary>
internal sealed class TextFile(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path { get; } = path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
