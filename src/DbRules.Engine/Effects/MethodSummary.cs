using System.Collections.Immutable;
using DbRules.Engine.Calls;

namespace DbRules.Engine.Effects;

/// <summary>A delegate parameter that a method invokes.</summary>
/// <param name="Parameter">The delegate's ordinal.</param>
/// <param name="IsPerElement">Whether it runs once per element of something, and not once per call.</param>
/// <param name="Source">The ordinal of the parameter whose elements it runs for; null when it runs once or for the elements of something else.</param>
/// <param name="IsOnMiss">Whether it runs only when something that outlives the call did not remember an earlier result.</param>
public readonly record struct DelegateUse(int Parameter, bool IsPerElement = false, int? Source = null, bool IsOnMiss = false);

/// <summary>
/// What calling a method, constructor, accessor, operator, local function or lambda does to a store, callees included. A round trip is stated when
/// some path of the code surely makes it; what is not known is not stated, except in <see cref="MayWrite"/>.
/// </summary>
public sealed record MethodSummary
{
    /// <summary>The summary of code that does nothing to a store.</summary>
    public static readonly MethodSummary Nothing = new();

    /// <summary>The summary of code that cannot be seen. What may write and does nothing else that is known has an equal one, but another object.</summary>
    public static readonly MethodSummary Unknown = new() { MayWrite = true };

    /// <summary>The shortest way to a query that a call runs; null when none is known. Those that only a cache miss, an error or a loop over elements leads to do not count.</summary>
    public Trip? Read { get; init; }

    /// <summary>The shortest way to a call that sends staged changes; null as for <see cref="Read"/>.</summary>
    public Trip? Save { get; init; }

    /// <summary>The shortest way to a write at once; null as for <see cref="Read"/>.</summary>
    public Trip? Write { get; init; }

    /// <summary>The shortest way to a round trip that the code itself repeats for each element of a sequence: it is reported there, not at callers.</summary>
    public Trip? Repeated { get; init; }

    /// <summary>The ordinals of the parameters for whose elements round trips are repeated, in order.</summary>
    public ImmutableArray<int> RepeatedFor { get; init; } = [];

    /// <summary>Whether a round trip runs only when something that outlives the call did not remember an earlier result.</summary>
    public bool ReadsOnMiss { get; init; }

    /// <summary>Whether the code runs only when its result is enumerated.</summary>
    public bool IsLazy { get; init; }

    /// <summary>Whether a call may change what a store holds. When in doubt it may.</summary>
    public bool MayWrite { get; init; }

    /// <summary>Whether the code opens, commits or rolls back a transaction.</summary>
    public TransactionUse Transaction { get; init; }

    /// <summary>Whether the code works on something other than a store.</summary>
    public WorkOutside Outside { get; init; }

    /// <summary>Whether the result is a connection, command, reader or transaction that the code has opened or made, and that its caller must release.</summary>
    public bool ReturnsAcquired { get; init; }

    /// <summary>The ordinals of the parameters whose object the code releases, in order.</summary>
    public ImmutableArray<int> Releases { get; init; } = [];

    /// <summary>The ordinals of the query parameters that the code runs with a limit on the number of rows, in order.</summary>
    public ImmutableArray<int> Bounds { get; init; } = [];

    /// <summary>The delegates among the parameters that the code invokes, in order.</summary>
    public ImmutableArray<DelegateUse> Invokes { get; init; } = [];

    /// <summary>The way to report for a call that runs once per element: a query first, then a save, then a write. Null when there is none.</summary>
    public Trip? First => Read ?? Save ?? Write;

    /// <summary>Whether a call may read from a store or write to it. When in doubt it may.</summary>
    public bool MayMeetStore => MayWrite || First is not null || Repeated is not null || ReadsOnMiss;

    /// <summary>Whether it is equal to <see cref="Nothing"/>.</summary>
    internal bool StatesNothing =>
        Read is null && Save is null && Write is null && Repeated is null && RepeatedFor.IsEmpty && Invokes.IsEmpty && Releases.IsEmpty && Bounds.IsEmpty
        && Transaction == TransactionUse.None && Outside == WorkOutside.None && !(ReadsOnMiss || IsLazy || MayWrite || ReturnsAcquired);

    private bool IsAlike(MethodSummary other) =>
        Read is null == other.Read is null && Save is null == other.Save is null && Write is null == other.Write is null && Repeated is null == other.Repeated is null
        && (ReadsOnMiss, IsLazy, MayWrite, Outside, ReturnsAcquired) == (other.ReadsOnMiss, other.IsLazy, other.MayWrite, other.Outside, other.ReturnsAcquired)
        && (Transaction, RepeatedFor.Length, Releases.Length, Bounds.Length, Invokes.Length) == (other.Transaction, other.RepeatedFor.Length, other.Releases.Length, other.Bounds.Length, other.Invokes.Length);

    /// <summary>This and one more round trip.</summary>
    internal MethodSummary With(Trip trip) => trip.Kind switch
    {
        TripKind.Read => this with { Read = Trip.Shorter(Read, trip) },
        TripKind.Save => this with { Save = Trip.Shorter(Save, trip), MayWrite = true },
        _ => this with { Write = Trip.Shorter(Write, trip), MayWrite = true },
    };

    /// <summary>This and one more round trip that is repeated, for the elements of a parameter where that is known.</summary>
    internal MethodSummary WithRepeated(Trip trip, int? parameter) => this with
    {
        Repeated = Trip.Shorter(Repeated, trip),
        RepeatedFor = parameter is { } ordinal && !RepeatedFor.Contains(ordinal) ? RepeatedFor.Add(ordinal).Sort() : RepeatedFor,
    };

    /// <summary>This with other ways to its round trips.</summary>
    internal MethodSummary WithTrips(Func<Trip, Trip> other) => (Read ?? Save ?? Write ?? Repeated) is null ? this : this with
    {
        Read = Read is null ? null : other(Read),
        Save = Save is null ? null : other(Save),
        Write = Write is null ? null : other(Write),
        Repeated = Repeated is null ? null : other(Repeated),
    };

    /// <summary>This and one more delegate that is invoked.</summary>
    internal MethodSummary WithDelegate(DelegateUse use) =>
        Invokes.Contains(use) ? this : this with { Invokes = Invokes.Add(use).Sort(static (one, other) => one.Parameter.CompareTo(other.Parameter)) };

    // Most differ in what is at hand; the words of the ways are compared last.
    public bool Equals(MethodSummary? other) => ReferenceEquals(this, other) || (other is not null && IsAlike(other) && ToString() == other.ToString());

    public override int GetHashCode() => ToString().GetHashCode();

    /// <summary>The summary as words, the same for the same summary; <c>nothing</c> when it states nothing.</summary>
    public override string ToString() => SummaryText.Write(this);
}

/// <summary>What code does with transactions.</summary>
[Flags]
public enum TransactionUse
{
    None = 0,

    /// <summary>It opens one.</summary>
    Begins = 1 << 0,

    /// <summary>It makes the writes of one durable.</summary>
    Commits = 1 << 1,

    /// <summary>It undoes the writes of one.</summary>
    RollsBack = 1 << 2,
}
