using System.Collections.Immutable;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Where a connection that is opened by hand can be closed. Spans are positions in the file of the finding.</summary>
/// <param name="Opening">The statement that opens it; the code behind it in its block is all that uses it.</param>
/// <param name="Lender">Where that statement opens the connection of a context only if it is not open yet: the expression that the context lends it by. Null elsewhere.</param>
public sealed record HeldConnectionHint(TextSpan Opening, TextSpan? Lender) : Hint
{
    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static HeldConnectionHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Opening)) is { } opening ? new HeldConnectionHint(opening, reader.Span(nameof(Lender))) : null;
    }

    /// <summary>The hint of a connection that is left open; null when the engine knows no place to close it, so that no fix is offered.</summary>
    internal static HeldConnectionHint? Of(HeldConnection held) => held.Statement is { } statement ? new HeldConnectionHint(statement.SourceSpan, held.Lender?.SourceSpan) : null;

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Opening), Opening);
        writer.Add(nameof(Lender), Lender);
        return writer.ToProperties();
    }
}
