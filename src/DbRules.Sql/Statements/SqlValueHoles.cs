namespace DbRules.Sql;

/// <summary>Finds the holes of a statement that a parameter could stand for.</summary>
public static class SqlValueHoles
{
    /// <summary>
    /// The strings with holes inside, and the holes that stand for one value by themselves: behind a comparison, <c>LIKE</c>, <c>LIMIT</c> or <c>OFFSET</c>, and in the
    /// lists of <c>IN</c> and <c>VALUES</c>. Nothing in statements that take no parameters. In text order.
    /// </summary>
    public static IEnumerable<SqlHole> Of(SqlStatement statement)
    {
        if (!TakesParameters(statement.Kind))
            yield break;
        TokenWindow window = statement.Window;
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            if (token.Kind == SqlTokenKind.String && token.Has(SqlTokenMarks.HasHole))
                yield return new SqlHole(token.Span, SqlHolePlace.Value, true);
            else if (token.Kind == SqlTokenKind.Hole && StandsAlone(window, i) && statement.PlaceAt(i) == SqlHolePlace.Value)
                yield return new SqlHole(token.Span, SqlHolePlace.Value, false);
        }
    }

    private static bool TakesParameters(SqlStatementKind kind) =>
        kind is SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge or SqlStatementKind.Exec or SqlStatementKind.Call;

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
