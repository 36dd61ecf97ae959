using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>What a body of code is there for. Code that runs once, or only on a developer's machine, is judged less strictly.</summary>
public enum CodeRole
{
    Production,

    /// <summary>Part of a test project or of a class with test methods.</summary>
    Test,

    /// <summary>Part of a schema migration.</summary>
    Migration,

    /// <summary>Fills a database with first data, installs or upgrades it, as its name says.</summary>
    Seeding,
}

/// <summary>Reads the role of code from the types and names around it.</summary>
internal sealed class CodeRoles
{
    private static readonly string[] TestProjectEndings = ["Test", "Tests", "Testing", "TestUtilities", "Specs", "Benchmark", "Benchmarks", "TestCommon", "TestData"];
    /// <summary>Namespaces that hold nothing else, by the last of their names or one before it.</summary>
    private static readonly string[] SeedingNamespaces = ["Seed", "Seeds", "Seeding", "SeedData", "DataSeeding", "Migration", "Migrations"];

    private static readonly string[] SeedingEndings = ["StorageInitializer", "DbInitializer", "DbContextInitializer", "DbInitialiser", "DbContextInitialiser"];

    private static readonly string[] SeedingWords = ["Seed", "Migrat", "Upgrade", "Installation", "Installer", "Backfill", "SampleData", "TestData"];

    private readonly SmallTable<INamedTypeSymbol, CodeRole> _ofTypes = new(SymbolEqualityComparer.Default);
    private readonly Func<INamedTypeSymbol, CodeRole> _ofType;
    private readonly ModelIndex _models;
    private readonly bool _isTestProject;

    public CodeRoles(Compilation compilation, ModelIndex models)
    {
        _models = models;
        _isTestProject = IsTestProject(compilation.AssemblyName);
        _ofType = OfType;
    }

    public CodeRole Of(ISymbol owner)
    {
        if (_isTestProject)
            return CodeRole.Test;
        if (HasWord(owner.Name))
            return CodeRole.Seeding;
        for (INamedTypeSymbol? type = owner as INamedTypeSymbol ?? owner.ContainingType; type is not null; type = type.ContainingType)
        {
            if (_ofTypes.GetOrAdd(type, _ofType) is var role and not CodeRole.Production)
                return role;
        }

        return CodeRole.Production;
    }

    /// <summary>What a type by itself is there for, whatever project and types are around it.</summary>
    public CodeRole OfType(INamedTypeSymbol type)
    {
        if (_models.Of(type)?.Has(TypeTraits.Migration) == true)
            return CodeRole.Migration;
        if (HasWord(type.Name) || Array.Exists(SeedingEndings, ending => type.Name.EndsWith(ending, StringComparison.Ordinal)) || IsAmongSeeding(type.ContainingNamespace))
            return CodeRole.Seeding;
        // Attributes are costly to read: without a test framework no member can have one that counts.
        return _models.SeesTestFramework && type.GetMembers().Any(IsTestMethod) ? CodeRole.Test : CodeRole.Production;
    }

    private bool IsTestMethod(ISymbol member)
    {
        if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
            return false;
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && _models.Of(type)?.Has(TypeTraits.Test) == true)
                return true;
        }

        return false;
    }

    private static bool IsAmongSeeding(INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (Array.IndexOf(SeedingNamespaces, space.Name) >= 0 || space.Name.StartsWith("Seeder", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool HasWord(string name)
    {
        foreach (string word in SeedingWords)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private static bool IsTestProject(string? assemblyName)
    {
        if (assemblyName is null)
            return false;
        foreach (string segment in assemblyName.Split('.', '-', '_'))
        {
            foreach (string ending in TestProjectEndings)
            {
                if (segment.EndsWith(ending, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}
