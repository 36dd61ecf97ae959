using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;

namespace DbRules.Hints;

/// <summary>Makes the hint of a hoist that the engine found.</summary>
internal static class InvariantQueryHints
{
    /// <summary>The hint; null for null, so that no fix is offered.</summary>
    public static InvariantQueryHint? From(Hoist? hoist) => hoist is null ? null : new InvariantQueryHint
    {
        Loop = hoist.Loop.Syntax.Span,
        Result = hoist.Result.Syntax.Span,
        Declaration = hoist.Declaration?.Syntax.Span,
        IsEnumerated = hoist.Call.Model is null,
        Kind = hoist.Call.Rows switch
        {
            RowCount.One => ResultKind.Row,
            RowCount.Many => ResultKind.Rows,
            _ when hoist.Result.Type?.SpecialType == SpecialType.System_Boolean => ResultKind.Answer,
            _ when hoist.Result.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 => ResultKind.Number,
            _ => ResultKind.Value,
        },
        Row = hoist.Row?.Name ?? hoist.Call.Query?.Entity?.Name,
    };
}
