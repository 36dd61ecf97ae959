namespace DbRules.Sql;

/// <summary>Does a statement read or write?</summary>
internal static class StatementEffects
{
    /// <summary>
    /// Looks at every verb of the statement, so that a data-modifying common table expression, a block's body and SQL Server's statements
    /// without a separator count.
    /// </summary>
    /// <param name="window">The statement.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="verb">Index of its verb, or -1.</param>
    /// <param name="isWellFormed">A broken text is never said to only read.</param>
    public static SqlEffect Of(TokenWindow window, SqlStatementKind kind, int verb, bool isWellFormed)
    {
        Findings found = Scan(window, isBlock: kind is SqlStatementKind.Other or SqlStatementKind.Declare or SqlStatementKind.Set);
        if (window.Is(verb, SqlKeyword.Explain))
            return found.Writes || found.Unknown || !isWellFormed ? SqlEffect.Unknown : SqlEffect.Reads;
        SqlEffect own = EffectOfVerb(window, kind, verb);
        if (found.Writes || own == SqlEffect.Writes)
            return SqlEffect.Writes;
        if (found.Unknown || own == SqlEffect.Unknown || !isWellFormed)
            return SqlEffect.Unknown;
        return found.Reads ? SqlEffect.Reads : own;
    }

    private static SqlEffect EffectOfVerb(TokenWindow window, SqlStatementKind kind, int verb) => kind switch
    {
        SqlStatementKind.Select => SqlEffect.Reads,
        SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge or SqlStatementKind.Ddl
            => SqlEffect.Writes,
        SqlStatementKind.Transaction or SqlStatementKind.Set or SqlStatementKind.Use or SqlStatementKind.Declare => SqlEffect.None,
        SqlStatementKind.Other when StatementClassifier.IsShow(window, verb) => SqlEffect.Reads,
        SqlStatementKind.Other when StatementClassifier.IsFlow(window, verb) => SqlEffect.None,
        _ => SqlEffect.Unknown,
    };

    private static Findings Scan(TokenWindow window, bool isBlock)
    {
        var found = default(Findings);
        for (int i = 0; i < window.Count; i++)
        {
            SqlToken token = window[i];
            switch (token.Keyword)
            {
                case SqlKeyword.Select:
                    found.Reads = true;
                    break;
                case SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Create or SqlKeyword.Alter or SqlKeyword.Drop
                    or SqlKeyword.Merge or SqlKeyword.Truncate or SqlKeyword.Replace:
                    found.Writes |= IsVerb(window, i);
                    break;
                case SqlKeyword.Exec or SqlKeyword.Execute:
                    found.Unknown |= IsVerb(window, i) || window.IsPunctuation(i + 1, '(');
                    break;
                case SqlKeyword.Into when IsStored(window, i + 1):
                    // In an Oracle block SELECT INTO fills a variable; in SQL Server's it makes a table.
                    found.Writes |= !isBlock;
                    found.Unknown |= isBlock;
                    break;
                case SqlKeyword.Into when window.Keyword(i + 1) is SqlKeyword.Outfile or SqlKeyword.Dumpfile:
                    found.Unknown = true;
                    break;
            }

            if (token.Kind == SqlTokenKind.Hole && CanStartStatement(window, i))
                found.Unknown = true;
        }

        return found;
    }

    /// <summary>Whether a word that can start a statement does so here, and is no clause (<c>FOR UPDATE</c>), function, hint or name.</summary>
    private static bool IsVerb(TokenWindow window, int index)
    {
        SqlKeyword previous = window.Keyword(index - 1);
        bool startsHere = index == 0 || window.IsPunctuation(index - 1, '(') || window.IsPunctuation(index - 1, ';')
            || previous is SqlKeyword.Then or SqlKeyword.Else
            || (previous == SqlKeyword.On && IsSwitchedOn(window, index - 1))
            || (!window.ExpectsOperand(index) && previous != SqlKeyword.Key);
        if (!startsHere)
            return false;
        SqlToken next = window[index + 1];
        return window.Keyword(index) switch
        {
            SqlKeyword.Replace => next.Keyword == SqlKeyword.Into,
            SqlKeyword.Truncate => next.Keyword == SqlKeyword.Table,
            SqlKeyword.Merge => next.Keyword == SqlKeyword.Into || (next.IsName && index > 0 && HasUsing(window, index)),
            _ => next.IsName || next.Kind is SqlTokenKind.Hole or SqlTokenKind.Parameter or SqlTokenKind.Unknown && next.Length > 0
                || next.Keyword is SqlKeyword.Into or SqlKeyword.From or SqlKeyword.Or,
        };
    }

    /// <summary>Whether <c>ON</c> ends SQL Server's <c>SET NOCOUNT ON</c> or <c>SET IDENTITY_INSERT t ON</c>.</summary>
    private static bool IsSwitchedOn(TokenWindow window, int on) => window.Is(on - 2, SqlKeyword.Set) || window.Is(on - 3, SqlKeyword.Set);

    /// <summary>Whether <c>USING</c> follows within the few tokens that a target with alias and hint takes.</summary>
    private static bool HasUsing(TokenWindow window, int index)
    {
        int at = index;
        for (int steps = 0; steps < 12; steps++, at = window.Next(at))
        {
            if (window.Is(at, SqlKeyword.Using))
                return true;
        }

        return false;
    }

    private static bool IsStored(TokenWindow window, int target) =>
        window.Keyword(target) is not (SqlKeyword.Outfile or SqlKeyword.Dumpfile)
        && (window[target].IsName || window[target].Kind is SqlTokenKind.Hole or SqlTokenKind.Unknown && window[target].Length > 0);

    private static bool CanStartStatement(TokenWindow window, int index)
    {
        if (index == 0 || window.IsPunctuation(index - 1, ';') || window.Is(index - 1, SqlKeyword.Begin))
            return true;
        return window.IsPunctuation(index - 1, '(') && window.Keyword(index - 2) is SqlKeyword.As or SqlKeyword.Materialized;
    }

    private struct Findings
    {
        public bool Reads;
        public bool Writes;
        public bool Unknown;
    }
}
