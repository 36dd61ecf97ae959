namespace DbRules.Sql;

/// <summary>The statement being split off, as far as that matters for where the next one starts without a separator.</summary>
internal struct StatementRun
{
    private SqlKeyword _verb;
    private bool _hasSource;

    /// <summary>Whether a word at the statement's own level starts the next statement.</summary>
    public readonly bool EndsBefore(TokenWindow window, int index)
    {
        SqlKeyword keyword = window.Keyword(index);
        // DROP TABLE IF EXISTS t: most words go on with it.
        if (_verb == SqlKeyword.Drop)
            return keyword is SqlKeyword.Create or SqlKeyword.Drop or SqlKeyword.Insert && Starts(window, index);
        if (keyword == SqlKeyword.None || !CanBeFollowed(_verb) || (_verb == SqlKeyword.Insert && !_hasSource))
            return false;
        SqlKeyword previous = window.Keyword(index - 1);
        return keyword switch
        {
            SqlKeyword.Select => previous is not (SqlKeyword.Union or SqlKeyword.All or SqlKeyword.Except or SqlKeyword.Intersect or SqlKeyword.Minus
                or SqlKeyword.Distinct or SqlKeyword.For or SqlKeyword.As),
            SqlKeyword.Update => previous is not (SqlKeyword.For or SqlKeyword.Do or SqlKeyword.Key) && Starts(window, index),
            SqlKeyword.Set => previous != SqlKeyword.Update && _verb != SqlKeyword.Update && !window.IsWord(index - 1, "CHARACTER") && Starts(window, index),
            SqlKeyword.Else => true,
            _ => Starts(window, index),
        };
    }

    /// <summary>Takes notice of a token at the statement's own level.</summary>
    public void Take(TokenWindow window, int index, bool isFirst)
    {
        SqlKeyword keyword = window.Keyword(index);
        if (isFirst)
            _verb = keyword;
        else if (_verb == SqlKeyword.With && keyword is SqlKeyword.Select or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Merge)
            _verb = keyword;
        if (_verb == SqlKeyword.Insert && keyword is SqlKeyword.Select or SqlKeyword.Values or SqlKeyword.Exec or SqlKeyword.Execute or SqlKeyword.Set)
            _hasSource = true;
    }

    /// <summary>
    /// Whether the word starts a statement here and is no alias, function, hint or clause. What stands before it counts only as far as it calls for
    /// an operand.
    /// </summary>
    public static bool Starts(TokenWindow window, int index)
    {
        SqlKeyword previous = window.Keyword(index - 1);
        if (previous == SqlKeyword.As || (window.ExpectsOperand(index) && index > 0 && previous is not (SqlKeyword.On or SqlKeyword.Else or SqlKeyword.Then)
            && !window.IsPunctuation(index - 1, ';')))
        {
            return false;
        }

        SqlToken next = window[index + 1];
        bool isNamed = next.IsName || next.Kind is SqlTokenKind.Hole or SqlTokenKind.Parameter;
        bool isLast = next.Length == 0 || window.IsPunctuation(index + 1, ';');
        return window.Keyword(index) switch
        {
            SqlKeyword.Select => true,
            SqlKeyword.Insert => isNamed || next.Keyword == SqlKeyword.Into,
            SqlKeyword.Update or SqlKeyword.Set or SqlKeyword.Declare => isNamed,
            SqlKeyword.Delete => isNamed || next.Keyword == SqlKeyword.From,
            SqlKeyword.With => next.IsName && next.Keyword != SqlKeyword.Ordinality && (window.Is(index + 2, SqlKeyword.As) || window.IsPunctuation(index + 2, '(')),
            SqlKeyword.Create or SqlKeyword.Alter or SqlKeyword.Drop => next.Kind is SqlTokenKind.Identifier or SqlTokenKind.Keyword,
            SqlKeyword.Exec or SqlKeyword.Execute => isNamed || window.IsBeforeParenthesis(index),
            SqlKeyword.If or SqlKeyword.While => isNamed || window.IsBeforeParenthesis(index) || next.Keyword is SqlKeyword.Not or SqlKeyword.Exists,
            SqlKeyword.Begin => next.Keyword is SqlKeyword.Tran or SqlKeyword.Transaction or SqlKeyword.Try || Starts(next.Keyword),
            SqlKeyword.Commit or SqlKeyword.Rollback => isLast || next.Keyword is SqlKeyword.Tran or SqlKeyword.Transaction or SqlKeyword.Work or SqlKeyword.End || Starts(next.Keyword),
            SqlKeyword.Print => next.Kind is SqlTokenKind.String or SqlTokenKind.Parameter,
            SqlKeyword.Return => isLast || next.Kind is SqlTokenKind.Number or SqlTokenKind.Parameter || next.Keyword == SqlKeyword.End,
            SqlKeyword.Throw => isLast || next.Kind == SqlTokenKind.Number,
            SqlKeyword.RaisError => window.IsBeforeParenthesis(index),
            SqlKeyword.Truncate => next.Keyword == SqlKeyword.Table,
            SqlKeyword.Merge => next.Keyword == SqlKeyword.Into,
            SqlKeyword.Dbcc => next.IsName,
            _ => false,
        };
    }

    private static bool Starts(SqlKeyword keyword) => keyword is SqlKeyword.Select or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete
        or SqlKeyword.Set or SqlKeyword.Declare or SqlKeyword.Exec or SqlKeyword.Execute or SqlKeyword.If or SqlKeyword.With or SqlKeyword.Create
        or SqlKeyword.Alter or SqlKeyword.Drop or SqlKeyword.Merge;

    private static bool CanBeFollowed(SqlKeyword verb) => verb is SqlKeyword.Select or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete
        or SqlKeyword.Set or SqlKeyword.Declare or SqlKeyword.Exec or SqlKeyword.Execute or SqlKeyword.Begin or SqlKeyword.Commit or SqlKeyword.Rollback
        or SqlKeyword.Save or SqlKeyword.Print or SqlKeyword.Use or SqlKeyword.Truncate or SqlKeyword.RaisError;
}
