using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How an expression that drops what it makes gets a local with <c>using</c>. Spans are positions in the file of the finding.</summary>
/// <param name="Creation">The expression that makes it, with the <c>await</c> that belongs to it; its statement evaluates it first.</param>
/// <param name="Name">A name for the local, where it is free.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
public sealed record SplitHint(TextSpan Creation, string Name, bool IsAsync) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SplitHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Creation)) is { } creation && reader.Text(nameof(Name)) is { } name
            ? new SplitHint(creation, name, reader.Text(nameof(IsAsync)) is not null)
            : null;
    }

    /// <summary>The hint of what is dropped; null when the engine knows no place, so that no fix is offered.</summary>
    internal static SplitHint? Of(Leak leak) => leak.Split is { } split
        ? new SplitHint(split.Creation.SourceSpan, split.Kind.ToString().ToLowerInvariant(), split.IsAsync)
        : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Creation), Creation);
        writer.Add(nameof(Name), Name);
        writer.Add(nameof(IsAsync), IsAsync ? "true" : null);
        return writer.ToProperties();
    }
}
