using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>The types of the language's own query pattern, looked up once per compilation.</summary>
internal sealed class WellKnownTypes(Compilation compilation)
{
    private readonly INamedTypeSymbol? _queryable = compilation.GetTypeByMetadataName("System.Linq.IQueryable");
    private readonly INamedTypeSymbol? _cancellationToken = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    private readonly INamedTypeSymbol? _asyncEnumerable = compilation.GetTypeByMetadataName("System.Collections.Generic.IAsyncEnumerable`1");
    private readonly SmallTable<ITypeSymbol, bool> _isQueryable = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a type is <c>IQueryable</c> or implements it.</summary>
    public bool IsQueryable(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named || _queryable is null)
            return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsQueryable);
        if (_isQueryable.TryGetValue(named.OriginalDefinition, out bool known))
            return known;
        bool result = SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, _queryable)
            || named.OriginalDefinition.AllInterfaces.Contains(_queryable, SymbolEqualityComparer.Default);
        return _isQueryable.GetOrAdd(named.OriginalDefinition, result);
    }

    /// <summary>Whether a type can be enumerated with <c>foreach</c> or <c>await foreach</c> by an interface.</summary>
    public bool IsSequence(ITypeSymbol? type)
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

    private bool IsAsyncSequence(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _asyncEnumerable);

    /// <summary>Whether a type is <c>CancellationToken</c>.</summary>
    public bool IsCancellationToken(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, _cancellationToken);
}
