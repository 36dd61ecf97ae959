using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace DbRules.PackageTests;

/// <summary>What is in the package, and what it asks of a project.</summary>
[Collection(PackageCollection.Name)]
public sealed class ContentTests(PackageFeed feed)
{
    [Fact]
    public void Package_holds_the_listed_files_and_no_others()
    {
        using var archive = ZipFile.OpenRead(feed.Package);
        var files = archive.Entries.Select(e => e.FullName).Where(f => !IsPartOfEveryPackage(f)).Order(StringComparer.Ordinal);

        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "ExpectedFiles.txt")), files);
    }

    [Fact]
    public void Package_is_a_development_dependency_that_depends_on_nothing()
    {
        using var archive = ZipFile.OpenRead(feed.Package);
        using var nuspec = archive.GetEntry("DbRules.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();

        Assert.Equal("true", Value(metadata, "developmentDependency"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Null(Value(metadata, "dependencies"));
        var repository = metadata.Elements().Single(e => e.Name.LocalName == "repository");
        Assert.Equal(("git", "https://github.com/dbrules/dbrules"), (repository.Attribute("type")?.Value, repository.Attribute("url")?.Value));
    }

    /// <summary>The same sources make the same bytes (<c>.ci/reproducible</c> compares two clones), and a stack trace out of a compiler has lines.</summary>
    [Fact]
    public void Assemblies_are_deterministic_and_carry_their_symbols()
    {
        using var archive = ZipFile.OpenRead(feed.Package);
        foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            using (var content = entry.Open())
                content.CopyTo(bytes);
            bytes.Position = 0;
            using var assembly = new PEReader(bytes);
            var kinds = assembly.ReadDebugDirectory().Select(e => e.Type).ToList();
            Assert.Contains(DebugDirectoryEntryType.Reproducible, kinds);
            Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, kinds);
        }
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static bool IsPartOfEveryPackage(string file) =>
        file is "[Content_Types].xml" or "_rels/.rels" || file.EndsWith(".psmdcp", StringComparison.Ordinal);
}
