namespace DbRules.Sql;

/// <summary>Reads which columns change and how: assignments, upserts, and what a <c>MERGE</c> does with a row.</summary>
internal sealed class RowChangeReader(Reading reading, QueryReader queries, StatementParts parts)
{
    private readonly TokenWindow _window = reading.Window;

    private ExpressionReader Expressions => queries.Expressions;

    /// <summary>The names of a list of columns.</summary>
    public List<string> ReadColumns(int start, int limit)
    {
        var columns = new List<string>();
        foreach ((int from, int to) in Commas.Split(_window, start, limit))
        {
            NameReader.Name name = NameReader.Read(_window, from, to);
            if (name.Count == 0 && to == from + 1 && _window[from].Kind == SqlTokenKind.Keyword)
            {
                columns.Add(_window.TextOf(from));
                continue;
            }

            // A hole alone may be any number of columns, but never more than names.
            reading.Place(from, name.End, SqlHolePlace.Identifier);
            reading.Expect(name.End, to);
            if (name.Count > 0)
                columns.Add(name.Last);
            else
                reading.MarkUnread(from);
        }

        return columns;
    }

    /// <summary><c>a = b, ..</c>, added to the statement's assignments.</summary>
    public void ReadAssignments(int start, int limit)
    {
        foreach ((int from, int to) in Commas.Split(_window, start, limit))
        {
            // A hole alone may be any number of assignments.
            if (to == from + 1 && _window.IsHole(from))
                reading.Place(from, to, SqlHolePlace.Unknown);
            else if (Expressions.Whole(from, to) is { } assignment)
                parts.Assignments.Add(assignment);
        }
    }

    /// <param name="start">The <c>ON</c>.</param>
    /// <param name="body">Behind <c>CONFLICT</c> or <c>DUPLICATE</c>.</param>
    /// <param name="limit">Behind the clause.</param>
    public void ReadConflict(int start, int body, int limit)
    {
        int action = body;
        while (action < limit && _window.Keyword(action) is not (SqlKeyword.Do or SqlKeyword.Update))
            action = _window.Next(action);
        if (_window.Is(start + 1, SqlKeyword.Conflict))
        {
            int position = body;
            if (_window.IsPunctuation(position, '(') && _window.Partner(position) > 0)
            {
                Expressions.List(position + 1, _window.Partner(position));
                position = _window.Next(position);
            }
            else if (_window.Is(position, SqlKeyword.On, SqlKeyword.Constraint))
            {
                NameReader.Name name = NameReader.Read(_window, position + 2, action);
                reading.Place(position + 2, name.End, SqlHolePlace.Identifier);
                position = name.End;
            }

            if (_window.Is(position, SqlKeyword.Where))
            {
                Expressions.Condition(position + 1, Math.Min(action, limit));
                position = action;
            }

            reading.Expect(position, Math.Min(action, limit));
        }

        if (_window.Is(action, SqlKeyword.Do, SqlKeyword.Nothing))
        {
            reading.Expect(action + 2, limit);
            return;
        }

        int update = _window.Is(action, SqlKeyword.Do) ? action + 1 : action;
        if (!_window.Is(update, SqlKeyword.Update))
        {
            reading.MarkUnread(Math.Min(action, limit - 1));
            return;
        }

        ReadUpdate(update + 1, limit);
    }

    /// <summary><c>[SET] a = b, .. [WHERE ..]</c>.</summary>
    private void ReadUpdate(int start, int limit)
    {
        int from = _window.Is(start, SqlKeyword.Set) ? start + 1 : start;
        int where = from;
        while (where < limit && !_window.Is(where, SqlKeyword.Where))
            where = _window.Next(where);
        ReadAssignments(from, Math.Min(where, limit));
        if (where < limit)
            Expressions.Condition(where + 1, limit);
    }

    /// <summary>Behind <c>WHEN</c> of a <c>MERGE</c>.</summary>
    public void ReadWhen(int start, int limit)
    {
        int then = start;
        while (then < limit && !_window.Is(then, SqlKeyword.Then))
            then = _window.Next(then);
        if (then >= limit)
        {
            reading.MarkUnread(start);
            return;
        }

        int condition = start;
        while (condition < then && !_window.Is(condition, SqlKeyword.And))
            condition++;
        if (condition < then)
            Expressions.Condition(condition + 1, then);
        int action = then + 1;
        switch (_window.Keyword(action))
        {
            case SqlKeyword.Update:
                ReadUpdate(action + 1, limit);
                break;
            case SqlKeyword.Insert:
                ReadMergedRow(action + 1, limit);
                break;
            case SqlKeyword.Delete:
                reading.Expect(action + 1, limit);
                break;
            case SqlKeyword.Do when _window.Is(action + 1, SqlKeyword.Nothing):
                reading.Expect(action + 2, limit);
                break;
            default:
                reading.MarkUnread(Math.Min(action, limit - 1));
                break;
        }
    }

    private void ReadMergedRow(int start, int limit)
    {
        int position = start;
        if (_window.IsPunctuation(position, '(') && _window.Partner(position) is var partner and > 0)
        {
            parts.Columns = ReadColumns(position + 1, partner);
            position = partner + 1;
        }

        if (_window.Is(position, SqlKeyword.Default, SqlKeyword.Values))
            reading.Expect(position + 2, limit);
        else if (_window.Is(position, SqlKeyword.Values))
            queries.ReadRows(position + 1, limit);
        else
            reading.MarkUnread(Math.Min(position, limit - 1));
    }
}
