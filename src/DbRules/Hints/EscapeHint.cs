using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>What leaves the <c>using</c> that releases what it needs. Spans are positions in the file of the finding.</summary>
/// <param name="Tasks">The tasks to await.</param>
/// <param name="Sequences">The queries and rows to put into a list.</param>
public sealed record EscapeHint(ImmutableArray<TextSpan> Tasks, ImmutableArray<TextSpan> Sequences) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static EscapeHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        var hint = new EscapeHint(reader.Spans(nameof(Tasks)), reader.Spans(nameof(Sequences)));
        return hint.Tasks.IsEmpty && hint.Sequences.IsEmpty ? null : hint;
    }

    /// <summary>The hint of a finding; null where a reader leaves, which nothing can take the place of.</summary>
    internal static EscapeHint? Of(DeferredEscape escape) => escape.Leaving.Any(static one => one.Kind == NeedKind.Reader)
        ? null
        : new EscapeHint(
            [.. escape.Leaving.Where(static one => one.Kind == NeedKind.Task).Select(static one => one.Value.Syntax.Span)],
            [.. escape.Leaving.Where(static one => one.Kind != NeedKind.Task).Select(static one => one.Value.Syntax.Span)]);

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Tasks), Tasks);
        writer.Add(nameof(Sequences), Sequences);
        return writer.ToProperties();
    }
}
