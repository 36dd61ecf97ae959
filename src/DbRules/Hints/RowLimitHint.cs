using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>An order and a limit that a query lacks. Spans are positions in the file of the finding.</summary>
public sealed record RowLimitHint : Hint
{
    /// <summary>The expression that the new calls are chained to.</summary>
    public TextSpan Behind { get; init; }

    /// <summary>The expression that the limit is chained to, where that is another one.</summary>
    public TextSpan? LimitBehind { get; init; }

    /// <summary>The name of the row's type there.</summary>
    public string Row { get; init; } = "";

    /// <summary>The member of the row to order by; null where the query has an order.</summary>
    public string? Key { get; init; }

    /// <summary>The most rows to take; null to take what the query takes already.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the query is no LINQ query, but one that sorts and limits by methods of its own, as those of MongoDB's driver do.</summary>
    public bool IsFluent { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static RowLimitHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Behind)) is { } behind && reader.Text(nameof(Row)) is { } row
            ? new RowLimitHint { Behind = behind, LimitBehind = reader.Span(nameof(LimitBehind)), Row = row, Key = reader.Text(nameof(Key)), Limit = reader.Number(nameof(Limit)), IsFluent = reader.Text(nameof(IsFluent)) is not null }
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Behind), Behind);
        writer.Add(nameof(LimitBehind), LimitBehind);
        writer.Add(nameof(Row), Row);
        writer.Add(nameof(Key), Key);
        writer.Add(nameof(Limit), Limit?.ToString(CultureInfo.InvariantCulture));
        writer.Add(nameof(IsFluent), IsFluent ? bool.TrueString : null);
        return writer.ToProperties();
    }
}
