using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>What code sends to a store while it walks the rows of a query, which keeps a reader open on the connection behind them.</summary>
internal sealed class OpenReaders(Sessions sessions, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>
    /// Whether a pass of a loop over a query sends a command itself, callees included. Commands that surely go through another context or connection than the query do not count.
    /// </summary>
    public bool ArePassed(DbCall query, IForEachLoopOperation loop)
    {
        Session? reader = sessions.Of(query);
        foreach (DbCall call in query.Body.Calls)
        {
            if (call.IsRoundTrip && Operations.IsInside(call.Operation, loop.Body) && !IsAnother(sessions.Of(call), reader))
                return true;
        }

        foreach (OwnCall call in query.Body.OwnCalls)
        {
            if (Operations.IsInside(call.Operation, loop.Body) && Sends(summaryOf(call)))
                return true;
        }

        return false;
    }

    private bool Sends(MethodSummary summary)
    {
        if (summary.ReadsOnMiss)
            return true;
        // A callee that makes a context or connection for itself does not need that of the loop.
        return (summary.First ?? summary.Repeated) is { } trip
            && !(trip.Statement is { } statement && sessions.Of(statement) is { Path: [ILocalSymbol, ..] });
    }

    private static bool IsAnother(Session? session, Session? reader) =>
        session is { Path: [var start, ..] } && reader is { Path: [var other, ..] } && !SymbolEqualityComparer.Default.Equals(start, other);
}
