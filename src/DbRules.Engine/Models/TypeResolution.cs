using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>Finds what rows say about a type: its own line, then those of its bases and interfaces that are <c>and-derived</c>.</summary>
internal readonly struct TypeResolution(ModelSet models)
{
    /// <summary>
    /// Traits add up along the lineage and the nearest dialect wins, so that a provider's connection is a session by its base and
    /// has a dialect of its own. Null when no row speaks.
    /// </summary>
    public TypeModel? Find(INamedTypeSymbol type)
    {
        TypeModel? found = null;
        foreach (var ancestor in Lineage(type))
        {
            if (RowFor(ancestor) is not { } row)
                continue;
            var isOwn = SymbolEqualityComparer.Default.Equals(ancestor, type);
            if (!isOwn && !row.Model.AndDerived)
                continue;
            found = found is null ? row.Model : Merge(found, row.Model);
            if (row.Has(TypeMarks.Silences))
                return found;
        }

        return found;
    }

    /// <summary>The first layer's line that says something about the type itself; one that only heads rows does not.</summary>
    private TypeRow? RowFor(INamedTypeSymbol type)
    {
        foreach (var layer in models.Layers)
        {
            if (layer.Find(type.OriginalDefinition) is { } row && row.Has(TypeMarks.StatesTraits))
                return row;
        }

        return null;
    }

    private static TypeModel Merge(TypeModel near, TypeModel far)
    {
        var traits = near.Traits | far.Traits;
        var dialect = near.Dialect ?? far.Dialect;
        return traits == near.Traits && dialect == near.Dialect
            ? near
            : new TypeModel(near.Library, near.Name, near.AndDerived, traits, dialect);
    }

    private static IEnumerable<INamedTypeSymbol> Lineage(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
        foreach (var contract in type.AllInterfaces)
            yield return contract;
    }
}
