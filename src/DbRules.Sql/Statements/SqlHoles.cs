namespace DbRules.Sql;

/// <summary>What the holes and parameters of a text stand for, as far as their places show it.</summary>
public static class SqlHoles
{
    private static readonly string[] RowSources = ["UNNEST", "OPENJSON", "OPENXML", "STRING_SPLIT", "JSON_TABLE", "JSON_EACH", "JSON_TO_RECORDSET", "JSONB_TO_RECORDSET", "JSON_POPULATE_RECORDSET", "JSONB_POPULATE_RECORDSET"];

    /// <summary>Whether a hole is a name or part of one, such as a table, or begins a statement: then the text is another one each time.</summary>
    public static bool StandForNames(SqlScript script)
    {
        for (int i = 0; i < script.Tokens.Count; i++)
        {
            SqlToken token = script.Tokens[i];
            if (token.IsName && token.Has(SqlTokenMarks.HasHole))
                return true;
            if (token.Kind != SqlTokenKind.Hole)
                continue;
            bool opensName = i == 0 || script.Tokens[i - 1].Keyword is SqlKeyword.Into or SqlKeyword.From or SqlKeyword.Update or SqlKeyword.Join or SqlKeyword.Delete or SqlKeyword.Table or SqlKeyword.Only;
            bool continuesName = (i > 0 && script.Tokens[i - 1] is { IsName: true } before && before.End == token.Start)
                || (i + 1 < script.Tokens.Count && script.Tokens[i + 1] is { IsName: true } behind && behind.Start == token.End);
            if (opensName || continuesName || IsText(script, i - 1, ".") || IsText(script, i + 1, ".") || IsText(script, i - 1, ";"))
                return true;
        }

        return false;
    }

    /// <summary>Whether one parameter holds many rows: <c>UNNEST(@ids)</c>, <c>OPENJSON(@rows)</c>.</summary>
    public static bool TakesManyRows(SqlScript script)
    {
        foreach (SqlToken token in script.Tokens)
        {
            if (token.IsName && RowSources.Contains(script.Text.Slice(token.Span), StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsText(SqlScript script, int index, string text) =>
        index >= 0 && index < script.Tokens.Count && script.Text.Slice(script.Tokens[index].Span) == text;
}
