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
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (AddsLast(current, type, ref found))
                return found;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (AddsLast(contract, type, ref found))
                return found;
        }

        return found;
    }

    /// <summary>Adds what the rows say about an ancestor. Whether those of its own ancestors do not count any more.</summary>
    private bool AddsLast(INamedTypeSymbol ancestor, INamedTypeSymbol type, ref TypeModel? found)
    {
        if (ancestor.SpecialType != SpecialType.None || RowFor(ancestor) is not { } row || (!row.Model.AndDerived && !SymbolEqualityComparer.Default.Equals(ancestor, type)))
            return false;
        found = found is null ? row.Model : Merge(found, row.Model);
        return row.Has(TypeMarks.Silences);
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
}
