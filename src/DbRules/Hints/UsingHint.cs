using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How <c>using</c> releases what a local holds. Spans are positions in the file of the finding.</summary>
/// <param name="Declaration">The declaration statement.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
/// <param name="Needless">The statements that release where <c>using</c> does so anyway.</param>
/// <param name="Assignment">The statement that becomes the declaration, where the local is assigned later than it is declared; null elsewhere.</param>
/// <param name="NeedsBlock">Whether a statement with a block must stand where the declaration cannot.</param>
public sealed record UsingHint(TextSpan Declaration, bool IsAsync, ImmutableArray<TextSpan> Needless, TextSpan? Assignment, bool NeedsBlock) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static UsingHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Declaration)) is { } declaration
            ? new UsingHint(declaration, reader.Text(nameof(IsAsync)) is not null, reader.Spans(nameof(Needless)), reader.Span(nameof(Assignment)), reader.Text(nameof(NeedsBlock)) is not null)
            : null;
    }

    /// <summary>The hint of a leak; null when the engine knows no place, so that no fix is offered.</summary>
    internal static UsingHint? Of(Leak leak) => leak.Place is { } place
        ? new UsingHint(place.Declaration.SourceSpan, place.IsAsync, [.. place.Needless.Select(static statement => statement.SourceSpan)], place.Assignment?.SourceSpan, place.NeedsBlock)
        : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Declaration), Declaration);
        writer.Add(nameof(IsAsync), IsAsync ? "true" : null);
        writer.Add(nameof(Needless), Needless);
        writer.Add(nameof(Assignment), Assignment);
        writer.Add(nameof(NeedsBlock), NeedsBlock ? "true" : null);
        return writer.ToProperties();
    }
}
