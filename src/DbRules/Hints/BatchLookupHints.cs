using DbRules.Engine.Calls;
using DbRules.Engine.Effects;

namespace DbRules.Hints;

/// <summary>Makes the hint of a batch method that the engine found.</summary>
internal static class BatchLookupHints
{
    /// <summary>The hint; null for null, so that no fix is offered.</summary>
    public static BatchLookupHint? From(BatchLookup? lookup) => lookup is null ? null : new BatchLookupHint
    {
        Lookup = new KeyLookupHint
        {
            Kind = lookup.Shape switch
            {
                KeyLookupShape.Many => LookupKind.Many,
                KeyLookupShape.Any => LookupKind.Any,
                _ => LookupKind.One,
            },
            IsUnique = lookup.Shape == KeyLookupShape.One,
            Loop = lookup.Loop.Syntax.Span,
            Source = KeyLookupHints.From(lookup.Source),
            Result = lookup.Result.Syntax.Span,
            Call = lookup.Call.Syntax.Span,
            Key = lookup.Key.Syntax.Span,
            KeyOfElement = lookup.KeyOfElement.Syntax.Span,
            Member = lookup.Member,
            Row = lookup.Row?.Name,
        },
        Method = lookup.Method.Name,
        Batch = lookup.Batch switch
        {
            BatchResult.Dictionary => BatchKind.Dictionary,
            BatchResult.Lookup => BatchKind.Lookup,
            BatchResult.Set => BatchKind.Set,
            _ => BatchKind.Rows,
        },
        Arguments = lookup.Arguments,
        Collect = lookup.Collect,
        Finish = lookup.Finish,
    };
}
