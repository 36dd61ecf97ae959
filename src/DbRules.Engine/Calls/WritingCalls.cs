using DbRules.Engine.Models;
using DbRules.Sql;

namespace DbRules.Engine.Calls;

/// <summary>Which calls surely write, and which statements of their texts do.</summary>
internal static class WritingCalls
{
    /// <summary>
    /// Whether a call surely changes rows at once, as its row or its text says. What changes only the schema, or tables that nobody else sees, is none; nor is a text that is
    /// not in view, nor what goes through a session that pipelines: no transaction of one caller holds there.
    /// </summary>
    public static bool ChangesRows(DbCall call)
    {
        if (call.Model is not { } model || (model.Effect & (DbEffect.Saves | DbEffect.Writes | DbEffect.WritesBySql)) == 0 || model.Has(DbEffect.ChangesSchema) || !call.IsRoundTrip)
            return false;
        if (call.Body.IsPipelined(call))
            return false;
        if (!model.Has(DbEffect.WritesBySql))
            return true;
        if (call.Command.Script is { } script)
        {
            for (int i = 0; i < script.Statements.Count; i++)
            {
                if (ChangesRows(script.Statements[i], script))
                    return true;
            }
        }

        return false;
    }

    /// <summary>As <see cref="ChangesRows(DbCall)"/>, and also where the code asks for no rows and sends a text that is not in view, or a call of a procedure.</summary>
    public static bool Writes(DbCall call) => ChangesRows(call) || (call is { Model: { Rows: RowCount.None } model, IsRoundTrip: true } && model.Has(DbEffect.WritesBySql) && RunsUnseen(call.Command));

    /// <summary>The statements of a call's text that change rows which others can see; none when the text is unknown.</summary>
    public static IEnumerable<SqlStatement> StatementsOf(DbCall call) =>
        call.Command.Script is { } script ? script.Statements.Where(statement => ChangesRows(statement, script)) : [];

    private static bool ChangesRows(SqlStatement statement, SqlScript script)
    {
        if (statement is not { Effect: SqlEffect.Writes, Kind: SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge })
            return false;
        // Most texts need not be read for that.
        if (!script.MayWriteTemporary)
            return true;
        foreach (SqlTableUse use in statement.Tables)
        {
            if (use.Role == SqlTableRole.Written && script.IsTemporary(use.Table))
                return false;
        }

        return true;
    }

    private static bool RunsUnseen(CommandText command)
    {
        if (command.Script is not { } script)
            return true;
        foreach (SqlStatement statement in script.Statements)
        {
            if (statement.Kind is SqlStatementKind.Exec or SqlStatementKind.Call)
                return true;
        }

        return false;
    }
}
