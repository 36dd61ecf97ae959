using System.IO.Compression;
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
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static bool IsPartOfEveryPackage(string file) =>
        file is "[Content_Types].xml" or "_rels/.rels" || file.EndsWith(".psmdcp", StringComparison.Ordinal);
}
