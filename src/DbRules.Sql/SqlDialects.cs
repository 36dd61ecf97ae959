namespace DbRules.Sql;

/// <summary>Dialects by the words that options and models use.</summary>
public static class SqlDialects
{
    /// <summary>The words that <see cref="TryParse"/> knows.</summary>
    public static IReadOnlyList<string> Words { get; } = ["postgresql", "sqlserver", "mysql", "sqlite", "oracle"];

    /// <summary>
    /// Reads one of <see cref="Words"/>, in any letter case. False, and <see cref="SqlDialect.Unknown"/>, for null and any other text.
    /// </summary>
    public static bool TryParse(string? word, out SqlDialect dialect)
    {
        dialect = word?.ToLowerInvariant() switch
        {
            "postgresql" => SqlDialect.PostgreSql,
            "sqlserver" => SqlDialect.SqlServer,
            "mysql" => SqlDialect.MySql,
            "sqlite" => SqlDialect.Sqlite,
            "oracle" => SqlDialect.Oracle,
            _ => SqlDialect.Unknown,
        };
        return dialect != SqlDialect.Unknown;
    }
}
