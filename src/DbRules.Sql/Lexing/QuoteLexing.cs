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
