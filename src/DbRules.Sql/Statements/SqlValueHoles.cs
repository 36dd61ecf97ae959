namespace DbRules.Sql;

/// <summary>Finds the holes of a statement that a parameter could stand for.</summary>
public static class SqlValueHoles
{
    /// <summary>
    /// The strings with holes inside, and the holes that stand for one value by themselves: behind a comparison, <c>LIKE</c>, <c>LIMIT</c> or <c>OFFSET</c>, and in the
    /// lists of <c>IN</c> and <c>VALUES</c>. Nothing in statements that take no parameters. In text order.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="dialect">The dialect. In MySQL text may stand between <c>"</c>, where others have a name; behind <c>LIKE</c> there is none in any.</param>
    public static IEnumerable<SqlHole> Of(SqlStatement statement, SqlDialect dialect = SqlDialect.Unknown)
    {
        TokenWindow window = statement.Window;
        bool isStep = IsStepOfBatch(window);
        if (!isStep && !TakesParameters(statement.Kind))
            yield break;
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            bool isHole = token.Kind == SqlTokenKind.Hole;
            // What stands in a branch is found there.
            if ((!isHole && !token.Has(SqlTokenMarks.HasHole)) || (isStep && IsInBranch(statement, token)))
                continue;
            if (token.Kind == SqlTokenKind.String)
                yield return new SqlHole(token.Span, SqlHolePlace.Value, true);
            else if (isHole && StandsAlone(window, i) && statement.PlaceAt(i) == SqlHolePlace.Value)
                yield return new SqlHole(token.Span, SqlHolePlace.Value, false);
            else if (token.Kind == SqlTokenKind.QuotedIdentifier && IsTextBetweenDoubleQuotes(window, i, dialect))
                yield return new SqlHole(token.Span, SqlHolePlace.Value, true);
        }
    }

    private static bool IsInBranch(SqlStatement statement, SqlToken token)
    {
        foreach (SqlStatement inner in statement.Inner)
        {
            if (inner.Span.Start <= token.Start && token.End <= inner.Span.End)
                return true;
        }

        return false;
    }

    private static bool IsTextBetweenDoubleQuotes(TokenWindow window, int index, SqlDialect dialect) =>
        window.TextOf(index)[0] == '"' && window.TextOf(index + 1) != "." && (window.Keyword(index - 1) == SqlKeyword.Like || (dialect == SqlDialect.MySql && StandsAlone(window, index)));

    private static bool TakesParameters(SqlStatementKind kind) =>
        kind is SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge or SqlStatementKind.Exec or SqlStatementKind.Call;

    /// <summary>A condition or a variable of SQL Server's batches.</summary>
    private static bool IsStepOfBatch(TokenWindow window) => window.Keyword(0) is SqlKeyword.If or SqlKeyword.While
        || (window.Keyword(0) is SqlKeyword.Declare or SqlKeyword.Set && window[1].Kind == SqlTokenKind.Parameter);

    private static bool StandsAlone(TokenWindow window, int hole)
    {
        if (hole == 0)
            return false;
        string before = window.TextOf(hole - 1);
        if (before is "=" or "<>" or "!=" or "<" or ">" or "<=" or ">=" || window[hole - 1].Keyword is SqlKeyword.Like or SqlKeyword.Limit or SqlKeyword.Offset)
            return true;
        if (before is not ("(" or ","))
            return false;
        int opening = ListAround(window, hole - 1);
        if (opening <= 0)
            return false;
        bool isNextRow = opening > 1 && window.TextOf(opening - 1) == "," && window.TextOf(opening - 2) == ")";
        return isNextRow || window[opening - 1].Keyword is SqlKeyword.In or SqlKeyword.Values;
    }

    /// <summary>The parenthesis that the list around a token opens with; negative when there is none.</summary>
    private static int ListAround(TokenWindow window, int index)
    {
        int closed = 0;
        for (int i = index; i >= 0; i--)
        {
            string text = window.TextOf(i);
            if (text == ")")
                closed++;
            else if (text == "(" && closed-- == 0)
                return i;
        }

        return -1;
    }
}
