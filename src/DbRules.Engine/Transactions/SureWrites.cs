using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>A call that surely writes to a store which takes part in transactions.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Name">The name of the called member.</param>
/// <param name="Location">Where its name stands.</param>
/// <param name="Dialect">The dialect of the store; <see cref="SqlDialect.Unknown"/> when the code does not show it.</param>
public readonly record struct SureWrite(IOperation Operation, string Name, Location Location, SqlDialect Dialect);

/// <summary>Finds the calls of a body that surely write, directly or through calls. What may only read is none.</summary>
internal sealed class SureWrites(ModelIndex models, Dialects dialects, Func<OwnCall, MethodSummary> summaryOf)
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

    private bool IsWrite(DbCall call) =>
        call is { MayWrite: true, IsRoundTrip: true, Model: { } model }
        && (model.Has(DbEffect.Writes) || model.Has(DbEffect.Saves) || call.Command.Reads == false || !model.Has(DbEffect.Reads))
        && IsEnlisted(call);

    /// <summary>Whether the session takes part in the transactions of its thread, where it is known. Clients of other stores do not.</summary>
    private bool IsEnlisted(DbCall call) =>
        call.Session is not { } session || Operations.Unwrap(session).Type is not { } type || models.Of(type) is not { } model || model.Has(TypeTraits.Enlists);

    /// <summary>What opens or ends transactions of its own decides by itself what becomes of its writes.</summary>
    private Trip? WriteBehind(OwnCall call)
    {
        MethodSummary summary = summaryOf(call);
        if (summary.Transaction != TransactionUse.None)
            return null;
        Trip? trip = summary.Save ?? summary.Write ?? (summary.Repeated is { Kind: not TripKind.Read } repeated ? repeated : null);
        return trip?.Statement is { } statement && !IsEnlisted(statement) ? null : trip;
    }
}
