using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>The types of the language's own query pattern, known by their names: to have a compilation look for one costs more than all that is asked of most compilations.</summary>
internal sealed class WellKnownTypes
{
    private readonly SmallTable<ITypeSymbol, bool> _isQueryable = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a type is <c>IQueryable</c> or implements it.</summary>
    public bool IsQueryable(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named)
            return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsQueryable);
        if (_isQueryable.TryGetValue(named.OriginalDefinition, out bool known))
            return known;
        bool result = IsOwnQueryable(named) || named.OriginalDefinition.AllInterfaces.Any(IsOwnQueryable);
        return _isQueryable.GetOrAdd(named.OriginalDefinition, result);
    }

    /// <summary>Whether a type can be enumerated with <c>foreach</c> or <c>await foreach</c> by an interface.</summary>
    public static bool IsSequence(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        if (type.SpecialType == SpecialType.System_Collections_IEnumerable || IsAsyncSequence(type))
            return true;
        // The definition implements what its constructed types do, and has its interfaces at hand.
        foreach (INamedTypeSymbol implemented in type.OriginalDefinition.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.System_Collections_IEnumerable || IsAsyncSequence(implemented))
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is <c>Exception</c> or derives from it.</summary>
    public static bool IsException(ITypeSymbol? type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return false;
    }

    /// <summary>Whether a type is <c>CancellationToken</c>.</summary>
    public static bool IsCancellationToken(ITypeSymbol? type) => type is { Name: "CancellationToken", ContainingType: null } && IsIn(type.ContainingNamespace, "Threading");

    private static bool IsOwnQueryable(INamedTypeSymbol type) => type is { Name: "IQueryable", Arity: 0, ContainingType: null } && IsIn(type.ContainingNamespace, "Linq");

    private static bool IsAsyncSequence(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "IAsyncEnumerable", Arity: 1, ContainingType: null } && type.ContainingNamespace is { Name: "Generic" } space && IsIn(space.ContainingNamespace, "Collections");

    /// <summary>Whether a namespace is the one of a name in <c>System</c>.</summary>
    private static bool IsIn(INamespaceSymbol? space, string name) =>
        space?.Name == name && space.ContainingNamespace is { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true };
}
