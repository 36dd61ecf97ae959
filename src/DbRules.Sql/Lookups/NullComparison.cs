namespace DbRules.Sql;

/// <summary>A condition that compares a value with <c>NULL</c> by <c>=</c> or <c>&lt;&gt;</c>, which is never true.</summary>
/// <param name="Span">The whole comparison.</param>
/// <param name="Operator">The sign.</param>
/// <param name="Null">The word <c>NULL</c>.</param>
/// <param name="Value">What is compared with it.</param>
/// <param name="IsNegated">Whether the sign is <c>&lt;&gt;</c> or <c>!=</c>.</param>
public sealed record NullComparison(SqlSpan Span, SqlSpan Operator, SqlSpan Null, SqlExpression Value, bool IsNegated)
{
    /// <summary>
    /// The comparisons of a statement, in subqueries too, in text order. What assigns is none: <c>SET a = NULL</c>, <c>EXEC p @a = NULL</c>, <c>SELECT @a = NULL</c>;
    /// nor is a text that turns off what the standard says (<c>SET ANSI_NULLS OFF</c>), nor what stands behind the first word that was not understood.
    /// </summary>
    public static IReadOnlyList<NullComparison> Of(SqlScript script, SqlStatement statement)
    {
        if (!statement.Has(SqlKeyword.Null))
            return [];
        List<NullComparison>? found = null;
        List<SqlExpression>? chained = null;
        int limit = statement.NotUnderstood?.Start ?? int.MaxValue;
        foreach (SqlExpression node in statement.Conditions.Concat(statement.Assignments.SelectMany(static assignment => assignment.Operands)).SelectMany(static condition => condition.Nodes))
        {
            // a = NULL = b says something else in each dialect.
            if (node.Kind == SqlExpressionKind.Comparison && node.Operands.Any(static operand => operand.Kind == SqlExpressionKind.Comparison))
                (chained ??= []).AddRange(node.Operands);
            else if (node.Kind == SqlExpressionKind.Comparison && chained?.Contains(node) != true && node.Span.End <= limit && Read(script.Text, node) is { } comparison && found?.Contains(comparison) != true)
                (found ??= []).Add(comparison);
        }

        if (found is null || script.Tokens.Any(token => token.IsName && script.Text.Slice(token.Span).Equals("ANSI_NULLS", StringComparison.OrdinalIgnoreCase)))
            return [];
        found.Sort(static (left, right) => left.Span.Start.CompareTo(right.Span.Start));
        return found;
    }

    private static NullComparison? Read(SqlText text, SqlExpression node)
    {
        string sign = text.Slice(node.Operator);
        bool isNegated = sign is "<>" or "!=";
        if (node.Operands.Count != 2 || !(isNegated || sign is "=" or "=="))
            return null;
        bool isLast = IsNull(text, node.Operands[1]);
        SqlExpression value = node.Operands[isLast ? 0 : 1];
        if (!(isLast || IsNull(text, node.Operands[0])) || IsNull(text, value) || value.Kind == SqlExpressionKind.Unknown)
            return null;
        return new NullComparison(node.Span, node.Operator, node.Operands[isLast ? 1 : 0].Span, value, isNegated);
    }

    private static bool IsNull(SqlText text, SqlExpression value) => value.Kind == SqlExpressionKind.Literal && text.Slice(value.Span).Equals("NULL", StringComparison.OrdinalIgnoreCase);
}
