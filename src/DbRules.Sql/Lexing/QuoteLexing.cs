namespace DbRules.Sql;

/// <summary>Where does a quoted construct end?</summary>
internal static class QuoteLexing
{
    /// <summary>Reads from behind the opening quote to behind the closing one; a doubled closing quote stands for itself.</summary>
    public static SqlTokenMarks ReadToQuote(SqlCursor cursor, char closing, bool backslashEscapes)
    {
        var marks = SqlTokenMarks.None;
        bool afterBackslash = false;
        int start = cursor.Position;
        while (!cursor.AtEnd)
        {
            if (cursor.AtHole)
                marks |= SqlTokenMarks.HasHole;
            char c = cursor.Peek();
            cursor.Advance();
            if (c == closing && !(afterBackslash && backslashEscapes))
            {
                bool isDoubled = cursor.Peek() == closing;
                // MySQL reads \' as an escaped quote where the others read the string's end. A backslash alone, as in ESCAPE '\', is theirs.
                bool isBackslashAlone = cursor.Position == start + 2 && !isDoubled;
                if (afterBackslash && closing == '\'' && !isBackslashAlone)
                    marks |= SqlTokenMarks.DialectDependent;
                if (!isDoubled)
                    return marks;
                cursor.Advance();
            }

            afterBackslash = c == '\\' && !afterBackslash;
        }

        return marks | SqlTokenMarks.Unterminated;
    }

    /// <summary>
    /// Reads PostgreSQL's <c>$$..$$</c> or <c>$tag$..$tag$</c>; false, and nothing read, when none starts here. A tag never starts with a digit.
    /// </summary>
    public static bool TryReadDollarQuote(SqlCursor cursor, out SqlTokenMarks marks)
    {
        marks = SqlTokenMarks.None;
        int tagLength = SqlCursor.IsDigit(cursor.Peek(1)) ? 0 : cursor.CountWordParts(1);
        if (cursor.Peek(1 + tagLength) != '$')
            return false;
        int tagStart = cursor.Position;
        cursor.Advance(tagLength + 2);
        while (!cursor.AtEnd)
        {
            if (cursor.AtHole)
                marks |= SqlTokenMarks.HasHole;
            if (cursor.Peek() == '$' && ClosesTag(cursor, tagStart, tagLength))
            {
                cursor.Advance(tagLength + 2);
                return true;
            }

            cursor.Advance();
        }

        marks |= SqlTokenMarks.Unterminated;
        return true;
    }

    /// <summary>Reads Oracle's <c>q'[..]'</c> from behind its first quote; brackets close with their partner, any other sign with itself.</summary>
    public static SqlTokenMarks ReadAlternative(SqlCursor cursor)
    {
        var marks = SqlTokenMarks.None;
        char opening = cursor.Peek();
        char closing = opening switch { '[' => ']', '(' => ')', '{' => '}', '<' => '>', _ => opening };
        cursor.Advance();
        while (!cursor.AtEnd)
        {
            if (cursor.AtHole)
                marks |= SqlTokenMarks.HasHole;
            bool closes = cursor.Peek() == closing && cursor.Peek(1) == '\'';
            cursor.Advance(closes ? 2 : 1);
            if (closes)
                return marks;
        }

        return marks | SqlTokenMarks.Unterminated;
    }

    /// <summary>Whether the quote at <paramref name="quote"/> places on opens <c>q'[..]'</c>: a sign follows that is no word's, blank or quote.</summary>
    public static bool OpensAlternative(SqlCursor cursor, int quote) =>
        cursor.Peek(quote) == '\'' && cursor.Peek(quote + 1) is '[' or '(' or '{' or '<' or '!' or '|' or '#' or '~' or '^' or '"';

    private static bool ClosesTag(SqlCursor cursor, int tagStart, int tagLength)
    {
        // The tag holds no '$', so a failed comparison never passes the next '$': all comparisons together stay linear.
        for (int i = 1; i <= tagLength; i++)
        {
            if (cursor.Peek(i) != cursor.Text.Joined[tagStart + i])
                return false;
        }

        return cursor.Peek(1 + tagLength) == '$';
    }
}
