using DbRules.Engine.Calls;
using DbRules.Sql;

namespace DbRules.Engine.Transactions;

/// <summary>Which two writing statements of one text are one piece of work, as far as the text shows it?</summary>
internal static class StatementTies
{
    /// <summary>What the store has just made of a row: the key that it gave to it.</summary>
    private static readonly HashSet<string> MadeKeys = new(StringComparer.OrdinalIgnoreCase) { "scope_identity", "@@identity", "ident_current", "last_insert_rowid", "last_insert_id" };

    /// <summary>What asks how many rows the statement before has changed.</summary>
    private static readonly HashSet<string> RowCounts = new(StringComparer.OrdinalIgnoreCase) { "@@rowcount", "changes", "total_changes", "row_count" };

    /// <summary>What makes each following statement part of a transaction that somebody has to commit.</summary>
    private static readonly HashSet<string> ImplicitTransactions = new(StringComparer.OrdinalIgnoreCase) { "implicit_transactions", "autocommit", "@@autocommit" };

    /// <summary>
    /// The first two statements that belong together; null when there are none, and when the text does anything else than reading, writing and setting variables: it
    /// begins a transaction by itself, branches, handles errors, changes the schema.
    /// </summary>
    /// <param name="command">The text.</param>
    /// <param name="writes">Those of its statements that write what others see, in order.</param>
    public static (SqlStatement First, SqlStatement Second)? Of(CommandText command, IReadOnlyList<SqlStatement> writes)
    {
        if (command.Script is not { } script || !script.Statements.All(statement => IsPlain(statement, script.Text)))
            return null;
        for (int second = 1; second < writes.Count; second++)
        {
            for (int first = second - 1; first >= 0; first--)
            {
                if (BelongTogether(writes[first], writes[second], command))
                    return (writes[first], writes[second]);
            }
        }

        return null;
    }

    private static bool IsPlain(SqlStatement statement, SqlText text) => statement.IsUnderstood && statement.Kind switch
    {
        SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge or SqlStatementKind.Declare => true,
        SqlStatementKind.Set => !Names(statement, text, ImplicitTransactions),
        _ => false,
    };

    /// <summary>
    /// They are given the same value, or the second the key that the first one made; statements of constants put data right, once and for all. Where both write one
    /// table, values of any kind do, but rows that are deleted for two reasons do not belong together, nor do rows that are added to one table.
    /// </summary>
    private static bool BelongTogether(SqlStatement first, SqlStatement second, CommandText command)
    {
        SqlText text = command.Script!.Text;
        if (first.Target is not { } one || second.Target is not { } other || AnswersOther(first, text) || AnswersOther(second, text))
            return false;
        bool isSameTable = string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);
        if (isSameTable && first.Kind == second.Kind && first.Kind is not SqlStatementKind.Update)
            return false;
        if (first.Kind == SqlStatementKind.Delete && second.Kind == SqlStatementKind.Delete && !(SelectsByKey(first, text) && SelectsByKey(second, text)))
            return false;
        HashSet<string> given = ValuesOf(first, command);
        HashSet<string> taken = ValuesOf(second, command);
        return given.Overlaps(taken) || (isSameTable && given.Count > 0 && taken.Count > 0) || TakesMadeKey(first, second, command);
    }

    /// <summary>The statement is made so that it does nothing where the other one has, or where an earlier run has.</summary>
    private static bool AnswersOther(SqlStatement statement, SqlText text)
    {
        for (int i = 0; i < statement.Tokens.Count; i++)
        {
            SqlToken token = statement.Tokens[i];
            bool leavesOut = token.Keyword is SqlKeyword.Ignore or SqlKeyword.Nothing
                || (token.Keyword == SqlKeyword.Exists && i > 0 && statement.Tokens[i - 1].Keyword == SqlKeyword.Not && statement.Kind == SqlStatementKind.Insert)
                || RowCounts.Contains(text.Slice(token.Span));
            if (leavesOut)
                return true;
        }

        return false;
    }

    /// <summary>The rows are those of something: a column equals a value. What is only compared by order is cleaned up, table by table.</summary>
    private static bool SelectsByKey(SqlStatement statement, SqlText text) => statement.Where?.Conjuncts.Any(condition =>
        condition.Kind == SqlExpressionKind.In || (condition.Kind == SqlExpressionKind.Comparison && text.Slice(condition.Operator) == "=")) == true;

    /// <summary>The parameters, variables and filled-in expressions of a statement, by their text.</summary>
    private static HashSet<string> ValuesOf(SqlStatement statement, CommandText command)
    {
        var values = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        SqlText text = command.Script!.Text;
        foreach (SqlToken token in statement.Tokens)
        {
            if (token.Kind == SqlTokenKind.Parameter && !text.Slice(token.Span).StartsWith("@@", StringComparison.Ordinal))
                values.Add(text.Slice(token.Span));
        }

        foreach (SqlHole hole in statement.Holes)
        {
            if (hole.Place == SqlHolePlace.Value && command.FilledWith(hole.Span.Start) is { } filled)
                values.Add("{" + filled + "}");
        }

        return values;
    }

    /// <summary>The key that the first one's row was given stands in the second, or in what comes between and is handed on.</summary>
    private static bool TakesMadeKey(SqlStatement first, SqlStatement second, CommandText command) =>
        first.Kind == SqlStatementKind.Insert
        && command.Script!.Statements.Any(statement => statement.Span.Start > first.Span.Start && statement.Span.Start <= second.Span.Start
            && (statement == second || statement.Kind is SqlStatementKind.Set or SqlStatementKind.Declare or SqlStatementKind.Select && ValuesOf(statement, command).Overlaps(ValuesOf(second, command)))
            && Names(statement, command.Script.Text, MadeKeys));

    private static bool Names(SqlStatement statement, SqlText text, HashSet<string> words) => statement.Tokens.Any(token => words.Contains(text.Slice(token.Span)));
}
