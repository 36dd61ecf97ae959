using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>A call that surely writes to a store which takes part in transactions.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Name">The name of the called member.</param>
/// <param name="Location">Where its name stands.</param>
/// <param name="Dialect">The dialect of the store; <see cref="SqlDialect.Unknown"/> when the code does not show it.</param>
public readonly record struct SureWrite(IOperation Operation, string Name, Location Location, SqlDialect Dialect);

/// <summary>Finds the calls of a body that surely write, directly or through calls. What may only read is none, nor what clients of other stores write.</summary>
internal sealed class SureWrites(ModelIndex models, Dialects dialects, Sessions sessions, CalledSessions called, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>The writes among the calls that a condition selects, direct ones first.</summary>
    public IEnumerable<SureWrite> In(BodyFacts body, Func<IOperation, bool> selects)
    {
        foreach (DbCall call in body.Calls)
        {
            if (IsWrite(call) && selects(call.Operation))
                yield return new SureWrite(call.Operation, call.Name, call.Location, dialects.Of(call, otherwise: null));
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (selects(call.Operation) && WriteBehind(call) is { } trip)
                yield return new SureWrite(call.Operation, call.Name, call.Location, trip.Statement is { } statement ? dialects.Of(statement, otherwise: null) : SqlDialect.Unknown);
        }
    }

    /// <summary>The writes that a scope covers. A connection that was opened before it takes no part in it.</summary>
    public IEnumerable<SureWrite> In(AmbientScope scope) => In(scope.Body, operation => scope.Covers(operation) && !IsOpenBefore(operation, scope));

    /// <summary>
    /// The calls that write through the session of a transaction that the body has opened, or are given the transaction, while it may be open; in an ambient one all that
    /// write.
    /// </summary>
    public IEnumerable<IOperation> In(OpenTransaction transaction, BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (IsWrite(call) && transaction.MayBeOpenAt(call.Operation) && (IsAmbient(transaction) || GoesThrough(call, transaction) || IsGiven(call, transaction)))
                yield return call.Operation;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (transaction.MayBeOpenAt(call.Operation) && WriteBehind(call) is { } trip && (IsAmbient(transaction) || IsHanded(call, transaction) || GoesThrough(call, trip, transaction)))
                yield return call.Operation;
        }
    }

    private static bool IsAmbient(OpenTransaction transaction) => transaction is { Session: null, Begin: IObjectCreationOperation };

    private bool GoesThrough(DbCall call, OpenTransaction transaction) => transaction.Session?.Equals(sessions.Of(call)) == true;

    /// <summary>The same member of another object holds another session.</summary>
    private bool GoesThrough(OwnCall call, Trip trip, OpenTransaction transaction) =>
        call.Receiver is null or IInstanceReferenceOperation && transaction.Session?.Equals(called.Of(call, trip)) == true;

    private static bool IsGiven(DbCall call, OpenTransaction transaction) =>
        transaction.Holder is { } holder && call.TryGetTransaction(out IOperation? given) && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(given), holder);

    private bool IsHanded(OwnCall call, OpenTransaction transaction) => call.Arguments.Any(argument =>
        (transaction.Holder is { } holder && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(argument.Value), holder))
        || transaction.Session?.Equals(sessions.Of(argument.Value, call.Body.Origins)) == true);

    private static bool IsOpenBefore(IOperation write, AmbientScope scope)
    {
        DbCall? written = scope.Body.Calls.FirstOrDefault(call => call.Operation == write);
        return written is not null
            && Operations.RootSymbol(written.Session) is { } session
            && scope.Body.Calls.Any(call => call is { Model: { } model, Invocation: { } open }
                && model.Plays("this", ParameterRole.Acquires)
                && open.Syntax.Span.End <= scope.Creation.Syntax.SpanStart
                && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(Operations.Receiver(open)), session));
    }

    private bool IsWrite(DbCall call) => WritingCalls.Writes(call) && IsEnlisted(call);

    /// <summary>Whether the session takes part in transactions of its thread, where it is known. Clients of other stores do not.</summary>
    private bool IsEnlisted(DbCall call) =>
        call.Session is not { } session || Operations.Unwrap(session).Type is not { } type || models.Of(type) is not { } model || model.Has(TypeTraits.Enlists);

    /// <summary>The way to a write that a call makes. What opens or ends transactions of its own decides by itself what becomes of its writes.</summary>
    private Trip? WriteBehind(OwnCall call)
    {
        MethodSummary summary = summaryOf(call);
        if (summary.Transaction != TransactionUse.None)
            return null;
        Trip? trip = summary.Save ?? summary.Write ?? (summary.Repeated is { Kind: not TripKind.Read } repeated ? repeated : null);
        return trip?.Statement is { } statement && !IsEnlisted(statement) ? null : trip;
    }
}
