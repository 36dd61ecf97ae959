namespace DbRules.Sql;

/// <summary>How long is the operator at the cursor?</summary>
internal static class OperatorLexing
{
    private static readonly HashSet<string> Three = new(StringComparer.Ordinal) { "<=>", "->>", "!~*", "~~*" };

    private static readonly HashSet<string> Two = new(StringComparer.Ordinal)
    {
        "<=", ">=", "<>", "!=", "||", "&&", "::", ":=", "->", "=>", "==", "<<", ">>", "!<", "!>", "@>", "<@", "@@", "@?",
        "~*", "!~", "~~", "?|", "?&", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=",
    };

    /// <summary>The length of the longest operator at the cursor, or 0.</summary>
    public static int Length(SqlCursor cursor)
    {
        char c = cursor.Peek();
        char next = cursor.Peek(1);
        char third = cursor.Peek(2);
        if (Three.Contains(new string([c, next, third])))
            return 3;
        if (Two.Contains(new string([c, next])) && !IsTwoTokens(c, next, third))
            return 2;
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
