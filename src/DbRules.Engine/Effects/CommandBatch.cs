using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// A command that a loop sends for each element, and that can go into one batch which is sent behind the loop. It exists only where the same rows are
/// written then, as long as no statement fails.
/// </summary>
public sealed class CommandBatch
{
    public required ILoopOperation Loop { get; init; }

    /// <summary>The statement that sends the command and does nothing else; nothing follows it in a pass.</summary>
    public required IOperation Statement { get; init; }

    /// <summary>The local that holds the command, where <see cref="Statement"/> names it.</summary>
    public required IOperation Command { get; init; }

    /// <summary>The expression that makes the command, the only value that the local gets.</summary>
    public required IOperation Creation { get; init; }

    /// <summary>What the connection is called before the loop.</summary>
    public required IOperation Connection { get; init; }

    /// <summary>What the transaction is called before the loop; null where the command is given none.</summary>
    public IOperation? Transaction { get; init; }

    /// <summary>The SQL text that <see cref="Creation"/> takes; null where it takes none.</summary>
    public IOperation? Text { get; init; }

    /// <summary>The type of the batch.</summary>
    public required INamedTypeSymbol BatchType { get; init; }

    /// <summary>The type of the commands in the batch. It has every member that the code uses of the command.</summary>
    public required INamedTypeSymbol CommandType { get; init; }

    /// <summary>Statements that a command of a batch does not need: they set its connection or its transaction, or prepare it.</summary>
    public ImmutableArray<IOperation> Dropped { get; init; } = [];

    /// <summary>Statements before the loop that make and fill the command, its declaration first; empty where the loop makes it.</summary>
    public ImmutableArray<IOperation> Moved { get; init; } = [];
}
