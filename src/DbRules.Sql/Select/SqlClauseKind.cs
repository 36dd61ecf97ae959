namespace DbRules.Sql;

/// <summary>The clauses of a statement; those of a <c>SELECT</c> in the order that most dialects want them.</summary>
public enum SqlClauseKind
{
    /// <summary><c>WITH</c> and its common table expressions.</summary>
    With,

    /// <summary><c>DISTINCT</c> or <c>DISTINCT ON (..)</c>.</summary>
    Distinct,

    /// <summary><c>TOP n</c> or <c>TOP (n)</c>, with <c>PERCENT</c> and <c>WITH TIES</c>.</summary>
    Top,

    /// <summary>The selected expressions. This clause has no word of its own: span and body are the same.</summary>
    SelectList,

    Into,
    From,
    Where,
    GroupBy,
    Having,
    Window,
    OrderBy,
    Limit,
    Offset,
    Fetch,

    /// <summary><c>FOR UPDATE</c>, <c>FOR SHARE</c>, <c>FOR XML</c>, <c>FOR JSON</c>, <c>LOCK IN SHARE MODE</c>.</summary>
    For,

    /// <summary>SQL Server's <c>OPTION (..)</c>.</summary>
    Option,

    /// <summary><c>UNION</c>, <c>INTERSECT</c>, <c>EXCEPT</c> or <c>MINUS</c> and everything behind it.</summary>
    SetOperation,

    /// <summary>The tables that a statement writes, with what stands before them; no word of its own but the verb.</summary>
    Target,

    Set,
    Using,

    /// <summary>SQL Server's <c>OUTPUT</c>.</summary>
    Output,

    /// <summary><c>VALUES</c> or <c>DEFAULT VALUES</c>.</summary>
    Values,

    /// <summary>The query of <c>INSERT ... SELECT</c>.</summary>
    Source,

    /// <summary><c>ON CONFLICT ..</c>, <c>ON DUPLICATE KEY UPDATE ..</c>.</summary>
    OnConflict,

    /// <summary>The condition of <c>MERGE</c>.</summary>
    On,

    /// <summary><c>WHEN [NOT] MATCHED ..</c>.</summary>
    When,

    Returning,
}
