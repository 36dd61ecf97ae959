using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How a dialect of SQL limits rows.</summary>
public enum SqlLimitClause
{
    /// <summary><c>LIMIT n</c> at the end.</summary>
    Limit,

    /// <summary><c>TOP (n)</c> behind <c>SELECT</c>.</summary>
    Top,

    /// <summary><c>FETCH NEXT n ROWS ONLY</c> behind <c>OFFSET</c>.</summary>
    FetchNext,

    /// <summary><c>FETCH FIRST n ROWS ONLY</c> at the end.</summary>
    FetchFirst,
}

/// <summary>An order and a limit that SQL text lacks. Spans are positions in the file of the finding, inside the strings that the text is written in.</summary>
public sealed record SqlLimitHint : Hint
{
    public SqlLimitClause Clause { get; init; }

    /// <summary>The word <c>SELECT</c>.</summary>
    public TextSpan Select { get; init; }

    /// <summary>The first word of the last clause before the new ones.</summary>
    public TextSpan LastClause { get; init; }

    /// <summary>An empty span where the new clauses go.</summary>
    public TextSpan End { get; init; }

    /// <summary>The column to order by, as SQL; null where the query has an order.</summary>
    public string? Key { get; init; }

    /// <summary>The most rows to read.</summary>
    public int Limit { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static SqlLimitHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Enum<SqlLimitClause>(nameof(Clause)) is { } clause
            && reader.Span(nameof(Select)) is { } select
            && reader.Span(nameof(LastClause)) is { } last
            && reader.Span(nameof(End)) is { } end
            && reader.Number(nameof(Limit)) is { } limit
            ? new SqlLimitHint { Clause = clause, Select = select, LastClause = last, End = end, Key = reader.Text(nameof(Key)), Limit = limit }
            : null;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Clause), Clause.ToString());
        writer.Add(nameof(Select), Select);
        writer.Add(nameof(LastClause), LastClause);
        writer.Add(nameof(End), End);
        writer.Add(nameof(Key), Key);
        writer.Add(nameof(Limit), Limit.ToString(CultureInfo.InvariantCulture));
        return writer.ToProperties();
    }
}
