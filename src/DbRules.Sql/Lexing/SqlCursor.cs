namespace DbRules.Sql;

/// <summary>A place in a text that only moves forward, and the count of looks taken, which tests hold against the length.</summary>
internal sealed class SqlCursor(SqlText text)
{
    public SqlText Text { get; } = text;

    public int Position { get; private set; }

    public int Looks { get; private set; }

    public bool AtEnd => Position >= Text.Length;

    public bool AtHole => IsHoleAt(0);

    /// <summary>Whether a hole stands <paramref name="ahead"/> places on.</summary>
    public bool IsHoleAt(int ahead)
    {
        Looks++;
        return Text.IsHole(Position + ahead);
    }

    /// <summary>The character <paramref name="ahead"/> places on; NUL for a hole and behind the end.</summary>
    public char Peek(int ahead = 0)
    {
        Looks++;
        int at = Position + ahead;
        return at < Text.Length && !Text.IsHole(at) ? Text.Joined[at] : '\0';
    }

    /// <summary>Moves on, at most to the end.</summary>
    public void Advance(int count = 1) => Position = Math.Min(Position + count, Text.Length);

    public static bool IsWordStart(char c) => c == '_' || char.IsLetter(c);

    public static bool IsWordPart(char c) => c == '_' || char.IsLetterOrDigit(c);

    public static bool IsDigit(char c) => c is >= '0' and <= '9';

    /// <summary>How many word characters follow, counted from <paramref name="ahead"/> places on.</summary>
    public int CountWordParts(int ahead)
    {
        int count = 0;
        while (IsWordPart(Peek(ahead + count)))
            count++;
        return count;
    }
}
