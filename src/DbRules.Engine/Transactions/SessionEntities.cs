using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>Which types may bring tracked objects of a session along. When in doubt they may. Thread-safe.</summary>
internal sealed class SessionEntities(ModelIndex models)
{
    private readonly SmallTable<INamedTypeSymbol, HashSet<ITypeSymbol>> _entities = new(SymbolEqualityComparer.Default);

    /// <summary>Whether an object of a type is an entity of a session, holds one in a property or element, or may be anything.</summary>
    public bool MayHold(ITypeSymbol? type, INamedTypeSymbol session) => type switch
    {
        null or IDynamicTypeSymbol or { SpecialType: SpecialType.System_Object } => true,
        { SpecialType: not SpecialType.None } or { IsValueType: true, TypeKind: TypeKind.Enum } => false,
        _ => Holds(type, _entities.GetOrAdd(session, EntitiesOf), 2),
    };

    private bool Holds(ITypeSymbol type, HashSet<ITypeSymbol> entities, int depth)
    {
        if (type is IArrayTypeSymbol array)
            return Holds(array.ElementType, entities, depth);
        if (type is not INamedTypeSymbol named)
            return type.TypeKind == TypeKind.TypeParameter;
        if (named.TypeArguments.Any(argument => Holds(argument, entities, depth)))
            return true;
        if (models.Of(named) is { Traits: not TypeTraits.None })
            return false;
        for (INamedTypeSymbol? parent = named; parent is not null; parent = parent.BaseType)
        {
            if (entities.Contains(parent.OriginalDefinition))
                return true;
        }

        // Sets that the session does not name may be of any class of the project.
        if (named.DeclaringSyntaxReferences.IsEmpty || named.TypeKind is TypeKind.Enum or TypeKind.Delegate)
            return false;
        return entities.Count == 0 || (depth > 0 && named.GetMembers().OfType<IPropertySymbol>().Any(property => !property.IsStatic && Holds(property.Type, entities, depth - 1)));
    }

    /// <summary>The types of the sets of a session, and what their properties lead to.</summary>
    private HashSet<ITypeSymbol> EntitiesOf(INamedTypeSymbol session)
    {
        var found = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<ITypeSymbol>();
        for (INamedTypeSymbol? type = session; type is not null; type = type.BaseType)
        {
            foreach (IPropertySymbol set in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (set.Type is INamedTypeSymbol { TypeArguments: [var entity] } && models.Of(set.Type)?.Has(TypeTraits.Query) == true)
                    pending.Enqueue(entity);
            }
        }

        while (pending.Count > 0)
        {
            if (pending.Dequeue() is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } entity)
                continue;
            foreach (ITypeSymbol argument in entity.TypeArguments)
                pending.Enqueue(argument);
            if (entity.DeclaringSyntaxReferences.IsEmpty || !found.Add(entity.OriginalDefinition))
                continue;
            foreach (IPropertySymbol property in entity.GetMembers().OfType<IPropertySymbol>())
            {
                pending.Enqueue(property.Type);
                foreach (ITypeSymbol element in (property.Type as INamedTypeSymbol)?.TypeArguments ?? [])
                    pending.Enqueue(element);
            }
        }

        return found;
    }
}
