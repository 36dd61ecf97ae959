using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>An include that can be left out. Spans are positions in the file of the finding.</summary>
public sealed record UnusedIncludeHint : Hint
{
    /// <summary>The include.</summary>
    public TextSpan Include { get; init; }

    /// <summary>The last call that continues its path, or the include itself.</summary>
    public TextSpan Last { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static UnusedIncludeHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Include)) is { } include && reader.Span(nameof(Last)) is { } last ? new UnusedIncludeHint { Include = include, Last = last } : null;
    }

    /// <summary>The hint of what the engine found.</summary>
    internal static UnusedIncludeHint Of(UnusedInclude found) => new() { Include = found.Call.Syntax.Span, Last = found.Last.Syntax.Span };

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Include), Include);
        writer.Add(nameof(Last), Last);
        return writer.ToProperties();
    }
}
