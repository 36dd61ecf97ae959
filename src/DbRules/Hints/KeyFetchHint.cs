using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A list of keys that can stay a query. Spans are positions in the file of the finding.</summary>
public sealed record KeyFetchHint : Hint
{
    /// <summary>The expression that gives the local its value.</summary>
    public TextSpan Result { get; init; }

    /// <summary>The query in it that selects the keys.</summary>
    public TextSpan Query { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static KeyFetchHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Result)) is { } result && reader.Span(nameof(Query)) is { } query ? new KeyFetchHint { Result = result, Query = query } : null;
    }

    /// <summary>The hint of what the engine found; null where no fix is known.</summary>
    internal static KeyFetchHint? Of(KeyFetch found) => found.Query is { } query ? new KeyFetchHint { Result = found.Result.Syntax.Span, Query = query.Span } : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Result), Result);
        writer.Add(nameof(Query), Query);
        return writer.ToProperties();
    }
}
