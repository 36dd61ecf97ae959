namespace DbRules.Sql;

/// <summary>Which name, or alias, stands here?</summary>
internal static class NameReader
{
    /// <summary>Reads <c>a</c>, <c>a.b</c>, <c>a..b</c>; no parts and <see cref="Name.End"/> at the start when none stands there.</summary>
    public static Name Read(TokenWindow window, int start, int end)
    {
        var parts = new List<string>();
        int nameEnd = start;
        int position = start;
        while (position < end && window[position].IsName)
        {
            parts.Add(SqlNames.Unquote(window.TextOf(position)));
            nameEnd = ++position;
            int points = 0;
            while (position < end && window.IsPunctuation(position, '.'))
            {
                position++;
                points++;
            }

            bool goesOn = points > 0 && position < end && window[position].IsName;
            for (int i = 1; goesOn && i < points; i++)
                parts.Add(string.Empty);
            if (!goesOn)
                break;
        }

        return new Name(parts, nameEnd);
    }

    /// <summary>
    /// Where the alias of an expression starts, <c>AS</c> included, or <paramref name="end"/> when it has none. Without <c>AS</c> only a
    /// name behind a whole operand is an alias.
    /// </summary>
    public static int AliasStart(TokenWindow window, int start, int end, out string? alias)
    {
        alias = null;
        int last = end - 1;
        if (last <= start)
            return end;
        bool isName = window[last].IsName;
        bool isText = window[last].Kind == SqlTokenKind.String && window.TextOf(last)[0] == '\'';
        bool hasAs = window.Is(last - 1, SqlKeyword.As) && last - 1 > start;
        bool isPiece = window[last - 1].Kind == SqlTokenKind.Hole && window.Touch(last - 1, last);
        bool follows = isName && !isPiece && !window.ExpectsOperand(last);
        if (!(hasAs && (isName || isText)) && !follows)
            return end;
        alias = SqlNames.Unquote(window.TextOf(last));
        return hasAs ? last - 1 : last;
    }

    /// <summary>The unquoted parts of a name and the index behind its last token.</summary>
    internal sealed class Name(IReadOnlyList<string> parts, int end)
    {
        public int End { get; } = end;

        public int Count => parts.Count;

        public string Last => parts[parts.Count - 1];

        public IReadOnlyList<string> Qualifiers => parts.Take(parts.Count - 1).ToArray();

        public string this[int index] => parts[index];
    }
}
