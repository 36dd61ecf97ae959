namespace DbRules.Sql;

/// <summary>Which verb does a statement start with?</summary>
internal static class StatementClassifier
{
    /// <summary>
    /// The index of the word that says what the statement does: behind opening parentheses and behind <c>WITH</c> and its common table
    /// expressions. -1 when there is none, or when it touches a hole and so is only a piece of a word.
    /// </summary>
    public static int Verb(TokenWindow window)
    {
        int first = 0;
        while (window.IsPunctuation(first, '('))
            first++;
        int verb = window.Is(first, SqlKeyword.With) ? VerbBehindWith(window, first + 1) : first;
        return verb >= 0 && window.Keyword(verb) != SqlKeyword.None && !TouchesHole(window, verb) ? verb : -1;
    }

    public static SqlStatementKind Kind(TokenWindow window, int verb)
    {
        if (verb < 0)
            return SqlStatementKind.Unknown;
        // PostgreSQL's and SQLite's END commits; a block's END never starts a statement.
        return window.Keyword(verb) switch
        {
            SqlKeyword.Select => SqlStatementKind.Select,
            SqlKeyword.Insert => SqlStatementKind.Insert,
            SqlKeyword.Replace when window.Is(verb + 1, SqlKeyword.Into) => SqlStatementKind.Insert,
            SqlKeyword.Bulk when window.Is(verb + 1, SqlKeyword.Insert) => SqlStatementKind.Insert,
            SqlKeyword.Update => SqlStatementKind.Update,
            SqlKeyword.Delete => SqlStatementKind.Delete,
            SqlKeyword.Merge => SqlStatementKind.Merge,
            SqlKeyword.Create or SqlKeyword.Alter or SqlKeyword.Drop or SqlKeyword.Truncate or SqlKeyword.Rename => SqlStatementKind.Ddl,
            SqlKeyword.Begin when StatementSplitter.BeginsTransaction(window, verb) => SqlStatementKind.Transaction,
            SqlKeyword.Start when window.Is(verb + 1, SqlKeyword.Transaction) => SqlStatementKind.Transaction,
            SqlKeyword.Save when window.Keyword(verb + 1) is SqlKeyword.Tran or SqlKeyword.Transaction => SqlStatementKind.Transaction,
            SqlKeyword.Commit or SqlKeyword.Rollback or SqlKeyword.Savepoint or SqlKeyword.Release or SqlKeyword.Abort or SqlKeyword.End
                => SqlStatementKind.Transaction,
            SqlKeyword.Set => SqlStatementKind.Set,
            SqlKeyword.Use => SqlStatementKind.Use,
            SqlKeyword.Declare => SqlStatementKind.Declare,
            SqlKeyword.Pragma => SqlStatementKind.Pragma,
            SqlKeyword.Exec or SqlKeyword.Execute => SqlStatementKind.Exec,
            SqlKeyword.Call => SqlStatementKind.Call,
            _ when IsFlow(window, verb) || IsShow(window, verb) || IsMaintenance(window, verb) => SqlStatementKind.Other,
            _ => SqlStatementKind.Unknown,
        };
    }

    /// <summary>Whether the verb steers what runs and touches no rows itself.</summary>
    public static bool IsFlow(TokenWindow window, int verb) => window.Keyword(verb) is SqlKeyword.Begin or SqlKeyword.If or SqlKeyword.Else
        or SqlKeyword.While or SqlKeyword.Break or SqlKeyword.Continue or SqlKeyword.Return or SqlKeyword.Print or SqlKeyword.RaisError
        or SqlKeyword.Throw or SqlKeyword.WaitFor or SqlKeyword.Open or SqlKeyword.Close or SqlKeyword.Fetch or SqlKeyword.Deallocate;

    /// <summary>Whether the verb only returns rows.</summary>
    public static bool IsShow(TokenWindow window, int verb) =>
        window.Keyword(verb) is SqlKeyword.Values or SqlKeyword.Table or SqlKeyword.Show or SqlKeyword.Describe or SqlKeyword.Desc or SqlKeyword.Explain;

    private static bool IsMaintenance(TokenWindow window, int verb) => window.Keyword(verb) is SqlKeyword.Grant or SqlKeyword.Revoke
        or SqlKeyword.Comment or SqlKeyword.Copy or SqlKeyword.Load or SqlKeyword.Lock or SqlKeyword.Do or SqlKeyword.Vacuum
        or SqlKeyword.Analyze or SqlKeyword.Reindex or SqlKeyword.Attach or SqlKeyword.Detach or SqlKeyword.Listen or SqlKeyword.Unlisten or SqlKeyword.Notify
        or SqlKeyword.Reset or SqlKeyword.Refresh or SqlKeyword.Cluster or SqlKeyword.Kill or SqlKeyword.Dbcc or SqlKeyword.Flush or SqlKeyword.Optimize
        or SqlKeyword.Check or SqlKeyword.Unlock or SqlKeyword.Discard or SqlKeyword.Perform
        or SqlKeyword.Prepare or SqlKeyword.Backup or SqlKeyword.Restore or SqlKeyword.Raise;

    private static int VerbBehindWith(TokenWindow window, int start)
    {
        for (int i = start; i < window.Count; i = window.Next(i))
        {
            if (window.Keyword(i) is SqlKeyword.Select or SqlKeyword.Insert or SqlKeyword.Update or SqlKeyword.Delete or SqlKeyword.Values
                || (window.Is(i, SqlKeyword.Merge) && window.IsClosing(i - 1)))
                return i;
        }

        return -1;
    }

    private static bool TouchesHole(TokenWindow window, int index) =>
        (window[index - 1].Kind == SqlTokenKind.Hole && window.Touch(index - 1, index))
        || (window[index + 1].Kind == SqlTokenKind.Hole && window.Touch(index, index + 1));
}
