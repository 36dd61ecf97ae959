using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>One change of SQL text.</summary>
/// <param name="Span">What is replaced: a position in the file of the finding, inside a string; empty to put text in.</param>
/// <param name="Text">The SQL that stands there instead.</param>
public sealed record SqlRewrite(TextSpan Span, string Text);

/// <summary>How SQL text is to be written instead, in places that do not overlap.</summary>
public sealed record SqlRewriteHint(ImmutableArray<SqlRewrite> Changes) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SqlRewriteHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        ImmutableArray<TextSpan> spans = reader.Spans(nameof(SqlRewrite.Span));
        string?[] texts = [.. Enumerable.Range(0, spans.Length).Select(i => reader.Text(NameOf(i)))];
        return spans.IsEmpty || texts.Contains(null) ? null : new SqlRewriteHint([.. spans.Select((span, i) => new SqlRewrite(span, texts[i]!))]);
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(SqlRewrite.Span), [.. Changes.Select(static change => change.Span)]);
        for (int i = 0; i < Changes.Length; i++)
            writer.Add(NameOf(i), Changes[i].Text);
        return writer.ToProperties();
    }

    private static string NameOf(int index) => nameof(SqlRewrite.Text) + index.ToString(CultureInfo.InvariantCulture);
}
