namespace DbRules.Sql;

/// <summary>Is a name a column, or a value that the database computes?</summary>
internal static class ColumnNames
{
    private static readonly HashSet<string> Computed = new(StringComparer.OrdinalIgnoreCase)
    {
        "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "FALSE", "LEVEL", "LOCALTIME", "LOCALTIMESTAMP", "ROWNUM",
        "SESSION_USER", "SYSDATE", "SYSTEM_USER", "SYSTIMESTAMP", "TRUE", "USER", "UTC_TIMESTAMP",
    };

    /// <summary>Whether the name that fills the range is a column's; a qualified or quoted name always is.</summary>
    public static bool IsColumn(TokenWindow window, int start, int end)
    {
        if (end - start != 1 || window[start].Kind == SqlTokenKind.QuotedIdentifier)
            return true;
        string written = window.TextOf(start);
        return written[0] != '@' && !Computed.Contains(written);
    }
}
