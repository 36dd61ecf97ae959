using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How a connection is left to the context that owns it. Spans are positions in the file of the finding.</summary>
/// <param name="Release">The <c>using</c> statement or declaration, or the statement that disposes it.</param>
/// <param name="Opening">The statement that opens it by hand; null when nothing does.</param>
public sealed record LentConnectionHint(TextSpan Release, TextSpan? Opening) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static LentConnectionHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Release)) is { } release ? new LentConnectionHint(release, reader.Span(nameof(Opening))) : null;
    }

    /// <summary>The hint of a release; null when the code needs more than its removal, so that no fix is offered.</summary>
    internal static LentConnectionHint? Of(LentRelease release)
    {
        if (release.Statement is not { } statement || (release.Opening is not null && release.OpeningStatement is null))
            return null;
        return new LentConnectionHint(statement.SourceSpan, release.OpeningStatement?.SourceSpan);
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Release), Release);
        writer.Add(nameof(Opening), Opening);
        return writer.ToProperties();
    }
}
