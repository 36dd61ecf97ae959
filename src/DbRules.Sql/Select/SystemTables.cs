namespace DbRules.Sql;

/// <summary>Tables and views by which a database describes itself.</summary>
public static class SystemTables
{
    private static readonly HashSet<string> Schemas = new(StringComparer.OrdinalIgnoreCase)
    {
        "information_schema", "pg_catalog", "pg_toast", "sys", "mysql", "performance_schema",
    };

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_sequence", "sqlite_stat1", "sysobjects", "syscolumns", "sysindexes", "sysdatabases", "dual",
    };

    private static readonly string[] Beginnings = ["pg_", "user_tab", "all_tab", "dba_", "v$", "gv$", "user_objects", "all_objects", "user_constraints", "all_constraints", "user_indexes", "all_indexes", "user_sequences", "all_sequences", "user_cons", "all_cons"];

    /// <summary>Whether a table is such a one, by its schema or its name.</summary>
    public static bool Contains(SqlTable table) =>
        Names.Contains(table.Name) || BeginsAsSuch(table.Name) || (table.Qualifiers.Count > 0 && table.Qualifiers.Any(static qualifier => Schemas.Contains(qualifier)));

    private static bool BeginsAsSuch(string name)
    {
        foreach (string beginning in Beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
