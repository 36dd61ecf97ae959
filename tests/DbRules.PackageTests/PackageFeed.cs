using Xunit;

namespace DbRules.PackageTests;

/// <summary>The package, packed once per run into a local feed, and projects that install it from there into a package cache of their own.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    /// <summary>A version that no other feed has, so that only the package just packed can be restored.</summary>
    internal const string Version = "0.0.0-packagetests";

    private readonly string _root = Directory.CreateTempSubdirectory("dbrules-package-").FullName;

    /// <summary>The folder of the packed files.</summary>
    internal string Folder => Path.Combine(_root, "feed");

    /// <summary>The packed analyzers.</summary>
    public string Package => Path.Combine(Folder, $"DbRules.{Version}.nupkg");

    /// <summary>The package folder that projects restore into.</summary>
    internal string Cache => Path.Combine(_root, "cache");

    private static string Repository => RepositoryText.Folder;

    public async Task InitializeAsync()
    {
        foreach (var project in new[] { "DbRules.Package", "DbRules.Tool" })
        {
            var packed = await DotNet.RunAsync(Path.Combine(Repository, "src", project), packageCache: null,
                "pack", "--no-build", "--no-restore", "-c", RepositoryText.Metadata("Configuration"), "-o", Folder, $"-p:PackageVersion={Version}", "-tl:off");
            Assert.True(packed.ExitCode == 0, packed.Output);
        }

        // The same SDK as the repository, and nothing from folders above.
        File.Copy(Path.Combine(Repository, "global.json"), Path.Combine(_root, "global.json"));
        File.WriteAllText(Path.Combine(_root, ".editorconfig"), "root = true\n");
        File.WriteAllText(Path.Combine(_root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>NU1603</NoWarn>
                <DbRulesVersion>{Version}</DbRulesVersion>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(_root, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="dbrules-package-tests" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A fresh copy of a project of the folder <c>Consumers</c>. Copies of one project must differ in <paramref name="copy"/>.</summary>
    internal Consumer Consumer(string project, string copy = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, project + copy)).FullName;
        var consumer = new Consumer(folder, Cache);
        CopyTo(consumer, "tests", "DbRules.PackageTests", "Consumers", project, "*");
        return consumer;
    }

    /// <summary>Installs the tool into a folder.</summary>
    /// <returns>The path of its assembly, for <c>dotnet</c> to run.</returns>
    internal async Task<string> InstallToolAsync(string folder)
    {
        // No tool manifest: what that resolves is remembered for the user, by version, and outlives the folder.
        var installed = await DotNet.RunAsync(_root, Cache, "tool", "install", "DbRules.Tool", "--version", Version, "--tool-path", folder);
        Assert.True(installed.ExitCode == 0, installed.Output);
        return Directory.GetFiles(folder, "dbrules.dll", SearchOption.AllDirectories).Single();
    }

    /// <summary>Copies files of the repository into a project: a path whose last part may hold wildcards.</summary>
    internal static void CopyTo(Consumer consumer, params string[] path)
    {
        foreach (var file in Directory.GetFiles(Path.Combine([Repository, .. path[..^1]]), path[^1]))
            File.Copy(file, Path.Combine(consumer.Folder, Path.GetFileName(file)));
    }
}

/// <summary>All tests share one packed package.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "package";
}
