using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Says through which session of its caller a called member works.</summary>
internal sealed class CalledSessions(Sessions sessions)
{
    /// <summary>
    /// The session of the statement that a way leads to, as the caller names it: its own, that of its own members, or one that it hands over. Null when the caller
    /// cannot name it.
    /// </summary>
    /// <param name="call">The call that starts the way.</param>
    /// <param name="trip">The way.</param>
    public Session? Of(OwnCall call, Trip trip)
    {
        if (trip.Statement is not { } statement || sessions.Of(statement) is not { } session)
            return null;
        // The parameter of a primary constructor is there for all members, as a field is.
        if (session.IsOwn || session.IsInjected)
            return call.Receiver is IInstanceReferenceOperation || session.IsInjected || session.IsStatic ? session : null;
        if (trip.Length != 2 || session.Path is not [IParameterSymbol parameter])
            return null;
        IArgumentOperation? given = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.ArgumentKind != ArgumentKind.DefaultValue);
        return given is null ? null : sessions.Of(given.Value, call.Body.Origins);
    }

    /// <summary>The session of the statement that a way leads to, where all members of the object can name it; null for any other.</summary>
    public Session? OfMember(Trip trip) =>
        trip.Statement is { } statement && sessions.Of(statement) is { } session && (session.IsOwn || session.IsInjected || session.IsStatic) ? session : null;
}
