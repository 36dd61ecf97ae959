using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Testing;

/// <summary>What code under test compiles against. Every file is opened once per process.</summary>
public static class TestReferences
{
    private static readonly string[] LibraryPatterns =
    [
        "Microsoft.EntityFrameworkCore*.dll",
        "Microsoft.Extensions.*.dll",
        "Microsoft.Data.Sqlite.dll",
        "Npgsql*.dll",
        "Dapper.dll",
    ];

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyFramework = new(() => Load(FrameworkFiles()));

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyLibraries = new(() => Load(OutputFiles(LibraryPatterns)));

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyStores = new(() => Load(OutputFiles("Stores/*.dll")));

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyCompiler = new(() => Load(OutputFiles("Microsoft.CodeAnalysis*.dll", "System.Composition*.dll")));

    /// <summary>The framework alone: System.Data is there, no other database library is.</summary>
    public static ImmutableArray<MetadataReference> Framework => LazyFramework.Value;

    /// <summary>EF Core, Dapper, Npgsql and Microsoft.Data.Sqlite as this test project references them.</summary>
    public static ImmutableArray<MetadataReference> Libraries => LazyLibraries.Value;

    /// <summary>The drivers of MongoDB and Redis, where the test project brings them.</summary>
    public static ImmutableArray<MetadataReference> Stores => LazyStores.Value;

    /// <summary>The compiler's own API, for tests that analyse the source of DbRules.</summary>
    public static ImmutableArray<MetadataReference> Compiler => LazyCompiler.Value;

    /// <summary>The framework and all libraries.</summary>
    public static ImmutableArray<MetadataReference> All { get; } = [.. Framework, .. Libraries];

    private static ImmutableArray<MetadataReference> Load(IEnumerable<string> files) =>
        [.. files.Select(file => MetadataReference.CreateFromFile(file))];

    private static IEnumerable<string> OutputFiles(params string[] patterns) =>
        patterns.SelectMany(pattern => Directory.GetFiles(AppContext.BaseDirectory, pattern)).Order(StringComparer.Ordinal);

    /// <summary>The reference pack of the SDK, or else the assemblies that this process runs on.</summary>
    private static IEnumerable<string> FrameworkFiles()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        string moniker = $"net{Environment.Version.Major}.0";
        string? pack = Directory.Exists(packs)
            ? Directory.GetDirectories(packs)
                .Select(version => Path.Combine(version, "ref", moniker))
                .Where(Directory.Exists)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        if (pack is not null)
            return Directory.GetFiles(pack, "*.dll").Order(StringComparer.Ordinal);

        string trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted.Split(Path.PathSeparator).Where(file => Path.GetDirectoryName(file) == runtime);
    }
}
