using DbRules.Engine.Schema;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>A <c>NOT IN</c> over a subquery that can yield NULL: with one NULL among its values the condition is never true.</summary>
/// <param name="Condition">The condition, <c>value NOT IN (query)</c>; for <c>NOT value IN (query)</c> what stands behind the <c>NOT</c>.</param>
/// <param name="Column">The name of the column that can be NULL, or <c>NULL</c> itself.</param>
/// <param name="Outer">The one table around the condition that a name without qualifier belongs to; null when there are others, or when that is not known.</param>
public sealed record NullableSubquery(SqlExpression Condition, string Column, SqlTable? Outer);

/// <summary>Finds them: only where the text or the schema proves that NULL can come.</summary>
internal sealed class NullableSubqueries(TableShapes tables)
{
    /// <summary>Those of a statement, each before those inside it.</summary>
    public IEnumerable<NullableSubquery> In(SqlScript script, SqlStatement statement) => statement.Has(SqlKeyword.Not) && statement.Has(SqlKeyword.In) ? Find(script, statement) : [];

    private IEnumerable<NullableSubquery> Find(SqlScript script, SqlStatement statement)
    {
        int limit = statement.NotUnderstood?.Start ?? int.MaxValue;
        HashSet<SqlSpan>? seen = null;
        foreach (SqlExpression node in statement.Conditions.SelectMany(static condition => condition.Nodes))
        {
            bool isIn = node is { Kind: SqlExpressionKind.In, IsNegated: true } || node is { Kind: SqlExpressionKind.Not, Operands: [{ Kind: SqlExpressionKind.In, IsNegated: false }] };
            if (!isIn || node.Span.End > limit)
                continue;
            SqlExpression condition = node.Kind == SqlExpressionKind.Not ? node.Operands[0] : node;
            if (condition.Query is { } query && NullIn(script.Text, query) is { } column && (seen ??= []).Add(condition.Span))
                yield return new NullableSubquery(condition, column, OuterOf(statement, condition, query));
        }
    }

    /// <summary>What can be NULL among the values of a query; null when nothing is known to be.</summary>
    private string? NullIn(SqlText text, SqlQuery query) => query.Operands.Count > 0
        ? query.Operands.Select(operand => NullIn(text, operand)).FirstOrDefault(static column => column is not null)
        : query.Select is { IsUnderstood: true, Items: [{ Expression: { } value }] } select ? NullIn(text, select, value) : null;

    private string? NullIn(SqlText text, SqlSelect select, SqlExpression value)
    {
        if (value.Kind == SqlExpressionKind.Literal)
            return text.Slice(value.Span).Equals("NULL", StringComparison.OrdinalIgnoreCase) ? "NULL" : null;
        if (!value.IsColumn || IsRejected(select, column => IsSame(column, value, select)) || TableOf(select, value) is not { } table)
            return null;
        bool isNullable = tables.Of(table)?.Column(value.Name)?.IsNullable == true || (IsOptional(select, table) && !IsRejected(select, column => IsOf(column, table)));
        return isNullable ? value.Name : null;
    }

    /// <summary>The table of a column: by its qualifier, or the only one.</summary>
    private static SqlTable? TableOf(SqlSelect select, SqlExpression column)
    {
        IEnumerable<SqlTable> candidates = select.Tables.Where(table => column.Qualifier is null || IsOf(column, table));
        return candidates.Take(2).ToList() is [var only] && (column.Qualifier is not null || select.Tables.Count == 1) ? only : null;
    }

    /// <summary>Whether an outer join can leave a table without a row, so that all its columns are NULL.</summary>
    private static bool IsOptional(SqlSelect select, SqlTable table)
    {
        bool isBehind = false;
        foreach (SqlTable other in select.Tables)
        {
            if (other == table)
            {
                isBehind = true;
                if (table.Join is SqlJoinKind.Left or SqlJoinKind.Full)
                    return true;
            }
            else if (isBehind && other.Join is SqlJoinKind.Right or SqlJoinKind.Full)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a condition lets no row through in which a column is NULL.</summary>
    private static bool IsRejected(SqlSelect select, Func<SqlExpression, bool> isColumn) =>
        (select.Where?.Conjuncts ?? []).Concat(select.Tables.Where(static table => table.Join is SqlJoinKind.Inner or SqlJoinKind.None).SelectMany(static table => table.On?.Conjuncts ?? [])).Any(condition => Rejects(condition, isColumn));

    /// <summary>Whether a condition is not true when a column is NULL. What is not understood counts as such.</summary>
    private static bool Rejects(SqlExpression condition, Func<SqlExpression, bool> isColumn) => condition.Kind switch
    {
        SqlExpressionKind.IsNull => condition.IsNegated && condition.Any(isColumn),
        SqlExpressionKind.Or => condition.Operands.All(operand => operand.Conjuncts.Any(part => Rejects(part, isColumn))),
        SqlExpressionKind.Exists => false,
        _ => condition.Any(isColumn),
    };

    private static bool IsSame(SqlExpression column, SqlExpression value, SqlSelect select) => column.IsColumn
        && string.Equals(column.Name, value.Name, StringComparison.OrdinalIgnoreCase)
        && (column.Qualifier is null || value.Qualifier is null
            ? select.Tables.Count == 1
            : string.Equals(column.Qualifier, value.Qualifier, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(SqlExpression column, SqlTable table) =>
        column.IsColumn && column.Qualifier is { } qualifier && string.Equals(qualifier, table.Reference, StringComparison.OrdinalIgnoreCase);

    /// <summary>The only table of the query, or the target of the statement, that the condition stands in.</summary>
    private static SqlTable? OuterOf(SqlStatement statement, SqlExpression condition, SqlQuery inner)
    {
        SqlQuery? around = statement.Queries
            .Where(query => query != inner && query.Span.Start <= condition.Span.Start && query.Span.End >= condition.Span.End)
            .OrderBy(static query => query.Span.Length).FirstOrDefault();
        if (around is not null)
            return around is { Operands.Count: 0, Select: { HasSingleTable: true, Tables: [var only] } } ? only : null;
        return statement is { Sources.Count: 0, Target: { Kind: SqlTableKind.Named } target } ? target : null;
    }
}
