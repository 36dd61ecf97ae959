namespace DbRules.Sql;

/// <summary>Where does one statement end and the next begin?</summary>
internal static class StatementSplitter
{
    /// <summary>
    /// The token range of each statement, empty statements left out. <paramref name="window"/> comes without comments. A <c>;</c> between
    /// <c>BEGIN</c> or <c>CASE</c> and its <c>END</c> does not separate; inside parentheses it does, since the text can only be broken there.
    /// SQL Server's statements without a separator are told apart by the words that start them.
    /// </summary>
    public static List<(int Start, int End)> Split(TokenWindow window)
    {
        var statements = new List<(int Start, int End)>();
        var run = default(StatementRun);
        int start = 0;
        int blocks = 0;
        int depth = 0;
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            if (token.Keyword == SqlKeyword.Go && StartsLine(window, i) && EndsLine(window, i, out int last))
            {
                Close(i, last + 1);
                i = last;
                blocks = 0;
                continue;
            }

            if (blocks == 0 && window.IsPunctuation(i, ';'))
            {
                Close(i, i + 1);
                continue;
            }

            if (blocks == 0 && depth == 0 && i > start && run.EndsBefore(window, i))
                Close(i, i);
            if (depth == 0 && blocks == 0)
                run.Take(window, i, i == start);
            blocks = Math.Max(0, blocks + BlockChange(window, i, i == start));
            depth = Math.Max(0, depth + (window.IsPunctuation(i, '(') ? 1 : window.IsPunctuation(i, ')') ? -1 : 0));
        }

        Close(window.Count, window.Count);
        return statements;

        void Close(int end, int next)
        {
            if (end > start)
                statements.Add((start, end));
            start = next;
            depth = 0;
            run = default;
        }
    }

    /// <summary>Whether <c>BEGIN</c> at the index starts a transaction, not a block.</summary>
    public static bool BeginsTransaction(TokenWindow window, int begin)
    {
        SqlToken next = window[begin + 1];
        return next.Length == 0
            || window.IsPunctuation(begin + 1, ';')
            || next.Keyword is SqlKeyword.Tran or SqlKeyword.Transaction or SqlKeyword.Work or SqlKeyword.Deferred or SqlKeyword.Immediate
                or SqlKeyword.Exclusive or SqlKeyword.Isolation or SqlKeyword.Read or SqlKeyword.Not or SqlKeyword.Deferrable
                or SqlKeyword.Distributed or SqlKeyword.Concurrent;
    }

    /// <summary>What a token adds to the number of open blocks: 1 for <c>BEGIN</c> and <c>CASE</c>, -1 for their <c>END</c>.</summary>
    public static int BlockChange(TokenWindow window, int index, bool startsStatement)
    {
        switch (window.Keyword(index))
        {
            case SqlKeyword.Begin:
                return (startsStatement || !IsNamePlace(window, index - 1)) && !BeginsTransaction(window, index) ? 1 : 0;
            case SqlKeyword.Case:
                // END CASE closes what CASE opened; it does not open again.
                return window.Is(index - 1, SqlKeyword.End) ? 0 : 1;
            case SqlKeyword.End:
                // IF, LOOP, WHILE and REPEAT are not counted when they open, so their END is not either.
                bool closesOther = window.Keyword(index + 1) is SqlKeyword.If or SqlKeyword.Loop or SqlKeyword.While or SqlKeyword.Repeat;
                return startsStatement || closesOther ? 0 : -1;
            default:
                return 0;
        }
    }

    private static bool IsNamePlace(TokenWindow window, int previous) => window[previous].Kind switch
    {
        SqlTokenKind.Operator => true,
        SqlTokenKind.Punctuation => !window.IsClosing(previous) && !window.IsPunctuation(previous, ';'),
        SqlTokenKind.Keyword => window.Keyword(previous) is not (SqlKeyword.Else or SqlKeyword.Then or SqlKeyword.As or SqlKeyword.Is or SqlKeyword.Null
            or SqlKeyword.End),
        _ => false,
    };

    private static bool StartsLine(TokenWindow window, int index) =>
        window[index - 1].Length == 0 || HasLineBreak(window.Text, window[index - 1].End, window[index].Start);

    private static bool EndsLine(TokenWindow window, int index, out int last)
    {
        last = index;
        SqlToken next = window[index + 1];
        // GO 5 repeats the batch.
        if (next.Kind == SqlTokenKind.Number && !HasLineBreak(window.Text, window[index].End, next.Start))
        {
            last = index + 1;
            next = window[last + 1];
        }

        return next.Length == 0 || HasLineBreak(window.Text, window[last].End, next.Start);
    }

    private static bool HasLineBreak(SqlText text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (text.Joined[i] is '\n' or '\r')
                return true;
        }

        return false;
    }
}
