namespace DbRules.Sql;

/// <summary>Which name stands here?</summary>
internal static class NameReader
{
    /// <summary>
    /// Reads <c>a</c>, <c>a.b</c>, <c>a..b</c>, <c>a_{x}.b</c>; no parts and <see cref="Name.End"/> at the start when none stands there. Words and
    /// holes that touch are one part.
    /// </summary>
    public static Name Read(TokenWindow window, int start, int end)
    {
        string? last = null;
        List<string>? qualifiers = null;
        int nameEnd = start;
        int position = start;
        bool hasHole = false;
        while (position < end && IsPart(window, position))
        {
            int from = position;
            hasHole |= IsFilled(window, position) || window[position].Has(SqlTokenMarks.HasHole);
            position++;
            while (position < end && window.Touch(position - 1, position) && (IsFilled(window, position) || (IsFilled(window, position - 1) && IsTail(window, position))))
                hasHole |= IsFilled(window, position++);
            Add(position == from + 1 ? window.NameOf(from) : window.Text.Slice(window.Span(from, position)));
            nameEnd = position;
            int points = 0;
            while (position < end && window.IsPunctuation(position, '.'))
            {
                position++;
                points++;
            }

            bool goesOn = points > 0 && position < end && (IsPart(window, position) || window[position].Kind == SqlTokenKind.Keyword);
            for (int i = 1; goesOn && i < points; i++)
                Add(string.Empty);
            if (!goesOn)
                break;
            if (window[position].Kind == SqlTokenKind.Keyword)
            {
                // Behind a point a reserved word is a name.
                Add(window.TextOf(position));
                nameEnd = position + 1;
                break;
            }
        }

        return new Name(last, qualifiers, nameEnd, hasHole, hasHole && nameEnd == start + 1 && window.IsHole(start));

        void Add(string part)
        {
            if (last is not null)
                (qualifiers ??= new(1)).Add(last);
            last = part;
        }
    }

    private static bool IsPart(TokenWindow window, int index) => window[index].IsName || window.IsHole(index)
        || (IsFilled(window, index) && window.Touch(index, index + 1) && (window[index + 1].IsName || window.IsHole(index + 1) || window.IsPunctuation(index + 1, '.')));

    /// <summary>Whether the name gets something here when it runs: a hole, or the <c>{0}</c> of <c>string.Format</c>.</summary>
    private static bool IsFilled(TokenWindow window, int index) =>
        window.IsHole(index) || (window[index].Kind == SqlTokenKind.Parameter && window.Text.Joined[window[index].Start] == '{');

    private static bool IsTail(TokenWindow window, int index) =>
        window[index].Kind is SqlTokenKind.Identifier or SqlTokenKind.Keyword or SqlTokenKind.Number or SqlTokenKind.Unknown && !window.IsPunctuation(index, ',');

    /// <summary>The unquoted parts of a name and the index behind its last token.</summary>
    internal readonly struct Name(string? last, List<string>? qualifiers, int end, bool hasHole, bool isHole)
    {
        public int End { get; } = end;

        public int Count => last is null ? 0 : 1 + (qualifiers?.Count ?? 0);

        public bool HasHole { get; } = hasHole;

        /// <summary>Whether the whole name is one hole, which may be a value as well.</summary>
        public bool IsHole { get; } = isHole;

        public string Last => last!;

        public IReadOnlyList<string> Qualifiers => qualifiers ?? (IReadOnlyList<string>)[];

        /// <summary>The part before the last; null when there is none.</summary>
        public string? Qualifier => qualifiers?[qualifiers.Count - 1];
    }
}
