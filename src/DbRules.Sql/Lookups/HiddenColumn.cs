namespace DbRules.Sql;

/// <summary>A column that a condition looks at through a function, a conversion or arithmetic, so that no ordinary index over it serves.</summary>
/// <param name="Expression">What is around the column.</param>
/// <param name="Column">The column.</param>
/// <param name="Condition">The comparison that it is part of.</param>
public sealed record HiddenColumn(SqlExpression Expression, SqlExpression Column, SqlExpression Condition)
{
    /// <summary>Functions of one row that many schemas have an index below, and hardly any over.</summary>
    private static readonly HashSet<string> Functions = new(
        [
            "LOWER", "UPPER", "TRIM", "LTRIM", "RTRIM", "SUBSTRING", "SUBSTR", "LEFT", "RIGHT", "REPLACE", "LEN", "LENGTH", "CHAR_LENGTH", "CONCAT", "ABS", "ROUND", "FLOOR", "CEILING", "CEIL", "COALESCE", "ISNULL", "IFNULL", "NVL",
            "DATE", "TIME", "YEAR", "MONTH", "DAY", "HOUR", "DAYOFWEEK", "DATEPART", "DATENAME", "DATEDIFF", "TIMESTAMPDIFF", "DATEADD", "DATE_ADD", "DATE_SUB", "DATE_TRUNC", "DATE_PART", "DATE_FORMAT", "EXTRACT", "STRFTIME", "TO_CHAR", "TO_DATE",
            "CONVERT", "CAST", "TRUNC", "FORMAT", "JULIANDAY", "UNIX_TIMESTAMP", "EOMONTH",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that stand in place of an argument: units of time and types.</summary>
    private static readonly HashSet<string> Words = new(
        [
            "year", "yy", "yyyy", "quarter", "qq", "month", "mm", "dayofyear", "dy", "day", "dd", "week", "wk", "weekday", "dw", "hour", "hh", "minute", "mi", "second", "ss", "millisecond", "ms", "microsecond", "epoch", "dow", "isodow",
            "date", "datetime", "datetime2", "time", "int", "bigint", "varchar", "nvarchar", "char", "nchar", "decimal", "signed", "unsigned",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The columns of a statement that are hidden so in a condition which is all that chooses rows: a comparison, <c>BETWEEN</c> or <c>IN</c> with what the statement gives.
    /// Where another condition that must hold too compares a column with a given value, few rows are left, and none is returned.
    /// </summary>
    /// <param name="script">The text.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="dialect">Its dialect: SQL Server sees a date through a conversion of a point in time.</param>
    public static IEnumerable<HiddenColumn> Of(SqlScript script, SqlStatement statement, SqlDialect dialect) => MayHide(statement.Window) ? Find(script, statement, dialect) : [];

    /// <summary>As <see cref="Of"/>, whatever its words say.</summary>
    internal static IEnumerable<HiddenColumn> Find(SqlScript script, SqlStatement statement, SqlDialect dialect)
    {
        foreach (SqlExpression condition in statement.Conditions.Where(condition => !SqlRestriction.LeavesFew(script.Text, condition)))
        {
            foreach (SqlExpression conjunct in condition.Conjuncts)
            {
                if (!(statement.NotUnderstood is { } unread && unread.Start <= conjunct.Span.End) && Read(script.Text, conjunct, dialect) is { } hidden)
                    yield return hidden;
            }
        }
    }

    /// <summary>Whether a condition, and anything that can hide a column, stands in the statement at all.</summary>
    internal static bool MayHide(TokenWindow window)
    {
        bool hasCondition = false;
        bool hides = false;
        for (int i = 0; i < window.Count && !(hasCondition && hides); i++)
        {
            SqlToken token = window[i];
            hasCondition |= token.Keyword is SqlKeyword.Where or SqlKeyword.On or SqlKeyword.Having or SqlKeyword.If or SqlKeyword.While or SqlKeyword.When;
            hides |= window.IsPunctuation(i, '(') ? MayHide(window, i - 1) : token.Kind == SqlTokenKind.Operator && !window.IsStar(i) && !Comparisons.IsSign(window, i);
        }

        return hasCondition && hides;
    }

    /// <summary>Whether a word in front of a parenthesis may be that of a function or a conversion which hides what it is given.</summary>
    private static bool MayHide(TokenWindow window, int word)
    {
        if (window[word].Kind == SqlTokenKind.QuotedIdentifier || window.IsWord(word, "TRY_CAST"))
            return true;
        foreach (string function in Functions)
        {
            if (window.IsWord(word, function))
                return true;
        }

        return false;
    }

    private static HiddenColumn? Read(SqlText text, SqlExpression condition, SqlDialect dialect)
    {
        if (condition.IsNegated || condition.Query is not null || condition.Operands.Count < 2)
            return null;
        switch (condition.Kind)
        {
            case SqlExpressionKind.Comparison when condition.Operands.Count == 2 && text.Slice(condition.Operator) is "=" or "==" or "<" or ">" or "<=" or ">=":
                return Of(condition.Operands[0], [condition.Operands[1]]) ?? Of(condition.Operands[1], [condition.Operands[0]]);
            case SqlExpressionKind.Between or SqlExpressionKind.In:
                return Of(condition.Operands[0], condition.Operands.Skip(1));
            default:
                return null;
        }

        HiddenColumn? Of(SqlExpression hiding, IEnumerable<SqlExpression> given) =>
            given.All(static value => value.All(static node => !IsReference(node) && node.Kind is not (SqlExpressionKind.Subquery or SqlExpressionKind.Unknown)))
            && ColumnIn(text, hiding) is { } column
            && !(dialect == SqlDialect.SqlServer && IsDate(text.Slice(hiding.Span)))
                ? new HiddenColumn(hiding, column, condition)
                : null;
    }

    /// <summary>The only column inside functions, conversions and arithmetic; null for a column alone, for several, and where anything else is around it.</summary>
    private static SqlExpression? ColumnIn(SqlText text, SqlExpression hiding)
    {
        if (!Hides(text, hiding))
            return null;
        SqlExpression? only = null;
        foreach (SqlExpression node in hiding.Nodes)
        {
            if (IsReference(node))
            {
                if (only is not null)
                    return null;
                only = node;
            }
            else if (!(Hides(text, node) || node.IsGiven || node.Kind is SqlExpressionKind.Name or SqlExpressionKind.Concatenation || !node.Any(IsReference)))
            {
                return null;
            }
        }

        return only;
    }

    private static bool Hides(SqlText text, SqlExpression node) => node.Kind switch
    {
        SqlExpressionKind.Call => !node.IsWindowed && node.Qualifier is null && Functions.Contains(node.Name),
        SqlExpressionKind.Cast => true,
        SqlExpressionKind.Operation => text.Slice(node.Operator) is "+" or "-" or "*" or "/" or "%",
        _ => false,
    };

    private static bool IsReference(SqlExpression node) => node.IsColumn && !(node.Qualifier is null && Words.Contains(node.Name));

    private static bool IsDate(string written) => written.IndexOf("DATETIME", StringComparison.OrdinalIgnoreCase) < 0
        && (written.StartsWith("CAST", StringComparison.OrdinalIgnoreCase) || written.StartsWith("CONVERT", StringComparison.OrdinalIgnoreCase))
        && written.IndexOf("DATE", StringComparison.OrdinalIgnoreCase) >= 0;
}
