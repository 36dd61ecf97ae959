namespace DbRules.Sql;

/// <summary>Reads one <c>SELECT</c> and what bounds and orders its rows.</summary>
internal sealed class SelectReader(Reading reading, QueryReader queries)
{
    private readonly TokenWindow _window = reading.Window;

    private ExpressionReader Expressions => queries.Expressions;

    /// <param name="start">The first token, <c>WITH</c> included.</param>
    /// <param name="select">The <c>SELECT</c>.</param>
    /// <param name="limit">Behind the last clause, a set operation's other operands included.</param>
    /// <param name="end">Behind the own clauses.</param>
    public SqlSelect Read(int start, int select, int limit, int end)
    {
        var clauses = new List<SqlClause>();
        if (select > start)
            clauses.Add(new SqlClause(_window, SqlClauseKind.With, start, start + 1, select));
        int list = ReadQuantifier(select + 1, end, clauses);
        ClauseReader.ReadSelect(_window, list, limit, SqlClauseKind.SelectList, clauses);
        if (!ClauseReader.IsInOrder(clauses))
            reading.MarkUnread(select);
        IReadOnlyList<SqlTable> tables = [];
        bool isSingle = false;
        if (ClauseReader.Find(clauses, SqlClauseKind.From) is { } from)
            tables = queries.From.Read(from.BodyStart, from.TokenEnd, SqlTableRole.Read, out isSingle);
        if (ClauseReader.Find(clauses, SqlClauseKind.Into) is { } into)
            ReadInto(into);
        IReadOnlyList<SqlSelectItem> items = ClauseReader.Find(clauses, SqlClauseKind.SelectList) is { } selected ? queries.Lists.Read(selected.BodyStart, selected.TokenEnd) : [];
        if (items.Count == 0 && tables.Count == 0)
            reading.MarkUnread(select);
        SqlExpression? where = ClauseReader.Find(clauses, SqlClauseKind.Where) is { } condition ? Expressions.Condition(condition.BodyStart, condition.TokenEnd) : null;
        IReadOnlyList<SqlExpression> groups = ClauseReader.Find(clauses, SqlClauseKind.GroupBy) is { } grouping ? ReadGroups(grouping) : [];
        SqlExpression? having = ClauseReader.Find(clauses, SqlClauseKind.Having) is { } filter ? Expressions.Condition(filter.BodyStart, filter.TokenEnd) : null;
        IReadOnlyList<SqlSortKey> keys = ClauseReader.Find(clauses, SqlClauseKind.OrderBy) is { } order ? ReadSortKeys(order) : [];
        ReadCounts(clauses);
        return new SqlSelect(_window[select].Span, clauses)
        {
            Items = items,
            Tables = tables,
            HasSingleTable = isSingle,
            Where = where,
            GroupBy = groups,
            Having = having,
            SortKeys = keys,
            IsUnderstood = reading.IsReadBetween(start, limit),
        };
    }

    /// <summary>The clauses behind an operand in parentheses.</summary>
    public ResultClauses ReadTail(int start, int limit)
    {
        var clauses = new List<SqlClause>();
        ClauseReader.ReadSelect(_window, start, limit, SqlClauseKind.SelectList, clauses);
        if (clauses[0].TokenEnd > start || clauses.Exists(clause => clause.Kind < SqlClauseKind.Window && clause.Kind != SqlClauseKind.SelectList))
            reading.MarkUnread(start);
        IReadOnlyList<SqlSortKey> keys = ClauseReader.Find(clauses, SqlClauseKind.OrderBy) is { } order ? ReadSortKeys(order) : [];
        ReadCounts(clauses);
        return Result(clauses, keys, null);
    }

    /// <summary>What the clauses at the end say about the result, and what else bounds it.</summary>
    public ResultClauses Result(SqlSelect select) => Result(select.Clauses, select.SortKeys, TopOf(select));

    /// <summary><c>TOP n</c>; null without it and for a percentage.</summary>
    public SqlBound? TopOf(SqlSelect select) => select.Find(SqlClauseKind.Top) is { } top && !HasWord(top, SqlKeyword.Percent)
        ? new SqlBound(SqlBoundKind.Top, top.Span, Count(top.BodyStart, top.TokenEnd))
        : null;

    /// <summary>What inside the <c>SELECT</c> bounds its rows: row numbers, aggregates, no table, or a bounded subquery.</summary>
    public SqlBound? BoundInside(SqlSelect select, IReadOnlyList<SqlCommonTable> common) => SelectBounds.Inside(_window, select, common);

    private ResultClauses Result(IReadOnlyList<SqlClause> clauses, IReadOnlyList<SqlSortKey> keys, SqlBound? top)
    {
        SqlBound? bound = top;
        SqlSpan? order = null;
        SqlSpan? offset = null;
        SqlSpan? rowLock = null;
        foreach (SqlClause clause in clauses)
        {
            switch (clause.Kind)
            {
                case SqlClauseKind.OrderBy:
                    order = clause.Span;
                    break;
                case SqlClauseKind.Limit:
                    int comma = CommaIn(clause);
                    if (comma > 0)
                        offset = clause.Span;
                    if (_window.Keyword(clause.BodyStart) is not (SqlKeyword.All or SqlKeyword.Null) && !_window.IsOperator(clause.BodyStart, '-'))
                        bound ??= new SqlBound(SqlBoundKind.Limit, clause.Span, Count(comma > 0 ? comma + 1 : clause.BodyStart, clause.TokenEnd));
                    break;
                case SqlClauseKind.Fetch when !HasWord(clause, SqlKeyword.Percent):
                    bound ??= new SqlBound(SqlBoundKind.Fetch, clause.Span, Count(clause.BodyStart + 1, clause.TokenEnd));
                    break;
                case SqlClauseKind.Offset:
                    offset = clause.Span;
                    break;
                case SqlClauseKind.For when LocksRows(clause):
                    rowLock = clause.Span;
                    break;
            }
        }

        return new ResultClauses(order, keys, bound, offset, rowLock);
    }

    private bool LocksRows(SqlClause clause) => _window.Is(clause.Start, SqlKeyword.Lock)
        || _window.Keyword(clause.BodyStart) is SqlKeyword.Update or SqlKeyword.Share || _window.IsWord(clause.BodyStart, "NO") || _window.Is(clause.BodyStart, SqlKeyword.Key);

    private SqlExpression? Count(int start, int limit) =>
        start < limit && _window.Keyword(start) is not (SqlKeyword.Row or SqlKeyword.Rows) ? Expressions.Read(start, limit, out _) : null;

    private int CommaIn(SqlClause clause)
    {
        for (int i = clause.BodyStart; i < clause.TokenEnd; i = _window.Next(i))
        {
            if (_window.IsPunctuation(i, ','))
                return i;
        }

        return -1;
    }

    private bool HasWord(SqlClause clause, SqlKeyword word)
    {
        for (int i = clause.BodyStart; i < clause.TokenEnd; i++)
        {
            if (_window.Is(i, word))
                return true;
        }

        return false;
    }

    private int ReadQuantifier(int start, int limit, List<SqlClause> clauses)
    {
        int position = start;
        if (_window.Keyword(position) is SqlKeyword.All or SqlKeyword.Straight_Join || _window.IsWord(position, "SQL_CALC_FOUND_ROWS"))
        {
            position++;
        }
        else if (_window.Is(position, SqlKeyword.Distinct) || _window.Is(position, SqlKeyword.Unique))
        {
            bool hasOn = _window.Is(position + 1, SqlKeyword.On) && _window.IsPunctuation(position + 2, '(');
            int end = hasOn ? Math.Min(_window.Next(position + 2), limit) : position + 1;
            if (hasOn)
                Expressions.List(position + 3, end - 1);
            clauses.Add(new SqlClause(_window, SqlClauseKind.Distinct, position, position + 1, end));
            position = end;
        }

        SqlToken count = _window[position + 1];
        bool isTop = _window.Is(position, SqlKeyword.Top) && position + 1 < limit
            && (count.Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Hole || _window.IsPunctuation(position + 1, '('));
        if (!isTop)
            return position;
        int topEnd = Math.Min(_window.Next(position + 1), limit);
        if (_window.Is(topEnd, SqlKeyword.Percent))
            topEnd++;
        if (_window.Is(topEnd, SqlKeyword.With, SqlKeyword.Ties))
            topEnd += 2;
        clauses.Add(new SqlClause(_window, SqlClauseKind.Top, position, position + 1, topEnd));
        return topEnd;
    }

    /// <summary>A table that is made, a variable that is filled, or a file.</summary>
    private void ReadInto(SqlClause into)
    {
        int position = into.BodyStart;
        if (_window[position].Kind == SqlTokenKind.Parameter || _window.Keyword(position) is SqlKeyword.Outfile or SqlKeyword.Dumpfile)
        {
            reading.Place(position, into.TokenEnd, SqlHolePlace.Identifier);
            return;
        }

        bool isTemporary = false;
        for (; _window.Keyword(position) is SqlKeyword.Temp or SqlKeyword.Temporary or SqlKeyword.Unlogged or SqlKeyword.Table && position + 1 < into.TokenEnd; position++)
            isTemporary |= _window.Keyword(position) is SqlKeyword.Temp or SqlKeyword.Temporary;
        queries.From.ReadTarget(position, into.TokenEnd, SqlTableRole.Created, out int end, isTemporary);
        if (!_window.IsPunctuation(end, ','))
            reading.Expect(end, into.TokenEnd);
    }

    private IReadOnlyList<SqlExpression> ReadGroups(SqlClause grouping)
    {
        int end = grouping.TokenEnd;
        if (_window.Is(end - 2, SqlKeyword.With, SqlKeyword.Rollup) || (_window.Is(end - 2, SqlKeyword.With) && _window.IsWord(end - 1, "CUBE")))
            end -= 2;
        int start = grouping.BodyStart;
        if (_window.IsWord(start, "GROUPING") && _window.Is(start + 1, SqlKeyword.Set) is false && _window.IsWord(start + 1, "SETS"))
            return Expressions.List(start + 2, end);
        if (start >= end)
            reading.MarkUnread(start);
        return Expressions.List(start, end);
    }

    public IReadOnlyList<SqlSortKey> ReadSortKeys(SqlClause order)
    {
        var keys = new List<SqlSortKey>();
        if (order.BodyStart >= order.TokenEnd)
        {
            reading.MarkUnread(order.BodyStart);
            return keys;
        }

        foreach ((int start, int limit) in Commas.Split(_window, order.BodyStart, order.TokenEnd))
        {
            SqlExpression expression = Expressions.Read(start, limit, out int end);
            if (expression.Kind == SqlExpressionKind.Hole)
                reading.Place(expression.Token, expression.Token + 1, SqlHolePlace.Identifier);
            bool isDescending = end < limit && _window.Is(end, SqlKeyword.Desc);
            if (end < limit && _window.Keyword(end) is SqlKeyword.Asc or SqlKeyword.Desc)
                end++;
            else if (end < limit && _window.IsHole(end) && end + 1 == limit)
                reading.Place(end, ++end, SqlHolePlace.Keyword);
            if (end + 1 < limit && _window.Is(end, SqlKeyword.Nulls) && _window.Keyword(end + 1) is SqlKeyword.First or SqlKeyword.Last)
                end += 2;
            reading.Expect(end, limit);
            keys.Add(new SqlSortKey(expression, isDescending, _window.Span(start, limit)));
        }

        return keys;
    }

    /// <summary>Reads the values of the clauses that count, so that what they hold is placed or marked.</summary>
    private void ReadCounts(List<SqlClause> clauses)
    {
        foreach (SqlClause clause in clauses)
        {
            int start = clause.BodyStart;
            int limit = clause.TokenEnd;
            switch (clause.Kind)
            {
                case SqlClauseKind.Limit:
                    if (_window.Is(start, SqlKeyword.All) && limit == start + 1)
                        break;
                    Expressions.List(start, limit);
                    break;
                case SqlClauseKind.Top:
                    Expressions.Read(start, limit, out _);
                    break;
                case SqlClauseKind.Offset or SqlClauseKind.Fetch:
                    ReadCount(clause.Kind == SqlClauseKind.Fetch ? start + 1 : start, limit);
                    break;
            }
        }
    }

    private void ReadCount(int start, int limit)
    {
        int position = start;
        if (position < limit && _window.Keyword(position) is not (SqlKeyword.Row or SqlKeyword.Rows))
            Expressions.Read(start, limit, out position);
        while (position < limit && _window.Keyword(position) is SqlKeyword.Row or SqlKeyword.Rows or SqlKeyword.Only or SqlKeyword.With or SqlKeyword.Ties or SqlKeyword.Percent)
            position++;
        reading.Expect(position, limit);
    }
}
