namespace DbRules.Sql;

/// <summary>Is this a list of sort expressions, and nothing else?</summary>
internal static class OrderByShape
{
    public static bool IsWhole(TokenWindow window, SqlClause orderBy)
    {
        int start = orderBy.BodyStart;
        for (int i = start; i < orderBy.TokenEnd; i = window.Next(i))
        {
            if (!window.IsPunctuation(i, ','))
                continue;
            if (!IsSortExpression(window, start, i))
                return false;
            start = i + 1;
        }

        return IsSortExpression(window, start, orderBy.TokenEnd);
    }

    private static bool IsSortExpression(TokenWindow window, int start, int end)
    {
        int behind = end;
        bool placesNulls = behind - start > 2 && window.Keyword(behind - 1) is SqlKeyword.First or SqlKeyword.Last
            && window.Is(behind - 2, SqlKeyword.Nulls);
        if (placesNulls)
            behind -= 2;
        if (window.Keyword(behind - 1) is SqlKeyword.Asc or SqlKeyword.Desc)
            behind--;
        return ConditionShape.IsWhole(window, start, behind);
    }
}
