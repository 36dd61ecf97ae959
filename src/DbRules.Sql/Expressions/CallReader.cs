namespace DbRules.Sql;

/// <summary>Reads functions and <c>CASE</c>.</summary>
internal sealed class CallReader(Reading reading, ExpressionReader expressions, QueryReader queries)
{
    private readonly TokenWindow _window = reading.Window;

    /// <param name="start">The first token of the function's name.</param>
    /// <param name="opening">The opening parenthesis, which has its partner.</param>
    /// <param name="name">The function's last name; empty to take the word at <paramref name="start"/>.</param>
    /// <param name="qualifier">The name before it.</param>
    /// <param name="end">Behind the call with <c>FILTER</c>, <c>WITHIN GROUP</c> and <c>OVER</c>.</param>
    public SqlExpression Read(int start, int opening, string name, string? qualifier, out int end)
    {
        int partner = _window.Partner(opening);
        bool isCast = _window.IsWord(opening - 1, "CAST") || _window.IsWord(opening - 1, "TRY_CAST");
        List<SqlExpression> arguments = ReadArguments(opening + 1, partner);
        end = partner + 1;
        bool isWindowed = ReadTails(ref end);
        var call = new SqlExpression(isCast ? SqlExpressionKind.Cast : SqlExpressionKind.Call, _window.Span(start, end))
        {
            Operands = arguments,
            Operator = _window.Span(start, opening),
            Name = name.Length > 0 ? name : _window.TextOf(start),
            Qualifier = qualifier,
            IsWindowed = isWindowed,
        };
        if (call.IsChoice)
            reading.Conditions.Add(arguments[0]);
        return call;
    }

    /// <param name="start">The <c>CASE</c>.</param>
    /// <param name="partner">Its <c>END</c>.</param>
    public SqlExpression ReadCase(int start, int partner)
    {
        var operands = new List<SqlExpression>();
        int from = start + 1;
        bool isSearched = _window.Is(from, SqlKeyword.When);
        for (int i = from; i <= partner; i = _window.Next(i))
        {
            if (i < partner && _window.Keyword(i) is not (SqlKeyword.When or SqlKeyword.Then or SqlKeyword.Else))
                continue;
            bool isBlank = i == start + 1;
            if (!isBlank && expressions.Whole(from, i) is { } operand)
            {
                operands.Add(operand);
                if (isSearched && _window.Is(from - 1, SqlKeyword.When))
                    reading.Conditions.Add(operand);
            }

            from = i + 1;
        }

        return new SqlExpression(SqlExpressionKind.Case, _window.Span(start, partner + 1)) { Operands = operands, Operator = _window[start].Span };
    }

    private List<SqlExpression> ReadArguments(int start, int limit)
    {
        var arguments = new List<SqlExpression>();
        if (start >= limit)
            return arguments;
        if (queries.Starts(start))
        {
            arguments.Add(new SqlExpression(SqlExpressionKind.Subquery, _window.Span(start, limit)) { Query = queries.InParentheses(start - 1, limit) });
            return arguments;
        }

        foreach ((int from, int to) in Commas.Split(_window, start, limit))
            ReadArgument(from, to, arguments);
        return arguments;
    }

    /// <summary>One argument. What functions put between and behind the values by words of their own is passed over.</summary>
    private void ReadArgument(int start, int limit, List<SqlExpression> arguments)
    {
        int position = start;
        if (_window.Keyword(position) is SqlKeyword.Distinct or SqlKeyword.All && !_window.IsPunctuation(position + 1, '('))
            position++;
        if (_window.IsWord(position, "LEADING") || _window.IsWord(position, "TRAILING") || _window.IsWord(position, "BOTH"))
            position++;
        if (_window[position].IsName && _window.IsOperator(position + 1, "=>"))
            position += 2;
        while (position < limit)
        {
            if (IsOwnWord(position))
            {
                bool isType = _window.Is(position, SqlKeyword.As) || _window.Is(position, SqlKeyword.Returning);
                position = isType ? TypeNames.Behind(reading, position + 1, limit) : position + 1;
                if (isType && position < limit && !IsOwnWord(position))
                    break;
                continue;
            }

            if (_window.IsWord(position, "COLUMNS") && _window.IsPunctuation(position + 1, '(') && position > start)
            {
                // JSON_TABLE(x, '$[*]' COLUMNS (..))
                position = Math.Min(_window.Next(position + 1), limit);
                break;
            }

            if (_window.IsPunctuation(position, ':'))
                position++;
            SqlExpression argument = expressions.Read(position, limit, out int end);
            arguments.Add(argument);
            if (end == position || (end < limit && !IsOwnWord(end) && !_window.IsPunctuation(end, ':') && !_window.IsWord(end, "COLUMNS")))
            {
                position = end;
                break;
            }

            position = end;
        }

        reading.Expect(position, limit);
    }

    private bool IsOwnWord(int index) => _window.Keyword(index) is SqlKeyword.As or SqlKeyword.From or SqlKeyword.For or SqlKeyword.Using or SqlKeyword.Order
            or SqlKeyword.By or SqlKeyword.Asc or SqlKeyword.Desc or SqlKeyword.On or SqlKeyword.Returning or SqlKeyword.In
        || (_window.Keyword(index) is SqlKeyword.Nulls or SqlKeyword.First or SqlKeyword.Last or SqlKeyword.Ignore && !_window.ExpectsOperand(index))
        || _window.IsWord(index, "SEPARATOR") || _window.IsWord(index, "PLACING");

    /// <summary><c>WITHIN GROUP (..)</c>, <c>FILTER (..)</c>, <c>IGNORE NULLS</c>, <c>OVER (..)</c>; tells whether there was an <c>OVER</c>.</summary>
    private bool ReadTails(ref int end)
    {
        bool isWindowed = false;
        while (true)
        {
            int opening = _window.Keyword(end) switch
            {
                SqlKeyword.Within when _window.Is(end + 1, SqlKeyword.Group) => end + 2,
                SqlKeyword.Filter or SqlKeyword.Over => end + 1,
                _ => _window.IsWord(end, "AGAINST") ? end + 1 : -1,
            };
            if (opening < 0)
                return isWindowed;
            bool isOver = _window.Is(end, SqlKeyword.Over);
            if (isOver && _window[opening].IsName)
            {
                end = opening + 1;
                return true;
            }

            int partner = _window.IsPunctuation(opening, '(') ? _window.Partner(opening) : -1;
            if (partner < 0)
                return isWindowed;
            // MATCH (a) AGAINST (@p IN BOOLEAN MODE)
            if (_window.IsWord(end, "AGAINST"))
                expressions.Read(opening + 1, partner, out _);
            else
                ReadWindow(opening + 1, partner);
            isWindowed |= isOver;
            end = partner + 1;
        }
    }

    /// <summary>What stands in the parentheses of a tail: partition, order, frame, or a filter.</summary>
    private void ReadWindow(int start, int limit)
    {
        int position = start;
        while (position < limit)
        {
            SqlKeyword keyword = _window.Keyword(position);
            if (keyword is SqlKeyword.Rows || _window.IsWord(position, "RANGE") || _window.IsWord(position, "GROUPS"))
                return;
            bool opens = keyword is SqlKeyword.Partition or SqlKeyword.Order or SqlKeyword.By or SqlKeyword.Where or SqlKeyword.Asc or SqlKeyword.Desc
                or SqlKeyword.Nulls or SqlKeyword.First or SqlKeyword.Last || _window.IsPunctuation(position, ',');
            if (opens)
            {
                position++;
                continue;
            }

            expressions.Read(position, limit, out int end);
            if (end == position)
                break;
            position = end;
        }

        reading.Expect(position, limit);
    }
}
