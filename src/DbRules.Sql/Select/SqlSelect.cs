namespace DbRules.Sql;

/// <summary>The top level of a <c>SELECT</c> statement.</summary>
public sealed class SqlSelect
{
    internal SqlSelect(TokenWindow window, SqlSpan selectKeyword, IReadOnlyList<SqlClause> clauses, bool isUnderstood)
    {
        SelectKeyword = selectKeyword;
        Clauses = clauses;
        IsUnderstood = isUnderstood;
        Items = Find(SqlClauseKind.SelectList) is { } list ? SelectListReader.Read(window, list) : [];
        if (Find(SqlClauseKind.From) is { } from)
            (Tables, HasSingleTable) = FromReader.Read(window, from);
    }

    /// <summary>The span of the word <c>SELECT</c>.</summary>
    public SqlSpan SelectKeyword { get; }

    /// <summary>The clauses in text order.</summary>
    public IReadOnlyList<SqlClause> Clauses { get; }

    /// <summary>The selected expressions, split at top-level commas.</summary>
    public IReadOnlyList<SqlSelectItem> Items { get; }

    /// <summary>What <c>FROM</c> names, joins included; empty without <c>FROM</c>.</summary>
    public IReadOnlyList<SqlTable> Tables { get; } = [];

    /// <summary>Whether <c>FROM</c> is one plainly named table, at most with an alias and hints, and nothing else.</summary>
    public bool HasSingleTable { get; }

    /// <summary>
    /// Whether each clause occurs once and in order, with no further statement behind. False for SQL Server's statements without a separator.
    /// </summary>
    public bool IsUnderstood { get; }

    /// <summary>The first clause of that kind, or null.</summary>
    public SqlClause? Find(SqlClauseKind kind) => Clauses.FirstOrDefault(clause => clause.Kind == kind);

    public bool Has(SqlClauseKind kind) => Find(kind) is not null;
}
