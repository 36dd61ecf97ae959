namespace DbRules.Sql;

/// <summary>Reads which tables a schema change names. The definitions themselves are taken as they are.</summary>
internal sealed class DdlReader(Reading reading, QueryReader queries, StatementParts parts)
{
    private readonly TokenWindow _window = reading.Window;

    public void Read(int verb)
    {
        int position = verb + 1;
        bool isTemporary = false;
        bool isTable = _window.Is(verb, SqlKeyword.Truncate);
        bool isView = false;
        bool isRoutine = false;
        for (; position < _window.Count && _window[position].Kind is SqlTokenKind.Identifier or SqlTokenKind.Keyword; position++)
        {
            SqlKeyword keyword = _window.Keyword(position);
            isTemporary |= keyword is SqlKeyword.Temp or SqlKeyword.Temporary;
            isTable |= keyword == SqlKeyword.Table;
            isView |= keyword == SqlKeyword.View;
            isRoutine |= keyword is SqlKeyword.Function or SqlKeyword.Procedure or SqlKeyword.Proc or SqlKeyword.Trigger or SqlKeyword.Package;
            bool isName = keyword == SqlKeyword.None || (isTable && keyword is not (SqlKeyword.Table or SqlKeyword.If or SqlKeyword.Not or SqlKeyword.Exists or SqlKeyword.Only));
            if (isName && (isTable || isView || isRoutine || keyword == SqlKeyword.None && !_window.IsWord(position, "MATERIALIZED") && !IsQualifier(position)))
                break;
        }

        if (isTable)
            position = ReadTables(verb, position, isTemporary);
        if (_window.Keyword(verb) == SqlKeyword.Create && isView && NameReader.Read(_window, position, _window.Count) is { Count: > 0 } view)
            parts.CreatedView = TableOf(view, position);
        if (_window.Keyword(verb) == SqlKeyword.Create && !isRoutine)
            ReadIndexed(position);
        PlaceRest(verb);
        int query = isTable || isView ? FindQuery(position) : -1;
        if (query >= 0)
            parts.Query = queries.Read(query, EndOfQuery(query));
    }

    private bool IsQualifier(int index) => _window.IsWord(index, "CLUSTERED") || _window.IsWord(index, "NONCLUSTERED") || _window.IsWord(index, "CONCURRENTLY") || _window.IsWord(index, "FULLTEXT");

    private int ReadTables(int verb, int start, bool isTemporary)
    {
        SqlTableRole role = _window.Keyword(verb) switch
        {
            SqlKeyword.Create => SqlTableRole.Created,
            SqlKeyword.Drop => SqlTableRole.Dropped,
            SqlKeyword.Truncate => SqlTableRole.Written,
            _ => SqlTableRole.Altered,
        };
        int position = start;
        while (true)
        {
            NameReader.Name name = NameReader.Read(_window, position, _window.Count);
            if (name.Count == 0)
                return position;
            reading.Place(position, name.End, SqlHolePlace.Identifier);
            SqlTable table = TableOf(name, position) with { IsCreatedTemporary = isTemporary && role == SqlTableRole.Created };
            reading.AddTable(table, role);
            parts.Target ??= table;
            position = name.End;
            if (role is SqlTableRole.Created or SqlTableRole.Altered || !_window.IsPunctuation(position, ','))
                return position;
            position++;
        }
    }

    private SqlTable TableOf(NameReader.Name name, int start)
    {
        SqlSpan span = _window.Span(start, name.End);
        return new SqlTable(name.HasHole ? SqlTableKind.Other : SqlTableKind.Named, span, span, name.Qualifiers, name.Last, null, null);
    }

    /// <summary><c>CREATE INDEX .. ON t</c>.</summary>
    private void ReadIndexed(int start)
    {
        for (int i = start; i < _window.Count && i < start + 6; i++)
        {
            if (!_window.Is(i, SqlKeyword.On))
                continue;
            int at = _window.Is(i + 1, SqlKeyword.Only) ? i + 2 : i + 1;
            NameReader.Name name = NameReader.Read(_window, at, _window.Count);
            if (name.Count == 0)
                return;
            reading.Place(at, name.End, SqlHolePlace.Identifier);
            SqlTable table = TableOf(name, at);
            reading.AddTable(table, SqlTableRole.Altered);
            parts.Target ??= table;
            return;
        }
    }

    /// <summary>Holes in a definition stand for names, but where a value follows. One that is a whole part of a list may be anything.</summary>
    private void PlaceRest(int verb)
    {
        for (int i = verb + 1; i < _window.Count; i++)
        {
            if (!_window.IsHole(i))
            {
                if (_window[i].Has(SqlTokenMarks.HasHole))
                    reading.Place(i, i + 1, _window[i].Kind == SqlTokenKind.String ? SqlHolePlace.Value : SqlHolePlace.Identifier);
                continue;
            }

            bool isValue = _window.Is(i - 1, SqlKeyword.Default) || _window[i - 1].Kind == SqlTokenKind.Operator;
            reading.Place(i, i + 1, isValue ? SqlHolePlace.Value : SqlHolePlace.Identifier);
        }
    }

    private int FindQuery(int start)
    {
        for (int i = start; i < _window.Count; i = _window.Next(i))
        {
            if (_window.Is(i, SqlKeyword.As) && (queries.Starts(i + 1) || _window.IsPunctuation(i + 1, '(')))
                return queries.Starts(i + 1) || queries.Starts(i + 2) ? i + 1 : -1;
        }

        return -1;
    }

    private int EndOfQuery(int start)
    {
        // WITH NO DATA, WITH CHECK OPTION
        for (int i = start; i < _window.Count; i = _window.Next(i))
        {
            if (_window.Is(i, SqlKeyword.With) && i > start && (_window.IsWord(i + 1, "NO") || _window.IsWord(i + 1, "DATA") || _window.Is(i + 1, SqlKeyword.Check)))
                return i;
        }

        return _window.Count;
    }
}
