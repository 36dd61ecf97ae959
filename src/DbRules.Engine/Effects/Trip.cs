using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>What a round trip does.</summary>
public enum TripKind
{
    /// <summary>It reads and does not write.</summary>
    Read,

    /// <summary>It sends what was staged before, as <c>SaveChanges</c> does.</summary>
    Save,

    /// <summary>It writes at once.</summary>
    Write,
}

/// <summary>A round trip that code reaches: the call that starts the way, the calls in between, and the statement that goes to the store.</summary>
public sealed class Trip
{
    private readonly Func<Location, DbCall?>? _callAt;
    private readonly bool _isPipelined;
    private DbCall? _statement;

    internal Trip(TripKind kind, string name, Location? location, Trip? next, DbCall? statement = null)
    {
        Kind = kind;
        Name = name;
        Location = location;
        Next = next;
        Length = next is null ? 1 : next.Length + 1;
        _statement = statement;
    }

    private Trip(TripKind kind, string name, Location? location, Trip? next, Func<Location, DbCall?>? callAt, bool isPipelined)
        : this(kind, name, location, next)
    {
        _callAt = callAt;
        _isPipelined = isPipelined;
    }

    public TripKind Kind { get; }

    /// <summary>The member that is called: with its type, but for a library's own member.</summary>
    public string Name { get; }

    /// <summary>Where it is called; null when that is in another project.</summary>
    public Location? Location { get; }

    /// <summary>What the called member does; null at the statement that goes to the store.</summary>
    public Trip? Next { get; }

    /// <summary>The number of calls, the last included.</summary>
    public int Length { get; }

    /// <summary>The call at the end that goes to the store; null when it is in another project or assembly.</summary>
    internal DbCall? Statement
    {
        get
        {
            Trip last = Calls.Last();
            return last._statement ??= last.Location is { } place ? last._callAt?.Invoke(place) : null;
        }
    }

    /// <summary>Whether the statement goes through a session that sends the commands of all its callers as they come; known for another project's, too, but not for another assembly's.</summary>
    internal bool IsPipelined => Calls.Last() is var last && (last._isPipelined || (last._statement is { } statement && statement.Body.IsPipelined(statement)));

    /// <summary>The calls, first to last.</summary>
    public IEnumerable<Trip> Calls
    {
        get
        {
            for (Trip? call = this; call is not null; call = call.Next)
                yield return call;
        }
    }

    /// <summary>Where the calls stand, first to last, as far as this project declares them.</summary>
    public IEnumerable<Location> Locations => Calls.Select(static call => call.Location).OfType<Location>();

    /// <summary>The names of the calls with arrows between them.</summary>
    public override string ToString() => string.Join(" → ", Calls.Select(static call => call.Name));

    /// <summary>The same way without places, for callers in another project: a finding may name no place there.</summary>
    internal Trip WithoutLocations() => Copy(static _ => null, null);

    /// <summary>The same way without what is bound, so that it may outlive its compilation.</summary>
    internal Trip Unbound() => Copy(static call => call.Location, null);

    /// <summary>A way that <see cref="Unbound"/> made, in a compilation that has the same files: its statement is looked for when somebody asks.</summary>
    /// <param name="callAt">The call to a store that stands at a place.</param>
    internal Trip BoundBy(Func<Location, DbCall?> callAt) => Copy(static call => call.Location, callAt);

    private Trip Copy(Func<Trip, Location?> locationOf, Func<Location, DbCall?>? callAt)
    {
        Trip? copy = null;
        foreach (Trip call in Calls.Reverse())
            copy = new Trip(call.Kind, call.Name, locationOf(call), copy, callAt, copy is null && call.IsPipelined);
        return copy!;
    }

    /// <summary>The shorter of two ways; of equally long ones that which comes first by name, so that the answer does not depend on the order of questions.</summary>
    internal static Trip? Shorter(Trip? one, Trip? other)
    {
        if (one is null || other is null)
            return one ?? other;
        if (one.Length != other.Length)
            return one.Length < other.Length ? one : other;
        return string.CompareOrdinal(one.ToString(), other.ToString()) <= 0 ? one : other;
    }
}
