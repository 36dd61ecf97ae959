namespace DbRules.Sql;

/// <summary>Which tables does a <c>FROM</c> clause read?</summary>
internal static class FromReader
{
    public static (IReadOnlyList<SqlTable> Tables, bool IsSingle) Read(TokenWindow window, SqlClause from)
    {
        var tables = new List<SqlTable>();
        int position = from.BodyStart;
        bool isSingle = true;
        while (position < from.TokenEnd)
        {
            tables.Add(ReadTable(window, position, from.TokenEnd, out int end));
            position = end;
            while (position < from.TokenEnd && !Separates(window, position))
                position = window.Next(position);
            isSingle &= end == from.TokenEnd;
            position++;
        }

        return (tables, isSingle && tables.Count == 1 && tables[0].Kind == SqlTableKind.Named);
    }

    private static bool Separates(TokenWindow window, int index) =>
        window.IsPunctuation(index, ',') || window.Keyword(index) is SqlKeyword.Join or SqlKeyword.Apply;

    private static SqlTable ReadTable(TokenWindow window, int start, int limit, out int end)
    {
        int position = start;
        if (window.Keyword(position) is SqlKeyword.Lateral or SqlKeyword.Only && position + 1 < limit)
            position++;
        NameReader.Name name = NameReader.Read(window, position, limit);
        int nameStart = position;
        SqlTableKind kind;
        if (window.IsPunctuation(position, '('))
        {
            kind = SqlTableKind.Derived;
            position = Math.Min(window.Next(position), limit);
        }
        else if (name.Count > 0)
        {
            position = name.End;
            bool isCall = position < limit && window.IsPunctuation(position, '(');
            kind = isCall ? SqlTableKind.Function : SqlTableKind.Named;
            if (isCall)
                position = Math.Min(window.Next(position), limit);
        }
        else
        {
            end = position;
            return new SqlTable(SqlTableKind.Other, window.Span(start, end), window.Span(start, start), [], string.Empty, null, null);
        }

        // A name that touches a hole is a piece of a longer name.
        if (window[position].Kind == SqlTokenKind.Hole && window.Touch(position - 1, position))
            kind = SqlTableKind.Other;
        position = ReadAlias(window, position, limit, out string? alias);
        SqlSpan? hints = null;
        if (position + 1 < limit && window.Is(position, SqlKeyword.With) && window.IsPunctuation(position + 1, '('))
        {
            int hintsEnd = Math.Min(window.Next(position + 1), limit);
            hints = window.Span(position, hintsEnd);
            position = hintsEnd;
        }

        end = position;
        SqlSpan nameSpan = name.Count > 0 ? window.Span(nameStart, name.End) : new SqlSpan(window[nameStart].Start, 0);
        return new SqlTable(kind, window.Span(start, end), nameSpan, name.Qualifiers, name.Count > 0 ? name.Last : string.Empty, alias, hints);
    }

    private static int ReadAlias(TokenWindow window, int position, int limit, out string? alias)
    {
        alias = null;
        int at = window.Is(position, SqlKeyword.As) ? position + 1 : position;
        bool isAlias = at < limit && window[at].IsName && (at > position || window.Keyword(at) is not (SqlKeyword.Apply or SqlKeyword.Use or SqlKeyword.Using));
        if (!isAlias)
            return position;
        alias = SqlNames.Unquote(window.TextOf(at));
        return at + 1;
    }
}
