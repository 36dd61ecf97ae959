using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A part of a query that the code takes without saying in which order the rows come.</summary>
/// <param name="Step">The first call that skips or takes rows.</param>
/// <param name="Place">Where an order fits; null when the code in view has no place, or no key to order by.</param>
public sealed record UnorderedPage(IInvocationOperation Step, QueryPlace? Place);

/// <summary>Answers how a query takes a page: in which order, how far in, how large.</summary>
internal sealed class Paging(ModelIndex models, EntityKeys keys, RowBounds bounds)
{
    /// <summary>The page that a call reads in no order; null when it has one, when it is the only row or batch of its kind, or when that is not known.</summary>
    public UnorderedPage? UnorderedPageOf(DbCall call)
    {
        if (call is not { Rows: RowCount.Many, Model: not null, IsRoundTrip: true, Query: { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol entity } query } || !bounds.StartsAtSetOrCollection(query))
            return null;
        if (query.Steps.Any(static use => use.Step is QueryStep.Order or QueryStep.Group or QueryStep.Join or QueryStep.SetOperation or QueryStep.Other or QueryStep.Cast))
            return null;
        if (call.Argument(ParameterRole.Selector) is not null)
            return null;
        IInvocationOperation? itself = TakesPage(call) ? call.Invocation : null;
        if (itself is null && !query.Steps.Any(static use => use is { Step: QueryStep.Skip or QueryStep.Page, IsConditional: false }) && !TakesShare(query, call))
            return null;
        IInvocationOperation? step = query.Steps.Where(static use => use.Step is QueryStep.Skip or QueryStep.Take or QueryStep.Page).Select(static use => use.Call).FirstOrDefault() ?? itself;
        return step is null ? null : new UnorderedPage(step, QueryPlaces.ForOrder(step, entity, keys));
    }

    /// <summary>The number of rows that a call takes as its caller says, whatever that is; null when something limits it, or when it is not the caller's.</summary>
    public IOperation? UnclampedCountOf(DbCall call)
    {
        if (call is not { Rows: RowCount.Many, IsRoundTrip: true, Query: { Kind: QueryRootKind.Store } query } || call.Body.Owner is not IMethodSymbol { DeclaredAccessibility: Accessibility.Public } owner)
            return null;
        IEnumerable<IInvocationOperation> steps = query.Steps.Where(static use => use.Step is QueryStep.Take or QueryStep.Page).Select(static use => use.Call);
        if (TakesPage(call))
            steps = steps.Append(call.Invocation!);
        foreach (IInvocationOperation step in steps)
        {
            if (Operations.IsInside(step, call.Body.Roots[0])
                && SizeOf(step) is { } count
                && Operations.Referenced(call.Body.Origins.Resolve(count)) is { } size
                && Operations.RootSymbol(call.Body.Origins.Resolve(count)) is IParameterSymbol parameter
                && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, owner)
                && !IsLimited(size, parameter, call.Body))
            {
                return count;
            }
        }

        return null;
    }

    /// <summary>Whether a call that runs a query takes one page of its rows: a helper that is handed the size of one.</summary>
    public static bool TakesPage(DbCall call) => call.Model?.Step == QueryStep.Page && call.Argument(ParameterRole.Count) is not null;

    /// <summary>The step by which a query in order skips a number of rows that only run time knows; null when it has none, or when that is not known.</summary>
    public IInvocationOperation? OffsetOf(DbCall call)
    {
        if (call is not { Rows: RowCount.Many, Model: not null, IsRoundTrip: true, Query: { Kind: QueryRootKind.Store } query } || !query.Has(QueryStep.Order) || !bounds.StartsAtSetOrCollection(query))
            return null;
        return query.Steps.Where(static use => use.Step == QueryStep.Skip && CountOf(use.Call) is { ConstantValue.HasValue: false }).Select(static use => use.Call).FirstOrDefault();
    }

    /// <summary>The number of rows that a step skips or takes; null for one that has none.</summary>
    public static IOperation? CountOf(IInvocationOperation step) =>
        step.Arguments.Length > 0 && step.Arguments[step.Arguments.Length - 1].Value is { Type.SpecialType: SpecialType.System_Int32 } count ? Operations.Unwrap(count) : null;

    /// <summary>How many rows a step takes at most: what its row names a count, and of a row without one the last argument.</summary>
    private IOperation? SizeOf(IInvocationOperation step) =>
        models.Of(step.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Count, out string? name)
            ? Operations.Argument(step, name) is { Type.SpecialType: SpecialType.System_Int32 } size ? Operations.Unwrap(size) : null
            : CountOf(step);

    /// <summary>Which rows come is a matter of chance, and more than one may: one row, or a batch of work that a loop comes back for, is another thing.</summary>
    private bool TakesShare(QueryShape query, DbCall call) =>
        query.Steps.Any(static use => use is { Step: QueryStep.Take, IsConditional: false } && CountOf(use.Call) is { ConstantValue: not { HasValue: true, Value: <= 2 } })
        && !Iterations.MayRepeat(call.Operation)
        && bounds.OfFilters(query, call.Body.Origins) != RowBound.Limited;

    /// <summary>The code compares, changes or checks the number, or its declaration says what it may be.</summary>
    private bool IsLimited(ISymbol size, IParameterSymbol parameter, BodyFacts body)
    {
        if (HasRange(size) || HasRange(parameter) || (size is IPropertySymbol property && !PlainMembers.IsPlain(property)) || body.Origins.Of(size).Count > 0 || body.Origins.Of(parameter).Count > 0)
            return true;
        return body.Roots.Any(root => Operations.Any(root, part => part switch
        {
            IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
                    or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            } comparison => Names(comparison.LeftOperand, size) || Names(comparison.RightOperand, size),
            IIsPatternOperation test => Names(test.Value, size),
            ISwitchExpressionOperation choice => Names(choice.Value, size),
            // Handed on as it is, or with the request that it came in: the other code may check it.
            IArgumentOperation { Parent: IInvocationOperation call } argument =>
                (Names(argument.Value, size) || Names(argument.Value, parameter)) && !IsOfPage(call),
            _ => false,
        }));
    }

    private bool IsOfPage(IInvocationOperation call) => models.Of(call.TargetMethod)?.Step is QueryStep.Take or QueryStep.Skip or QueryStep.Page;

    private static bool Names(IOperation value, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(Operations.Referenced(value), symbol);

    private static bool HasRange(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "RangeAttribute" or "MaxAttribute");
}
