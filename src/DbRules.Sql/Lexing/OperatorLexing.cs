namespace DbRules.Sql;

/// <summary>How long is the operator at the cursor?</summary>
internal static class OperatorLexing
{
    // Longest first.
    private static readonly string[] Operators =
    [
        "<=>", "->>", "#>>", "!~~*", "!~*", "!~~", "~~*", "<->", "&<|", "|&>",
        "<=", ">=", "<>", "!=", "||", "&&", "::", ":=", "->", "=>", "==", "<<", ">>", "!<", "!>", "@>", "<@", "@@", "@?", "^@", "#>", "#-", "-|-",
        "~*", "!~", "~~", "?|", "?&", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=",
    ];

    private static readonly string[][] ByFirst = [.. Enumerable.Range(0, 128).Select(first =>
        Operators.Where(sign => sign[0] == first).OrderByDescending(sign => sign.Length).ToArray())];

    /// <summary>The length of the longest operator at the cursor, or 0.</summary>
    public static int Length(SqlCursor cursor)
    {
        char c = cursor.Peek();
        if (c >= 128)
            return 0;
        foreach (string sign in ByFirst[c])
        {
            int at = 1;
            while (at < sign.Length && cursor.Peek(at) == sign[at])
                at++;
            if (at == sign.Length && !(at == 2 && IsTwoTokens(c, sign[1], cursor.Peek(2))))
                return at;
        }

        return c is '+' or '-' or '*' or '/' or '%' or '=' or '<' or '>' or '!' or '~' or '^' or '&' or '|' ? 1 : 0;
    }

    private static bool IsTwoTokens(char c, char next, char third) => (c, next) switch
    {
        // "a<@p" compares with a parameter; "a <@ b" is PostgreSQL's "is contained".
        ('<', '@') => third == '@' || SqlCursor.IsWordPart(third),
        // "?||x" and "?&&x" are a positional parameter before an operator.
        ('?', _) => third == next,
        _ => false,
    };
}
