namespace DbRules.Sql;

/// <summary>One <c>SELECT</c>.</summary>
public sealed class SqlSelect
{
    internal SqlSelect(SqlSpan selectKeyword, IReadOnlyList<SqlClause> clauses)
    {
        SelectKeyword = selectKeyword;
        Clauses = clauses;
    }

    /// <summary>The span of the word <c>SELECT</c>.</summary>
    public SqlSpan SelectKeyword { get; }

    /// <summary>The clauses in text order. The first operand of a set operation has the others as its last clause.</summary>
    public IReadOnlyList<SqlClause> Clauses { get; }

    /// <summary>The selected expressions, split at top-level commas.</summary>
    public IReadOnlyList<SqlSelectItem> Items { get; internal init; } = [];

    /// <summary>What <c>FROM</c> names, joins included; empty without <c>FROM</c>.</summary>
    public IReadOnlyList<SqlTable> Tables { get; internal init; } = [];

    /// <summary>Whether <c>FROM</c> is one plainly named table, at most with an alias and hints, and nothing else.</summary>
    public bool HasSingleTable { get; internal init; }

    public SqlExpression? Where { get; internal init; }

    public IReadOnlyList<SqlExpression> GroupBy { get; internal init; } = [];

    public SqlExpression? Having { get; internal init; }

    public IReadOnlyList<SqlSortKey> SortKeys { get; internal init; } = [];

    public bool IsDistinct => Has(SqlClauseKind.Distinct);

    /// <summary>
    /// Whether each clause occurs once and in order and every part of it was read. False as well when a hole stands for a clause or a condition.
    /// </summary>
    public bool IsUnderstood { get; internal init; }

    /// <summary>The first clause of that kind, or null.</summary>
    public SqlClause? Find(SqlClauseKind kind)
    {
        foreach (SqlClause clause in Clauses)
        {
            if (clause.Kind == kind)
                return clause;
        }

        return null;
    }

    public bool Has(SqlClauseKind kind) => Find(kind) is not null;
}
