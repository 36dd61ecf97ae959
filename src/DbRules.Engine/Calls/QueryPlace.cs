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
    /// <summary>The expression that a limit is chained to: another one where the code filters behind the order, since a limit before a filter leaves out rows that pass it.</summary>
    public IOperation LimitBehind { get; init; } = Behind;

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
        IOperation last = Operations.Unwrap(source);
        if (query.Steps.Any(static use => use is { Step: QueryStep.Order, IsConditional: false }))
            return last.Type is INamedTypeSymbol { IsGenericType: true } ? new QueryPlace(last, entity, null) : null;
        if (query.Has(QueryStep.Order) || keys.PrimaryKeyOf(entity) is not { } key || LastOfRow(last, entity) is not { } behind)
            return null;
        QueryStep[] later = [.. StepsBetween(behind, last, query)];
        if (later.All(static step => KeepsRows(step) || step == QueryStep.SelectMany))
            return new QueryPlace(behind, entity, key);
        return later.All(static step => KeepsRows(step) || step is QueryStep.Where or QueryStep.Cast) ? new QueryPlace(behind, entity, key) { LimitBehind = last } : null;
    }

    /// <summary>The place in front of a step that needs an order.</summary>
    public static QueryPlace? ForOrder(IInvocationOperation step, ITypeSymbol entity, EntityKeys keys) =>
        Operations.Receiver(step) is { } receiver && IsOf(Operations.Unwrap(receiver), entity) && keys.PrimaryKeyOf(entity) is { } key
            ? new QueryPlace(Operations.Unwrap(receiver), entity, key)
            : null;

    private static IOperation? LastOfRow(IOperation last, ITypeSymbol entity)
    {
        IOperation? current = last;
        while (current is not null && !IsOf(current, entity))
            current = Before(current);
        return current;
    }

    /// <summary>What the code does with a query behind one of its expressions, last first.</summary>
    private static IEnumerable<QueryStep> StepsBetween(IOperation behind, IOperation last, QueryShape query)
    {
        for (IOperation? current = last; current is not null && current != behind; current = Before(current))
            yield return query.Steps.Where(use => use.Call == current).Select(static use => use.Step).DefaultIfEmpty(QueryStep.Other).First();
    }

    private static IOperation? Before(IOperation expression) =>
        expression is IInvocationOperation step && Operations.Receiver(step) is { } receiver ? Operations.Unwrap(receiver) : null;

    /// <summary>A step behind which there is one row for each row before it, in the same order.</summary>
    private static bool KeepsRows(QueryStep step) => step is QueryStep.Select or QueryStep.Include or QueryStep.Tracking or QueryStep.Options;

    private static bool IsOf(IOperation query, ITypeSymbol entity) =>
        query.Type is INamedTypeSymbol { TypeArguments: [var row, ..] } && SymbolEqualityComparer.Default.Equals(row, entity);
}
