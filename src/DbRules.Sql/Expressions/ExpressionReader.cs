namespace DbRules.Sql;

/// <summary>Reads conditions: everything that binds less than a plain operator.</summary>
internal sealed class ExpressionReader
{
    private readonly Reading _reading;
    private readonly TokenWindow _window;
    private readonly OperandReader _operands;

    public ExpressionReader(Reading reading, QueryReader queries)
    {
        _reading = reading;
        _window = reading.Window;
        _operands = new OperandReader(reading, this, queries);
    }

    /// <summary>The one expression that fills the range; what is left over is marked. Null for an empty range, which is marked too.</summary>
    public SqlExpression? Whole(int start, int limit)
    {
        if (start >= limit)
        {
            _reading.MarkUnread(start);
            return null;
        }

        SqlExpression expression = Read(start, limit, out int end);
        _reading.Expect(end, limit);
        return expression;
    }

    /// <summary>A condition. A hole that is a whole condition may be any number of them.</summary>
    public SqlExpression? Condition(int start, int limit)
    {
        SqlExpression? condition = Whole(start, limit);
        if (condition is not null)
            _reading.Conditions.Add(condition);
        if (condition is null || !_reading.HasHole(start, limit))
            return condition;
        foreach (SqlExpression node in condition.Nodes)
        {
            if (node.Kind is SqlExpressionKind.And or SqlExpressionKind.Or or SqlExpressionKind.Not)
                PlaceWhole(node.Operands);
            else if (node == condition)
                PlaceWhole([node]);
        }

        return condition;
    }

    private void PlaceWhole(IReadOnlyList<SqlExpression> conditions)
    {
        foreach (SqlExpression condition in conditions)
        {
            if (condition.Kind == SqlExpressionKind.Hole)
                _reading.Place(condition.Token, condition.Token + 1, SqlHolePlace.Unknown);
        }
    }

    /// <summary>Expressions between commas.</summary>
    public IReadOnlyList<SqlExpression> List(int start, int limit)
    {
        var items = new List<SqlExpression>();
        if (start >= limit)
            return items;
        foreach ((int from, int to) in Commas.Split(_window, start, limit))
        {
            if (Whole(from, to) is { } item)
                items.Add(item);
        }

        return items;
    }

    /// <summary>A function by its name and its opening parenthesis, which has its partner.</summary>
    public SqlExpression Call(int start, int opening, string name, out int end) => _operands.Calls.Read(start, opening, name, null, out end);

    /// <summary>The longest expression that starts here; <see cref="SqlExpressionKind.Unknown"/> when none does.</summary>
    public SqlExpression Read(int start, int limit, out int end)
    {
        if (_reading.Enter())
        {
            SqlExpression expression = ReadOr(start, limit, out end);
            _reading.Leave();
            return expression;
        }

        _reading.MarkUnread(start);
        end = limit;
        return new SqlExpression(SqlExpressionKind.Unknown, _window.Span(start, limit));
    }

    private SqlExpression ReadOr(int start, int limit, out int end)
    {
        SqlExpression first = ReadAnd(start, limit, out end);
        return end < limit && IsOr(end) ? Chain(SqlExpressionKind.Or, start, limit, first, ref end) : first;
    }

    private SqlExpression ReadAnd(int start, int limit, out int end)
    {
        SqlExpression first = ReadNot(start, limit, out end);
        return end < limit && IsAnd(end) ? Chain(SqlExpressionKind.And, start, limit, first, ref end) : first;
    }

    private SqlExpression Chain(SqlExpressionKind kind, int start, int limit, SqlExpression first, ref int end)
    {
        SqlSpan sign = _window[end].Span;
        var operands = new List<SqlExpression> { first };
        while (end < limit && (kind == SqlExpressionKind.Or ? IsOr(end) : IsAnd(end)))
        {
            int next = end + 1;
            operands.Add(kind == SqlExpressionKind.Or ? ReadAnd(next, limit, out end) : ReadNot(next, limit, out end));
        }

        // A first operand that is missing lies behind the word before.
        SqlSpan span = _window.Span(start, end);
        return new SqlExpression(kind, first.Span.Start < span.Start ? SqlSpan.Between(first.Span.Start, span.End) : span) { Operands = operands, Operator = sign };
    }

    private bool IsOr(int index) => _window.Keyword(index) is SqlKeyword.Or or SqlKeyword.Xor;

    private bool IsAnd(int index) => _window.Is(index, SqlKeyword.And);

    private SqlExpression ReadNot(int start, int limit, out int end)
    {
        int position = start;
        while (position < limit && _window.Is(position, SqlKeyword.Not))
            position++;
        SqlExpression condition = ReadPredicate(position, limit, out end);
        return (position - start) % 2 == 0
            ? condition
            : new SqlExpression(SqlExpressionKind.Not, _window.Span(start, end)) { Operands = [condition], Operator = _window[start].Span };
    }

    private SqlExpression ReadPredicate(int start, int limit, out int end)
    {
        SqlExpression left = _operands.Read(start, limit, out end);
        int comparisons = 0;
        while (end < limit && left.Kind != SqlExpressionKind.Unknown && comparisons++ < 3)
        {
            int before = end;
            left = ReadComparison(left, start, before, limit, ref end);
            if (end == before)
                break;
        }

        return left;
    }

    private SqlExpression ReadComparison(SqlExpression left, int start, int at, int limit, ref int end)
    {
        SqlSpan sign = _window[at].Span;
        if (Comparisons.IsSign(_window, at))
            return Node(SqlExpressionKind.Comparison, start, sign, false, [left, _operands.Read(at + 1, limit, out end)], end);
        bool isNegated = _window.Is(at, SqlKeyword.Not) && at + 1 < limit;
        int word = isNegated ? at + 1 : at;
        switch (_window.Keyword(word))
        {
            case SqlKeyword.IsNull or SqlKeyword.NotNull when !isNegated:
                end = word + 1;
                return Node(SqlExpressionKind.IsNull, start, sign, _window.Is(word, SqlKeyword.NotNull), [left], end);
            case SqlKeyword.Null when isNegated:
                end = word + 1;
                return Node(SqlExpressionKind.IsNull, start, sign, true, [left], end);
            case SqlKeyword.Is when !isNegated:
                return ReadIs(left, start, word, limit, ref end);
            case SqlKeyword.In:
                return ReadIn(left, start, sign, isNegated, word, limit, ref end);
            case SqlKeyword.Between:
                return ReadBetween(left, start, sign, isNegated, word, limit, ref end);
            case SqlKeyword.Like or SqlKeyword.Ilike or SqlKeyword.Glob or SqlKeyword.Regexp or SqlKeyword.Rlike or SqlKeyword.Match or SqlKeyword.Similar
                when !_window.Is(word, SqlKeyword.Similar) || _window.Is(word + 1, SqlKeyword.To):
                return ReadLike(left, start, sign, isNegated, word, limit, ref end);
            case SqlKeyword.Overlaps when !isNegated:
                return Node(SqlExpressionKind.Comparison, start, sign, false, [left, _operands.Read(word + 1, limit, out end)], end);
            default:
                return left;
        }
    }

    private SqlExpression ReadIs(SqlExpression left, int start, int at, int limit, ref int end)
    {
        bool isNegated = _window.Is(at + 1, SqlKeyword.Not);
        int word = isNegated ? at + 2 : at + 1;
        if (_window.Is(word, SqlKeyword.Null))
        {
            end = word + 1;
            return Node(SqlExpressionKind.IsNull, start, _window[at].Span, isNegated, [left], end);
        }

        int value = _window.Is(word, SqlKeyword.Distinct, SqlKeyword.From) ? word + 2 : word;
        return Node(SqlExpressionKind.Is, start, _window[at].Span, isNegated, [left, _operands.Read(value, limit, out end)], end);
    }

    private SqlExpression ReadIn(SqlExpression left, int start, SqlSpan sign, bool isNegated, int word, int limit, ref int end)
    {
        SqlExpression list = _operands.Read(word + 1, limit, out end);
        bool isQuery = list.Kind == SqlExpressionKind.Subquery;
        return new SqlExpression(SqlExpressionKind.In, _window.Span(start, end))
        {
            Operands = isQuery ? [left] : [left, list],
            Operator = sign,
            IsNegated = isNegated,
            Query = list.Query,
        };
    }

    private SqlExpression ReadBetween(SqlExpression left, int start, SqlSpan sign, bool isNegated, int word, int limit, ref int end)
    {
        int from = _window.Is(word + 1, SqlKeyword.Symmetric) ? word + 2 : word + 1;
        SqlExpression low = _operands.Read(from, limit, out end);
        if (end >= limit || !_window.Is(end, SqlKeyword.And))
        {
            _reading.MarkUnread(end);
            return Node(SqlExpressionKind.Unknown, start, sign, isNegated, [left, low], end);
        }

        SqlExpression high = _operands.Read(end + 1, limit, out end);
        return Node(SqlExpressionKind.Between, start, sign, isNegated, [left, low, high], end);
    }

    private SqlExpression ReadLike(SqlExpression left, int start, SqlSpan sign, bool isNegated, int word, int limit, ref int end)
    {
        int from = _window.Is(word, SqlKeyword.Similar) ? word + 2 : word + 1;
        SqlExpression pattern = _operands.Read(from, limit, out end);
        if (end >= limit || !_window.Is(end, SqlKeyword.Escape))
            return Node(SqlExpressionKind.Like, start, sign, isNegated, [left, pattern], end);
        SqlExpression escape = _operands.Read(end + 1, limit, out end);
        return Node(SqlExpressionKind.Like, start, sign, isNegated, [left, pattern, escape], end);
    }

    private SqlExpression Node(SqlExpressionKind kind, int start, SqlSpan sign, bool isNegated, SqlExpression[] operands, int end) =>
        new(kind, _window.Span(start, end)) { Operands = operands, Operator = sign, IsNegated = isNegated };
}
