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
        if (call is not { Rows: RowCount.Many, Model: not null, IsRoundTrip: true, Query: { } query } || IsStreamed(call) || Paging.TakesPage(call))
            return RowBound.Limited;
        return OfRows(query, call.Body.Origins);
    }

    /// <summary>What limits the rows of a query, whoever walks them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="origins">Tells what locals hold; without it a filter in a local is not in view.</param>
    public RowBound OfRows(QueryShape query, Origins? origins = null) =>
        query is { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol } && StartsAtSetOrCollection(query) ? OfSteps(query, origins) : RowBound.Limited;

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
    public bool StartsAtSet(QueryShape query) => StartsAtSet(query, static role => role is ParameterRole.Connection or ParameterRole.Source);

    /// <summary>As <see cref="StartsAtSet(QueryShape)"/>, or at a collection of documents, which may bring a filter and a session.</summary>
    public bool StartsAtSetOrCollection(QueryShape query) =>
        StartsAtSet(query, static role => role is ParameterRole.Connection or ParameterRole.Source or ParameterRole.Transaction or ParameterRole.Predicate);

    private bool StartsAtSet(QueryShape query, Func<ParameterRole, bool> isAllowed) =>
        query.Origin is not IInvocationOperation call
        || (models.Of(call.TargetMethod) is { } model && model.Has(DbEffect.QueryRoot) && !model.Has(DbEffect.LoadsNavigation) && model.Parameters.Keys.All(isAllowed));

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
            if (SidesOf(part) is { } sides
                && SideOfRow(sides, row) is { } mine
                && MemberOf(mine) is { Property: var member, Instance: { } instance }
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
            else if (SidesOf(part) is { } sides)
            {
                if (SideOfRow(sides, row) is not { } mine)
                    continue;
                if (IsKeyByName(mine))
                    return RowBound.Limited;
                if (MemberOf(mine) is not { Property: var member })
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

    /// <summary>What a condition says to be equal, by operator or by <c>Equals</c>; null for any other condition.</summary>
    private static (IOperation Left, IOperation Right)? SidesOf(IOperation condition) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality => (equality.LeftOperand, equality.RightOperand),
        IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } left, Arguments: [var right] } => (left, right.Value),
        IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_Object }, Arguments: [var left, var right] } => (left.Value, right.Value),
        _ => null,
    };

    /// <summary>The side that is of the row, where the other is not; null when both or none are.</summary>
    private static IOperation? SideOfRow((IOperation Left, IOperation Right) sides, IParameterSymbol row) => (IsOfRow(sides.Left, row), IsOfRow(sides.Right, row)) switch
    {
        (true, false) => sides.Left,
        (false, true) => sides.Right,
        _ => null,
    };

    /// <summary>The member that an expression reads, also behind the value of one that may be null; null for any other expression.</summary>
    private static IPropertyReferenceOperation? MemberOf(IOperation value) => Operations.Unwrap(value) switch
    {
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } inner } => MemberOf(inner),
        IPropertyReferenceOperation member => member,
        _ => null,
    };

    /// <summary>A call reads a key of the row that it names by text: one that the entity's class need not have.</summary>
    private static bool IsKeyByName(IOperation value) =>
        Operations.Unwrap(value) is IInvocationOperation call && call.Arguments.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: string name } && TableNames.IsKey(name));

    /// <summary>The rows of one other row: its foreign key or its navigation is given. How many those are the data decides, but they belong together.</summary>
    private bool NamesOneParent(IPropertySymbol member) =>
        TableNames.IsKey(member.Name) || Navigations.TargetOf(member) is not null || IdentifiesRow(member.ContainingType, [member]);

    private bool IdentifiesRow(ITypeSymbol entity, List<IPropertySymbol> equal) =>
        keys.Of(entity).Any(key => !key.IsEmpty && key.All(name => equal.Exists(member => member.Name == name)));

    /// <summary>The filter asks for the rows of a list that is held in memory.</summary>
    private bool IsKeyList(IOperation condition, IParameterSymbol row) =>
        Operations.Unwrap(condition) is IInvocationOperation { TargetMethod.Name: "Contains" or "Any" } contains
        && (contains.TargetMethod.Name == "Contains" || FindsKeyOf(contains, row))
        && Operations.Receiver(contains) is { } list
        && !IsOfRow(list, row)
        && !types.IsQueryable(Operations.Unwrap(list).Type)
        && Operations.Unwrap(list).Type?.SpecialType != SpecialType.System_String;

    /// <summary>A search of a list for an element that is equal to something of the row.</summary>
    private static bool FindsKeyOf(IInvocationOperation any, IParameterSymbol row) =>
        KeyPredicate.LambdaOf(any.Arguments[any.Arguments.Length - 1].Value) is { Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] }
        && KeyPredicate.Conjuncts(condition).Any(part => SidesOf(part) is { } sides && SideOfRow(sides, row) is not null);

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
        models.Of(type)?.Has(TypeTraits.Reader) == true || (Tasks.YieldOf(type) is { } result && IsCursor(result));

    private static bool Returns(ITypeSymbol result) => result.SpecialType != SpecialType.System_Void && (!Tasks.IsTask(result) || Tasks.YieldOf(result) is not null);
}
