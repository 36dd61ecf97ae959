using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>Code that releases a connection which its context goes on owning.</summary>
/// <param name="Connection">Where the code gets the connection.</param>
/// <param name="Site">Where it releases it: the call, or the <c>using</c> statement or declaration.</param>
/// <param name="Owner">How the code names the context.</param>
public sealed record LentRelease(Acquisition Connection, IOperation Site, string Owner)
{
    /// <summary>Whether a field keeps the connection until another member releases it: when that runs is not in view.</summary>
    public bool IsKept { get; init; }

    /// <summary>The statement that does nothing but release it: the <c>using</c> statement or declaration, or the call. Null where the code may need more than its removal.</summary>
    public Location? Statement { get; init; }

    /// <summary>The call that opens the connection by hand; null when none does.</summary>
    public IOperation? Opening { get; init; }

    /// <summary>The statement that does nothing but open it; null when there is none.</summary>
    public Location? OpeningStatement => Opening is null ? null : LentConnections.StatementAround(Opening);
}
