using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Transactions;

/// <summary>How one transaction goes around the writes of a function, or how one save does for two.</summary>
public sealed record WriteRegion
{
    /// <summary>The save that the next one makes needless: nothing between them asks for what it saves. Null where a transaction is needed.</summary>
    public IOperation? NeedlessSave { get; init; }

    /// <summary>The context, as the code names it, whose execution strategy must run the statements as one unit; null where none need.</summary>
    public string? StrategyOf { get; init; }

    /// <summary>The statement that the transaction begins before.</summary>
    public IOperation? First { get; init; }

    /// <summary>The statement of the same block that it is committed behind.</summary>
    public IOperation? Last { get; init; }

    /// <summary>The jumps in between that leave with what was written so far, which stays written.</summary>
    public ImmutableArray<IOperation> Exits { get; init; } = [];

    /// <summary>The call that begins it, without arguments: <c>db.Database.BeginTransactionAsync</c>.</summary>
    public string Begin { get; init; } = "";

    /// <summary>The call that opens the connection first, without arguments; null where it is open.</summary>
    public string? Open { get; init; }

    /// <summary>How each command in between is given the transaction; empty where the context hands it on.</summary>
    public ImmutableArray<TransactionPass> Passes { get; init; } = [];

    /// <summary>The member that commits it.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Whether both are awaited.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether it is released with <c>await using</c>.</summary>
    public bool IsReleasedAsync { get; init; }

    /// <summary>The cancellation token at hand; null when there is none.</summary>
    public string? Token { get; init; }
}
