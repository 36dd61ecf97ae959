using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Decides how many rows the query behind a call can return. What is not understood counts as a limit.</summary>
internal sealed class RowBounds(ModelIndex models, WellKnownTypes types, UniqueKeys keys)
{
    /// <summary>What limits the rows that a call takes into memory. A query that is enumerated row by row needs no limit.</summary>
    public RowBound Of(DbCall call)
    {
        if (call is not { Rows: RowCount.Many, Model: not null, IsRoundTrip: true, Query: { } query } || IsStreamed(call))
            return RowBound.Limited;
        return OfRows(query, call.Body.Origins);
    }

    /// <summary>What limits the rows of a query, whoever walks them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="origins">Tells what locals hold; without it a filter in a local is not in view.</param>
    public RowBound OfRows(QueryShape query, Origins? origins = null) =>
        query is { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol } && StartsAtSet(query) ? OfSteps(query, origins) : RowBound.Limited;

    /// <summary>What the steps behind the SQL that a query starts with let through of its rows.</summary>
    public RowBound OfStepsBehindSql(DbCall call, QueryShape query) => IsStreamed(call) ? RowBound.Limited : OfSteps(query, call.Body.Origins);

    /// <summary>What the filters alone let through.</summary>
    public RowBound OfFilters(QueryShape query, Origins? origins)
    {
        RowBound bound = query.Origin is IInvocationOperation root && FilterOf(root) is { } first ? OfFilter(first, origins) : RowBound.WholeTable;
        foreach (QueryStepUse use in query.Steps)
        {
            if (bound == RowBound.Limited)
                break;
            if (use.Step == QueryStep.Where && (FilterOf(use.Call) is { } filter ? OfFilter(filter, origins) : RowBound.Limited) is var next && next > bound)
                bound = next;
        }

        return bound;
    }

    /// <summary>Whether a query starts at a set of entities, and not at SQL text, a navigation or what another member makes.</summary>
    public bool StartsAtSet(QueryShape query) =>
        query.Origin is not IInvocationOperation call
        || (models.Of(call.TargetMethod) is { } model && model.Has(DbEffect.QueryRoot) && !model.Has(DbEffect.LoadsNavigation) && model.Parameters.Keys.All(static role => role is ParameterRole.Connection or ParameterRole.Transaction or ParameterRole.Source or ParameterRole.Predicate));

    /// <summary>Whether a filter gives a primary key or all of a unique index, so that one row at most passes.</summary>
    /// <param name="query">The query.</param>
    /// <param name="predicate">The filter that its terminal brings; null when it brings none.</param>
    public bool FindsOneRow(QueryShape query, IOperation? predicate = null) =>
        (predicate is not null && FindsOneRow(predicate)) || query.Steps.Any(use => use.Step == QueryStep.Where && FilterOf(use.Call) is { } filter && FindsOneRow(filter));

    private bool FindsOneRow(IOperation filter)
    {
        if (LambdaOf(filter) is not { Row: var row, Condition: var condition })
            return false;
        var equal = new List<IPropertySymbol>();
        foreach (IOperation part in KeyPredicate.Conjuncts(condition))
        {
            // A key behind a navigation finds one parent, and not one row.
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality
                && MemberEqualTo(equality.LeftOperand, equality.RightOperand, row) is { Property: var member, Instance: { } instance }
                && Operations.Unwrap(instance) is IParameterReferenceOperation)
            {
                equal.Add(member);
            }
        }

        return equal.Count > 0 && IdentifiesRow(equal[0].ContainingType, equal);
    }

    private RowBound OfSteps(QueryShape query, Origins? origins) =>
        query.Steps.All(static use => use.Step is QueryStep.Where or QueryStep.Order or QueryStep.Skip or QueryStep.Select or QueryStep.SelectMany or QueryStep.Include or QueryStep.Tracking or QueryStep.Cast or QueryStep.Options)
            ? OfFilters(query, origins)
            : RowBound.Limited;

    /// <summary>What a filter in view lets through; everything else may let through little.</summary>
    private RowBound OfFilter(IOperation filter, Origins? origins)
    {
        IOperation value = origins?.Resolve(filter) ?? filter;
        if (LambdaOf(value) is { Row: var row, Condition: var condition })
            return OfCondition(condition, row);
        return Operations.Unwrap(value) is IPropertyReferenceOperation { Property: var property } && models.Of(property)?.Has(DbEffect.AcceptsAll) == true ? RowBound.WholeTable : RowBound.Limited;
    }

    private static (IParameterSymbol Row, IOperation Condition)? LambdaOf(IOperation filter) =>
        KeyPredicate.LambdaOf(filter) is { Symbol.Parameters: [var row, ..], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } ? (row, condition) : null;

    private RowBound OfCondition(IOperation condition, IParameterSymbol row)
    {
        if (condition.ConstantValue is { HasValue: true, Value: var constant })
            return constant is true ? RowBound.WholeTable : RowBound.Limited;
        List<IPropertySymbol>? equal = null;
        foreach (IOperation part in KeyPredicate.Conjuncts(condition))
        {
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either)
            {
                if (OfCondition(either.LeftOperand, row) == RowBound.Limited && OfCondition(either.RightOperand, row) == RowBound.Limited)
                    return RowBound.Limited;
            }
            else if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality)
            {
                if (MemberEqualTo(equality.LeftOperand, equality.RightOperand, row) is not { Property: var member })
                    continue;
                if (NamesOneParent(member))
                    return RowBound.Limited;
                (equal ??= []).Add(member);
            }
            else if (IsKeyList(part, row))
            {
                return RowBound.Limited;
            }
        }

        return equal is not null && equal.Exists(member => IdentifiesRow(member.ContainingType, equal)) ? RowBound.Limited : RowBound.Filter;
    }

    /// <summary>The member of the row that an equality compares with something that is not the row's; null for any other equality.</summary>
    private static IPropertyReferenceOperation? MemberEqualTo(IOperation left, IOperation right, IParameterSymbol row)
    {
        (IOperation member, IOperation value) = IsOfRow(left, row) ? (left, right) : (right, left);
        return IsOfRow(value, row) ? null : Operations.Unwrap(member) as IPropertyReferenceOperation;
    }

    /// <summary>The rows of one other row: its foreign key or its navigation is given. How many those are the data decides, but they belong together.</summary>
    private bool NamesOneParent(IPropertySymbol member) =>
        TableNames.IsKey(member.Name) || Navigations.TargetOf(member) is not null || IdentifiesRow(member.ContainingType, [member]);

    private bool IdentifiesRow(ITypeSymbol entity, List<IPropertySymbol> equal) =>
        keys.Of(entity).Any(key => !key.IsEmpty && key.All(name => equal.Exists(member => member.Name == name)));

    /// <summary>The filter asks for the rows of a list that is held in memory.</summary>
    private bool IsKeyList(IOperation condition, IParameterSymbol row) =>
        Operations.Unwrap(condition) is IInvocationOperation { TargetMethod.Name: "Contains" } contains
        && Operations.Receiver(contains) is { } list
        && !IsOfRow(list, row)
        && !types.IsQueryable(Operations.Unwrap(list).Type)
        && Operations.Unwrap(list).Type?.SpecialType != SpecialType.System_String;

    private static bool IsOfRow(IOperation value, IParameterSymbol row) =>
        Operations.Any(value, part => part is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, row), insideExpressionTrees: true);

    private IOperation? FilterOf(IInvocationOperation call) =>
        models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Predicate, out string? name) ? Operations.Argument(call, name) : null;

    /// <summary>The rows pass one by one through a delegate or another operator: they are never all in memory.</summary>
    private bool IsStreamed(DbCall call) =>
        call.Model!.Has(DbEffect.Lazy)
        || (call.Invocation is { TargetMethod.ReturnType: var returned } && IsCursor(returned))
        || (call.Model.Parameters.ContainsKey(ParameterRole.PerElement) && call.Invocation is { TargetMethod.ReturnType: var result } && !Returns(result))
        || (call.Source is { } source && call.Invocation is { } terminal && Operations.Receiver(terminal) is { } receiver && Operations.Unwrap(receiver).Syntax != Operations.Unwrap(source).Syntax);

    private bool IsCursor(ITypeSymbol type) =>
        models.Of(type)?.Has(TypeTraits.Reader) == true || (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } && IsCursor(result));

    private static bool Returns(ITypeSymbol result) => result.SpecialType != SpecialType.System_Void && result is not INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.IsEmpty: true };
}
