using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Makes the hint of a lookup that the engine found.</summary>
internal static class KeyLookupHints
{
    /// <summary>The hint; null for null, so that no fix is offered.</summary>
    public static KeyLookupHint? From(KeyLookup? lookup) => lookup is null ? null : new KeyLookupHint
    {
        Kind = lookup.Shape switch
        {
            KeyLookupShape.One => LookupKind.One,
            KeyLookupShape.Many => LookupKind.Many,
            KeyLookupShape.Any => LookupKind.Any,
            _ => LookupKind.Count,
        },
        IsUnique = lookup.IsUnique,
        Loop = lookup.Loop.Syntax.Span,
        Source = From(lookup.Source),
        Result = lookup.Result.Syntax.Span,
        Call = lookup.Call.Operation.Syntax.Span,
        IsEnumerated = lookup.Call.Model is null,
        Key = lookup.Key.Syntax.Span,
        KeyOfElement = lookup.KeyOfElement.Syntax.Span,
        Member = lookup.Member,
        Row = lookup.Row?.Name,
        Condition = lookup.Condition?.Syntax.Span,
        UnusedToken = lookup.UnusedToken,
        Sql = lookup.Sql is { } sql ? From(sql) : null,
        KeyListParameter = lookup.KeyListParameter,
    };

    /// <summary>How the loop's source is walked again, in the words of hints.</summary>
    public static LoopSource From(SequenceUse source) => source switch
    {
        SequenceUse.Again => LoopSource.Again,
        SequenceUse.Held => LoopSource.Held,
        SequenceUse.Listed => LoopSource.Listed,
        _ => LoopSource.Queried,
    };

    private static SqlHint From(SqlKeyLookup sql) => new()
    {
        Argument = sql.Argument.Syntax.Span,
        Text = sql.Text,
        Edits = [.. sql.Edits.Select(edit => new TextChange(new TextSpan(edit.Start, edit.Length), edit.Text))],
        Values = sql.Values.Syntax.Span,
        ValueMember = sql.ValueMember.Syntax.Span,
        Table = sql.Table,
    };
}
