namespace DbRules.Sql;

/// <summary>Reads <c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c> and <c>MERGE</c>.</summary>
internal sealed class WriteReader(Reading reading, QueryReader queries, StatementParts parts, SqlStatementKind kind)
{
    private readonly TokenWindow _window = reading.Window;

    private readonly RowChangeReader _changes = new(reading, queries, parts);

    private ExpressionReader Expressions => queries.Expressions;

    public void Read(int verb)
    {
        int start = BehindVerb(verb);
        List<SqlClause> clauses = ClauseReader.ReadWrite(_window, verb, start, _window.Count, kind);
        parts.Clauses = clauses;
        SqlClause? from = ClauseReader.Find(clauses, SqlClauseKind.From);
        SqlClause? usingClause = ClauseReader.Find(clauses, SqlClauseKind.Using);
        if (kind == SqlStatementKind.Delete)
            ReadDeleted(clauses, from, usingClause);
        else if (kind == SqlStatementKind.Update)
            ReadUpdated(clauses[0], from);
        else
            ReadTarget(clauses[0]);
        foreach (SqlClause clause in clauses)
            ReadClause(clause);
        if (!HasItsClauses())
            reading.MarkUnread(_window.Count - 1);
        if (kind == SqlStatementKind.Merge && usingClause is not null)
            parts.Sources = queries.From.Read(usingClause.BodyStart, usingClause.TokenEnd, SqlTableRole.Read, out _);
    }

    private bool HasItsClauses() => kind switch
    {
        SqlStatementKind.Insert => Has(SqlClauseKind.Values) || Has(SqlClauseKind.Source) || Has(SqlClauseKind.Set) || _window.Is(0, SqlKeyword.Bulk),
        SqlStatementKind.Update => Has(SqlClauseKind.Set),
        SqlStatementKind.Merge => Has(SqlClauseKind.Using) && Has(SqlClauseKind.On) && Has(SqlClauseKind.When),
        _ => true,
    };

    private bool Has(SqlClauseKind wanted)
    {
        for (int i = 0; i < parts.Clauses.Count; i++)
        {
            if (parts.Clauses[i].Kind == wanted)
                return true;
        }

        return false;
    }

    /// <summary>Behind the words that qualify the verb, and <c>TOP (n)</c>.</summary>
    private int BehindVerb(int verb)
    {
        int position = verb + 1;
        if (_window.Is(verb, SqlKeyword.Bulk))
            position++;
        while (position < _window.Count)
        {
            if (_window.Is(position, SqlKeyword.Top) && (_window.IsPunctuation(position + 1, '(') || _window[position + 1].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter))
            {
                int end = _window.Next(position + 1);
                SqlExpression count = Expressions.Read(position + 1, end, out _);
                end = _window.Is(end, SqlKeyword.Percent) ? end + 1 : end;
                if (!_window.Is(end - 1, SqlKeyword.Percent))
                    parts.Bound = new SqlBound(SqlBoundKind.Top, _window.Span(position, end), count);
                position = end;
            }
            else if (_window.Is(position, SqlKeyword.Or) && _window[position + 1].Kind == SqlTokenKind.Identifier)
            {
                position += 2;
            }
            else if ((_window.Keyword(position) is SqlKeyword.Ignore or SqlKeyword.Low_Priority or SqlKeyword.Quick or SqlKeyword.Into || _window.IsWord(position, "HIGH_PRIORITY"))
                && (_window[position + 1].IsName || _window.IsHole(position + 1) || _window.Keyword(position + 1) is SqlKeyword.From or SqlKeyword.Into
                    || _window[position + 1].Kind == SqlTokenKind.Parameter))
            {
                position++;
            }
            else
            {
                return position;
            }
        }

        return position;
    }

    private void ReadTarget(SqlClause target)
    {
        int limit = target.TokenEnd;
        int nameEnd = EndOfName(target.BodyStart, limit);
        SqlTable table = queries.From.ReadTarget(target.BodyStart, nameEnd, SqlTableRole.Written, out int end);
        if (end == nameEnd && end < limit)
            end = ReadInsertTail(end, limit);
        parts.Target = table;
        if (end == target.BodyStart)
            reading.MarkUnread(end);
        reading.Expect(end, limit);
    }

    /// <summary>The end of the target's name with its alias: <c>(</c> opens the columns there, not a function.</summary>
    private int EndOfName(int start, int limit)
    {
        if (kind == SqlStatementKind.Merge)
            return limit;
        int position = start;
        while (position < limit && !_window.IsPunctuation(position, '(') && !_window.Is(position, SqlKeyword.Overriding) && !(_window.Is(position, SqlKeyword.Default) && position > start))
            position++;
        return _window.Is(position - 1, SqlKeyword.With) && position < limit ? _window.Next(position) : position;
    }

    private int ReadInsertTail(int start, int limit)
    {
        int position = start;
        if (_window.IsPunctuation(position, '(') && _window.Partner(position) is var partner and > 0 && partner < limit)
        {
            // INSERT INTO t (SELECT ..)
            if (queries.Starts(position + 1))
            {
                parts.Query = queries.InParentheses(position, partner);
                parts.Clauses = [.. parts.Clauses, new SqlClause(_window, SqlClauseKind.Source, position, position, partner + 1)];
            }
            else
            {
                parts.Columns = _changes.ReadColumns(position + 1, partner);
            }

            position = partner + 1;
        }

        if (_window.Is(position, SqlKeyword.Overriding))
            position += 3;
        // INSERT INTO t (a) (SELECT ..)
        if (position < limit && _window.IsPunctuation(position, '(') && _window.Partner(position) == limit - 1 && queries.Starts(position + 1))
        {
            parts.Query = queries.InParentheses(position, limit - 1);
            parts.Clauses = [.. parts.Clauses, new SqlClause(_window, SqlClauseKind.Source, position, position, limit)];
            position = limit;
        }

        return position;
    }

    private void ReadUpdated(SqlClause target, SqlClause? from)
    {
        IReadOnlyList<SqlTable> sources = from is null ? [] : queries.From.Read(from.BodyStart, from.TokenEnd, SqlTableRole.Read, out _);
        int before = reading.Tables.Count;
        IReadOnlyList<SqlTable> targets = queries.From.Read(target.BodyStart, target.TokenEnd, SqlTableRole.Written, out _);
        if (targets.Count > 1)
        {
            // MySQL: which of the joined tables is written stands in SET.
            parts.Sources = targets;
            return;
        }

        parts.Sources = sources;
        SetTarget(targets.Count == 1 ? targets[0] : null, sources, before);
    }

    private void ReadDeleted(List<SqlClause> clauses, SqlClause? from, SqlClause? usingClause)
    {
        SqlClause head = clauses[0];
        bool isNamedFirst = head.BodyStart < head.TokenEnd;
        SqlClause? second = clauses.Find(clause => clause.Kind == SqlClauseKind.From && clause != from);
        if (isNamedFirst)
        {
            // DELETE a, b FROM a JOIN b ..; DELETE t WHERE ..
            IReadOnlyList<SqlTable> sources = from is null ? [] : queries.From.Read(from.BodyStart, from.TokenEnd, SqlTableRole.Read, out _);
            int before = reading.Tables.Count;
            IReadOnlyList<SqlTable> targets = queries.From.Read(head.BodyStart, head.TokenEnd, SqlTableRole.Written, out _);
            parts.Sources = sources;
            for (int i = 0; i < targets.Count; i++)
                SetTarget(targets[i], sources, before + i);
            parts.Target = targets.Count == 1 ? parts.Target : null;
            return;
        }

        if (from is null)
        {
            reading.MarkUnread(head.Start);
            return;
        }

        int at = reading.Tables.Count;
        IReadOnlyList<SqlTable> deleted = queries.From.Read(from.BodyStart, from.TokenEnd, SqlTableRole.Written, out _);
        SqlClause? joined = usingClause ?? second;
        parts.Sources = joined is null ? [] : queries.From.Read(joined.BodyStart, joined.TokenEnd, SqlTableRole.Read, out _);
        if (deleted.Count == 1)
            SetTarget(deleted[0], parts.Sources, at);
    }

    /// <summary>The table behind an alias: <c>UPDATE o SET .. FROM orders o</c> writes <c>orders</c>.</summary>
    private void SetTarget(SqlTable? target, IReadOnlyList<SqlTable> sources, int use)
    {
        parts.Target = target;
        if (target is not { Qualifiers.Count: 0, Alias: null })
            return;
        SqlTable? behind = sources.FirstOrDefault(source => string.Equals(source.Alias, target.Name, StringComparison.OrdinalIgnoreCase));
        if (behind is null || use >= reading.Tables.Count || reading.Tables[use].Table != target)
            return;
        parts.Target = behind;
        reading.Tables[use] = new SqlTableUse(behind, SqlTableRole.Written);
    }

    private void ReadClause(SqlClause clause)
    {
        int start = clause.BodyStart;
        int limit = clause.TokenEnd;
        switch (clause.Kind)
        {
            case SqlClauseKind.Set:
                _changes.ReadAssignments(start, limit);
                break;
            case SqlClauseKind.Where:
                parts.WhereClause = clause.Span;
                if (!(_window.IsWord(start, "CURRENT") && _window.IsWord(start + 1, "OF")))
                    parts.Where = Expressions.Condition(start, limit);
                break;
            case SqlClauseKind.Output or SqlClauseKind.Returning:
                ReadReturned(start, limit);
                break;
            case SqlClauseKind.Values:
                ReadValues(clause);
                break;
            case SqlClauseKind.Source when clause.Start == clause.BodyStart - 1:
                if (_window.Keyword(clause.Start) is SqlKeyword.Exec or SqlKeyword.Execute)
                    reading.Place(start, limit, SqlHolePlace.Value);
                else
                    parts.Query = queries.Read(clause.Start, limit);
                break;
            case SqlClauseKind.OnConflict:
                _changes.ReadConflict(clause.Start, start, limit);
                break;
            case SqlClauseKind.On:
                Expressions.Condition(start, limit);
                break;
            case SqlClauseKind.When:
                _changes.ReadWhen(start, limit);
                break;
            case SqlClauseKind.Limit:
                IReadOnlyList<SqlExpression> counts = Expressions.List(start, limit);
                parts.Bound ??= new SqlBound(SqlBoundKind.Limit, clause.Span, counts.Count > 0 ? counts[counts.Count - 1] : null);
                break;
            case SqlClauseKind.OrderBy:
                new SelectReader(reading, queries).ReadSortKeys(clause);
                break;
        }
    }

    private void ReadReturned(int start, int limit)
    {
        int end = start;
        while (end < limit && !_window.Is(end, SqlKeyword.Into))
            end = _window.Next(end);
        end = Math.Min(end, limit);
        parts.Returned = queries.Lists.Read(start, end);
        if (start == end)
            reading.MarkUnread(start);
        if (end >= limit)
            return;
        // OUTPUT .. INTO @rows (a, b)
        int nameEnd = end + 1;
        while (nameEnd < limit && !_window.IsPunctuation(nameEnd, '('))
            nameEnd++;
        queries.From.ReadTarget(end + 1, nameEnd, SqlTableRole.Written, out int behind);
        reading.Expect(behind, nameEnd);
    }

    private void ReadValues(SqlClause clause)
    {
        int start = clause.BodyStart;
        int limit = clause.TokenEnd;
        if (_window.Is(clause.Start, SqlKeyword.Default))
        {
            reading.Expect(start, limit);
            return;
        }

        // VALUES (..) AS new ON DUPLICATE KEY UPDATE
        int end = start;
        while (end < limit && !_window.Is(end, SqlKeyword.As))
            end = _window.Next(end);
        parts.Rows = queries.ReadRows(start, Math.Min(end, limit));
    }
}
