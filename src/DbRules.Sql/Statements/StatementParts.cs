namespace DbRules.Sql;

/// <summary>What reading one statement found.</summary>
internal sealed class StatementParts
{
    public SqlQuery? Query { get; set; }

    public IReadOnlyList<SqlCommonTable> CommonTables { get; set; } = [];

    public IReadOnlyList<SqlClause> Clauses { get; set; } = [];

    public IReadOnlyList<SqlTableUse> Tables { get; set; } = [];

    public IReadOnlyList<SqlExpression> Conditions { get; set; } = [];

    public IReadOnlyList<SqlQuery> Queries { get; set; } = [];

    public IReadOnlyList<SqlTable> Sources { get; set; } = [];

    public SqlTable? Target { get; set; }

    public SqlTable? CreatedView { get; set; }

    public SqlSpan? WhereClause { get; set; }

    public SqlExpression? Where { get; set; }

    public List<SqlExpression> Assignments { get; } = [];

    public IReadOnlyList<string> Columns { get; set; } = [];

    public IReadOnlyList<IReadOnlyList<SqlExpression>> Rows { get; set; } = [];

    public IReadOnlyList<SqlSelectItem> Returned { get; set; } = [];

    public SqlBound? Bound { get; set; }

    public IReadOnlyList<SqlStatement> Inner { get; set; } = [];

    public IReadOnlyList<SqlHole> Holes { get; set; } = [];

    public SqlHolePlace[] Places { get; set; } = [];

    public int FirstUnread { get; set; } = -1;
}
