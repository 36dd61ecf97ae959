namespace DbRules.Sql;

/// <summary>Where does the name of a type end?</summary>
internal static class TypeNames
{
    /// <summary>Behind <c>int</c>, <c>numeric(10, 2)</c>, <c>double precision</c>, <c>s.t[]</c>, <c>timestamp(3) with time zone</c>.</summary>
    public static int Behind(Reading reading, int start, int limit)
    {
        TokenWindow window = reading.Window;
        NameReader.Name name = NameReader.Read(window, start, limit);
        reading.Place(start, name.End, SqlHolePlace.Identifier);
        int position = name.End;
        if (position == start)
        {
            reading.MarkUnread(start);
            return start;
        }

        while (position < limit)
        {
            bool isWord = window.IsWord(position, "PRECISION") || window.IsWord(position, "VARYING") || window.IsWord(position, "UNSIGNED") || window.IsWord(position, "SIGNED")
                || window.IsWord(position, "INTEGER");
            bool isZone = window.Keyword(position) is SqlKeyword.With or SqlKeyword.Without && (window.Is(position + 1, SqlKeyword.Time) || window.IsWord(position + 1, "LOCAL"));
            if (isWord)
                position++;
            else if (isZone)
                position += 3;
            else if (window.IsOpening(position) && window.Partner(position) > 0)
                reading.Place(position, position = window.Next(position), SqlHolePlace.Value);
            else
                break;
        }

        return Math.Min(position, limit);
    }
}
