namespace DbRules.Sql;

/// <summary>Does a parameter start here, and how long is it?</summary>
internal static class ParameterLexing
{
    /// <summary>
    /// The length of the parameter at the cursor, or 0. <paramref name="glued"/> tells that a token ends exactly here, which makes
    /// <c>:1</c> an array slice. A hole in the name belongs to it.
    /// </summary>
    public static int Length(SqlCursor cursor, bool glued) => cursor.Peek() switch
    {
        '@' => Named(cursor),
        ':' => glued && (SqlCursor.IsDigit(cursor.Peek(1)) || cursor.IsHoleAt(1)) ? 0 : Named(cursor),
        '$' => Named(cursor),
        '?' => QuestionMark(cursor),
        '{' => Braced(cursor),
        _ => 0,
    };

    private static int Named(SqlCursor cursor)
    {
        int name = 0;
        while (SqlCursor.IsWordPart(cursor.Peek(1 + name)) || cursor.IsHoleAt(1 + name))
            name++;
        return name == 0 ? 0 : 1 + name;
    }

    private static int QuestionMark(SqlCursor cursor)
    {
        int name = cursor.CountWordParts(1);
        return name > 0 && cursor.Peek(1 + name) == '?' ? 2 + name : 1 + name;
    }

    private static int Braced(SqlCursor cursor)
    {
        bool literal = cursor.Peek(1) == '=';
        int nameAt = literal ? 2 : 1;
        int name = 0;
        while (literal ? SqlCursor.IsWordPart(cursor.Peek(nameAt + name)) : SqlCursor.IsDigit(cursor.Peek(nameAt + name)))
            name++;
        return name > 0 && cursor.Peek(nameAt + name) == '}' ? nameAt + name + 1 : 0;
    }
}
