namespace DbRules.Sql;

/// <summary>
/// Is this one condition, and nothing else? Operands and operators must take turns, so that a clause the reader does not know
/// (<c>CONNECT BY</c>, <c>QUALIFY</c>) is not taken for a part of it. What parentheses hold is not looked at.
/// </summary>
internal static class ConditionShape
{
    public static bool IsWhole(TokenWindow window, int start, int end)
    {
        bool needsOperand = true;
        int position = start;
        while (position < end)
        {
            int next = needsOperand ? BehindOperand(window, position, end) : BehindOperator(window, position);
            if (next == position)
                return false;
            needsOperand = needsOperand ? IsPrefix(window, position) : !IsPostfix(window, position);
            position = next;
        }

        return !needsOperand && position == end;
    }

    /// <summary>Behind the prefix or the operand at the position; the position itself when none stands there.</summary>
    private static int BehindOperand(TokenWindow window, int position, int end)
    {
        SqlToken token = window[position];
        if (IsPrefix(window, position))
            return position + 1;
        if (token.Keyword == SqlKeyword.Case)
            return BehindCase(window, position, end);
        if (window.IsPunctuation(position, '('))
            return window.Next(position);
        bool isFunctionWord = token.Keyword is SqlKeyword.Left or SqlKeyword.Right or SqlKeyword.Values;
        if (token.IsName || isFunctionWord)
            return BehindName(window, position, end);
        return token.Kind is SqlTokenKind.Number or SqlTokenKind.String or SqlTokenKind.Parameter or SqlTokenKind.Hole || token.Keyword == SqlKeyword.Null
            ? position + 1
            : position;
    }

    private static int BehindName(TokenWindow window, int position, int end)
    {
        int behind = window[position].IsName ? NameReader.Read(window, position, end).End : position + 1;
        if (window.IsPunctuation(behind, '('))
            return window.Next(behind);
        // DATE '2026-01-31'
        bool isTypedLiteral = behind < end && behind == position + 1 && window[behind].Kind == SqlTokenKind.String;
        return isTypedLiteral ? behind + 1 : behind;
    }

    private static int BehindCase(TokenWindow window, int position, int end)
    {
        int depth = 0;
        for (int i = position; i < end; i = window.Next(i))
        {
            depth += window.Is(i, SqlKeyword.Case) ? 1 : window.Is(i, SqlKeyword.End) ? -1 : 0;
            if (depth == 0)
                return i + 1;
        }

        return position;
    }

    /// <summary>Behind the operator at the position; the position itself when none stands there.</summary>
    private static int BehindOperator(TokenWindow window, int position)
    {
        if (window[position].Kind == SqlTokenKind.Operator)
            return position + 1;
        if (IsPostfix(window, position))
            return window.Next(position);
        switch (window.Keyword(position))
        {
            case SqlKeyword.And or SqlKeyword.Or or SqlKeyword.Xor or SqlKeyword.Like or SqlKeyword.Ilike or SqlKeyword.In or SqlKeyword.Between
                or SqlKeyword.Escape or SqlKeyword.Collate or SqlKeyword.Regexp or SqlKeyword.Rlike or SqlKeyword.Glob or SqlKeyword.Div
                or SqlKeyword.Mod or SqlKeyword.Overlaps:
                return position + 1;
            case SqlKeyword.Similar:
                return window.Is(position + 1, SqlKeyword.To) ? position + 2 : position;
            case SqlKeyword.Is:
                int negated = window.Is(position + 1, SqlKeyword.Not) ? 1 : 0;
                return window.Is(position + 1 + negated, SqlKeyword.Distinct, SqlKeyword.From) ? position + 3 + negated : position + 1 + negated;
            case SqlKeyword.Not:
                bool negates = window.Keyword(position + 1) is SqlKeyword.Like or SqlKeyword.Ilike or SqlKeyword.In or SqlKeyword.Between
                    or SqlKeyword.Similar or SqlKeyword.Regexp or SqlKeyword.Rlike or SqlKeyword.Glob;
                return negates ? BehindOperator(window, position + 1) : position;
            default:
                return position;
        }
    }

    private static bool IsPrefix(TokenWindow window, int position) =>
        window.Keyword(position) is SqlKeyword.Not or SqlKeyword.Exists
        || (window.Keyword(position) is SqlKeyword.Any or SqlKeyword.All or SqlKeyword.Some && window.IsPunctuation(position + 1, '('))
        || window.IsOperator(position, '-') || window.IsOperator(position, '+') || window.IsOperator(position, '~');

    /// <summary>An array index follows its operand and calls for no other.</summary>
    private static bool IsPostfix(TokenWindow window, int position) => window.IsPunctuation(position, '[');
}
