using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Testing;

/// <summary>
/// Projects that tests start from. Each kind is built and bound once per process; a test forks it, so that
/// references and the shop model are never read twice.
/// </summary>
public static class TestProjects
{
    public const string ShopPath = "/0/ShopModel.cs";

    public const string UsingsPath = "/0/GlobalUsings.cs";

    private const string FrameworkUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Data;
        global using System.Data.Common;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private const string ShopUsings =
        FrameworkUsings +
        """
        global using Dapper;
        global using Microsoft.EntityFrameworkCore;
        global using ShopModel;

        """;

    private static readonly AdhocWorkspace Workspace = CreateWorkspace();

    private static readonly ConcurrentDictionary<(ImmutableArray<MetadataReference> References, bool WithShop, LanguageVersion Language), Lazy<Project>> Bases = new();

    private static readonly Lazy<string> LazyShopSource = new(ReadShopSource);

    /// <summary>The source text of the shop model: the context <c>ShopContext</c> and its six entities.</summary>
    public static string ShopSource => LazyShopSource.Value;

    /// <summary>
    /// A library project with the shop model and global usings for everything a test needs, or with the framework's usings alone.
    /// The shop model needs EF Core and Dapper among the references.
    /// </summary>
    public static Project Create(
        ImmutableArray<MetadataReference> references, bool withShop, LanguageVersion language = LanguageVersion.Latest) =>
        Bases.GetOrAdd((references, withShop, language), key => new Lazy<Project>(() => Build(key.References, key.WithShop, key.Language))).Value;

    /// <summary>True for the documents that <see cref="Create"/> adds by itself.</summary>
    public static bool IsPreamble(string? path) => path is ShopPath or UsingsPath;

    /// <summary>Adds a source file under a path such as <c>/0/Test0.cs</c>.</summary>
    public static Project WithSource(this Project project, string path, string text) =>
        project.AddDocument(Path.GetFileName(path), SourceText.From(text), filePath: path).Project;

    private static Project Build(ImmutableArray<MetadataReference> references, bool withShop, LanguageVersion language)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        Project project = Workspace.CurrentSolution
            .AddProject("TestProject", "TestProject", LanguageNames.CSharp)
            .WithCompilationOptions(options)
            .WithParseOptions(new CSharpParseOptions(language))
            .WithMetadataReferences(references)
            .WithSource(UsingsPath, withShop ? ShopUsings : FrameworkUsings);
        if (withShop)
            project = project.WithSource(ShopPath, ShopSource);

        // Binding now means that every fork of this project reuses the bound references.
        Compilation bound = project.GetCompilationAsync().GetAwaiter().GetResult()!;
        _ = bound.GetDiagnostics();
        return project;
    }

    private static AdhocWorkspace CreateWorkspace()
    {
        var workspace = new AdhocWorkspace();
        // Expected texts are written with line feeds, whatever the machine prefers.
        workspace.TryApplyChanges(workspace.CurrentSolution.WithOptions(
            workspace.CurrentSolution.Options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, "\n")));
        return workspace;
    }

    private static string ReadShopSource()
    {
        using Stream stream = typeof(TestProjects).Assembly.GetManifestResourceStream("ShopModel.cs")
            ?? throw new InvalidOperationException("Embed tests/Shared/ShopModel.cs under the logical name ShopModel.cs.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
