using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>What a repeated call returns, as far as a name for it needs to know.</summary>
public enum ResultKind
{
    Row,
    Rows,
    Answer,
    Number,
    Value,
}

/// <summary>A read that can run once before the loop. Spans are positions in the file of the finding.</summary>
public sealed record InvariantQueryHint : Hint
{
    /// <summary>The loop statement.</summary>
    public TextSpan Loop { get; init; }

    /// <summary>The expression whose value the loop uses.</summary>
    public TextSpan Result { get; init; }

    /// <summary>The declaration that moves as a whole; null when the expression alone moves.</summary>
    public TextSpan? Declaration { get; init; }

    /// <summary>Whether an inner loop enumerates a query itself: its rows have to be gathered.</summary>
    public bool IsEnumerated { get; init; }

    public ResultKind Kind { get; init; }

    /// <summary>The name of the row's type; null when it is not known.</summary>
    public string? Row { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static InvariantQueryHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        if (reader.Span(nameof(Loop)) is not { } loop || reader.Span(nameof(Result)) is not { } result || reader.Enum<ResultKind>(nameof(Kind)) is not { } kind)
            return null;
        return new InvariantQueryHint
        {
            Loop = loop,
            Result = result,
            Declaration = reader.Span(nameof(Declaration)),
            IsEnumerated = reader.Text(nameof(IsEnumerated)) is not null,
            Kind = kind,
            Row = reader.Text(nameof(Row)),
        };
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Loop), Loop);
        writer.Add(nameof(Result), Result);
        writer.Add(nameof(Declaration), Declaration);
        writer.Add(nameof(IsEnumerated), IsEnumerated ? "yes" : null);
        writer.Add(nameof(Kind), Kind.ToString());
        writer.Add(nameof(Row), Row);
        return writer.ToProperties();
    }
}
