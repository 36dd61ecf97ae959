using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Which places of a body surely write in a transaction that it has opened.</summary>
internal sealed class TransactionWrites(Sessions sessions, Commits commits, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>The calls that write through the transaction's session, or are given the transaction, while it may be open; in an ambient one all that write.</summary>
    public IEnumerable<IOperation> In(OpenTransaction transaction, BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (IsWrite(call) && transaction.MayBeOpenAt(call.Operation) && (IsAmbient(transaction) || GoesThrough(call, transaction) || IsGiven(call, transaction)))
                yield return call.Operation;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if ((summaryOf(call) is { Save: not null } or { Write: not null }) && transaction.MayBeOpenAt(call.Operation) && (IsAmbient(transaction) || IsHanded(call, transaction) || transaction.Session?.Equals(commits.Of(call)?.Session) == true))
                yield return call.Operation;
        }
    }

    /// <summary>A write by its row or its text; a command that returns no rows where the text is not known.</summary>
    private static bool IsWrite(DbCall call) =>
        Commits.WritesRows(call) || (call.Model is { Rows: RowCount.None } model && model.Has(DbEffect.WritesBySql) && call.IsRoundTrip && call.Command.IsUnknown);

    private static bool IsAmbient(OpenTransaction transaction) => transaction is { Session: null, Begin: IObjectCreationOperation };

    private bool GoesThrough(DbCall call, OpenTransaction transaction) => transaction.Session?.Equals(sessions.Of(call)) == true;

    private static bool IsGiven(DbCall call, OpenTransaction transaction) =>
        transaction.Holder is { } holder && call.TryGetTransaction(out IOperation? given) && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(given), holder);

    private bool IsHanded(OwnCall call, OpenTransaction transaction) => call.Arguments.Any(argument =>
        (transaction.Holder is { } holder && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(argument.Value), holder))
        || transaction.Session?.Equals(sessions.Of(argument.Value, call.Body.Origins)) == true);
}
