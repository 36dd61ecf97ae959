namespace DbRules.Sql;

public enum SqlTableKind
{
    /// <summary>Not understood, or its name has a hole.</summary>
    Other = 0,

    /// <summary>A table or view by its name, qualified or not.</summary>
    Named,

    /// <summary>A subquery or anything else in parentheses.</summary>
    Derived,

    /// <summary>A function that returns rows.</summary>
    Function,
}

/// <summary>One table reference of a <c>FROM</c> clause.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">The reference with alias and hints, without a join's condition.</param>
/// <param name="NameSpan">The name as written, qualifier included; empty for kinds without a name.</param>
/// <param name="Qualifiers">The unquoted names before the last point, outermost first; empty strings where left out (<c>db..t</c>).</param>
/// <param name="Name">The last name, unquoted; empty for kinds without a name.</param>
/// <param name="Alias">The alias, unquoted, or null.</param>
/// <param name="Hints">SQL Server's <c>WITH (..)</c> behind the table, or null.</param>
public sealed record SqlTable(
    SqlTableKind Kind, SqlSpan Span, SqlSpan NameSpan, IReadOnlyList<string> Qualifiers, string Name, string? Alias, SqlSpan? Hints);
