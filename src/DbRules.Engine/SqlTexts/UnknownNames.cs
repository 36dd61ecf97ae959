using DbRules.Engine.Schema;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>A name in a SQL text that the schema in view does not have.</summary>
/// <param name="Place">The name; the table for a column that an insert lists.</param>
/// <param name="Name">The name.</param>
/// <param name="Table">The table that has no such column; empty where none of several has it, null for a table.</param>
/// <param name="Nearest">The only name of the schema that it differs from by a slip; null when there is none.</param>
public sealed record UnknownName(SqlSpan Place, string Name, string? Table, string? Nearest);

/// <summary>Finds them, where the schema in view states all tables, or all columns of a table.</summary>
internal sealed class UnknownNames(TableShapes tables)
{
    /// <summary>Columns that a table has without being told, and rows that a statement names so.</summary>
    private static readonly HashSet<string> Implied = new(
        ["rowid", "_rowid_", "oid", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "rownum", "level", "sysdate", "excluded", "inserted", "deleted", "new", "old", "dual"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of a statement, in text order; a column of several tables that a name without qualifier may belong to is none.</summary>
    public IEnumerable<UnknownName> In(SqlScript script, SqlStatement statement, SqlDialect dialect)
    {
        if (statement.Kind is not (SqlStatementKind.Select or SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete) || tables.IsEmpty || !statement.IsUnderstood)
            return [];
        // Without a table whose columns are all known no column can be missing.
        if (tables.AllNames is null && !statement.Tables.Any(use => tables.Of(use.Table) is { IsComplete: true }))
            return [];
        return TablesIn(script, statement).Concat(ColumnsIn(script, statement, dialect)).GroupBy(static found => found.Place).Select(static same => same.First()).OrderBy(static found => found.Place.Start);
    }

    private IEnumerable<UnknownName> TablesIn(SqlScript script, SqlStatement statement)
    {
        if (tables.AllNames is not { } all)
            yield break;
        foreach (SqlTableUse use in statement.Tables)
        {
            SqlTable table = use.Table;
            bool isPlain = table.Kind == SqlTableKind.Named && table.StatedName == table.Name && table.Qualifiers.Count < 2 && use.Role is SqlTableRole.Read or SqlTableRole.Written;
            if (isPlain && !all.Contains(table.Name, StringComparer.OrdinalIgnoreCase) && !Implied.Contains(table.Name) && !SystemTables.Contains(table) && !script.IsTemporary(table)
                && !tables.IsMapped(table.Name) && !script.AllStatements.SelectMany(SqlDefinedNames.Of).Contains(table.Name, StringComparer.OrdinalIgnoreCase))
            {
                yield return new UnknownName(table.NameSpan, table.Name, null, NearNames.NearestTo(table.Name, all));
            }
        }
    }

    private IEnumerable<UnknownName> ColumnsIn(SqlScript script, SqlStatement statement, SqlDialect dialect)
    {
        List<SqlTable> sources = [.. statement.Queries.SelectMany(static query => query.Select?.Tables ?? []), .. statement.Sources];
        if (statement.Target is { } target)
            sources.Add(target);
        string[] common = [.. statement.CommonTables.Concat(statement.Queries.SelectMany(static query => query.CommonTables)).Select(static table => table.Name)];
        foreach (SqlExpression column in ExpressionsOf(statement).SelectMany(static expression => expression.Nodes))
        {
            if (column is { IsColumn: true, HasHole: false, Qualifier: { } qualifier } && sources.FindAll(source => Is(source.Reference, qualifier)) is { Count: > 0 } named && named.TrueForAll(one => one.Name == named[0].Name)
                && Missing(script, named[0], column, common) is { } found)
            {
                yield return found;
            }
        }

        if (TablesOfPlainNames(statement) is not { Count: > 0 } owners)
            yield break;
        // PostgreSQL selects a row as a whole by the name of its table.
        HashSet<string> aliases = new([.. owners.Select(static owner => owner.Reference), .. statement.Query?.Select?.Items.Select(static item => item.Alias).OfType<string>() ?? []], StringComparer.OrdinalIgnoreCase);
        foreach (SqlExpression column in ExpressionsOf(statement).SelectMany(PlainColumns))
        {
            if (!aliases.Contains(column.Name) && !IsPerhapsText(script.Text, column, dialect) && Missing(script, owners, column, common) is { } found)
                yield return found;
        }

        foreach (string name in statement.Columns)
        {
            if (owners is [var only] && ShapeOf(script, only, common) is { } shape && shape.Column(name) is null)
                yield return new UnknownName(only.NameSpan, name, shape.Name, NearNames.NearestTo(name, shape.Columns.Select(static one => one.Name)));
        }
    }

    private UnknownName? Missing(SqlScript script, SqlTable table, SqlExpression column, string[] common) =>
        !Implied.Contains(column.Name) && ShapeOf(script, table, common) is { } shape && shape.Column(column.Name) is null
            ? new UnknownName(column.Span, column.Name, shape.Name, NearNames.NearestTo(column.Name, shape.Columns.Select(static one => one.Name)))
            : null;

    /// <summary>A column that none of several tables has, where all columns of each are known.</summary>
    private UnknownName? Missing(SqlScript script, IReadOnlyList<SqlTable> owners, SqlExpression column, string[] common)
    {
        if (owners is [var only])
            return Missing(script, only, column, common);
        var all = new List<string>();
        foreach (SqlTable table in owners)
        {
            if (Implied.Contains(column.Name) || ShapeOf(script, table, common) is not { } shape || shape.Column(column.Name) is not null)
                return null;
            all.AddRange(shape.Columns.Select(static one => one.Name));
        }

        return new UnknownName(column.Span, column.Name, "", NearNames.NearestTo(column.Name, all.Distinct(StringComparer.OrdinalIgnoreCase)));
    }

    private TableShape? ShapeOf(SqlScript script, SqlTable table, string[] common) =>
        common.Contains(table.Name, StringComparer.OrdinalIgnoreCase) || script.IsTemporary(table) ? null : tables.Of(table) is { IsComplete: true } shape ? shape : null;

    private static IEnumerable<SqlExpression> ExpressionsOf(SqlStatement statement) => statement.Conditions
        .Concat(statement.Assignments)
        .Concat(statement.Queries.Select(static query => query.Select).OfType<SqlSelect>().SelectMany(static select => select.Items.Select(static item => item.Expression).OfType<SqlExpression>()
            .Concat(select.Tables.Select(static table => table.On).OfType<SqlExpression>()).Concat(select.GroupBy).Concat(select.SortKeys.Select(static key => key.Expression))));

    /// <summary>The tables one of which a name without qualifier belongs to; null where there is a subquery, or something else than tables.</summary>
    private static IReadOnlyList<SqlTable>? TablesOfPlainNames(SqlStatement statement) => statement switch
    {
        { Kind: SqlStatementKind.Select, Queries: [{ Select: { HasSingleTable: true, Tables: [var table] } }] } => [table],
        { Kind: SqlStatementKind.Select, Queries: [{ Operands.Count: 0, Select: { Tables: { Count: > 1 } tables } }] } when tables.All(static table => table.Kind == SqlTableKind.Named && table.StatedName == table.Name) => tables,
        { Kind: not SqlStatementKind.Select, Queries.Count: 0, Sources.Count: 0, Target: { } target } => [target],
        _ => null,
    };

    /// <summary>The columns that stand by themselves or are compared: inside functions a word may be a unit, a type or an option.</summary>
    private static IEnumerable<SqlExpression> PlainColumns(SqlExpression expression)
    {
        var open = new Stack<SqlExpression>();
        open.Push(expression);
        while (open.Count > 0)
        {
            SqlExpression node = open.Pop();
            if (node is { IsColumn: true, HasHole: false, Qualifier: null })
                yield return node;
            if (node.Kind is SqlExpressionKind.And or SqlExpressionKind.Or or SqlExpressionKind.Not or SqlExpressionKind.Comparison or SqlExpressionKind.Like or SqlExpressionKind.In or SqlExpressionKind.Between or SqlExpressionKind.IsNull)
            {
                foreach (SqlExpression operand in node.Operands)
                    open.Push(operand);
            }
        }
    }

    /// <summary>Some databases take a name in double quotes for text where no column has it.</summary>
    private static bool IsPerhapsText(SqlText text, SqlExpression column, SqlDialect dialect) =>
        text.Slice(column.Span).StartsWith("\"", StringComparison.Ordinal) && dialect is not (SqlDialect.PostgreSql or SqlDialect.SqlServer or SqlDialect.Oracle);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
