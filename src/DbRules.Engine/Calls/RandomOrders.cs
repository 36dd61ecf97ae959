using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds queries whose rows the store sorts at random.</summary>
internal sealed class RandomOrders(ModelIndex models, RowBounds bounds, SmallTables smallTables)
{
    /// <inheritdoc cref="ResultSizeFacts.RandomOrderOf"/>
    public IInvocationOperation? Of(DbCall call)
    {
        if (call is not { IsRoundTrip: true, Query: { Kind: QueryRootKind.Store, Entity: INamedTypeSymbol entity } query } || !query.Has(QueryStep.Order))
            return null;
        foreach (QueryStepUse use in query.Steps)
        {
            if (use.Step is QueryStep.Take or QueryStep.Page)
                return null;
            if (use.Step == QueryStep.Order && RandomIn(use.Call) is { } random)
                return call.Body.Contains(random.Syntax.GetLocation()) && bounds.OfFilters(query, call.Body.Origins) != RowBound.Limited && !smallTables.Contains(entity) ? random : null;
        }

        return null;
    }

    private IInvocationOperation? RandomIn(IInvocationOperation order)
    {
        IInvocationOperation? found = null;
        foreach (IArgumentOperation argument in order.Arguments)
        {
            if (KeyPredicate.LambdaOf(argument.Value) is { } lambda)
                Operations.Any(lambda.Body, part => part is IInvocationOperation call && models.Of(call.TargetMethod)?.Has(DbEffect.Random) == true && (found = call) is not null, insideExpressionTrees: true);
        }

        return found;
    }
}
