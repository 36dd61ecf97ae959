namespace DbRules.Sql;

/// <summary>Where does a number end, and is it one?</summary>
internal static class NumberLexing
{
    /// <summary>Reads a number that starts with a digit or a point; digits that run on into a word are <see cref="SqlTokenKind.Unknown"/>.</summary>
    public static SqlTokenKind Read(SqlCursor cursor)
    {
        if (cursor.Peek() == '0' && cursor.Peek(1) is 'x' or 'X')
            cursor.Advance(2 + CountHexDigits(cursor, 2));
        else
            ReadDecimal(cursor);
        int rest = cursor.CountWordParts(0);
        cursor.Advance(rest);
        return rest == 0 ? SqlTokenKind.Number : SqlTokenKind.Unknown;
    }

    private static void ReadDecimal(SqlCursor cursor)
    {
        SkipDigits(cursor);
        if (cursor.Peek() == '.')
        {
            cursor.Advance();
            SkipDigits(cursor);
        }

        if (cursor.Peek() is not ('e' or 'E'))
            return;
        int sign = cursor.Peek(1) is '+' or '-' ? 1 : 0;
        if (!SqlCursor.IsDigit(cursor.Peek(1 + sign)))
            return;
        cursor.Advance(1 + sign);
        SkipDigits(cursor);
    }

    private static void SkipDigits(SqlCursor cursor)
    {
        while (SqlCursor.IsDigit(cursor.Peek()))
            cursor.Advance();
    }

    private static int CountHexDigits(SqlCursor cursor, int ahead)
    {
        int count = 0;
        while (cursor.Peek(ahead + count) is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))
            count++;
        return count;
    }
}
