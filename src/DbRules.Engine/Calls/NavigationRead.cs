using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A place that needs what a navigation of an entity holds, where the query in view that reads the entity does not load it.</summary>
public sealed class NavigationRead
{
    private readonly Func<LazyLoadingMode, bool> _isLazy;
    private readonly Func<LazyLoadingMode, bool> _isMissing;

    internal NavigationRead(
        IPropertyReferenceOperation operation, DbCall query, ImmutableArray<IPropertySymbol> path, Iteration? perElement, IncludePlace? place, Func<LazyLoadingMode, bool> isLazy, Func<LazyLoadingMode, bool> isMissing)
    {
        Operation = operation;
        Query = query;
        Path = path;
        PerElement = perElement;
        Place = place;
        _isLazy = isLazy;
        _isMissing = isMissing;
    }

    /// <summary>The read.</summary>
    public IPropertyReferenceOperation Operation { get; }

    /// <summary>The navigation's name.</summary>
    public string Name => Operation.Property.Name;

    /// <summary>The call that reads the entity; it may stand in another method of the class.</summary>
    public DbCall Query { get; }

    /// <summary>The navigations from the query's row to the one that is read, which comes last.</summary>
    public ImmutableArray<IPropertySymbol> Path { get; }

    /// <summary>The iteration that reads the navigation of another entity in each pass; null when none does.</summary>
    public Iteration? PerElement { get; }

    /// <summary>Where the query can be told to load the navigation; null where it cannot.</summary>
    public IncludePlace? Place { get; }

    /// <summary>Where to report: the navigation's name.</summary>
    public Location Location => (Operation.Syntax switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => Operation.Syntax,
    }).GetLocation();

    /// <summary>The entity whose navigation is read, as the code names it.</summary>
    public string Owner => CodeText.Short((Operation.Instance ?? Operation).Syntax);

    /// <summary>Whether the read surely loads the navigation from the store, once for each element.</summary>
    public bool IsLazilyLoadedPerElement(LazyLoadingMode mode) => PerElement is not null && _isLazy(mode);

    /// <summary>Whether the read surely finds nothing, though the code needs it.</summary>
    public bool IsMissing(LazyLoadingMode mode) => _isMissing(mode);

    /// <summary>The first read of each navigation of each query, of those that a rule has something to say about.</summary>
    public static IEnumerable<NavigationRead> FirstOfEach(IEnumerable<NavigationRead> reads) =>
        reads.GroupBy(read => (read.Query.Operation.Syntax, string.Join(".", read.Path.Select(property => property.Name)))).Select(group => group.First());
}
