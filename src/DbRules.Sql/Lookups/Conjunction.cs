namespace DbRules.Sql;

/// <summary>Which conditions must all hold?</summary>
internal static class Conjunction
{
    /// <summary>
    /// The token ranges that are joined by <c>AND</c>, parentheses around them taken off, in text order. A range that has <c>OR</c>,
    /// <c>XOR</c> or <c>||</c> at its own level, which is an OR in MySQL, stays whole.
    /// </summary>
    public static IReadOnlyList<(int Start, int End)> Split(TokenWindow window, int start, int end)
    {
        var conjuncts = new List<(int Start, int End)>();
        var open = new Stack<(int Start, int End)>();
        open.Push((start, end));
        while (open.Count > 0)
        {
            (int from, int to) = Unwrap(window, open.Pop());
            List<int> ands = TopLevelAnds(window, from, to);
            if (ands.Count == 0)
            {
                conjuncts.Add((from, to));
                continue;
            }

            int rest = to;
            for (int i = ands.Count - 1; i >= 0; i--)
            {
                open.Push((ands[i] + 1, rest));
                rest = ands[i];
            }

            // Pushed last, so that the stack yields text order.
            open.Push((from, rest));
        }

        return conjuncts;
    }

    private static (int Start, int End) Unwrap(TokenWindow window, (int Start, int End) range)
    {
        while (range.End - range.Start > 1 && window.IsPunctuation(range.Start, '(') && window.Partner(range.Start) == range.End - 1)
            range = (range.Start + 1, range.End - 1);
        return range;
    }

    private static List<int> TopLevelAnds(TokenWindow window, int start, int end)
    {
        var ands = new List<int>();
        int openBetween = 0;
        int openCase = 0;
        for (int i = start; i < end; i = window.Next(i))
        {
            switch (window.Keyword(i))
            {
                case SqlKeyword.Case:
                    openCase++;
                    break;
                case SqlKeyword.End:
                    openCase--;
                    break;
                case SqlKeyword.Between when openCase == 0:
                    openBetween++;
                    break;
                case SqlKeyword.And when openCase == 0 && openBetween > 0:
                    openBetween--;
                    break;
                case SqlKeyword.And when openCase == 0:
                    ands.Add(i);
                    break;
                case SqlKeyword.Or or SqlKeyword.Xor when openCase == 0:
                    return [];
            }

            if (window[i].Kind == SqlTokenKind.Operator && window.TextOf(i) == "||")
                return [];
        }

        return ands;
    }
}
