using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A repeated read whose earlier result a local still holds. Spans are positions in the file of the finding.</summary>
public sealed record SameQueryHint : Hint
{
    /// <summary>The expression that the local replaces.</summary>
    public TextSpan Result { get; init; }

    /// <summary>The name of the local.</summary>
    public string Holder { get; init; } = "";

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SameQueryHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Result)) is { } result && reader.Text(nameof(Holder)) is { } holder ? new SameQueryHint { Result = result, Holder = holder } : null;
    }

    /// <summary>The hint of what the engine found; null for null, so that no fix is offered.</summary>
    internal static SameQueryHint? Of(KeptResult? kept) => kept is { } found ? new SameQueryHint { Result = found.Result.Syntax.Span, Holder = found.Holder.Name } : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Result), Result);
        writer.Add(nameof(Holder), Holder);
        return writer.ToProperties();
    }
}
