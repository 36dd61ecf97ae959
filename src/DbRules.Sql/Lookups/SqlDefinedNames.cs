namespace DbRules.Sql;

/// <summary>Names that a schema change gives to something new.</summary>
public static class SqlDefinedNames
{
    /// <summary>The unquoted last names behind <c>CREATE</c> of a table, database or schema, and behind <c>RENAME TO</c>; empty for any other statement.</summary>
    public static IEnumerable<string> Of(SqlStatement statement)
    {
        if (statement.Kind != SqlStatementKind.Ddl)
            yield break;
        TokenWindow window = statement.Window;
        if (window.Is(0, SqlKeyword.Create) && (window.IsWord(1, "DATABASE") || window.IsWord(1, "SCHEMA")))
            yield return NameReader.Read(window, window.Is(2, SqlKeyword.If) ? 5 : 2, window.Count) is { Count: > 0 } name ? name.Last : "";
        foreach (SqlTableUse use in statement.Tables)
        {
            if (use.Role == SqlTableRole.Created)
                yield return use.Table.StatedName;
        }

        for (int i = 1; i < window.Count; i++)
        {
            if (window.Is(i, SqlKeyword.Rename, SqlKeyword.To) && NameReader.Read(window, i + 2, window.Count) is { Count: > 0 } renamed)
                yield return renamed.Last;
        }
    }
}
