namespace DbRules.Sql;

/// <summary>Which clauses follow each other at one level?</summary>
internal static class ClauseReader
{
    /// <summary>
    /// Cuts a <c>SELECT</c>, or what follows one in parentheses, into clauses; the first has the kind <paramref name="first"/>. A set operation
    /// takes all that follows it.
    /// </summary>
    public static void ReadSelect(TokenWindow window, int start, int limit, SqlClauseKind first, List<SqlClause> clauses) =>
        Cut(window, start, start, limit, first, null, clauses);

    /// <summary>Cuts a statement that writes into clauses; the first is its <see cref="SqlClauseKind.Target"/>.</summary>
    public static List<SqlClause> ReadWrite(TokenWindow window, int start, int bodyStart, int limit, SqlStatementKind statement)
    {
        var clauses = new List<SqlClause>();
        Cut(window, start, bodyStart, limit, SqlClauseKind.Target, statement, clauses);
        return clauses;
    }

    private static void Cut(TokenWindow window, int start, int body, int limit, SqlClauseKind first, SqlStatementKind? write, List<SqlClause> clauses)
    {
        SqlClauseKind kind = first;
        int from = start;
        int bodyStart = body;
        int position = body;
        while (position < limit)
        {
            int words = write is { } statement ? WriteWords(window, position, statement, kind, out SqlClauseKind opened) : SelectWords(window, position, out opened);
            if (words == 0)
            {
                position = window.Next(position);
                continue;
            }

            clauses.Add(new SqlClause(window, kind, from, bodyStart, position));
            kind = opened;
            from = position;
            bodyStart = position + words;
            position = opened == SqlClauseKind.SetOperation ? limit : bodyStart;
        }

        clauses.Add(new SqlClause(window, kind, from, bodyStart, Math.Max(limit, bodyStart)));
    }

    /// <summary>Whether each clause occurs once, and in the order that databases take.</summary>
    public static bool IsInOrder(List<SqlClause> clauses)
    {
        for (int i = 1; i < clauses.Count; i++)
        {
            SqlClause before = clauses[i - 1];
            SqlClause clause = clauses[i];
            bool isTail = IsTail(before.Kind) && IsTail(clause.Kind);
            bool isTwice = clause.Kind != SqlClauseKind.For && IndexOf(clauses, clause.Kind) != i;
            // MySQL takes INTO behind any clause, and the tail's order varies: OFFSET before LIMIT, FOR UPDATE before LIMIT.
            bool isOrdered = isTail || before.Kind <= clause.Kind || clause.Kind == SqlClauseKind.Into || before.Kind == SqlClauseKind.Into
                || (before.Kind == SqlClauseKind.OrderBy && clause.Kind == SqlClauseKind.Window);
            if (isTwice || !isOrdered)
                return false;
        }

        return true;
    }

    /// <summary>The first clause of a kind; null when there is none.</summary>
    public static SqlClause? Find(List<SqlClause> clauses, SqlClauseKind kind) => IndexOf(clauses, kind) is var index and >= 0 ? clauses[index] : null;

    private static int IndexOf(List<SqlClause> clauses, SqlClauseKind kind)
    {
        for (int i = 0; i < clauses.Count; i++)
        {
            if (clauses[i].Kind == kind)
                return i;
        }

        return -1;
    }

    /// <summary>How many words open a clause of a <c>SELECT</c> here; 0 when none does.</summary>
    private static int SelectWords(TokenWindow window, int index, out SqlClauseKind kind)
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
        if (kind == SqlClauseKind.SelectList || (window[index].IsName && (window.ExpectsOperand(index) || window.IsPunctuation(index - 1, '.'))))
            return 0;
        bool opens = kind switch
        {
            // a IS [NOT] DISTINCT FROM b
            SqlClauseKind.From => !(window.Is(index - 1, SqlKeyword.Distinct) && window.Keyword(index - 2) is SqlKeyword.Is or SqlKeyword.Not),
            SqlClauseKind.GroupBy or SqlClauseKind.OrderBy => next.Keyword == SqlKeyword.By || (window.IsWord(index + 1, "SIBLINGS") && window.Is(index + 2, SqlKeyword.By)),
            SqlClauseKind.Window => next.IsName && window.Is(index + 2, SqlKeyword.As),
            SqlClauseKind.Limit or SqlClauseKind.Offset => IsCount(window, index + 1),
            SqlClauseKind.Fetch => next.Keyword is SqlKeyword.First or SqlKeyword.Next,
            SqlClauseKind.For => window.Is(index, SqlKeyword.Lock) ? next.Keyword == SqlKeyword.In : next.Keyword is not (SqlKeyword.System_Time or SqlKeyword.Index),
            SqlClauseKind.Option => window.IsPunctuation(index + 1, '('),
            SqlClauseKind.SetOperation => IsSetOperator(window, index),
            _ => true,
        };
        if (!opens)
            return 0;
        return kind is SqlClauseKind.GroupBy or SqlClauseKind.OrderBy ? (next.Keyword == SqlKeyword.By ? 2 : 3) : 1;
    }

    /// <summary>Whether the word joins two queries here.</summary>
    public static bool IsSetOperator(TokenWindow window, int index) => window.Keyword(index) switch
    {
        SqlKeyword.Union or SqlKeyword.Intersect or SqlKeyword.Except => true,
        SqlKeyword.Minus => !window.ExpectsOperand(index) && (window.Keyword(index + 1) is SqlKeyword.Select or SqlKeyword.All || window.IsPunctuation(index + 1, '(')),
        _ => false,
    };

    private static bool IsCount(TokenWindow window, int index) =>
        window[index].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Hole || window.IsPunctuation(index, '(')
            || window.Keyword(index) is SqlKeyword.All or SqlKeyword.Null or SqlKeyword.Case || window.IsOperator(index, '-')
            || (window[index].Kind == SqlTokenKind.Identifier && (window.IsPunctuation(index + 1, '(') || window[index + 1].Length == 0 || window.Keyword(index + 1) == SqlKeyword.Offset));

    private static int WriteWords(TokenWindow window, int index, SqlStatementKind statement, SqlClauseKind within, out SqlClauseKind kind)
    {
        SqlKeyword next = window.Keyword(index + 1);
        bool isInsert = statement == SqlStatementKind.Insert;
        bool isMerge = statement == SqlStatementKind.Merge;
        (kind, int words) = window.Keyword(index) switch
        {
            SqlKeyword.Set when window.Is(index - 1, SqlKeyword.Update) && (isMerge || isInsert) => (SqlClauseKind.Set, 0),
            SqlKeyword.Set => (SqlClauseKind.Set, isMerge ? 0 : 1),
            SqlKeyword.From when !isInsert && within != SqlClauseKind.Target => (SqlClauseKind.From, IsDistinctFrom(window, index) ? 0 : 1),
            SqlKeyword.From when statement == SqlStatementKind.Delete => (SqlClauseKind.From, 1),
            SqlKeyword.Using when statement == SqlStatementKind.Delete || isMerge => (SqlClauseKind.Using, window.IsPunctuation(index + 1, '(') && !isMerge && window.Keyword(index + 2) != SqlKeyword.Select ? 0 : 1),
            SqlKeyword.Where => (SqlClauseKind.Where, isInsert && within is SqlClauseKind.OnConflict ? 0 : 1),
            SqlKeyword.Output when within is SqlClauseKind.Target or SqlClauseKind.Set or SqlClauseKind.When or SqlClauseKind.From => (SqlClauseKind.Output, 1),
            SqlKeyword.Returning => (SqlClauseKind.Returning, 1),
            SqlKeyword.Values or SqlKeyword.Value when isInsert && within is not (SqlClauseKind.OnConflict or SqlClauseKind.Values or SqlClauseKind.Source) => (SqlClauseKind.Values, 1),
            SqlKeyword.Default when isInsert && next == SqlKeyword.Values => (SqlClauseKind.Values, 2),
            SqlKeyword.Select or SqlKeyword.With or SqlKeyword.Exec or SqlKeyword.Execute when isInsert && within is SqlClauseKind.Target or SqlClauseKind.Output
                && !(window.Is(index, SqlKeyword.With) && window.IsPunctuation(index + 1, '(')) => (SqlClauseKind.Source, 0),
            SqlKeyword.On when isInsert && next is SqlKeyword.Conflict or SqlKeyword.Duplicate => (SqlClauseKind.OnConflict, 2),
            SqlKeyword.On when isMerge && within == SqlClauseKind.Using => (SqlClauseKind.On, 1),
            SqlKeyword.When when isMerge && (next == SqlKeyword.Matched || (next == SqlKeyword.Not && window.Is(index + 2, SqlKeyword.Matched))) => (SqlClauseKind.When, 1),
            SqlKeyword.Order when !isInsert && next == SqlKeyword.By => (SqlClauseKind.OrderBy, 2),
            SqlKeyword.Limit when !isInsert && IsCount(window, index + 1) => (SqlClauseKind.Limit, 1),
            SqlKeyword.Option when window.IsPunctuation(index + 1, '(') => (SqlClauseKind.Option, 1),
            _ => (SqlClauseKind.Target, 0),
        };
        bool isSource = kind == SqlClauseKind.Source;
        bool isName = (window[index].IsName && window.ExpectsOperand(index) && !isSource && !window.Is(index - 1, SqlKeyword.Delete)) || window.IsPunctuation(index - 1, '.');
        if (isName || (words == 0 && !isSource) || (within == SqlClauseKind.Source && kind is not (SqlClauseKind.Returning or SqlClauseKind.OnConflict)))
            return 0;
        return isSource ? 1 : words;
    }

    private static bool IsDistinctFrom(TokenWindow window, int index) =>
        window.Is(index - 1, SqlKeyword.Distinct) && window.Keyword(index - 2) is SqlKeyword.Is or SqlKeyword.Not;

    private static bool IsTail(SqlClauseKind kind) =>
        kind is SqlClauseKind.Limit or SqlClauseKind.Offset or SqlClauseKind.Fetch or SqlClauseKind.For;
}
