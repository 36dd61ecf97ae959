using DbRules.Engine.Effects;

namespace DbRules.Hints;

/// <summary>Makes the hint of a save that the engine can move.</summary>
internal static class SavePerElementHints
{
    /// <summary>The hint; null for null, so that no fix is offered.</summary>
    public static SavePerElementHint? From(SaveMove? move) =>
        move is null ? null : new SavePerElementHint { Loop = move.Loop.Syntax.Span, Statement = move.Statement.Syntax.Span };
}
