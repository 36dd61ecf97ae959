using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A query that could load each collection with a query of its own. Spans are positions in the file of the finding.</summary>
public sealed record SplitQueryHint : Hint
{
    /// <summary>The expression that the new call is chained to.</summary>
    public TextSpan Behind { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SplitQueryHint? From(ImmutableDictionary<string, string?> properties) =>
        new HintReader(properties).Span(nameof(Behind)) is { } behind ? new SplitQueryHint { Behind = behind } : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Behind), Behind);
        return writer.ToProperties();
    }
}

/// <summary>Makes the hint of what the engine found.</summary>
internal static class SplitQueryHints
{
    /// <summary>Null when the query had better not be split.</summary>
    public static SplitQueryHint? From(SiblingInclude pair) => pair.Behind is { } behind ? new() { Behind = behind.Syntax.Span } : null;
}
