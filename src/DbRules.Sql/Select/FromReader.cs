namespace DbRules.Sql;

/// <summary>Which tables does a list of tables name, and how are they joined?</summary>
internal sealed class FromReader(Reading reading, ExpressionReader expressions, QueryReader queries)
{
    private readonly TokenWindow _window = reading.Window;

    /// <summary>All tables of the range in text order. <paramref name="isSingle"/> tells that it is one plainly named table and nothing else.</summary>
    public IReadOnlyList<SqlTable> Read(int start, int limit, SqlTableRole role, out bool isSingle)
    {
        var tables = new List<SqlTable>();
        ReadList(start, limit, role, tables, SqlJoinKind.None, out bool isPlain);
        isSingle = isPlain && tables.Count == 1 && tables[0].Kind == SqlTableKind.Named;
        return tables;
    }

    /// <summary>One table with alias and hints, added to the statement's tables.</summary>
    public SqlTable ReadTarget(int start, int limit, SqlTableRole role, out int end, bool isTemporary = false)
    {
        SqlTable table = ReadTable(start, limit, out end, out _);
        if (isTemporary)
            table = table with { IsCreatedTemporary = true };
        reading.AddTable(table, role);
        return table;
    }

    private void ReadList(int start, int limit, SqlTableRole role, List<SqlTable> tables, SqlJoinKind first, out bool isPlain)
    {
        isPlain = true;
        int position = start;
        SqlJoinKind join = first;
        bool isNatural = false;
        while (true)
        {
            if (IsNested(position, limit, out int partner))
            {
                // (a JOIN b ON ..)
                if (reading.Enter())
                {
                    ReadList(position + 1, partner, role, tables, join, out _);
                    reading.Leave();
                }
                else
                {
                    reading.MarkUnread(position);
                }

                position = ReadAlias(partner + 1, limit, out _);
                isPlain = false;
            }
            else
            {
                SqlTable table = ReadTable(position, limit, out int end, out bool hasTail);
                if (join != SqlJoinKind.None)
                    table = table with { Join = join, IsJoinedByName = isNatural };
                isPlain &= !hasTail && end == limit;
                if (end > position)
                {
                    reading.AddTable(table, role);
                    tables.Add(table);
                }

                if (end == position)
                {
                    reading.MarkUnread(position);
                    isPlain = false;
                    position = NextSeparator(position, limit);
                }
                else
                {
                    position = end;
                }
            }

            position = ReadCondition(position, limit, tables);
            int behind = BehindJoin(position, limit, out join, out isNatural);
            if (behind == position)
            {
                if (position < limit)
                {
                    reading.MarkUnread(position);
                    position = NextSeparator(position, limit);
                    behind = BehindJoin(position, limit, out join, out isNatural);
                }

                if (position >= limit)
                    return;
            }

            isPlain = false;
            position = behind;
        }
    }

    /// <summary>Whether joined tables stand in parentheses here, no query.</summary>
    private bool IsNested(int index, int limit, out int partner)
    {
        partner = _window.IsPunctuation(index, '(') ? _window.Partner(index) : -1;
        return partner > 0 && partner < limit && (_window[index + 1].IsName || _window.IsPunctuation(index + 1, '(')) && !IsQueryInside(index + 1);
    }

    private bool IsQueryInside(int index)
    {
        int i = index;
        while (_window.IsPunctuation(i, '(') && i < index + SqlExpression.MostNesting)
            i++;
        return queries.Starts(i);
    }

    private int NextSeparator(int start, int limit)
    {
        int position = start;
        while (position < limit && BehindJoin(position, limit, out _, out _) == position)
            position = _window.Next(position);
        return Math.Min(position, limit);
    }

    /// <summary>Behind <c>ON</c> with its condition or <c>USING (..)</c>, which belong to the last table.</summary>
    private int ReadCondition(int start, int limit, List<SqlTable> tables)
    {
        int position = start;
        int last = tables.Count - 1;
        while (position < limit && last >= 0 && _window.Is(position, SqlKeyword.On))
        {
            int end = EndOfCondition(position + 1, limit);
            // a JOIN b JOIN c ON .. ON ..: the second condition belongs to the table before.
            while (last > 0 && tables[last].On is not null)
                last--;
            SqlExpression? on = expressions.Condition(position + 1, end);
            tables[last] = tables[last] with { On = on };
            position = end;
        }

        bool isUsing = position < limit && _window.Is(position, SqlKeyword.Using) && _window.IsPunctuation(position + 1, '(') && _window.Partner(position + 1) > 0;
        if (!isUsing || last < 0)
            return position;
        tables[last] = tables[last] with { IsJoinedByName = true };
        return Math.Min(_window.Next(position + 1), limit);
    }

    private int EndOfCondition(int start, int limit)
    {
        int position = start;
        while (position < limit && !_window.Is(position, SqlKeyword.On) && BehindJoin(position, limit, out _, out _) == position)
            position = _window.Next(position);
        return Math.Min(position, limit);
    }

    /// <summary>Behind a comma or the words of a join; the position itself when none stand there.</summary>
    private int BehindJoin(int start, int limit, out SqlJoinKind kind, out bool isNatural)
    {
        kind = SqlJoinKind.Inner;
        isNatural = false;
        if (start >= limit)
            return start;
        if (_window.IsPunctuation(start, ','))
        {
            kind = SqlJoinKind.Comma;
            return start + 1;
        }

        int position = start;
        for (; position < limit && position < start + 5; position++)
        {
            switch (_window.Keyword(position))
            {
                case SqlKeyword.Inner or SqlKeyword.Outer or SqlKeyword.Global:
                    break;
                case SqlKeyword.Natural:
                    isNatural = true;
                    break;
                case SqlKeyword.Left when !_window.IsBeforeParenthesis(position):
                    kind = SqlJoinKind.Left;
                    break;
                case SqlKeyword.Right when !_window.IsBeforeParenthesis(position):
                    kind = SqlJoinKind.Right;
                    break;
                case SqlKeyword.Full:
                    kind = SqlJoinKind.Full;
                    break;
                case SqlKeyword.Cross:
                    kind = SqlJoinKind.Cross;
                    break;
                case SqlKeyword.Merge or SqlKeyword.Loop when position > start:
                    break;
                case SqlKeyword.Straight_Join or SqlKeyword.Join:
                    return position + 1;
                case SqlKeyword.Apply when position > start:
                    kind = SqlJoinKind.Apply;
                    return position + 1;
                default:
                    bool isHint = position > start && (_window.IsWord(position, "HASH") || _window.IsWord(position, "REMOTE"));
                    if (!isHint)
                        return start;
                    break;
            }
        }

        return start;
    }

    private SqlTable ReadTable(int start, int limit, out int end, out bool hasTail)
    {
        int position = start;
        hasTail = false;
        if (_window.Keyword(position) is SqlKeyword.Lateral or SqlKeyword.Only or SqlKeyword.Table && position + 1 < limit
            && (_window[position + 1].IsName || _window.IsHole(position + 1) || _window.IsPunctuation(position + 1, '(')))
        {
            position++;
        }

        NameReader.Name name = NameReader.Read(_window, position, limit);
        int nameStart = position;
        SqlTableKind kind;
        SqlQuery? query = null;
        string last = name.Count > 0 ? name.Last : string.Empty;
        if (_window.IsPunctuation(position, '(') && _window.Partner(position) is var partner and > 0 && partner < limit)
        {
            kind = SqlTableKind.Derived;
            query = queries.InParentheses(position, partner);
            position = partner + 1;
        }
        else if (name.Count > 0)
        {
            reading.Place(position, name.End, SqlHolePlace.Identifier);
            position = name.End;
            kind = name.HasHole ? SqlTableKind.Other : SqlTableKind.Named;
            if (position < limit && _window.IsPunctuation(position, '(') && _window.Partner(position) is var closing and > 0 && closing < limit && !_window.Is(position + 1, SqlKeyword.NoLock))
            {
                kind = SqlTableKind.Function;
                expressions.Call(nameStart, position, last, out position);
            }
        }
        else if (_window[position].Kind == SqlTokenKind.Parameter && position < limit)
        {
            kind = SqlTableKind.Variable;
            last = _window.TextOf(position);
            reading.Place(position, position + 1, SqlHolePlace.Identifier);
            position++;
            // @xml.nodes('..')
            while (position + 2 < limit && _window.IsPunctuation(position, '.') && _window.IsPunctuation(position + 2, '(') && _window.Partner(position + 2) is var behind and > 0 && behind < limit)
                position = behind + 1;
        }
        else
        {
            end = start;
            return new SqlTable(SqlTableKind.Other, _window.Span(start, start), _window.Span(start, start), [], string.Empty, null, null);
        }

        int nameEnd = kind == SqlTableKind.Variable ? nameStart + 1 : name.End;
        position = ReadTails(position, limit, ref hasTail);
        int behindAlias = ReadAlias(position, limit, out string? alias);
        position = ReadColumnNames(behindAlias, limit, ref hasTail);
        SqlSpan? hints = null;
        bool isWith = position + 1 < limit && _window.Is(position, SqlKeyword.With) && _window.IsPunctuation(position + 1, '(');
        bool isBare = alias is null && position < limit && _window.IsPunctuation(position, '(') && _window.Keyword(position + 1) == SqlKeyword.NoLock;
        if (isWith || isBare)
        {
            int hintsEnd = Math.Min(_window.Next(isWith ? position + 1 : position), limit);
            hints = _window.Span(position, hintsEnd);
            position = hintsEnd;
        }

        if (hints is not null && alias is null)
            position = ReadAlias(position, limit, out alias);
        end = ReadTails(position, limit, ref hasTail);
        SqlSpan nameSpan = nameEnd > nameStart && kind != SqlTableKind.Derived ? _window.Span(nameStart, nameEnd) : new SqlSpan(_window[nameStart].Start, 0);
        return new SqlTable(kind, _window.Span(start, end), nameSpan, name.Count > 0 ? name.Qualifiers : [], last, alias, hints) { Query = query };
    }

    /// <summary>What dialects put around an alias: samples, index hints, versions, ordinality.</summary>
    private int ReadTails(int start, int limit, ref bool hasTail)
    {
        int position = start;
        while (position < limit)
        {
            int before = position;
            if (_window.Is(position, SqlKeyword.With, SqlKeyword.Ordinality))
            {
                position += 2;
            }
            else if (_window.Is(position, SqlKeyword.TableSample) && position + 1 < limit)
            {
                position = _window[position + 1].IsName ? position + 2 : position + 1;
                position = _window.IsPunctuation(position, '(') ? _window.Next(position) : position;
            }
            else if (_window.Is(position, SqlKeyword.For, SqlKeyword.System_Time))
            {
                hasTail = true;
                return limit;
            }
            else if ((_window.Keyword(position) is SqlKeyword.Use or SqlKeyword.Ignore || _window.IsWord(position, "FORCE")) && _window.Is(position + 1, SqlKeyword.Index))
            {
                position = _window.IsPunctuation(position + 2, '(') ? _window.Next(position + 2) : position + 2;
            }
            else if (_window.IsWord(position, "INDEXED") && _window.Is(position + 1, SqlKeyword.By))
            {
                position += 3;
            }

            if (position == before)
                return position;
            hasTail = true;
        }

        return Math.Min(position, limit);
    }

    private int ReadAlias(int position, int limit, out string? alias)
    {
        alias = null;
        bool hasAs = _window.Is(position, SqlKeyword.As);
        int at = hasAs ? position + 1 : position;
        if (at >= limit || !(_window[at].IsName || (hasAs && _window.IsHole(at))))
            return position;
        bool isTail = _window.Keyword(at) is SqlKeyword.Apply or SqlKeyword.Use or SqlKeyword.Using or SqlKeyword.TableSample or SqlKeyword.Straight_Join or SqlKeyword.Output
            || (_window.Keyword(at) == SqlKeyword.Ignore && _window.Is(at + 1, SqlKeyword.Index)) || _window.IsWord(at, "INDEXED")
            || (_window.IsWord(at, "FORCE") && _window.Is(at + 1, SqlKeyword.Index));
        if (isTail && !hasAs)
            return position;
        NameReader.Name name = NameReader.Read(_window, at, limit);
        reading.Place(at, name.End, SqlHolePlace.Identifier);
        alias = name.Last;
        return name.End;
    }

    /// <summary><c>t AS x(a, b)</c>.</summary>
    private int ReadColumnNames(int position, int limit, ref bool hasTail)
    {
        bool hasNames = position < limit && _window.IsPunctuation(position, '(') && (_window[position - 1].IsName || _window.Is(position - 1, SqlKeyword.As))
            && !_window.Is(position + 1, SqlKeyword.NoLock) && _window.Partner(position) is var partner and > 0 && partner < limit;
        hasTail |= hasNames;
        return hasNames ? _window.Next(position) : position;
    }
}
