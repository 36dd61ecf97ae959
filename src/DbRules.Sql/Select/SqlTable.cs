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

    /// <summary>A table in a variable or parameter: <c>@rows</c>.</summary>
    Variable,
}

/// <summary>How a table is joined with what stands before it.</summary>
public enum SqlJoinKind
{
    /// <summary>It is the first, or the target of a statement.</summary>
    None = 0,

    /// <summary>A comma: every row with every row, unless a condition says more.</summary>
    Comma,

    Inner,
    Left,
    Right,
    Full,
    Cross,

    /// <summary><c>CROSS APPLY</c>, <c>OUTER APPLY</c>, or <c>LATERAL</c>.</summary>
    Apply,
}

/// <summary>One table reference.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">The reference with alias and hints, without a join's condition.</param>
/// <param name="NameSpan">The name as written, qualifier included; empty for kinds without a name.</param>
/// <param name="Qualifiers">The unquoted names before the last point, outermost first; empty strings where left out (<c>db..t</c>).</param>
/// <param name="Name">The last name, unquoted; empty for kinds without a name.</param>
/// <param name="Alias">The alias, unquoted, or null.</param>
/// <param name="Hints">SQL Server's <c>WITH (..)</c> behind the table, or null.</param>
public sealed record SqlTable(
    SqlTableKind Kind, SqlSpan Span, SqlSpan NameSpan, IReadOnlyList<string> Qualifiers, string Name, string? Alias, SqlSpan? Hints)
{
    private static readonly HashSet<string> TemporarySchemas = new(["temp", "pg_temp", "tempdb"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A hole, or the end of the <c>{0}</c> of a format.</summary>
    private static readonly char[] HoleEnds = [SqlText.HoleCharacter, '}'];

    public SqlJoinKind Join { get; init; }

    /// <summary>The condition behind <c>ON</c>, or null.</summary>
    public SqlExpression? On { get; init; }

    /// <summary>Whether <c>USING (..)</c> or <c>NATURAL</c> says which columns match.</summary>
    public bool IsJoinedByName { get; init; }

    /// <summary>The subquery of a derived table, or null.</summary>
    public SqlQuery? Query { get; init; }

    /// <summary>Whether <c>CREATE TEMPORARY TABLE</c> makes it here.</summary>
    public bool IsCreatedTemporary { get; init; }

    /// <summary>The schema, unquoted; null when the name has none or it is left out.</summary>
    public string? Schema => Qualifiers.Count > 0 && Qualifiers[Qualifiers.Count - 1].Length > 0 ? Qualifiers[Qualifiers.Count - 1] : null;

    /// <summary>
    /// The part of the name that the text itself states: all of it, or what a point or an underscore parts from the last hole, as a prefix that the
    /// code fills in (<c>`{prefix}.orders`</c>, <c>{prefix}_orders</c>). Empty when the code fills in the rest, or when there is no name.
    /// </summary>
    public string StatedName
    {
        get
        {
            int hole = Name.LastIndexOfAny(HoleEnds);
            string stated = Name.Substring(hole + 1);
            return hole < 0 ? Name : stated.Length > 1 && stated[0] is '.' or '_' ? stated.Substring(1) : string.Empty;
        }
    }

    /// <summary>The name by which columns refer to it: alias or name.</summary>
    public string Reference => Alias ?? Name;

    /// <summary>Whether the name itself says that it is temporary: <c>#t</c>, <c>@t</c>, <c>temp.t</c>, <c>pg_temp.t</c>, <c>tempdb..t</c>.</summary>
    public bool IsNamedTemporary => Name.StartsWith("#", StringComparison.Ordinal) || Kind == SqlTableKind.Variable
        || (Qualifiers.Count > 0 && Qualifiers.Any(static qualifier => TemporarySchemas.Contains(qualifier)));
}

/// <summary>What a statement does with a table.</summary>
public enum SqlTableRole
{
    Read = 0,
    Written,
    Created,
    Altered,
    Dropped,
}

/// <summary>A table and what the statement does with it.</summary>
public sealed record SqlTableUse(SqlTable Table, SqlTableRole Role);
