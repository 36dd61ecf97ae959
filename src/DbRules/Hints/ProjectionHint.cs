using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>A projection that a query lacks. The span is a position in the file of the finding.</summary>
public sealed record ProjectionHint : Hint
{
    /// <summary>The expression that the projection is chained to.</summary>
    public TextSpan Behind { get; init; }

    /// <summary>The name of the row's type there.</summary>
    public string Row { get; init; } = "";

    /// <summary>The members to project to.</summary>
    public ImmutableArray<string> Columns { get; init; }

    /// <summary>The hint in the properties of a diagnostic; null when they hold none.</summary>
    public static ProjectionHint? From(ImmutableDictionary<string, string?> properties)
    {
        var reader = new HintReader(properties);
        return reader.Span(nameof(Behind)) is { } behind && reader.Text(nameof(Row)) is { } row && reader.Text(nameof(Columns)) is { Length: > 0 } columns
            ? new ProjectionHint { Behind = behind, Row = row, Columns = [.. columns.Split(';')] }
            : null;
    }

    /// <summary>The hint of what the engine found; null where the code cannot take other rows.</summary>
    internal static ProjectionHint? Of(ColumnRead read) => !read.CanProject ? null : new ProjectionHint
    {
        Behind = read.Query.Syntax.Span,
        Row = read.Row.Name,
        Columns = [.. read.Columns.Select(static column => column.Name)],
    };

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> ToProperties()
    {
        var writer = new HintWriter();
        writer.Add(nameof(Behind), Behind);
        writer.Add(nameof(Row), Row);
        writer.Add(nameof(Columns), string.Join(";", Columns));
        return writer.ToProperties();
    }
}
