namespace DbRules.Sql;

/// <summary>One comparison of a column with a parameter by <c>=</c>.</summary>
internal sealed record ColumnEquality(SqlExpression Conjunct, SqlExpression Column, SqlSpan Parameter);
