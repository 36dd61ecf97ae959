namespace DbRules.Sql;

/// <summary>Where does a comment end?</summary>
internal static class CommentLexing
{
    /// <summary>Reads <c>--</c> up to, not including, the line's end.</summary>
    public static SqlTokenMarks ReadLine(SqlCursor cursor)
    {
        var marks = SqlTokenMarks.None;
        while (!cursor.AtEnd && cursor.Peek() is not ('\n' or '\r'))
        {
            if (cursor.AtHole)
                marks |= SqlTokenMarks.HasHole;
            cursor.Advance();
        }

        return marks;
    }

    /// <summary>Reads <c>/* .. */</c>, nested as in PostgreSQL and SQL Server.</summary>
    public static SqlTokenMarks ReadBlock(SqlCursor cursor)
    {
        SqlTokenMarks marks = cursor.Peek(2) == '!' ? SqlTokenMarks.DialectDependent : SqlTokenMarks.None;
        int depth = 0;
        while (!cursor.AtEnd)
        {
            if (cursor.AtHole)
                marks |= SqlTokenMarks.HasHole;
            char c = cursor.Peek();
            char next = cursor.Peek(1);
            bool opens = c == '/' && next == '*';
            bool closes = c == '*' && next == '/';
            cursor.Advance(opens || closes ? 2 : 1);
            depth += opens ? 1 : closes ? -1 : 0;
            // Oracle, MySQL and SQLite do not nest: for them the comment ends earlier.
            if (opens && depth > 1)
                marks |= SqlTokenMarks.DialectDependent;
            if (closes && depth == 0)
                return marks;
        }

        return marks | SqlTokenMarks.Unterminated;
    }
}
