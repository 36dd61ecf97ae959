namespace DbRules.Sql;

/// <summary>How a condition restricts a column.</summary>
public enum SqlRestrictionKind
{
    /// <summary><c>column = value</c>.</summary>
    Equality = 0,

    /// <summary><c>column IN (..)</c>, <c>column IN (SELECT ..)</c>, <c>column = ANY (..)</c>.</summary>
    List,

    /// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c> or <c>BETWEEN</c>.</summary>
    Range,

    /// <summary><c>LIKE</c> and its kin.</summary>
    Pattern,

    /// <summary><c>IS NULL</c>, <c>IS TRUE</c>.</summary>
    Is,
}

/// <summary>One condition, of those that must all hold, that restricts one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">How it is restricted.</param>
/// <param name="Condition">The whole condition.</param>
/// <param name="IsGiven">Whether the statement gives what it is compared with: literals, parameters, holes, lists of them; false for columns and subqueries.</param>
public sealed record SqlRestriction(SqlExpression Column, SqlRestrictionKind Kind, SqlExpression Condition, bool IsGiven)
{
    /// <summary>The restrictions among the conjuncts of a condition; those below <c>OR</c> and <c>NOT</c>, and negated ones, are none. Empty for null.</summary>
    public static IEnumerable<SqlRestriction> Of(SqlText text, SqlExpression? condition)
    {
        foreach (SqlExpression conjunct in condition?.Conjuncts ?? [])
        {
            if (conjunct.IsNegated || conjunct.Operands.Count == 0)
                continue;
            SqlExpression first = conjunct.Operands[0];
            switch (conjunct.Kind)
            {
                case SqlExpressionKind.Comparison when conjunct.Operands.Count == 2:
                    if (Compared(text, conjunct) is { } compared)
                        yield return compared;
                    break;
                case SqlExpressionKind.In when first.IsColumn:
                    yield return new SqlRestriction(first, SqlRestrictionKind.List, conjunct, conjunct.Query is null && conjunct.Operands.Skip(1).All(IsGivenValue));
                    break;
                case SqlExpressionKind.Between when first.IsColumn:
                    yield return new SqlRestriction(first, SqlRestrictionKind.Range, conjunct, conjunct.Operands.Skip(1).All(IsGivenValue));
                    break;
                case SqlExpressionKind.Like when first.IsColumn:
                    yield return new SqlRestriction(first, SqlRestrictionKind.Pattern, conjunct, conjunct.Operands.Skip(1).All(IsGivenValue));
                    break;
                case SqlExpressionKind.IsNull or SqlExpressionKind.Is when first.IsColumn:
                    yield return new SqlRestriction(first, SqlRestrictionKind.Is, conjunct, conjunct.Operands.Skip(1).All(IsGivenValue));
                    break;
            }
        }
    }

    /// <summary>Whether one of the conditions that must all hold compares a column with a value, or a list of values, that the statement gives: few rows are left then.</summary>
    public static bool LeavesFew(SqlText text, SqlExpression condition) =>
        Of(text, condition).Any(static restriction => restriction is { Kind: SqlRestrictionKind.Equality or SqlRestrictionKind.List, IsGiven: true });

    private static SqlRestriction? Compared(SqlText text, SqlExpression comparison)
    {
        SqlExpression left = comparison.Operands[0];
        SqlExpression right = comparison.Operands[1];
        (SqlExpression column, SqlExpression value) = left.IsColumn ? (left, right) : (right, left);
        if (!column.IsColumn)
            return null;
        switch (text.Slice(comparison.Operator))
        {
            case "=" or "==" or "<=>":
                bool isList = (value.Kind == SqlExpressionKind.Call && value.Name.ToUpperInvariant() is "ANY" or "SOME") || (value.Query is not null && value.Operator.Length > 0);
                return new SqlRestriction(column, isList ? SqlRestrictionKind.List : SqlRestrictionKind.Equality, comparison, IsGivenValue(value) || (isList && value.Query is null && value.Operands.All(IsGivenValue)));
            case "<" or "<=" or ">" or ">=":
                return new SqlRestriction(column, SqlRestrictionKind.Range, comparison, IsGivenValue(value));
            default:
                return null;
        }
    }

    private static bool IsGivenValue(SqlExpression value) => value.IsGiven
        || (value.Kind is SqlExpressionKind.Cast or SqlExpressionKind.List or SqlExpressionKind.Operation or SqlExpressionKind.Concatenation && value.Operands.All(IsGivenValue));
}
