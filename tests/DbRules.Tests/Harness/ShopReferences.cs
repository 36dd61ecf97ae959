using DbRules.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace DbRules.Tests;

/// <summary>What the code of a test may be compiled against.</summary>
public static class ShopReferences
{
    /// <summary>The framework, EF Core with Npgsql, Dapper, Npgsql and Microsoft.Data.Sqlite: the default of every test.</summary>
    public static ReferenceAssemblies All { get; } = new(TestReferences.All);

    /// <summary>The framework with the drivers of MongoDB and Redis. Combine with <c>IncludeShop = false</c>.</summary>
    public static ReferenceAssemblies Stores { get; } = new([.. TestReferences.Framework, .. TestReferences.Stores]);

    /// <summary>As <see cref="Stores"/>, with the libraries of <see cref="All"/> beside them.</summary>
    public static ReferenceAssemblies StoresAndAll { get; } = new([.. TestReferences.All, .. TestReferences.Stores]);

    /// <summary>The framework alone. Combine with <c>IncludeShop = false</c>.</summary>
    public static ReferenceAssemblies FrameworkOnly { get; } = new(TestReferences.Framework);
}
