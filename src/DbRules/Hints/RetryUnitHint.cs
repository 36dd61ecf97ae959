using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>Statements of one block that an execution strategy can run as one unit. Spans are positions in the file of the finding.</summary>
public sealed record RetryUnitHint : Hint
{
    /// <summary>The first statement.</summary>
    public TextSpan First { get; init; }

    /// <summary>The last statement.</summary>
    public TextSpan Last { get; init; }

    /// <summary>The session as the code names it; empty for the object that the code belongs to.</summary>
    public string Session { get; init; } = "";

    /// <summary>The cancellation token that the transaction is given; null when it is given none.</summary>
    public string? Token { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static RetryUnitHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(First)) is { } first && reader.Span(nameof(Last)) is { } last
            ? new RetryUnitHint { First = first, Last = last, Session = reader.Text(nameof(Session)) ?? "", Token = reader.Text(nameof(Token)) }
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(First), First);
        writer.Add(nameof(Last), Last);
        writer.Add(nameof(Session), Session);
        writer.Add(nameof(Token), Token);
        return writer.ToProperties();
    }
}
