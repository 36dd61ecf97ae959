using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Lifetimes;

/// <summary>What a value does with a resource that it needs.</summary>
public enum NeedKind
{
    /// <summary>It is the resource, or a part of it: a context, its facade, a connection, a transaction.</summary>
    Session,

    /// <summary>It sends commands through it when it is told to.</summary>
    Command,

    /// <summary>It is a query that runs when somebody enumerates it.</summary>
    Query,

    /// <summary>It is a sequence that reads its rows when somebody enumerates it.</summary>
    Rows,

    /// <summary>It is a cursor over rows that are not read yet.</summary>
    Reader,

    /// <summary>It is a task that need not have ended.</summary>
    Task,

    /// <summary>It is code that runs when somebody calls it.</summary>
    Delegate,
}

/// <summary>That a value needs a resource.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Maker">The expression that made it so; null for the resource itself.</param>
/// <param name="Result">What the result of a task needs it for; null when the result needs nothing.</param>
/// <param name="IsSure">Whether the code shows it; else it is only possible.</param>
internal readonly record struct Need(NeedKind Kind, IOperation? Maker = null, NeedKind? Result = null, bool IsSure = true)
{
    /// <summary>The value itself, where a tuple or an object holds it; null where it stands by itself.</summary>
    public IOperation? Held { get; init; }

    /// <summary>The same, held by what takes the value.</summary>
    public Need In(IOperation value) => this with { Held = Held ?? value };

    /// <summary>What is left when the task has ended; null when that is nothing.</summary>
    public Need? AfterEnd => Kind != NeedKind.Task ? this : Result is { } result ? new Need(result, Maker, null, IsSure) : null;
}
