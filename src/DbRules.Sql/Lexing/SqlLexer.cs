namespace DbRules.Sql;

/// <summary>
/// Splits SQL into tokens, in any dialect. Never throws, takes time linear in the text, and leaves out nothing but whitespace.
/// </summary>
/// <remarks>
/// <c>[</c> opens a quoted identifier unless it stands directly, without whitespace, behind a name, a parameter, a hole, <c>]</c> or
/// <c>)</c>; there it is the punctuation of an array index. <c>#</c> directly before a word is SQL Server's temporary table; before anything else,
/// where MySQL starts a comment, it is <see cref="SqlTokenKind.Unknown"/>.
/// </remarks>
public static class SqlLexer
{
    /// <summary>The list that the next text is read into: one serves one text after the other.</summary>
    private static List<SqlToken>? _spare;

    /// <summary>The tokens in order, comments included.</summary>
    public static SqlToken[] Tokenize(SqlText text) => Tokenize(new SqlCursor(text));

    internal static SqlToken[] Tokenize(SqlCursor cursor)
    {
        List<SqlToken> tokens = Interlocked.Exchange(ref _spare, null) ?? [];
        SqlToken previous = default;
        while (!cursor.AtEnd)
        {
            if (char.IsWhiteSpace(cursor.Peek()))
            {
                cursor.Advance();
                continue;
            }

            int start = cursor.Position;
            bool glued = tokens.Count > 0 && previous.End == start;
            SqlTokenKind kind = Read(cursor, previous, glued, out SqlTokenMarks marks);
            SqlSpan span = SqlSpan.Between(start, cursor.Position);
            SqlKeyword keyword = kind == SqlTokenKind.Identifier ? SqlKeywords.Find(cursor.Text, span) : SqlKeyword.None;
            if (SqlKeywords.IsReserved(keyword))
                kind = SqlTokenKind.Keyword;
            previous = new SqlToken(kind, keyword, span, marks);
            tokens.Add(previous);
        }

        SqlToken[] all = tokens.ToArray();
        tokens.Clear();
        _spare = tokens;
        return all;
    }

    private static SqlTokenKind Read(SqlCursor cursor, SqlToken previous, bool glued, out SqlTokenMarks marks)
    {
        marks = SqlTokenMarks.None;
        if (cursor.AtHole)
            return Take(cursor, 1, SqlTokenKind.Hole);
        char c = cursor.Peek();
        char next = cursor.Peek(1);
        switch (c)
        {
            case '\'':
                return ReadQuoted(cursor, 1, '\'', backslashEscapes: false, SqlTokenKind.String, out marks);
            case 'N' or 'n' or 'B' or 'b' or 'X' or 'x' when next == '\'':
                return ReadQuoted(cursor, 2, '\'', backslashEscapes: false, SqlTokenKind.String, out marks);
            case 'E' or 'e' when next == '\'':
                return ReadQuoted(cursor, 2, '\'', backslashEscapes: true, SqlTokenKind.String, out marks);
            case 'Q' or 'q' when QuoteLexing.OpensAlternative(cursor, 1):
            case 'N' or 'n' when next is 'q' or 'Q' && QuoteLexing.OpensAlternative(cursor, 2):
                cursor.Advance(c is 'Q' or 'q' ? 2 : 3);
                marks = QuoteLexing.ReadAlternative(cursor);
                return SqlTokenKind.String;
            case '"' or '`':
                return ReadQuoted(cursor, 1, c, backslashEscapes: false, SqlTokenKind.QuotedIdentifier, out marks);
            case '[' when !(glued && CanBeIndexed(cursor, previous)):
                return ReadQuoted(cursor, 1, ']', backslashEscapes: false, SqlTokenKind.QuotedIdentifier, out marks);
            case '-' when next == '-':
                marks = CommentLexing.ReadLine(cursor);
                return SqlTokenKind.Comment;
            case '/' when next == '*':
                marks = CommentLexing.ReadBlock(cursor);
                return SqlTokenKind.Comment;
            case '$' when QuoteLexing.TryReadDollarQuote(cursor, out marks):
                return SqlTokenKind.String;
            case '#' when !glued && (SqlCursor.IsWordStart(next) || (next == '#' && SqlCursor.IsWordStart(cursor.Peek(2)))):
                cursor.Advance(next == '#' ? 2 : 1);
                return ReadWord(cursor);
            case '@' when next == '@' && SqlCursor.IsWordStart(cursor.Peek(2)):
                // A server variable such as @@ROWCOUNT: the caller gives it no value.
                return Take(cursor, 2 + cursor.CountWordParts(2), SqlTokenKind.Identifier);
            case >= '0' and <= '9':
                return NumberLexing.Read(cursor);
            case '.' when SqlCursor.IsDigit(next) && !(glued && CanBeIndexed(cursor, previous)):
                return NumberLexing.Read(cursor);
        }

        if (SqlCursor.IsWordStart(c))
            return ReadWord(cursor);
        return ReadSign(cursor, glued, out marks);
    }

    private static SqlTokenKind ReadParameter(SqlCursor cursor, int length, out SqlTokenMarks marks)
    {
        marks = SqlTokenMarks.None;
        for (int i = 1; i < length; i++)
        {
            if (cursor.IsHoleAt(i))
                marks = SqlTokenMarks.HasHole;
        }

        return Take(cursor, length, SqlTokenKind.Parameter);
    }

    private static SqlTokenKind ReadWord(SqlCursor cursor)
    {
        while (SqlCursor.IsWordPart(cursor.Peek()) || cursor.Peek() == '$')
            cursor.Advance();
        return SqlTokenKind.Identifier;
    }

    private static SqlTokenKind ReadSign(SqlCursor cursor, bool glued, out SqlTokenMarks marks)
    {
        marks = SqlTokenMarks.None;
        int operatorLength = OperatorLexing.Length(cursor);
        if (operatorLength > 0)
            return Take(cursor, operatorLength, SqlTokenKind.Operator);
        int parameterLength = ParameterLexing.Length(cursor, glued);
        if (parameterLength > 0)
            return ReadParameter(cursor, parameterLength, out marks);
        char c = cursor.Peek();
        bool pair = char.IsHighSurrogate(c) && char.IsLowSurrogate(cursor.Peek(1));
        SqlTokenKind kind = c is '(' or ')' or '[' or ']' or ',' or ';' or '.' or ':' ? SqlTokenKind.Punctuation : SqlTokenKind.Unknown;
        return Take(cursor, pair ? 2 : 1, kind);
    }

    private static SqlTokenKind ReadQuoted(SqlCursor cursor, int opening, char closing, bool backslashEscapes, SqlTokenKind kind,
        out SqlTokenMarks marks)
    {
        cursor.Advance(opening);
        marks = QuoteLexing.ReadToQuote(cursor, closing, backslashEscapes);
        return kind;
    }

    private static SqlTokenKind Take(SqlCursor cursor, int length, SqlTokenKind kind)
    {
        cursor.Advance(length);
        return kind;
    }

    private static bool CanBeIndexed(SqlCursor cursor, SqlToken previous) =>
        previous.IsName
        || previous.Kind is SqlTokenKind.Parameter or SqlTokenKind.Hole
        || (previous.Kind == SqlTokenKind.Punctuation && cursor.Text.Joined[previous.Start] is ']' or ')');
}
