using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Where the code of a query can go on with an order or a limit.</summary>
/// <param name="Behind">The expression that the new call is chained to.</param>
/// <param name="Row">The type of the row there.</param>
/// <param name="Key">The primary key of the row, to order by; null where the query has an order already.</param>
public sealed record QueryPlace(IOperation Behind, ITypeSymbol Row, IPropertySymbol? Key)
{
    /// <summary>Whether the query goes on with operators of LINQ; else with those of its own type.</summary>
    public bool IsLinq => Behind.Type is INamedTypeSymbol query && (IsQueryable(query) || query.AllInterfaces.Any(IsQueryable));

    private static bool IsQueryable(INamedTypeSymbol type) => type is { Name: "IQueryable", Arity: 0 or 1 };
}

/// <summary>Finds such places. None is better than one that changes which rows come first.</summary>
internal static class QueryPlaces
{
    /// <summary>The last place of a call's query where an order and a limit fit; null when the code in view has none, or no key to order by.</summary>
    public static QueryPlace? ForLimit(DbCall call, EntityKeys keys)
    {
        if (call is not { Source: { } source, Query: { Entity: { } entity } query })
            return null;
        if (query.Steps.Any(static use => use is { Step: QueryStep.Order, IsConditional: false }))
            return Operations.Unwrap(source) is { Type: INamedTypeSymbol { IsGenericType: true } } ordered ? new QueryPlace(ordered, entity, null) : null;
        return query.Has(QueryStep.Order) || keys.PrimaryKeyOf(entity) is not { } key || LastOfRow(source, entity) is not { } behind ? null : new QueryPlace(behind, entity, key);
    }

    /// <summary>The place in front of a step that needs an order.</summary>
    public static QueryPlace? ForOrder(IInvocationOperation step, ITypeSymbol entity, EntityKeys keys) =>
        Operations.Receiver(step) is { } receiver && IsOf(Operations.Unwrap(receiver), entity) && keys.PrimaryKeyOf(entity) is { } key
            ? new QueryPlace(Operations.Unwrap(receiver), entity, key)
            : null;

    private static IOperation? LastOfRow(IOperation source, ITypeSymbol entity)
    {
        IOperation? current = Operations.Unwrap(source);
        while (current is not null && !IsOf(current, entity))
            current = current is IInvocationOperation step && Operations.Receiver(step) is { } receiver ? Operations.Unwrap(receiver) : null;
        return current;
    }

    private static bool IsOf(IOperation query, ITypeSymbol entity) =>
        query.Type is INamedTypeSymbol { TypeArguments: [var row, ..] } && SymbolEqualityComparer.Default.Equals(row, entity);
}
