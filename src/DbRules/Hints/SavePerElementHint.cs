using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A save that can run once behind the loop. Spans are positions in the file of the finding.</summary>
public sealed record SavePerElementHint : Hint
{
    /// <summary>The loop statement.</summary>
    public TextSpan Loop { get; init; }

    /// <summary>The statement that saves.</summary>
    public TextSpan Statement { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SavePerElementHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Loop)) is { } loop && reader.Span(nameof(Statement)) is { } statement ? new SavePerElementHint { Loop = loop, Statement = statement } : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Loop), Loop);
        writer.Add(nameof(Statement), Statement);
        return writer.ToProperties();
    }
}
