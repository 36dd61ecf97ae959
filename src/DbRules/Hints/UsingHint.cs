using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How a <c>using</c> declaration takes the place of a plain one. Spans are positions in the file of the finding.</summary>
/// <param name="Declaration">The declaration statement.</param>
/// <param name="IsAsync">Whether the code can await the release.</param>
/// <param name="Needless">The statements that release where the declaration does so anyway.</param>
public sealed record UsingHint(TextSpan Declaration, bool IsAsync, ImmutableArray<TextSpan> Needless) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static UsingHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Declaration)) is { } declaration
            ? new UsingHint(declaration, reader.Text(nameof(IsAsync)) is not null, reader.Spans(nameof(Needless)))
            : null;
    }

    /// <summary>The hint of a leak; null when the engine knows no place, so that no fix is offered.</summary>
    internal static UsingHint? Of(Leak leak) => leak.Place is { } place
        ? new UsingHint(place.Declaration.SourceSpan, place.IsAsync, [.. place.Needless.Select(static statement => statement.SourceSpan)])
        : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Declaration), Declaration);
        writer.Add(nameof(IsAsync), IsAsync ? "true" : null);
        writer.Add(nameof(Needless), Needless);
        return writer.ToProperties();
    }
}
