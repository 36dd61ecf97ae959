namespace DbRules.Sql;

/// <summary>What keeps a result small.</summary>
public enum SqlBoundKind
{
    Limit = 0,
    Top,
    Fetch,

    /// <summary>Oracle's <c>ROWNUM</c>, or <c>ROW_NUMBER()</c> of the derived table, compared in <c>WHERE</c>.</summary>
    RowNumber,

    /// <summary>Only aggregates, without <c>GROUP BY</c>: one row.</summary>
    Aggregate,

    /// <summary>No table is read: <c>SELECT EXISTS (..)</c>, <c>SELECT 1</c>, <c>VALUES</c>.</summary>
    NoTable,

    /// <summary>The only table is a subquery that is bounded, or each operand of a set operation is.</summary>
    Inside,
}

/// <summary>The bound of a result.</summary>
/// <param name="Kind">What bounds it.</param>
/// <param name="Span">The words that do; empty where the absence of something does.</param>
/// <param name="Count">How many rows, where an expression says so; else null.</param>
public sealed record SqlBound(SqlBoundKind Kind, SqlSpan Span, SqlExpression? Count);

/// <summary>One expression of <c>ORDER BY</c>.</summary>
/// <param name="Expression">What is sorted by; an ordinal is a literal.</param>
/// <param name="IsDescending">Whether <c>DESC</c> follows.</param>
/// <param name="Span">The expression with its direction.</param>
public sealed record SqlSortKey(SqlExpression Expression, bool IsDescending, SqlSpan Span);

/// <summary>A common table expression.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Span">From its name to its closing parenthesis.</param>
/// <param name="Query">Its query; null when it writes.</param>
/// <param name="Statement">The statement that it is when it writes; else null.</param>
public sealed record SqlCommonTable(string Name, SqlSpan Span, SqlQuery? Query, SqlStatement? Statement);

/// <summary>A query: one <c>SELECT</c> or <c>VALUES</c>, or several in a set operation, with the clauses that hold for the whole.</summary>
public sealed class SqlQuery
{
    internal SqlQuery(SqlSpan span) => Span = span;

    /// <summary>From the first token to the last, parentheses around it left out.</summary>
    public SqlSpan Span { get; }

    public IReadOnlyList<SqlCommonTable> CommonTables { get; internal init; } = [];

    /// <summary>The <c>SELECT</c>; for a set operation that of its first operand; null for <c>VALUES</c> and what is not understood.</summary>
    public SqlSelect? Select { get; internal init; }

    /// <summary>The operands of a set operation, in order; empty when there is none.</summary>
    public IReadOnlyList<SqlQuery> Operands { get; internal init; } = [];

    /// <summary>The words between the operands, without <c>ALL</c>.</summary>
    public IReadOnlyList<SqlSpan> SetOperators { get; internal init; } = [];

    /// <summary>Whether <c>ORDER BY</c> stands on the result.</summary>
    public bool IsOrdered => OrderBy is not null;

    /// <summary>The <c>ORDER BY</c> of the result, or null.</summary>
    public SqlSpan? OrderBy { get; internal init; }

    public IReadOnlyList<SqlSortKey> SortKeys { get; internal init; } = [];

    /// <summary>What bounds the result; null when nothing does. <c>TOP 10 PERCENT</c> and <c>LIMIT ALL</c> are no bounds.</summary>
    public SqlBound? Bound { get; internal init; }

    /// <summary>What bounds the rows of one <c>SELECT</c>, the clauses that count them left aside: aggregates alone, no table, a bounded source. Null when nothing does.</summary>
    public SqlBound? InnerBound { get; internal init; }

    /// <summary><c>OFFSET n</c>, or the whole of MySQL's <c>LIMIT 5, 10</c>; null when no row is skipped.</summary>
    public SqlSpan? Offset { get; internal init; }

    /// <summary><c>FOR UPDATE</c>, <c>FOR SHARE</c>, <c>LOCK IN SHARE MODE</c>; null when rows are not locked this way.</summary>
    public SqlSpan? RowLock { get; internal init; }

    /// <summary>Whether the result has all columns of a table: <c>*</c> or <c>t.*</c> in the outermost list of any operand.</summary>
    public bool HasStar => Operands.Count > 0 ? Operands.Any(operand => operand.HasStar) : Select?.Items.Any(item => item.Kind == SqlSelectItemKind.Star) == true;
}
