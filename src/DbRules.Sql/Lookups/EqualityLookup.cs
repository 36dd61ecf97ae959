namespace DbRules.Sql;

/// <summary>A <c>SELECT</c> that finds the rows of one table whose column equals one parameter, among other conditions.</summary>
public sealed class EqualityLookup
{
    internal EqualityLookup(SqlTable table, string tableAsWritten, ColumnEquality equality, string columnAsWritten)
    {
        TableReference = table;
        TableAsWritten = tableAsWritten;
        Column = equality.Column.Name;
        ColumnAsWritten = columnAsWritten;
        ColumnSpan = equality.Column.Span;
        Conjunct = equality.Conjunct.Span;
        Operator = equality.Conjunct.Operator;
        Parameter = equality.Parameter;
    }

    /// <summary>The table's own name, unquoted, without schema.</summary>
    public string Table => TableReference.Name;

    /// <summary>The table's name as written, with schema and quotes, without alias.</summary>
    public string TableAsWritten { get; }

    /// <summary>The whole reference: schema, alias, hints.</summary>
    public SqlTable TableReference { get; }

    /// <summary>The column's own name, unquoted.</summary>
    public string Column { get; }

    /// <summary>The column as written, with qualifier and quotes.</summary>
    public string ColumnAsWritten { get; }

    public SqlSpan ColumnSpan { get; }

    /// <summary>The equality from its first operand to its last; parentheses around it are left out.</summary>
    public SqlSpan Conjunct { get; }

    /// <summary>The <c>=</c> of the equality.</summary>
    public SqlSpan Operator { get; }

    /// <summary>The parameter with its prefix.</summary>
    public SqlSpan Parameter { get; }

    /// <summary>The parameter's name in the letter case of the text, without prefix.</summary>
    public required string ParameterName { get; init; }

    /// <summary><c>@</c> or <c>:</c>.</summary>
    public required char ParameterPrefix { get; init; }

    /// <summary>The names of all other parameters, without prefix, each once, letter case ignored.</summary>
    public required IReadOnlyList<string> OtherParameters { get; init; }

    public required SelectListKind SelectListKind { get; init; }

    /// <summary>For <see cref="DbRules.Sql.SelectListKind.Columns"/> the names that the result's columns have, in order; else empty.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The selected expressions, without <c>SELECT</c> and <c>TOP</c>.</summary>
    public required SqlSpan SelectList { get; init; }

    /// <summary>An empty span behind the last condition, where a <c>GROUP BY</c> would go.</summary>
    public required SqlSpan GroupByPlace { get; init; }

    /// <summary><c>TOP 1</c>, <c>LIMIT 1</c> or <c>FETCH FIRST 1 ROW ONLY</c> with its words, or null.</summary>
    public required SqlSpan? RowLimitOne { get; init; }

    public bool HasRowLimitOne => RowLimitOne is not null;

    /// <summary><c>ORDER BY</c> with its words, or null.</summary>
    public required SqlSpan? OrderBy { get; init; }
}
