using DbRules.Engine.Schema;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>Says which type a column has that a statement names, where files with SQL state its table.</summary>
internal sealed class ColumnTypes(TableShapes tables)
{
    /// <summary>The type as the schema writes it; null where it is not known, or where more than one table may have the column.</summary>
    public string? Of(SqlStatement statement, SqlExpression column)
    {
        if (statement.Queries.Count > 1 || statement.CommonTables.Count > 0)
            return null;
        SqlTable[] all = [.. statement.Queries.SelectMany(static query => query.Select?.Tables ?? []), .. statement.Query is null ? statement.Sources : [], .. statement.Target is { } target ? [target] : Array.Empty<SqlTable>()];
        SqlTable[] named = column.Qualifier is { } qualifier ? [.. all.Where(table => string.Equals(table.Reference, qualifier, StringComparison.OrdinalIgnoreCase))] : all;
        return named is [var only] ? tables.Of(only)?.Column(column.Name)?.SqlType : null;
    }
}
