namespace DbRules.Sql;

/// <summary>The database whose SQL a text is written in.</summary>
public enum SqlDialect
{
    Unknown = 0,
    PostgreSql,
    SqlServer,
    MySql,
    Sqlite,
    Oracle,
}
