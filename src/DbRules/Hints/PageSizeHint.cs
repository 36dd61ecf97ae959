using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A number of rows that nothing limits. Spans are positions in the file of the finding.</summary>
public sealed record PageSizeHint : Hint
{
    /// <summary>The expression of the number.</summary>
    public TextSpan Count { get; init; }

    /// <summary>The most rows to take.</summary>
    public int Limit { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static PageSizeHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Count)) is { } count && reader.Number(nameof(Limit)) is { } limit ? new PageSizeHint { Count = count, Limit = limit } : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Count), Count);
        writer.Add(nameof(Limit), Limit.ToString(CultureInfo.InvariantCulture));
        return writer.ToProperties();
    }
}
