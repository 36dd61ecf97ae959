namespace DbRules.Sql;

public enum SqlSelectItemKind
{
    /// <summary>Any other expression.</summary>
    Other = 0,

    /// <summary><c>*</c> or <c>t.*</c>.</summary>
    Star,

    /// <summary>A column, qualified or not, with or without alias.</summary>
    Column,

    /// <summary><c>COUNT(*)</c> or <c>COUNT(1)</c>, also as <c>COUNT_BIG</c>.</summary>
    CountOfRows,

    /// <summary><c>COUNT</c> of anything else, such as <c>COUNT(DISTINCT x)</c>.</summary>
    CountOfValues,

    /// <summary>One number, string or <c>NULL</c>.</summary>
    Constant,
}

/// <summary>One selected expression.</summary>
/// <param name="Kind">What it is, alias left out.</param>
/// <param name="Span">The expression with its alias.</param>
/// <param name="Qualifier">The name before the last point of a star or column, unquoted; else null.</param>
/// <param name="Name">A column's own name, unquoted; null for other kinds.</param>
/// <param name="Alias">The alias, unquoted; null when there is none or it cannot be told from the expression.</param>
public sealed record SqlSelectItem(SqlSelectItemKind Kind, SqlSpan Span, string? Qualifier, string? Name, string? Alias)
{
    /// <summary>The name that the result's column has: alias or column name; null when the database makes one up.</summary>
    public string? ResultName => Alias ?? Name;

    /// <summary>The expression without its alias; null where nothing stands between commas.</summary>
    public SqlExpression? Expression { get; init; }
}
