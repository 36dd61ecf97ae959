using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction that is undone although nothing went wrong.</summary>
/// <param name="Write">A write that is undone.</param>
/// <param name="Exit">The value returned by the way out that does not complete the scope, where others do; null when nothing completes it.</param>
/// <param name="Completion">The name of the member that completes it.</param>
public sealed record LostWrites(SureWrite Write, IOperation? Exit, string Completion);

/// <summary>Finds scopes that write and are never completed, or that a path leaves as a success without completing them.</summary>
internal sealed class Completions(ModelIndex models, BeginOptions options, SureWrites writes)
{
    public LostWrites? Of(AmbientScope scope)
    {
        if (options.MaySuspend(scope.Creation) || CompletionOf(scope) is not { } completion || CompletedBy(scope) is not { } completed || IsUndoneOnPurpose(scope))
            return null;
        ImmutableArray<SureWrite> written = [.. writes.In(scope).Where(static write => write.Dialect != SqlDialect.Sqlite)];
        if (written.IsEmpty)
            return null;
        if (completed.IsEmpty)
            return new LostWrites(written[0], null, completion);
        if (scope.Body.PathsAround(scope.Creation) is not { } paths)
            return null;
        IOperation[] operations = [.. written.Select(static write => write.Operation)];
        foreach (IOperation value in ReturnedIn(scope))
        {
            if (SuccessValues.IsSuccess(value, operations, scope.Body.Origins, models)
                && !SuccessValues.IsTested(value, operations, scope.Body.Origins)
                && !completed.Any(call => paths.CanFollow(call, value))
                && written.FirstOrDefault(write => paths.IsDominatedBy(value, write.Operation)) is { Operation: not null } write)
            {
                return new LostWrites(write, value, completion);
            }
        }

        return null;
    }

    private string? CompletionOf(AmbientScope scope) =>
        scope.Creation.Type?.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => models.Of(method)?.Has(DbEffect.Commits) == true)?.Name;

    /// <summary>
    /// The calls that complete the scope; null when something else may do so (who is handed the scope, another function, a later holder), and when a path disposes it
    /// before its end, which undoes what was written.
    /// </summary>
    private ImmutableArray<IOperation>? CompletedBy(AmbientScope scope)
    {
        if (scope.Local is not { } local)
            return [];
        var completed = ImmutableArray.CreateBuilder<IOperation>();
        foreach (ILocalReferenceOperation reference in scope.Body.Origins.MentionsOf(local))
        {
            IInvocationOperation? call = CallOn(reference);
            if (!scope.IsBeside(reference) || (call is null && !IsOnlyAsked(reference)) || (call is not null && AmbientScope.IsDisposal(call, local) && !EndsLifetime(call, scope)))
                return null;
            if (call is not null && models.Of(call.TargetMethod)?.Has(DbEffect.Commits) == true)
                completed.Add(call);
        }

        return completed.ToImmutable();
    }

    /// <summary>The call of a member of what a reference names; null when it is used otherwise.</summary>
    private static IInvocationOperation? CallOn(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when call.Instance == reference => call,
        IConditionalAccessOperation { WhenNotNull: IInvocationOperation { Instance: IConditionalAccessInstanceOperation } call } access when access.Operation == reference => call,
        _ => null,
    };

    /// <summary>Whether a disposal is the one that the lifetime leads to: the last statement itself, or in its <c>finally</c>.</summary>
    private static bool EndsLifetime(IOperation disposal, AmbientScope scope) => scope.Lifetime[scope.Lifetime.Length - 1] switch
    {
        ITryOperation { Finally: { } handler } => Operations.IsInside(disposal, handler),
        IExpressionStatementOperation { Operation: var last } => last == disposal,
        _ => !scope.Covers(disposal),
    };

    /// <summary>The reference is what a <c>using</c> disposes, or is compared with null.</summary>
    private static bool IsOnlyAsked(ILocalReferenceOperation reference) =>
        Holder(reference) is IUsingOperation or IBinaryOperation or IIsPatternOperation;

    private static IOperation? Holder(IOperation operation)
    {
        while (operation.Parent is IConversionOperation conversion)
            operation = conversion;
        return operation.Parent;
    }

    /// <summary>The code rolls back, throws at the end, or says by its names that it only tries what would happen.</summary>
    private bool IsUndoneOnPurpose(AmbientScope scope)
    {
        if (scope.Lifetime[scope.Lifetime.Length - 1] is var last && (last is IBlockOperation block ? block.Operations.LastOrDefault() : last) is IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation)
            return true;
        for (ISymbol? around = scope.Body.Owner; around is not null and not INamespaceSymbol; around = around.ContainingSymbol)
        {
            if (TrialRuns.IsNamedSo(around.Name))
                return true;
        }

        return scope.Lifetime.Any(statement => Operations.Any(statement, operation => operation switch
        {
            IInvocationOperation call => models.Of(call.TargetMethod)?.Has(DbEffect.RollsBack) == true,
            ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => TrialRuns.IsNamedSo(Operations.Referenced(operation)?.Name),
            _ => false,
        }));
    }

    /// <summary>What the returns in the scope hand back, but for those that answer an error.</summary>
    private static List<IOperation> ReturnedIn(AmbientScope scope)
    {
        List<IOperation> found = [];
        foreach (IOperation statement in scope.Lifetime)
        {
            Operations.Visit(statement, found, static (operation, found) =>
            {
                if (operation is IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } && !Operations.IsInCatch(operation))
                    found.Add(value);
                return operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            });
        }

        return found;
    }
}
