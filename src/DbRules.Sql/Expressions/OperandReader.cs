namespace DbRules.Sql;

/// <summary>Reads values: operands, and the operators that bind more than a comparison.</summary>
internal sealed class OperandReader(Reading reading, ExpressionReader expressions, QueryReader queries)
{
    private readonly TokenWindow _window = reading.Window;

    public CallReader Calls { get; } = new(reading, expressions, queries);

    /// <summary>Operands with operators between them, as one node.</summary>
    public SqlExpression Read(int start, int limit, out int end)
    {
        SqlExpression first = ReadOperand(start, limit, out end);
        if (end >= limit || first.Kind == SqlExpressionKind.Unknown || !IsOperator(end, limit))
            return first;
        int sign = end;
        bool concatenates = true;
        bool adds = true;
        var operands = new List<SqlExpression> { first };
        while (end < limit && IsOperator(end, limit))
        {
            concatenates &= _window.IsOperator(end, "||");
            adds &= _window.IsOperator(end, '+');
            SqlExpression next = ReadOperand(BehindOperator(end), limit, out end);
            operands.Add(next);
            if (next.Kind == SqlExpressionKind.Unknown)
                break;
        }

        bool isText = concatenates || (adds && operands.Exists(operand => operand.Kind == SqlExpressionKind.Literal && IsText(operand)));
        return new SqlExpression(isText ? SqlExpressionKind.Concatenation : SqlExpressionKind.Operation, _window.Span(start, end))
        {
            Operands = operands,
            Operator = _window[sign].Span,
        };
    }

    private bool IsText(SqlExpression literal) => _window.Text.Joined[literal.Span.End - 1] == '\'';

    private bool IsOperator(int index, int limit) => _window[index].Kind == SqlTokenKind.Operator
        ? !Comparisons.IsSign(_window, index) && !_window.IsOperator(index, "::")
        : (_window.Keyword(index) is SqlKeyword.Div or SqlKeyword.Mod or SqlKeyword.Collate && index + 1 < limit)
            || (_window.Is(index, SqlKeyword.At) && _window.Is(index + 1, SqlKeyword.Time, SqlKeyword.Zone));

    private int BehindOperator(int index) => _window.Is(index, SqlKeyword.At) ? index + 3 : index + 1;

    private SqlExpression ReadOperand(int start, int limit, out int end)
    {
        int position = start;
        while (position < limit && (IsPrefix(position) || (_window.Is(position, SqlKeyword.Prior) && _window[position + 1].IsName)))
            position++;
        SqlExpression operand = ReadPlain(position, limit, out end);
        operand = ReadPostfixes(operand, position, limit, ref end);
        return position == start || operand.Kind == SqlExpressionKind.Unknown
            ? operand
            : new SqlExpression(SqlExpressionKind.Operation, _window.Span(start, end)) { Operands = [operand], Operator = _window[start].Span };
    }

    private bool IsPrefix(int index) =>
        _window.IsOperator(index, '-') || _window.IsOperator(index, '+') || _window.IsOperator(index, '~') || _window.IsOperator(index, '!');

    private SqlExpression ReadPlain(int start, int limit, out int end)
    {
        SqlToken token = _window[start];
        end = start;
        if (start >= limit)
            return Unknown(start, start);
        switch (token.Kind)
        {
            case SqlTokenKind.Number or SqlTokenKind.String:
                return ReadLiteral(start, limit, out end);
            case SqlTokenKind.Parameter when NameReader.Read(_window, start, limit).Count > 0:
                return ReadName(start, limit, out end);
            case SqlTokenKind.Parameter:
                reading.Place(start, start + 1, SqlHolePlace.Identifier);
                return Leaf(SqlExpressionKind.Parameter, start, end = start + 1, SqlNames.ParameterName(_window.TextOf(start)));
            case SqlTokenKind.Hole or SqlTokenKind.QuotedIdentifier or SqlTokenKind.Identifier:
                return ReadName(start, limit, out end);
            case SqlTokenKind.Operator when _window.IsOperator(start, '*'):
                return Leaf(SqlExpressionKind.Star, start, end = start + 1, string.Empty);
            case SqlTokenKind.Punctuation when _window.IsPunctuation(start, '(') && _window.Partner(start) is var partner and > 0 && partner < limit:
                return ReadParenthesis(start, partner, out end);
            case SqlTokenKind.Keyword:
                return ReadWord(start, limit, out end);
            default:
                return Unknown(start, start);
        }
    }

    /// <summary>A number, or strings side by side, which are one.</summary>
    private SqlExpression ReadLiteral(int start, int limit, out int end)
    {
        end = start + 1;
        bool isText = _window[start].Kind == SqlTokenKind.String;
        while (isText && end < limit && _window[end].Kind == SqlTokenKind.String)
            end++;
        reading.Place(start, end, SqlHolePlace.Value);
        return Leaf(SqlExpressionKind.Literal, start, end, string.Empty);
    }

    private SqlExpression ReadWord(int start, int limit, out int end)
    {
        end = start;
        switch (_window.Keyword(start))
        {
            case SqlKeyword.Null:
                return Leaf(SqlExpressionKind.Literal, start, end = start + 1, string.Empty);
            case SqlKeyword.Case when _window.Partner(start) is var partner and > 0 && partner < limit:
                end = partner + 1;
                return Calls.ReadCase(start, partner);
            case SqlKeyword.Exists when _window.IsPunctuation(start + 1, '(') && _window.Partner(start + 1) is var partner and > 0 && partner < limit:
                end = partner + 1;
                SqlQuery? query = queries.InParentheses(start + 1, partner);
                return new SqlExpression(SqlExpressionKind.Exists, _window.Span(start, end)) { Query = query, Operator = _window[start].Span };
            case SqlKeyword.Not:
                return expressions.Read(start, limit, out end);
            case SqlKeyword.All when IsCalled(start, limit):
                return ReadQuantified(start, out end);
            case SqlKeyword.Left or SqlKeyword.Right or SqlKeyword.Values or SqlKeyword.Insert or SqlKeyword.Set or SqlKeyword.Like or SqlKeyword.Distinct
                when IsCalled(start, limit):
                return Calls.Read(start, start + 1, string.Empty, null, out end);
            default:
                return Unknown(start, start);
        }
    }

    private SqlExpression ReadName(int start, int limit, out int end)
    {
        SqlKeyword keyword = _window.Keyword(start);
        bool isTyped = start + 1 < limit && _window[start].Kind == SqlTokenKind.Identifier && _window[start + 1].Kind == SqlTokenKind.String;
        if (isTyped)
        {
            // DATE '2026-01-31', INTERVAL '1' DAY
            SqlExpression text = ReadLiteral(start + 1, limit, out end);
            end = keyword == SqlKeyword.Interval ? BehindUnit(end, limit) : end;
            return new SqlExpression(SqlExpressionKind.Literal, _window.Span(start, end)) { HasHole = text.HasHole };
        }

        if (keyword is SqlKeyword.Any or SqlKeyword.Some && IsCalled(start, limit))
            return ReadQuantified(start, out end);
        if (keyword == SqlKeyword.Interval && StartsOperand(start + 1, limit))
            return ReadInterval(start, limit, out end);
        if (keyword is SqlKeyword.True or SqlKeyword.False or SqlKeyword.Default && !_window.IsPunctuation(start + 1, '.'))
            return Leaf(SqlExpressionKind.Literal, start, end = start + 1, string.Empty);
        if (keyword == SqlKeyword.Array && _window.IsPunctuation(start + 1, '[') && _window.Partner(start + 1) is var partner and > 0 && partner < limit)
        {
            end = partner + 1;
            return new SqlExpression(SqlExpressionKind.List, _window.Span(start, end)) { Operands = expressions.List(start + 2, partner) };
        }

        if (keyword == SqlKeyword.Next && _window.Is(start + 1, SqlKeyword.Value, SqlKeyword.For))
        {
            NameReader.Name sequence = NameReader.Read(_window, start + 3, limit);
            reading.Place(start + 3, sequence.End, SqlHolePlace.Identifier);
            end = sequence.End;
            return new SqlExpression(SqlExpressionKind.Call, _window.Span(start, end)) { Operator = _window.Span(start, start + 3), Name = "NEXT VALUE FOR" };
        }

        NameReader.Name name = NameReader.Read(_window, start, limit);
        end = name.End;
        string? qualifier = name.Qualifier;
        if (name.IsHole)
        {
            reading.Place(start, end, SqlHolePlace.Value);
            return new SqlExpression(SqlExpressionKind.Hole, _window[start].Span) { Token = start, HasHole = true };
        }

        reading.Place(start, end, SqlHolePlace.Identifier);
        if (end + 1 < limit && _window.IsPunctuation(end, '.') && _window.IsOperator(end + 1, '*'))
        {
            end += 2;
            return new SqlExpression(SqlExpressionKind.Star, _window.Span(start, end)) { Qualifier = name.Last, HasHole = name.HasHole };
        }

        if (end < limit && _window.IsPunctuation(end, '(') && _window.Partner(end) is var closing and > 0 && closing < limit)
        {
            bool isOuterJoin = closing == end + 2 && _window.IsOperator(end + 1, '+');
            if (!isOuterJoin)
                return Calls.Read(start, end, name.Last, qualifier, out end);
            end = closing + 1;
        }

        return new SqlExpression(SqlExpressionKind.Name, _window.Span(start, end))
        {
            Name = name.Last,
            Qualifier = qualifier,
            IsColumn = !name.HasHole && ColumnNames.IsColumn(_window, start, name.End),
            HasHole = name.HasHole,
        };
    }

    private bool IsCalled(int index, int limit) => _window.IsPunctuation(index + 1, '(') && _window.Partner(index + 1) is var partner and > 0 && partner < limit;

    /// <summary><c>ANY (..)</c>, <c>ALL (..)</c>: over a query, an array or a parameter.</summary>
    private SqlExpression ReadQuantified(int start, out int end)
    {
        int partner = _window.Partner(start + 1);
        end = partner + 1;
        SqlExpression list = ReadParenthesis(start + 1, partner, out _);
        bool isQuery = list.Kind == SqlExpressionKind.Subquery;
        return new SqlExpression(isQuery ? SqlExpressionKind.Subquery : SqlExpressionKind.Call, _window.Span(start, end))
        {
            Operator = _window[start].Span,
            Name = _window.TextOf(start),
            Operands = isQuery ? [] : [list],
            Query = list.Query,
        };
    }

    private bool StartsOperand(int index, int limit) => index < limit
        && (_window[index].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Hole || _window.IsPunctuation(index, '(') || IsPrefix(index)
            || (_window[index].IsName && _window[index + 1].IsName));

    /// <summary>MySQL's <c>INTERVAL @n DAY</c>.</summary>
    private SqlExpression ReadInterval(int start, int limit, out int end)
    {
        SqlExpression length = Read(start + 1, limit, out end);
        end = BehindUnit(end, limit);
        return new SqlExpression(SqlExpressionKind.Operation, _window.Span(start, end)) { Operands = [length], Operator = _window[start].Span };
    }

    private int BehindUnit(int index, int limit)
    {
        int end = index;
        if (end < limit && IsUnit(end))
            end++;
        if (end + 1 < limit && _window.Is(end, SqlKeyword.To) && IsUnit(end + 1))
            end += 2;
        return end;
    }

    private bool IsUnit(int index) => _window.IsWord(index, "SECOND") || _window.IsWord(index, "MINUTE") || _window.IsWord(index, "HOUR")
        || _window.IsWord(index, "DAY") || _window.IsWord(index, "WEEK") || _window.IsWord(index, "MONTH") || _window.IsWord(index, "YEAR")
        || _window.IsWord(index, "MICROSECOND") || _window.IsWord(index, "QUARTER");

    private SqlExpression ReadParenthesis(int start, int partner, out int end)
    {
        end = partner + 1;
        // ((((a)))) is read at one level, however many there are.
        int from = start;
        int to = partner;
        while (_window.IsPunctuation(from + 1, '(') && _window.Partner(from + 1) == to - 1)
        {
            from++;
            to--;
        }

        if (queries.Starts(from + 1))
            return new SqlExpression(SqlExpressionKind.Subquery, _window.Span(start, end)) { Query = queries.InParentheses(from, to) };
        if (from + 1 == to)
            return new SqlExpression(SqlExpressionKind.List, _window.Span(start, end));
        SqlExpression inner = expressions.Read(from + 1, to, out int innerEnd);
        if (innerEnd == to)
            return inner;
        if (!_window.IsPunctuation(innerEnd, ','))
        {
            // (SELECT 1) UNION (SELECT 2)
            if (inner.Kind == SqlExpressionKind.Subquery && queries.IsSetOperator(innerEnd))
                return new SqlExpression(SqlExpressionKind.Subquery, _window.Span(start, end)) { Query = queries.InParentheses(from, to) };
            reading.MarkUnread(innerEnd);
            return Unknown(start, end);
        }

        IReadOnlyList<SqlExpression> rest = expressions.List(innerEnd + 1, to);
        return new SqlExpression(SqlExpressionKind.List, _window.Span(start, end)) { Operands = [inner, .. rest] };
    }

    private SqlExpression ReadPostfixes(SqlExpression operand, int start, int limit, ref int end)
    {
        SqlExpression current = operand;
        while (end < limit && current.Kind != SqlExpressionKind.Unknown)
        {
            if (_window.IsOperator(end, "::"))
            {
                end = TypeNames.Behind(reading, end + 1, limit);
                current = new SqlExpression(SqlExpressionKind.Cast, _window.Span(start, end)) { Operands = [operand], Operator = _window.Span(end - 1, end) };
            }
            else if (_window.IsPunctuation(end, '[') && _window.Partner(end) is var partner and > 0 && partner < limit)
            {
                SqlExpression index = expressions.Read(end + 1, partner, out int behind);
                if (behind < partner && _window.IsPunctuation(behind, ':'))
                    expressions.List(behind + 1, partner);
                else
                    reading.Expect(behind, partner);
                end = partner + 1;
                current = new SqlExpression(SqlExpressionKind.Operation, _window.Span(start, end)) { Operands = [operand, index] };
            }
            else if (_window.IsPunctuation(end, '.') && (_window.IsClosing(end - 1) || _window[end - 1].Kind == SqlTokenKind.Parameter) && end + 1 < limit && (_window[end + 1].IsName || _window.IsOperator(end + 1, '*')))
            {
                // A field or a method of the value: (x).y, x.nodes('..').value('..').
                bool isCall = _window.IsPunctuation(end + 2, '(') && _window.Partner(end + 2) is var closing and > 0 && closing < limit;
                end = isCall ? _window.Next(end + 2) : end + 2;
                current = new SqlExpression(SqlExpressionKind.Operation, _window.Span(start, end)) { Operands = [operand] };
            }
            else
            {
                return current;
            }
        }

        return current;
    }

    private SqlExpression Leaf(SqlExpressionKind kind, int start, int end, string name)
    {
        bool hasHole = false;
        for (int i = start; i < end; i++)
            hasHole |= _window[i].Has(SqlTokenMarks.HasHole);
        return new SqlExpression(kind, _window.Span(start, end)) { Name = name, HasHole = hasHole };
    }

    private SqlExpression Unknown(int start, int end)
    {
        reading.MarkUnread(start);
        return new SqlExpression(SqlExpressionKind.Unknown, _window.Span(start, end));
    }
}
