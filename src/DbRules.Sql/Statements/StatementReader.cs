namespace DbRules.Sql;

/// <summary>Reads one statement by its kind.</summary>
internal sealed class StatementReader
{
    /// <summary>Blocks inside blocks that are looked into; each level reads its text anew.</summary>
    private const int MostBlocks = 12;

    private readonly TokenWindow _window;
    private readonly SqlStatementKind _kind;
    private readonly int _verb;
    private readonly int _depth;
    private readonly Reading _reading;
    private readonly QueryReader _queries;
    private readonly StatementParts _parts = new();

    public StatementReader(TokenWindow window, SqlStatementKind kind, int verb, int depth, string[] commonNames)
    {
        _window = window;
        _kind = kind;
        _verb = verb;
        _depth = depth;
        _reading = new Reading(window);
        foreach (string name in commonNames)
            _reading.CommonNames.Add(name);
        _queries = new QueryReader(_reading);
    }

    public StatementParts Read(bool isWellFormed)
    {
        ReadByKind();
        int firstUnread = _reading.FirstUnread;
        if (!isWellFormed)
            firstUnread = Math.Min(firstUnread, FirstBroken());
        _parts.FirstUnread = firstUnread < _window.Count || (firstUnread == _window.Count && !isWellFormed) ? firstUnread : -1;
        if (_reading.IsCutShort)
            _parts.FirstUnread = _parts.FirstUnread < 0 ? _window.Count : _parts.FirstUnread;
        _parts.Tables = _reading.Tables;
        _parts.Conditions = _reading.Conditions;
        _parts.Queries = _reading.Queries;
        ReadHoles();
        return _parts;
    }

    private void ReadByKind()
    {
        switch (_kind)
        {
            case SqlStatementKind.Select:
                ReadQuery(0);
                break;
            case SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge:
                _parts.CommonTables = _queries.ReadCommon(0, _window.Count, out int verb);
                _reading.Expect(verb, _verb);
                new WriteReader(_reading, _queries, _parts, _kind).Read(_verb);
                break;
            case SqlStatementKind.Ddl:
                new DdlReader(_reading, _queries, _parts).Read(_verb);
                break;
            case SqlStatementKind.Other when _window.Is(_verb, SqlKeyword.Explain):
                ReadExplained();
                break;
            case SqlStatementKind.Other when _window.Keyword(_verb) is SqlKeyword.Values or SqlKeyword.Table:
                ReadQuery(0);
                break;
            case SqlStatementKind.Other when _window.Keyword(_verb) is SqlKeyword.If or SqlKeyword.While or SqlKeyword.Else or SqlKeyword.Begin:
                ReadBlock();
                break;
            case SqlStatementKind.Unknown:
                _reading.MarkUnread(0);
                break;
            default:
                ReadOther();
                break;
        }
    }

    private void ReadQuery(int start)
    {
        SqlQuery? query = _queries.Read(start, _window.Count);
        _parts.Query = query;
        _parts.CommonTables = query?.CommonTables ?? [];
        _parts.Bound = query?.Bound;
        if (query?.Select is not { } select || query.Operands.Count > 0)
            return;
        _parts.Sources = select.Tables;
        _parts.Where = select.Where;
        _parts.WhereClause = select.Find(SqlClauseKind.Where)?.Span;
    }

    private void ReadExplained()
    {
        int position = _verb + 1;
        while (position < _window.Count && (_window.Is(position, SqlKeyword.Analyze) || _window.IsWord(position, "VERBOSE") || _window.IsWord(position, "QUERY")
            || _window.IsWord(position, "PLAN") || _window.Is(position, SqlKeyword.For) || (_window.IsPunctuation(position, '(') && position == _verb + 1)))
        {
            position = _window.Next(position);
        }

        if (_queries.Starts(position))
            ReadQuery(position);
        else
            ReadInner(position, _window.Count);
    }

    /// <summary>Statements that name no rows: transactions, settings, calls. Their words are taken as they are.</summary>
    private void ReadOther()
    {
        SqlHolePlace place = _kind is SqlStatementKind.Exec or SqlStatementKind.Call or SqlStatementKind.Set or SqlStatementKind.Declare or SqlStatementKind.Pragma
            ? SqlHolePlace.Value
            : SqlHolePlace.Identifier;
        for (int i = _verb + 1; i < _window.Count; i++)
        {
            bool isName = _window.IsHole(i) && (i == _verb + 1 || _window.IsPunctuation(i - 1, '.') || _window.IsPunctuation(i + 1, '.') || _window.Touch(i - 1, i) && _window[i - 1].IsName);
            _reading.Place(i, i + 1, isName || _window[i].Kind == SqlTokenKind.QuotedIdentifier ? SqlHolePlace.Identifier : place);
        }

        if (_kind is not (SqlStatementKind.Set or SqlStatementKind.Declare))
            return;
        // SET @x = (SELECT ..) reads.
        for (int i = _verb + 1; i < _window.Count; i = _window.Next(i))
        {
            if (_window.IsPunctuation(i, '(') && _window.Partner(i) is var partner and > 0 && _queries.Starts(i + 1))
                _queries.InParentheses(i, partner);
            else if (_window.Is(i - 1, SqlKeyword.For) && _queries.Starts(i))
                _parts.Query = _queries.Read(i, i = _window.Count);
        }
    }

    /// <summary><c>IF</c> and <c>WHILE</c> with their condition, or a block, and the statements in it.</summary>
    private void ReadBlock()
    {
        int start = _verb + 1;
        if (_window.Keyword(_verb) is SqlKeyword.If or SqlKeyword.While)
        {
            int then = _verb + 1;
            while (then < _window.Count && _window.Keyword(then) is not (SqlKeyword.Then or SqlKeyword.Begin) && !StatementRun.Starts(_window, then))
                then = _window.Next(then);
            if (_queries.Expressions.Whole(start, Math.Min(then, _window.Count)) is { } condition)
                _reading.Conditions.Add(condition);
            start = _window.Is(then, SqlKeyword.Then) ? then + 1 : then;
            ReadInner(start, _window.Count);
            return;
        }

        if (_window.Is(_verb, SqlKeyword.Else))
        {
            ReadInner(start, _window.Count);
            return;
        }

        var inner = new List<SqlStatement>();
        int position = _verb;
        while (position < _window.Count && _window.Is(position, SqlKeyword.Begin))
        {
            int end = EndOfBlock(position);
            start = _window.Keyword(position + 1) is SqlKeyword.Try or SqlKeyword.Catch ? position + 2 : position + 1;
            ReadInner(start, Math.Min(end, _window.Count));
            inner.AddRange(_parts.Inner);
            position = _window.Keyword(end + 1) is SqlKeyword.Try or SqlKeyword.Catch ? end + 2 : end + 1;
            if (_window.IsPunctuation(position, ';'))
                position++;
        }

        _parts.Inner = inner;
        _reading.Expect(position, _window.Count);
    }

    private int EndOfBlock(int begin)
    {
        int blocks = 1;
        for (int i = begin + 1; i < _window.Count; i++)
        {
            blocks += StatementSplitter.BlockChange(_window, i, startsStatement: false);
            if (blocks <= 0)
                return i;
        }

        _reading.MarkUnread(_window.Count - 1);
        return _window.Count;
    }

    private void ReadInner(int start, int limit)
    {
        if (start >= limit || _depth >= MostBlocks)
        {
            if (start < limit)
                _reading.MarkUnread(start);
            _parts.Inner = [];
            return;
        }

        TokenWindow inside = _window.Part(start, limit);
        var inner = new List<SqlStatement>();
        foreach ((int from, int to) in StatementSplitter.Split(inside))
        {
            var statement = new SqlStatement(inside.Part(from, to), _depth + 1);
            inner.Add(statement);
            _reading.Tables.AddRange(statement.Tables);
            for (int i = from; i < to; i++)
                _reading.Place(start + i, start + i + 1, statement.PlaceAt(i - from));
            if (statement.FirstUnread is var unread and >= 0)
                _reading.MarkUnread(start + from + unread);
        }

        _parts.Inner = inner;
    }

    private int FirstBroken()
    {
        for (int i = 0; i < _window.Count; i++)
        {
            SqlToken token = _window[i];
            bool isLonely = (_window.IsOpening(i) || _window.IsClosing(i)) && _window.Partner(i) < 0;
            if (isLonely || token.Kind == SqlTokenKind.Unknown || token.Has(SqlTokenMarks.Unterminated) || token.Has(SqlTokenMarks.DialectDependent))
                return i;
        }

        return _window.Count;
    }

    private void ReadHoles()
    {
        List<SqlHole>? holes = null;
        SqlHolePlace[] places = _reading.Places;
        for (int i = 0; i < _window.Count; i++)
        {
            bool isHole = _window.IsHole(i);
            if (!isHole && !_window[i].Has(SqlTokenMarks.HasHole))
                continue;
            SqlHolePlace place = places.Length > 0 ? places[i] : default;
            (holes ??= []).Add(new SqlHole(_window[i].Span, place, !isHole));
            if (place == SqlHolePlace.Unknown)
                _parts.FirstUnread = _parts.FirstUnread < 0 ? i : Math.Min(_parts.FirstUnread, i);
        }

        _parts.Holes = holes ?? (IReadOnlyList<SqlHole>)[];
        _parts.Places = places;
    }
}
