namespace DbRules.Sql;

/// <summary>Which clauses does a <c>SELECT</c> have at its top level?</summary>
internal static class ClauseReader
{
    public static SqlSelect Read(TokenWindow window, int select)
    {
        var clauses = new List<SqlClause>();
        if (select > 0)
            clauses.Add(new SqlClause(window, SqlClauseKind.With, 0, 1, select));
        int position = ReadQuantifier(window, select + 1, clauses);
        var kind = SqlClauseKind.SelectList;
        int start = position;
        int bodyStart = position;
        bool understood = true;
        while (position < window.Count)
        {
            int words = OpeningWords(window, position, out SqlClauseKind opened);
            if (words == 0)
            {
                understood &= kind == SqlClauseKind.For || !StartsStatement(window, position);
                position = window.Next(position);
                continue;
            }

            clauses.Add(new SqlClause(window, kind, start, bodyStart, position));
            kind = opened;
            start = position;
            bodyStart = position + words;
            position = opened == SqlClauseKind.SetOperation ? window.Count : bodyStart;
        }

        clauses.Add(new SqlClause(window, kind, start, bodyStart, window.Count));
        return new SqlSelect(window, window[select].Span, clauses, understood && IsInOrder(clauses));
    }

    private static int ReadQuantifier(TokenWindow window, int position, List<SqlClause> clauses)
    {
        if (window.Is(position, SqlKeyword.All))
        {
            position++;
        }
        else if (window.Is(position, SqlKeyword.Distinct))
        {
            int end = window.Is(position + 1, SqlKeyword.On) && window.IsPunctuation(position + 2, '(') ? window.Next(position + 2) : position + 1;
            clauses.Add(new SqlClause(window, SqlClauseKind.Distinct, position, position + 1, end));
            position = end;
        }

        SqlToken count = window[position + 1];
        bool isTop = window.Is(position, SqlKeyword.Top)
            && (count.Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Hole || window.IsPunctuation(position + 1, '('));
        if (!isTop)
            return position;
        int topEnd = window.Next(position + 1);
        if (window.Is(topEnd, SqlKeyword.Percent))
            topEnd++;
        if (window.Is(topEnd, SqlKeyword.With, SqlKeyword.Ties))
            topEnd += 2;
        clauses.Add(new SqlClause(window, SqlClauseKind.Top, position, position + 1, topEnd));
        return topEnd;
    }

    /// <summary>How many words open a clause here; 0 when none does.</summary>
    private static int OpeningWords(TokenWindow window, int index, out SqlClauseKind kind)
    {
        SqlToken next = window[index + 1];
        kind = window.Keyword(index) switch
        {
            SqlKeyword.Into => SqlClauseKind.Into,
            SqlKeyword.From => SqlClauseKind.From,
            SqlKeyword.Where => SqlClauseKind.Where,
            SqlKeyword.Group => SqlClauseKind.GroupBy,
            SqlKeyword.Having => SqlClauseKind.Having,
            SqlKeyword.Window => SqlClauseKind.Window,
            SqlKeyword.Order => SqlClauseKind.OrderBy,
            SqlKeyword.Limit => SqlClauseKind.Limit,
            SqlKeyword.Offset => SqlClauseKind.Offset,
            SqlKeyword.Fetch => SqlClauseKind.Fetch,
            SqlKeyword.For or SqlKeyword.Lock => SqlClauseKind.For,
            SqlKeyword.Option => SqlClauseKind.Option,
            SqlKeyword.Union or SqlKeyword.Intersect or SqlKeyword.Except or SqlKeyword.Minus => SqlClauseKind.SetOperation,
            _ => SqlClauseKind.SelectList,
        };
        bool isName = window[index].IsName && window.ExpectsOperand(index);
        bool opens = !isName && kind switch
        {
            SqlClauseKind.SelectList => false,
            // a IS [NOT] DISTINCT FROM b
            SqlClauseKind.From => !(window.Is(index - 1, SqlKeyword.Distinct) && window.Keyword(index - 2) is SqlKeyword.Is or SqlKeyword.Not),
            SqlClauseKind.GroupBy or SqlClauseKind.OrderBy => next.Keyword == SqlKeyword.By,
            SqlClauseKind.Window => next.IsName && window.Is(index + 2, SqlKeyword.As),
            SqlClauseKind.Limit or SqlClauseKind.Offset => next.Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Hole
                || window.IsPunctuation(index + 1, '(') || next.Keyword is SqlKeyword.All or SqlKeyword.Null,
            SqlClauseKind.Fetch => next.Keyword is SqlKeyword.First or SqlKeyword.Next,
            SqlClauseKind.For => window.Is(index, SqlKeyword.Lock) ? next.Keyword == SqlKeyword.In : next.Keyword != SqlKeyword.System_Time,
            SqlClauseKind.Option => window.IsPunctuation(index + 1, '('),
            SqlClauseKind.SetOperation when window.Is(index, SqlKeyword.Minus)
                => next.Keyword is SqlKeyword.Select or SqlKeyword.All || window.IsPunctuation(index + 1, '('),
            _ => true,
        };
        if (!opens)
            return 0;
        return kind is SqlClauseKind.GroupBy or SqlClauseKind.OrderBy ? 2 : 1;
    }

    private static bool StartsStatement(TokenWindow window, int index) =>
        window.Keyword(index) switch
        {
            SqlKeyword.Select or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Create or SqlKeyword.Alter or SqlKeyword.Drop
                or SqlKeyword.Set => true,
            // INSERT(..) is a function of MySQL, WITH (..) a table hint of SQL Server.
            SqlKeyword.Insert or SqlKeyword.With => !window.IsPunctuation(index + 1, '('),
            _ => false,
        };

    private static bool IsInOrder(List<SqlClause> clauses)
    {
        for (int i = 1; i < clauses.Count; i++)
        {
            SqlClause before = clauses[i - 1];
            SqlClause clause = clauses[i];
            bool isTail = IsTail(before.Kind) && IsTail(clause.Kind);
            bool isTwice = clauses.Find(other => other.Kind == clause.Kind) != clause;
            // MySQL takes INTO behind any clause, and the tail's order varies: OFFSET before LIMIT, FOR UPDATE before LIMIT.
            bool isOrdered = isTail || before.Kind < clause.Kind || clause.Kind == SqlClauseKind.Into || before.Kind == SqlClauseKind.Into;
            if (isTwice || !isOrdered)
                return false;
        }

        return true;
    }

    private static bool IsTail(SqlClauseKind kind) =>
        kind is SqlClauseKind.Limit or SqlClauseKind.Offset or SqlClauseKind.Fetch or SqlClauseKind.For;
}
