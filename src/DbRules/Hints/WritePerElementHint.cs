using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A write that one call can do for all elements of the loop. Spans are positions in the file of the finding.</summary>
public sealed record WritePerElementHint : Hint
{
    /// <summary>The loop statement.</summary>
    public TextSpan Loop { get; init; }

    /// <summary>The only statement of the loop.</summary>
    public TextSpan Statement { get; init; }

    /// <summary>The values of one element; null where a key selects the rows.</summary>
    public TextSpan? Values { get; init; }

    /// <summary>Whether the values are the element itself.</summary>
    public bool IsElement { get; init; }

    /// <summary>The key that selects the rows; null where values are sent.</summary>
    public KeyLookupHint? Key { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static WritePerElementHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Span(nameof(Loop)) is not { } loop || reader.Span(nameof(Statement)) is not { } statement)
            return null;
        return new WritePerElementHint
        {
            Loop = loop,
            Statement = statement,
            Values = reader.Span(nameof(Values)),
            IsElement = reader.Text(nameof(IsElement)) is not null,
            Key = KeyLookupHint.From(properties),
        };
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Loop), Loop);
        writer.Add(nameof(Statement), Statement);
        writer.Add(nameof(Values), Values);
        writer.Add(nameof(IsElement), IsElement ? "yes" : null);
        return writer.ToProperties().SetItems(Key?.ToProperties() ?? ImmutableDictionary<string, string?>.Empty);
    }
}
