using DbRules.Engine.Schema;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds inserts that name no columns, and which columns they mean.</summary>
internal sealed class UnnamedInserts(TableShapes tables)
{
    /// <summary>Those of a text. What the text itself creates, temporary tables and statements that may name columns in a hole are left out.</summary>
    public IEnumerable<UnnamedInsert> In(SentSql sql, SqlDialect dialect)
    {
        foreach (SqlStatement statement in sql.Script.AllStatements)
        {
            if (statement is { Kind: SqlStatementKind.Insert, Columns.Count: 0, Target: { StatedName.Length: > 0 } table }
                && SourceOf(statement) is { } source
                && !(statement.NotUnderstood is { } unread && unread.Start <= source.Span.Start)
                && !sql.Script.IsTemporary(table)
                && !IsCreatedIn(sql.Script, table))
            {
                yield return new UnnamedInsert(table, ColumnsOf(statement, table, sql.Script.Text, dialect));
            }
        }
    }

    /// <summary>The values or the query that gives the rows; null for defaults, procedures and assignments.</summary>
    private static SqlClause? SourceOf(SqlStatement statement)
    {
        if (statement.Assignments.Count > 0 && statement.Rows.Count == 0 && statement.Query is null)
            return null;
        return statement.Clauses.FirstOrDefault(clause => clause.Kind == SqlClauseKind.Values ? statement.Rows.Count > 0 : clause.Kind == SqlClauseKind.Source && statement.Query is not null);
    }

    private static bool IsCreatedIn(SqlScript script, SqlTable table) =>
        script.AllStatements.Any(statement => statement.Tables.Any(use => use.Role == SqlTableRole.Created && string.Equals(use.Table.Name, table.Name, StringComparison.OrdinalIgnoreCase)));

    private string? ColumnsOf(SqlStatement statement, SqlTable table, SqlText text, SqlDialect dialect)
    {
        if (!statement.IsUnderstood || tables.Of(table) is not { IsComplete: true } shape || shape.Columns.Any(static column => column.IsComputed == true))
            return null;
        List<ColumnShape>? columns = shape.IsInOrder ? InOrder(statement, shape, dialect) : ByParameters(statement, shape);
        if (columns is null)
            return null;
        string written = text.Slice(table.NameSpan);
        List<string> names = [.. columns.Select(column => ColumnSpelling.Of(column, written, dialect)).OfType<string>()];
        return names.Count == columns.Count ? string.Join(", ", names) : null;
    }

    /// <summary>All columns that an insert without names writes; null where their number is another than that of the values.</summary>
    private static List<ColumnShape>? InOrder(SqlStatement statement, TableShape shape, SqlDialect dialect)
    {
        bool countsItself = shape.Columns.Any(static column => column.IsIdentity == true);
        if (countsItself && dialect == SqlDialect.Unknown)
            return null;
        // SQL Server leaves out the column that it counts.
        List<ColumnShape> columns = [.. shape.Columns.Where(column => column.IsIdentity != true || dialect != SqlDialect.SqlServer)];
        bool isMatched = statement.Rows.Count > 0
            ? statement.Rows.All(row => row.Count == columns.Count && !row.Any(static value => value.Kind == SqlExpressionKind.Hole))
            : statement.Query is { HasStar: false, Operands.Count: 0, Select: { } select } && select.Items.Count == columns.Count;
        return isMatched ? columns : null;
    }

    /// <summary>The columns whose names the parameters have, each of them once.</summary>
    private static List<ColumnShape>? ByParameters(SqlStatement statement, TableShape shape)
    {
        if (statement.Rows is not [var row] || row.Count != shape.Columns.Length)
            return null;
        var columns = new List<ColumnShape>(row.Count);
        foreach (SqlExpression value in row)
        {
            if (value.Kind != SqlExpressionKind.Parameter || shape.Column(value.Name) is not { } column || columns.Contains(column))
                return null;
            columns.Add(column);
        }

        return columns;
    }
}
