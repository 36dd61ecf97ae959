using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds where a <c>using</c> declaration can take the place of a plain one.</summary>
internal sealed class UsingPlaces(DeferredEscapes escapes)
{
    /// <summary>The place for what a local holds; null where a <c>using</c> declaration cannot stand, or would release what is still in use.</summary>
    public UsingPlace? Of(Acquisition acquisition, Custody custody, BodyFacts body)
    {
        if (custody.IsUnclear || custody.Handovers.Count > 0 || acquisition.Destination.Site is not IVariableDeclaratorOperation { Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1, Parent: IBlockOperation block } group } })
            return null;
        // A using local can neither be assigned nor passed by reference, and no jump may lead over its declaration.
        if (body.Origins.Of(acquisition.Holder!).Count != 1 || block.Operations.Any(static statement => statement is ILabeledOperation))
            return null;
        // A task that is awaited later is no resource.
        if (!SymbolEqualityComparer.Default.Equals(WellKnownTypes.ResultOf(acquisition.Holder!.Type), acquisition.Holder.Type))
            return null;
        // What was handed out of it would find it released.
        if (escapes.MayOutlive(acquisition, body))
            return null;
        return new UsingPlace(group.Syntax.GetLocation(), CanAwait(acquisition, body), Needless(acquisition, custody, block));
    }

    private static bool CanAwait(Acquisition acquisition, BodyFacts body) =>
        IsAsync(acquisition.Operation, body) && acquisition.Holder!.Type.AllInterfaces.Concat([acquisition.Holder.Type]).Any(static one => one is { Name: "IAsyncDisposable", ContainingNamespace.Name: "System" });

    private static bool IsAsync(IOperation operation, BodyFacts body) => Operations.EnclosingFunction(operation) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync,
        ILocalFunctionOperation function => function.Symbol.IsAsync,
        _ => body.Owner is IMethodSymbol { IsAsync: true },
    };

    /// <summary>The releases at the end of the block of the declaration, with at most a <c>return</c> behind them: a using declaration releases there by itself.</summary>
    private static ImmutableArray<Location> Needless(Acquisition acquisition, Custody custody, IBlockOperation block)
    {
        var found = new List<Location>();
        for (int last = block.Operations.Length - 1; last >= 0; last--)
        {
            IOperation statement = block.Operations[last];
            if (statement is IReturnOperation && last == block.Operations.Length - 1)
                continue;
            if (statement is not IExpressionStatementOperation { Operation: var expression } || !custody.Releases.Any(release => Operations.Unwrap(expression) == release.Call))
                break;
            found.Add(statement.Syntax.GetLocation());
        }

        found.Reverse();
        return [.. found];
    }
}
