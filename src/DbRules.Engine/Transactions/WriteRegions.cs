using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds where one transaction can begin before the first of several writes and be committed behind the last.</summary>
internal sealed class WriteRegions(CompilationContext context, NeedlessSaves needlessSaves, WriteReasons reasons, RetryingContexts retrying, RetryUnits units, SessionEntries entries, ConnectionRegions connections)
{
    /// <summary>As the option <c>dbrules.small_sequence</c> says by default.</summary>
    private const int SmallSequence = 4;

    private readonly TransactionMembers _members = new(context);
    private readonly CancellationTokens _tokens = new();

    /// <summary>The region; null where the code has no such place, or where a transaction would change more than what becomes durable together.</summary>
    public WriteRegion? Of(UncoveredWrites writes, BodyFacts body)
    {
        if (needlessSaves.Of(writes, body) is { } needless)
            return new WriteRegion { NeedlessSave = needless };
        IOperation firstWrite = writes.First.Operation;
        IOperation lastWrite = writes.All[writes.All.Count - 1].Operation;
        if (StatementsOf(firstWrite, lastWrite) is not ({ } first, { } last)
            || !writes.All.All(static write => Operations.ResultOf(write.Operation) is not null)
            || writes.First.Write is not { Session: { } expression } write
            || writes.First.Session is not { Type: { } type } named
            || _members.Of(type, AsyncPlaces.AllowsAwait(firstWrite, body)) is not { } use
            || writes.All.All(one => one.Write is not { } repeated || IsPerElement(repeated, body)))
        {
            return null;
        }

        // A transaction would hold the locks of all rows in the order of the loop, see DBR311.
        if (writes.All.Any(one => one.Write is { } row && LockOrders.Locks(row) && RowLoops.Around(row.Operation) != RowLoops.Around(first)))
            return null;
        first = use.Lender is null ? connections.StartOf(first, last, named, body) : first;
        if (SessionText(expression, first) is not { } session)
            return null;
        ImmutableArray<TransactionPass> passes = [];
        string? open = null;
        if (use.Lender is null)
        {
            if (connections.PassesIn(first, last, named, use.Transaction, body) is not { } found)
                return null;
            passes = found;
            if (!connections.IsOpen(named, write, body))
            {
                if (connections.OpenerOf(named, body, use.IsAwaited) is not { } opener)
                    return null;
                open = session + "." + opener.Name;
            }
        }

        IOperation? returned = last is IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } ? value : null;
        if ((returned is not null && !CanBeKept(returned))
            || ExitsBetween(firstWrite, first, last, body) is not { } exits
            || SwallowsBetween(first, last, body))
        {
            return null;
        }

        RetryUse retries = use.Lender is null ? RetryUse.Off : type is INamedTypeSymbol context ? retrying.Of(context) : RetryUse.Unknown;
        if (retries == RetryUse.On)
        {
            if (returned is not null || !exits.IsEmpty || !entries.HoldNothing(named, body) || UnitStart(first, last, named, type, body) is not { } start)
                return null;
            first = start;
        }
        else if (retries == RetryUse.Unknown && retrying.Any)
        {
            // A strategy that may be there would refuse the transaction.
            return null;
        }

        return new WriteRegion
        {
            StrategyOf = retries == RetryUse.On ? session : null,
            First = first,
            Last = last,
            Exits = exits,
            Begin = string.Join(".", new[] { session, use.Lender, use.Begin.Name }.Where(static part => !string.IsNullOrEmpty(part))),
            Open = open,
            Passes = passes,
            Commit = use.Commit.Name,
            IsAwaited = use.IsAwaited,
            IsReleasedAsync = use.IsReleasedAsync,
            Token = use.IsAwaited && use.TakesToken ? _tokens.At(write.Operation, body) : null,
        };
    }

    /// <summary>A loop repeats a write for each element. When it repeats all of them, a transaction for each would cost what DBR310 speaks of.</summary>
    private bool IsPerElement(DbCall write, BodyFacts body) =>
        write.RepetitionBeyond(SmallSequence).PerElement is { } iteration && !reasons.KeepsElementsApart(write.Operation, body, iteration);

    /// <summary>The statement that a unit must begin with to be run again: all that it changes it makes or loads itself. Null when there is none.</summary>
    private IOperation? UnitStart(IOperation first, IOperation last, Session session, ITypeSymbol type, BodyFacts body)
    {
        if (type is not INamedTypeSymbol named || last.Syntax is not StatementSyntax end)
            return null;
        foreach (IOperation statement in ((IBlockOperation)first.Parent!).Operations.Where(one => one.Syntax.SpanStart <= first.Syntax.SpanStart).Reverse())
        {
            if (statement.Syntax is StatementSyntax start && units.MayRunAgain(start, end, session, named, body))
                return statement;
        }

        return null;
    }

    /// <summary>The two statements of the innermost block around both writes that hold them; one and the same where one call makes all.</summary>
    private static (IOperation First, IOperation Last)? StatementsOf(IOperation firstWrite, IOperation lastWrite)
    {
        for (IOperation? parent = firstWrite.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is not IBlockOperation block || !Operations.IsInside(lastWrite, block))
                continue;
            IOperation? first = block.Operations.FirstOrDefault(statement => Operations.IsInside(firstWrite, statement));
            IOperation? last = block.Operations.FirstOrDefault(statement => Operations.IsInside(lastWrite, statement));
            return first is not null && last is not null && (first != last || firstWrite == lastWrite) && LoopEntry.HasRoom(first) ? (first, last) : null;
        }

        return null;
    }

    /// <summary>The context as the write names it; empty for the object that the code is part of. Null where that cannot be said before the first statement.</summary>
    private string? SessionText(IOperation expression, IOperation first)
    {
        IOperation session = Operations.Unwrap(expression);
        if (session is IPropertyReferenceOperation { Property: var property, Instance: { } owner } && context.Models.Of(property)?.Plays("this", ParameterRole.Connection) == true)
            session = Operations.Unwrap(owner);
        if (session is IInstanceReferenceOperation { IsImplicit: true })
            return "";
        bool isPath = session is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation;
        return isPath && Operations.RootSymbol(session) is var root && (root is not ILocalSymbol || root.DeclaringSyntaxReferences.All(declaration => declaration.Span.End < first.Syntax.SpanStart))
            ? session.Syntax.ToString()
            : null;
    }

    /// <summary>Whether a local of an inferred type can hold a value before it is returned.</summary>
    private static bool CanBeKept(IOperation returned) =>
        Operations.Unwrap(returned) is IInvocationOperation { Type.SpecialType: not SpecialType.System_Void } || returned is IAwaitOperation { Type.SpecialType: not SpecialType.System_Void };

    /// <summary>The jumps behind the first write that leave the region; null where one of them runs something else first.</summary>
    private static ImmutableArray<IOperation>? ExitsBetween(IOperation firstWrite, IOperation first, IOperation last, BodyFacts body)
    {
        ImmutableArray<IOperation>.Builder exits = ImmutableArray.CreateBuilder<IOperation>();
        IOperation? function = Operations.EnclosingFunction(firstWrite);
        bool isSimple = true;
        foreach (IOperation statement in StatementsBetween(first, last))
        {
            Operations.Visit(statement, 0, (operation, _) =>
            {
                if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return false;
                if (operation is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } or ILabeledOperation)
                    isSimple = false;
                if (operation == last || operation.Syntax.SpanStart < firstWrite.Syntax.Span.End || Operations.IsInCatch(operation))
                    return true;
                if (operation is IReturnOperation exit)
                {
                    isSimple &= !(exit.ReturnedValue is { } value && RunsSomething(value));
                    if (!exit.IsImplicit)
                        exits.Add(exit);
                }
                else if (operation is IBranchOperation jump && Leaves(jump, first, last))
                {
                    exits.Add(jump);
                }

                return true;
            });
        }

        return isSimple && exits.All(exit => Operations.EnclosingFunction(exit) == function) ? exits.ToImmutable() : null;

        bool RunsSomething(IOperation value) => body.Calls.Any(call => Operations.IsInside(call.Operation, value)) || body.OwnCalls.Any(call => Operations.IsInside(call.Operation, value));
    }

    private static bool Leaves(IBranchOperation jump, IOperation first, IOperation last)
    {
        for (IOperation? parent = jump.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation or ISwitchOperation && (IsExitOf(parent, jump) || (parent is ILoopOperation loop && SymbolEqualityComparer.Default.Equals(loop.ContinueLabel, jump.Target))))
                return parent.Syntax.SpanStart < first.Syntax.SpanStart || parent.Syntax.Span.End > last.Syntax.Span.End;
        }

        return true;
    }

    private static bool IsExitOf(IOperation around, IBranchOperation jump) => around switch
    {
        ILoopOperation loop => SymbolEqualityComparer.Default.Equals(loop.ExitLabel, jump.Target),
        ISwitchOperation choice => SymbolEqualityComparer.Default.Equals(choice.ExitLabel, jump.Target),
        _ => false,
    };

    /// <summary>A handler in between goes on after a write has failed: what was written before would be committed then.</summary>
    private static bool SwallowsBetween(IOperation first, IOperation last, BodyFacts body) => StatementsBetween(first, last).Any(statement => Operations.Any(statement, operation =>
        operation is ITryOperation attempt
        && attempt.Catches.Any(static handler => !Conditions.Jumps(handler.Handler))
        && body.Calls.Any(call => call.MayWrite && Operations.IsInside(call.Operation, attempt.Body))));

    private static IEnumerable<IOperation> StatementsBetween(IOperation first, IOperation last) => ((IBlockOperation)first.Parent!).Operations
        .Where(statement => Operations.IsBetween(statement, first, last));
}
