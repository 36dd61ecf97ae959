namespace DbRules.Sql;

/// <summary>Does every hole of a condition stand where a parameter could stand?</summary>
internal static class HolePlaces
{
    /// <summary>
    /// Whether no hole is part of a name, a string or a longer word, or stands for a whole condition. A hole behind a comparison is taken for
    /// a value.
    /// </summary>
    public static bool AreValues(TokenWindow window, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (window[i].Has(SqlTokenMarks.HasHole) || (window[i].Kind == SqlTokenKind.Hole && !IsValue(window, i, end)))
                return false;
        }

        return true;
    }

    private static bool IsValue(TokenWindow window, int index, int end)
    {
        bool isArgument = window.IsPunctuation(index - 1, ',')
            || (window.IsPunctuation(index - 1, '(') && (window[index - 2].IsName || window.Is(index - 2, SqlKeyword.In)));
        bool isCompared = window[index - 1].Kind == SqlTokenKind.Operator
            || window.Keyword(index - 1) is SqlKeyword.Like or SqlKeyword.Ilike or SqlKeyword.Between;
        bool endsThere = index + 1 == end || window.IsPunctuation(index + 1, ')') || window.IsPunctuation(index + 1, ',')
            || window[index + 1].Kind == SqlTokenKind.Operator || window.Keyword(index + 1) is SqlKeyword.And or SqlKeyword.Or;
        return (isArgument || isCompared) && endsThere;
    }
}
