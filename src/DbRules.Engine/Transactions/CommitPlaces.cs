using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds where the commit belongs that a transaction lacks.</summary>
internal static class CommitPlaces
{
    /// <summary>
    /// The end of the code that belongs to the transaction, before the last return; inside a <c>try</c> at its end. Null where a write can leave it in another way.
    /// </summary>
    public static CommitPlace? AtEnd(OpenTransaction transaction, IOperation[] written, Paths paths, IOperation? token)
    {
        if (transaction.Holder is null || BlockOf(transaction) is not { } block)
            return null;
        while (LastStep(block) is ITryOperation { Catches.IsEmpty: false } attempt && written.All(write => Operations.IsInside(write, attempt.Body)))
            block = attempt.Body;
        IReturnOperation? last = block.Operations.LastOrDefault(static operation => !operation.IsImplicit) as IReturnOperation;
        bool isClear = written.All(write => Operations.IsInside(write, block)) && !Operations.Any(block, operation => operation != last && Leaves(operation, block, written, paths));
        return !isClear ? null : last is null ? new CommitPlace(block, null, token) : new CommitPlace(null, last, token);
    }

    private static IBlockOperation? BlockOf(OpenTransaction transaction) => transaction.Lifetime switch
    {
        IUsingOperation scope => scope.Body as IBlockOperation,
        IBlockOperation block => block,
        null => TryBehind(transaction.Begin),
        _ => null,
    };

    /// <summary>The body of the <c>try</c> that follows the statement, which releases the transaction at its end.</summary>
    private static IBlockOperation? TryBehind(IOperation begin)
    {
        IOperation statement = begin;
        while (statement.Parent is { } parent and not IBlockOperation)
            statement = parent;
        if (statement.Parent is not IBlockOperation { Operations: var operations })
            return null;
        int index = operations.IndexOf(statement);
        return operations.Skip(index + 1).OfType<ITryOperation>().FirstOrDefault() is { Finally: not null } attempt ? attempt.Body : null;
    }

    private static IOperation? LastStep(IBlockOperation block)
    {
        ImmutableArray<IOperation> operations = block.Operations;
        return operations.LastOrDefault(static operation => !operation.IsImplicit && operation is not IReturnOperation);
    }

    private static bool Leaves(IOperation operation, IBlockOperation block, IOperation[] written, Paths paths) => operation switch
    {
        IReturnOperation { IsImplicit: false } leave when Operations.EnclosingFunction(leave) == Operations.EnclosingFunction(block) && !Operations.IsInCatch(leave) =>
            leave.ReturnedValue is not { } value || written.Any(write => paths.CanReach(write, value, [])),
        IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IBranchOperation branch => branch.GetCorrespondingOperation() is not { } target || !Operations.IsInside(target, block),
        _ => false,
    };
}
