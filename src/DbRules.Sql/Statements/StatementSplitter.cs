namespace DbRules.Sql;

/// <summary>Where does one statement end and the next begin?</summary>
internal static class StatementSplitter
{
    /// <summary>
    /// The tokens of each statement, empty statements left out. <paramref name="tokens"/> come without comments. A <c>;</c> between
    /// <c>BEGIN</c> or <c>CASE</c> and its <c>END</c> does not separate; inside parentheses it does, since the text can only be broken there.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SqlToken>> Split(SqlText text, IReadOnlyList<SqlToken> tokens)
    {
        var statements = new List<IReadOnlyList<SqlToken>>();
        var current = new List<SqlToken>();
        int blocks = 0;
        int count = tokens.Count;
        SqlToken previous = default;
        for (int i = 0; i < count; i++)
        {
            SqlToken token = tokens[i];
            SqlToken next = i + 1 < count ? tokens[i + 1] : default;
            if (token.Keyword == SqlKeyword.Go && StartsLine(text, previous, token) && EndsLine(text, tokens, i, out int last))
            {
                Close();
                i = last;
                previous = tokens[last];
                blocks = 0;
                continue;
            }

            if (blocks == 0 && IsSign(text, token, ';'))
            {
                Close();
            }
            else
            {
                blocks = Math.Max(0, blocks + BlockChange(text, previous, token, next, current.Count == 0));
                current.Add(token);
            }

            previous = token;
        }

        Close();
        return statements;

        void Close()
        {
            if (current.Count > 0)
                statements.Add(current.ToArray());
            current.Clear();
        }
    }

    /// <summary>Whether <c>BEGIN</c> before this token starts a transaction, not a block; a token without length is the text's end.</summary>
    public static bool BeginsTransaction(SqlText text, SqlToken next) =>
        next.Length == 0
        || IsSign(text, next, ';')
        || next.Keyword is SqlKeyword.Tran or SqlKeyword.Transaction or SqlKeyword.Work or SqlKeyword.Deferred or SqlKeyword.Immediate
            or SqlKeyword.Exclusive or SqlKeyword.Isolation or SqlKeyword.Read or SqlKeyword.Not or SqlKeyword.Deferrable
            or SqlKeyword.Distributed or SqlKeyword.Concurrent;

    private static int BlockChange(SqlText text, SqlToken previous, SqlToken token, SqlToken next, bool startsStatement)
    {
        switch (token.Keyword)
        {
            case SqlKeyword.Begin:
                return (startsStatement || !IsNamePlace(text, previous)) && !BeginsTransaction(text, next) ? 1 : 0;
            case SqlKeyword.Case:
                // END CASE closes what CASE opened; it does not open again.
                return previous.Keyword == SqlKeyword.End ? 0 : 1;
            case SqlKeyword.End:
                // IF, LOOP, WHILE and REPEAT are not counted when they open, so their END is not either.
                bool closesOther = next.Keyword is SqlKeyword.If or SqlKeyword.Loop or SqlKeyword.While or SqlKeyword.Repeat;
                return startsStatement || closesOther ? 0 : -1;
            default:
                return 0;
        }
    }

    private static bool IsNamePlace(SqlText text, SqlToken previous) => previous.Kind switch
    {
        SqlTokenKind.Operator => true,
        SqlTokenKind.Punctuation => !IsSign(text, previous, ')') && !IsSign(text, previous, ']') && !IsSign(text, previous, ';'),
        SqlTokenKind.Keyword => previous.Keyword is not (SqlKeyword.Else or SqlKeyword.Then or SqlKeyword.As or SqlKeyword.Is or SqlKeyword.Null
            or SqlKeyword.End),
        _ => false,
    };

    private static bool StartsLine(SqlText text, SqlToken previous, SqlToken token) =>
        previous.Length == 0 || HasLineBreak(text, previous.End, token.Start);

    private static bool EndsLine(SqlText text, IReadOnlyList<SqlToken> tokens, int index, out int last)
    {
        last = index;
        SqlToken next = index + 1 < tokens.Count ? tokens[index + 1] : default;
        // GO 5 repeats the batch.
        if (next.Kind == SqlTokenKind.Number && !HasLineBreak(text, tokens[index].End, next.Start))
        {
            last = index + 1;
            next = last + 1 < tokens.Count ? tokens[last + 1] : default;
        }

        return next.Length == 0 || HasLineBreak(text, tokens[last].End, next.Start);
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

    private static bool IsSign(SqlText text, SqlToken token, char sign) =>
        token.Kind == SqlTokenKind.Punctuation && text.Joined[token.Start] == sign;
}
