namespace DbRules.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepositoryFolder
{
    private static readonly Lazy<string> LazyPath = new(Find);

    /// <summary>The folder of <c>DbRules.sln</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside a checkout.</exception>
    public static string Path => LazyPath.Value;

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DbRules.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} contains DbRules.sln.");
    }
}
