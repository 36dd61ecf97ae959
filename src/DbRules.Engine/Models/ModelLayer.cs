using System.Collections.Immutable;
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
            var simpleName = type.Model.Name.Substring(type.Model.Name.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];
            if (!_typesBySimpleName.TryGetValue(simpleName, out var types))
                _typesBySimpleName.Add(simpleName, types = []);
            types.Add(type);
            _memberNames.UnionWith(type.MemberNames);
            Assemblies.UnionWith(type.Assemblies);
            if (type.Model.Has(TypeTraits.Library))
                libraries.Add(type);
            if (type.Model.Has(TypeTraits.Test))
                testFrameworks.Add(type);
            if (type.Model.Has(TypeTraits.Handles))
                HandlerNames.Add(simpleName);
        }

        Libraries = new LibrarySight(libraries);
        TestFrameworks = new LibrarySight(testFrameworks);
    }

    internal ImmutableArray<ModelFile> Files { get; }

    /// <summary>The assemblies that the rows name.</summary>
    internal HashSet<string> Assemblies { get; } = new(StringComparer.OrdinalIgnoreCase);

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
        if (!_typesBySimpleName.TryGetValue(definition.Name, out var candidates))
            return null;
        foreach (var candidate in candidates)
        {
            if (IsNameOf(candidate.Model.Name, definition))
                return candidate;
        }

        return null;
    }

    /// <summary>Whether a name is the one that <see cref="Compilation.GetTypeByMetadataName"/> takes for a type. Asked of every type that code names, so that it makes no text.</summary>
    private static bool IsNameOf(string name, INamedTypeSymbol type)
    {
        var end = name.Length;
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (!EndsWith(name, current.MetadataName, current.ContainingType is null ? '.' : '+', ref end))
                return false;
        }

        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (!EndsWith(name, space.Name, '.', ref end))
                return false;
        }

        return end < 0;
    }

    /// <summary>Takes a part off the end of a name, with the separator before it; what is left is shorter than nothing when there was none.</summary>
    private static bool EndsWith(string name, string part, char separator, ref int end)
    {
        var start = end - part.Length;
        if (start < 0 || string.CompareOrdinal(name, start, part, 0, part.Length) != 0)
            return false;
        end = start - 1;
        return start == 0 || name[end] == separator;
    }
}
