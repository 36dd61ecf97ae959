using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Finds transactions that code opens, writes in, and leaves without a commit although all went well. Leaving with a failure, on a test of what was written, or for a
/// trial run is how code rolls back, and no mistake.
/// </summary>
internal sealed class LostTransactions(CompilationContext context, OpenTransactions open, SureWrites writes, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>The transactions of a body, in source order.</summary>
    public IEnumerable<LostTransaction> Of(BodyFacts body) => open.Of(body) is { IsEmpty: false } opened ? Among(opened, body) : [];

    private IEnumerable<LostTransaction> Among(ImmutableArray<OpenTransaction> opened, BodyFacts body)
    {
        foreach (OpenTransaction transaction in opened)
        {
            if (IsOurs(transaction) && !IsTrial(body, transaction) && (transaction.Commits.IsEmpty || MayReturnEarly(transaction, body)) && body.PathsAround(transaction.Begin) is { } paths && Find(transaction, paths, body) is { } lost)
                yield return lost;
        }
    }

    /// <summary>A transaction object of a context or connection that nobody but this code ends, and that this code surely ends.</summary>
    private bool IsOurs(OpenTransaction transaction) =>
        transaction is { IsAdopted: false, Escapes: false, Session: not null, Begin: IInvocationOperation }
        && (transaction.Lifetime is not null || transaction.Rollbacks.Any(static end => IsRelease(end)));

    private static bool IsRelease(IOperation end) => end is IInvocationOperation { TargetMethod.Name: "Dispose" or "DisposeAsync" or "Close" };

    /// <summary>A cheap first question: whether a value is returned in front of a commit.</summary>
    private static bool MayReturnEarly(OpenTransaction transaction, BodyFacts body)
    {
        int last = transaction.Commits[transaction.Commits.Length - 1].Syntax.SpanStart;
        return body.Roots.Any(root => Operations.Any(root, operation => operation is IReturnOperation { IsImplicit: false, ReturnedValue: not null } && operation.Syntax.Span.End < last));
    }

    private LostTransaction? Find(OpenTransaction transaction, Paths paths, BodyFacts body)
    {
        IOperation[] written = [.. writes.In(transaction, body).Where(write => Operations.EnclosingFunction(write) == Operations.EnclosingFunction(transaction.Begin))];
        if (written.Length == 0)
            return null;
        if (!transaction.Commits.IsEmpty)
            return EarlySuccess(transaction, written, paths, body);
        IOperation[] rollbacks = [.. transaction.Rollbacks.Where(static end => !IsRelease(end))];
        return written.FirstOrDefault(write => paths.CanLeave(write, rollbacks)) is { } lost && !MayBeCommittedElsewhere(body) && !PassingRows.AreAllOf(transaction, written, body)
            ? new LostTransaction(transaction, lost, null, CommitPlaces.AtEnd(transaction, written, paths, TokenOf(transaction)))
            : null;
    }

    /// <summary>A return of a success in the middle of the transaction, behind a write and before every commit.</summary>
    private LostTransaction? EarlySuccess(OpenTransaction transaction, IOperation[] written, Paths paths, BodyFacts body)
    {
        if (transaction.Commits.Any(Operations.IsInFinally))
            return null;
        foreach (IOperation root in body.Roots)
        {
            LostTransaction? found = null;
            Operations.Any(root, operation =>
            {
                if (operation is IReturnOperation { IsImplicit: false, ReturnedValue: { } value } leave
                    && transaction.MayBeOpenAt(value)
                    && !Operations.IsInCatch(leave)
                    && Operations.EnclosingFunction(leave) == Operations.EnclosingFunction(transaction.Begin)
                    && transaction.Commits.Any(commit => commit.Syntax.SpanStart > leave.Syntax.Span.End)
                    && !transaction.Commits.Any(commit => paths.CanReach(commit, value, []))
                    && written.FirstOrDefault(write => paths.CanReach(write, value, [.. transaction.Commits, .. transaction.Rollbacks])) is { } lost
                    && SuccessValues.IsSuccess(value, written, body.Origins, context.Models)
                    && !SuccessValues.IsTested(leave, written, body.Origins))
                {
                    found = new LostTransaction(transaction, lost, value, new CommitPlace(null, leave, TokenOf(transaction)));
                }

                return found is not null;
            });
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>Code that writes only to see what would happen, as its names say.</summary>
    private static bool IsTrial(BodyFacts body, OpenTransaction transaction) =>
        TrialRuns.IsNamedSo(body.Owner?.Name) || TrialRuns.IsNamedSo(body.Owner?.ContainingType?.Name) || TrialRuns.IsNamedSo(transaction.Holder?.Name)
        || (body.Owner as IMethodSymbol)?.Parameters.Any(static parameter => TrialRuns.IsNamedSo(parameter.Name)) == true;

    /// <summary>Whether a call may commit in another way: one whose session the code does not show, SQL text, other code.</summary>
    private bool MayBeCommittedElsewhere(BodyFacts body)
    {
        HashSet<IOperation> known = [.. open.Of(body).SelectMany(static transaction => transaction.Commits)];
        return body.Calls.Any(static call => call.Command.Script?.Statements.Any(static statement => statement.Kind == Sql.SqlStatementKind.Transaction) == true)
            || body.OwnCalls.Any(call => (summaryOf(call).Transaction & (TransactionUse.Commits | TransactionUse.RollsBack)) != 0)
            || body.Roots.Any(root => Operations.Any(root, operation => operation is IInvocationOperation { TargetMethod: var method } && !known.Contains(operation)
                && (context.Models.Of(method) is { } model ? model.Has(DbEffect.Commits) : EndsByName(method.Name))));
    }

    private static bool EndsByName(string name) =>
        name.IndexOf("Commit", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Rollback", StringComparison.OrdinalIgnoreCase) >= 0 || name.StartsWith("Complete", StringComparison.Ordinal);

    private IOperation? TokenOf(OpenTransaction transaction) =>
        transaction.Begin is IInvocationOperation begin && context.Models.Of(begin.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Cancel, out string? name)
            ? Operations.Argument(begin, name)
            : null;
}
