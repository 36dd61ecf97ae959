using DbRules.Engine.Calls;

namespace DbRules.Hints;

/// <summary>Makes the hint of a write that the engine can do for all elements at once.</summary>
internal static class WritePerElementHints
{
    /// <summary>The hint; null for null, so that no fix is offered.</summary>
    public static WritePerElementHint? From(WriteForAll? write) => write is null ? null : new WritePerElementHint
    {
        Loop = write.Loop.Syntax.Span,
        Statement = write.Statement.Syntax.Span,
        Values = write.Values?.Syntax.Span,
        IsElement = write.IsElement,
        Key = KeyLookupHints.From(write.Key),
    };
}
