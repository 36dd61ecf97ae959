using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>A save that a loop repeats, and that can run once behind the loop. It exists only where the same rows are saved then.</summary>
public sealed class SaveMove
{
    public required DbCall Save { get; init; }

    /// <summary>The statement that saves and does nothing else; the last one of the loop's block.</summary>
    public required IExpressionStatementOperation Statement { get; init; }

    public required ILoopOperation Loop { get; init; }
}
