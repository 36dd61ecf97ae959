using System.Collections.Immutable;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>The option that lets a transaction go along past an <c>await</c>. Spans are positions in the file of the finding.</summary>
/// <param name="Creation">The expression that makes the scope.</param>
/// <param name="Change">The change of its arguments.</param>
public sealed record AsyncFlowHint(TextSpan Creation, TextChange Change) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static AsyncFlowHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Creation)) is { } creation && reader.Span(nameof(Change)) is { } place && reader.Text(nameof(Change) + "Text") is { } text
            ? new AsyncFlowHint(creation, new TextChange(place, text))
            : null;
    }

    /// <summary>The hint of a scope whose transaction stays behind; null when no constructor takes the option.</summary>
    internal static AsyncFlowHint? Of(AmbientScope scope, FlowBreak found) =>
        found.Repair is { } change ? new AsyncFlowHint(scope.Creation.Syntax.Span, change) : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Creation), Creation);
        writer.Add(nameof(Change), Change.Span);
        writer.Add(nameof(Change) + "Text", Change.NewText);
        return writer.ToProperties();
    }
}
