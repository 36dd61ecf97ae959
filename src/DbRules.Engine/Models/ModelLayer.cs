using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>The rows of files that have equal say, found by symbol.</summary>
internal sealed class ModelLayer
{
    private readonly Dictionary<string, List<TypeRow>> _typesBySimpleName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _memberNames = new(StringComparer.Ordinal);

    internal ModelLayer(ImmutableArray<ModelFile> files)
    {
        Files = files;
        var libraries = new List<TypeRow>();
        var testFrameworks = new List<TypeRow>();
        foreach (var file in files)
        foreach (var type in file.Types)
        {
            var simpleName = type.Model.Name.Substring(type.Model.Name.LastIndexOfAny(['.', '+']) + 1);
            if (!_typesBySimpleName.TryGetValue(simpleName, out var types))
                _typesBySimpleName.Add(simpleName, types = []);
            types.Add(type);
            _memberNames.UnionWith(type.MemberNames);
            if (type.Model.Has(TypeTraits.Library))
                libraries.Add(type);
            if (type.Model.Has(TypeTraits.Test))
                testFrameworks.Add(type);
            if (type.Model.Has(TypeTraits.Handles))
                HandlerNames.Add(simpleName.Split('`')[0]);
        }

        Libraries = new LibrarySight(libraries);
        TestFrameworks = new LibrarySight(testFrameworks);
    }

    internal ImmutableArray<ModelFile> Files { get; }

    internal LibrarySight Libraries { get; }

    internal LibrarySight TestFrameworks { get; }

    /// <summary>The names, without arity, of the interfaces whose implementations handle requests.</summary>
    internal HashSet<string> HandlerNames { get; } = new(StringComparer.Ordinal);

    internal bool Names(string member) => _memberNames.Contains(member);

    /// <summary>The metadata names of the types with a row for a member of this name.</summary>
    internal IEnumerable<string> TypesNaming(string member) =>
        _memberNames.Contains(member) ? Files.SelectMany(file => file.Types).Where(type => type.MemberNames.Contains(member)).Select(type => type.Model.Name) : [];

    internal TypeRow? Find(INamedTypeSymbol definition)
    {
        if (!_typesBySimpleName.TryGetValue(definition.MetadataName, out var candidates))
            return null;
        var name = FullName(definition);
        return candidates.Find(type => type.Model.Name == name);
    }

    /// <summary>The name that <see cref="Compilation.GetTypeByMetadataName"/> takes.</summary>
    private static string FullName(INamedTypeSymbol type)
    {
        var name = new StringBuilder(type.MetadataName);
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name.Insert(0, '+').Insert(0, outer.MetadataName);
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            name.Insert(0, '.').Insert(0, space.Name);
        return name.ToString();
    }
}
