namespace DbRules.Sql;

/// <summary>Reads queries: common table expressions, set operations, and the clauses that hold for the whole result.</summary>
internal sealed class QueryReader
{
    private readonly Reading _reading;
    private readonly TokenWindow _window;
    private readonly SelectReader _selects;

    public QueryReader(Reading reading)
    {
        _reading = reading;
        _window = reading.Window;
        Expressions = new ExpressionReader(reading, this);
        From = new FromReader(reading, Expressions, this);
        Lists = new SelectListReader(reading, Expressions);
        _selects = new SelectReader(reading, this);
    }

    public ExpressionReader Expressions { get; }

    public FromReader From { get; }

    public SelectListReader Lists { get; }

    /// <summary>Whether a query starts here, behind any number of parentheses.</summary>
    public bool Starts(int index) =>
        _window.Is(index, SqlKeyword.Select)
        || (_window.Is(index, SqlKeyword.Values) && (_window.IsPunctuation(index + 1, '(') || _window.Is(index + 1, SqlKeyword.Row)))
        || (_window.Is(index, SqlKeyword.With) && (_window[index + 1].IsName || _window.IsHole(index + 1)));

    public bool IsSetOperator(int index) => ClauseReader.IsSetOperator(_window, index);

    /// <summary>The query between a parenthesis and its partner; null when it lies too deep.</summary>
    public SqlQuery? InParentheses(int opening, int partner)
    {
        int start = opening + 1;
        int limit = partner;
        while (_window.IsPunctuation(start, '(') && _window.Partner(start) == limit - 1)
        {
            start++;
            limit--;
        }

        return Read(start, limit);
    }

    /// <summary>The query that fills the range; what it leaves over is marked. Null when it lies too deep.</summary>
    public SqlQuery? Read(int start, int limit)
    {
        if (!_reading.Enter())
        {
            _reading.MarkUnread(start);
            return null;
        }

        IReadOnlyList<SqlCommonTable> common = ReadCommon(start, limit, out int verb);
        SqlQuery query = ReadBody(start, verb, limit, common);
        _reading.Queries.Add(query);
        _reading.Leave();
        return query;
    }

    /// <summary><c>WITH</c> and its common table expressions; <paramref name="end"/> is the statement's own verb.</summary>
    public IReadOnlyList<SqlCommonTable> ReadCommon(int start, int limit, out int end)
    {
        end = start;
        if (!_window.Is(start, SqlKeyword.With))
            return [];
        var tables = new List<SqlCommonTable>();
        int position = _window.Is(start + 1, SqlKeyword.Recursive) ? start + 2 : start + 1;
        while (position < limit)
        {
            int from = position;
            NameReader.Name name = NameReader.Read(_window, position, limit);
            if (name.Count == 0)
                break;
            _reading.Place(position, name.End, SqlHolePlace.Identifier);
            _reading.CommonNames.Add(name.Last);
            position = _window.IsPunctuation(name.End, '(') ? _window.Next(name.End) : name.End;
            position = _window.Is(position, SqlKeyword.As) ? position + 1 : position;
            position = _window.Is(position, SqlKeyword.Not, SqlKeyword.Materialized) ? position + 2 : _window.Is(position, SqlKeyword.Materialized) ? position + 1 : position;
            int partner = _window.IsPunctuation(position, '(') ? _window.Partner(position) : -1;
            if (partner < 0 || partner >= limit)
                break;
            bool writes = _window.Keyword(position + 1) is SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Merge;
            SqlStatement? statement = writes ? ReadWriting(position + 1, partner) : null;
            tables.Add(new SqlCommonTable(name.Last, _window.Span(from, partner + 1), writes ? null : InParentheses(position, partner), statement));
            position = partner + 1;
            if (!_window.IsPunctuation(position, ','))
            {
                end = position;
                return tables;
            }

            position++;
        }

        _reading.MarkUnread(position);
        end = position;
        while (end < limit && _window.Keyword(end) is not (SqlKeyword.Select or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete))
            end = _window.Next(end);
        end = Math.Min(end, limit);
        return tables;
    }

    private SqlStatement ReadWriting(int start, int limit)
    {
        var statement = new SqlStatement(_window.Part(start, limit), 1, _reading.CommonNames);
        foreach (SqlTableUse use in statement.Tables)
            _reading.Tables.Add(use);
        for (int i = start; i < limit; i++)
            _reading.Place(i, i + 1, statement.PlaceAt(i - start));
        if (statement.FirstUnread is var unread and >= 0)
            _reading.MarkUnread(start + unread);
        return statement;
    }

    private SqlQuery ReadBody(int start, int verb, int limit, IReadOnlyList<SqlCommonTable> common)
    {
        int first = EndOfOperand(verb, limit);
        if (first >= limit)
            return ReadOperand(start, verb, limit, common, isLast: true).Query;
        var operands = new List<SqlQuery>();
        var signs = new List<SqlSpan>();
        int from = verb;
        int end = first;
        Operand last;
        while (true)
        {
            // The first SELECT has the whole set operation as its last clause.
            bool isLast = end >= limit;
            last = ReadOperand(from, from, operands.Count == 0 ? limit : end, [], isLast, operands.Count == 0 ? end : -1);
            operands.Add(last.Query);
            if (isLast)
                break;
            signs.Add(_window[end].Span);
            from = end + 1;
            if (_window.Keyword(from) is SqlKeyword.All or SqlKeyword.Distinct)
                from++;
            end = EndOfOperand(from, limit);
        }

        ResultClauses result = last.Result;
        // TOP holds for its own SELECT alone.
        SqlBound? bound = result.Bound?.Kind == SqlBoundKind.Top ? null : result.Bound;
        if (bound is null && operands.TrueForAll(operand => operand.Bound is not null))
            bound = new SqlBound(SqlBoundKind.Inside, new SqlSpan(_window[limit - 1].End, 0), null);
        return new SqlQuery(_window.Span(start, limit))
        {
            CommonTables = common,
            Select = operands[0].Select,
            Operands = operands,
            SetOperators = signs,
            OrderBy = result.OrderBy,
            SortKeys = result.SortKeys ?? [],
            Bound = bound,
            Offset = result.Offset,
            RowLock = result.RowLock,
        };
    }

    private int EndOfOperand(int start, int limit)
    {
        int position = start;
        while (position < limit && !IsSetOperator(position))
            position = _window.Next(position);
        return Math.Min(position, limit);
    }

    /// <param name="start">The first token, <c>WITH</c> included.</param>
    /// <param name="verb">The <c>SELECT</c>, <c>VALUES</c> or parenthesis.</param>
    /// <param name="limit">Behind the operand, or the whole set operation for its first one.</param>
    /// <param name="common">What stands in front.</param>
    /// <param name="isLast">Whether the clauses at its end hold for the whole.</param>
    /// <param name="setOperator">Where the set operation of a first operand starts; else -1.</param>
    private Operand ReadOperand(int start, int verb, int limit, IReadOnlyList<SqlCommonTable> common, bool isLast, int setOperator = -1)
    {
        int end = setOperator >= 0 ? setOperator : limit;
        bool holds = isLast && setOperator < 0;
        SqlSpan span = _window.Span(start, end);
        if (_window.Is(verb, SqlKeyword.Select))
        {
            SqlSelect select = _selects.Read(start, verb, limit, end);
            ResultClauses own = holds ? _selects.Result(select) : default;
            SqlBound? inner = _selects.BoundInside(select, common);
            var query = new SqlQuery(span)
            {
                CommonTables = common,
                Select = select,
                OrderBy = own.OrderBy,
                SortKeys = own.SortKeys ?? [],
                Bound = own.Bound ?? _selects.TopOf(select) ?? inner,
                InnerBound = inner,
                Offset = own.Offset,
                RowLock = own.RowLock,
            };
            return new Operand(query, own);
        }

        if (_window.IsPunctuation(verb, '(') && _window.Partner(verb) is var partner and > 0 && partner < end)
        {
            SqlQuery? inner = InParentheses(verb, partner);
            ResultClauses tail = partner + 1 < end ? _selects.ReadTail(partner + 1, end) : default;
            var query = new SqlQuery(span)
            {
                CommonTables = [.. common, .. inner?.CommonTables ?? []],
                Select = inner?.Select,
                Operands = inner?.Operands ?? [],
                SetOperators = inner?.SetOperators ?? [],
                OrderBy = tail.OrderBy ?? inner?.OrderBy,
                SortKeys = tail.SortKeys ?? inner?.SortKeys ?? [],
                Bound = inner?.Bound ?? tail.Bound,
                InnerBound = inner?.InnerBound,
                Offset = tail.Offset ?? inner?.Offset,
                RowLock = tail.RowLock ?? inner?.RowLock,
            };
            return new Operand(query, tail);
        }

        if (_window.Is(verb, SqlKeyword.Values))
        {
            int rows = verb + 1;
            int position = rows;
            while (position < end && (_window.IsPunctuation(position, '(') || _window.IsPunctuation(position, ',') || _window.Is(position, SqlKeyword.Row)))
                position = _window.Next(position);
            ReadRows(rows, Math.Min(position, end));
            ResultClauses tail = position < end ? _selects.ReadTail(position, end) : default;
            var nothing = new SqlBound(SqlBoundKind.NoTable, new SqlSpan(_window[verb].Start, 0), null);
            return new Operand(new SqlQuery(span) { CommonTables = common, Bound = tail.Bound ?? nothing, OrderBy = tail.OrderBy, SortKeys = tail.SortKeys ?? [] }, tail);
        }

        if (_window.Is(verb, SqlKeyword.Table) && verb + 1 < end)
        {
            From.ReadTarget(verb + 1, end, SqlTableRole.Read, out int behind);
            return new Operand(new SqlQuery(span) { CommonTables = common }, behind < end ? _selects.ReadTail(behind, end) : default);
        }

        _reading.MarkUnread(verb);
        return new Operand(new SqlQuery(span) { CommonTables = common }, default);
    }

    /// <summary>Rows of values: <c>(1, 2), ROW(3, 4)</c>. A hole in a row's place may be any number of rows.</summary>
    public IReadOnlyList<IReadOnlyList<SqlExpression>> ReadRows(int start, int limit)
    {
        var rows = new List<IReadOnlyList<SqlExpression>>();
        if (start >= limit)
        {
            _reading.MarkUnread(start);
            return rows;
        }

        foreach ((int from, int to) in Commas.Split(_window, start, limit))
        {
            int opening = _window.Is(from, SqlKeyword.Row) ? from + 1 : from;
            if (_window.IsPunctuation(opening, '(') && _window.Partner(opening) == to - 1)
            {
                rows.Add(Expressions.List(opening + 1, to - 1));
            }
            else
            {
                bool isHole = _window.IsHole(from) && to == from + 1;
                if (isHole)
                    _reading.Place(from, to, SqlHolePlace.Unknown);
                else
                    Expressions.Whole(from, to);
            }
        }

        return rows;
    }

    private readonly record struct Operand(SqlQuery Query, ResultClauses Result);
}

/// <summary>The clauses that hold for a whole result.</summary>
internal readonly record struct ResultClauses(SqlSpan? OrderBy, IReadOnlyList<SqlSortKey>? SortKeys, SqlBound? Bound, SqlSpan? Offset, SqlSpan? RowLock);
