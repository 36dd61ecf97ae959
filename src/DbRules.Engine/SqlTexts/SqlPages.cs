using System.Globalization;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;

namespace DbRules.Engine.SqlTexts;

/// <summary>A part of the rows of a table that SQL text takes in no order.</summary>
/// <param name="Clause">The clause that skips or counts the rows.</param>
/// <param name="Table">The table that they come from.</param>
public sealed record UnorderedRows(SqlSpan Clause, string Table);

/// <summary>Answers in which order SQL text takes a part of the rows.</summary>
internal sealed class SqlPages(ResultSizeFacts sizes)
{
    /// <inheritdoc cref="SqlTextFacts.UnorderedRowsOf"/>
    public UnorderedRows? UnorderedRowsOf(SentSql sql, SqlStatement statement)
    {
        if (!statement.Has(SqlKeyword.Limit) && !statement.Has(SqlKeyword.Offset) && !statement.Has(SqlKeyword.Top) && !statement.Has(SqlKeyword.Fetch))
            return null;
        if (statement is not { Kind: SqlStatementKind.Select, Effect: SqlEffect.Reads, Query: { IsOrdered: false, RowLock: null, InnerBound: null, Operands.Count: 0, Select: { } select } query } || !statement.IsUnderstood)
            return null;
        if ((query.Offset ?? Counted(sql.Script, query)) is not { } clause || (query.Offset is null && !TakesShare(sql)))
            return null;
        bool isFromOrder = query.CommonTables.Any(static common => common.Query?.IsOrdered == true) || select.Tables.Any(static table => table.Query?.IsOrdered == true);
        bool asksForExistence = select.Items.All(static item => item.Kind == SqlSelectItemKind.Constant);
        if (isFromOrder || asksForExistence || sql.Call?.Query?.Has(QueryStep.Order) == true || select.Tables.Any(table => LeavesLockedRows(sql.Script, table)))
            return null;
        return sizes.SqlBounds.OfChoice(sql.Script, query) != RowBound.Limited && sizes.SqlBounds.GrowingTableOf(statement) is { } table ? new UnorderedRows(clause, table.StatedName) : null;
    }

    /// <inheritdoc cref="SqlTextFacts.RandomOrdersOf"/>
    public IEnumerable<RandomOrder> RandomOrdersOf(SentSql sql, SqlStatement statement) =>
        !statement.Has(SqlKeyword.Order) ? [] : RandomOrder.Of(statement).Where(order => sizes.SqlBounds.OfChoice(sql.Script, order.Query) != RowBound.Limited && sizes.SqlBounds.GrowingTableOf(statement) is not null);

    /// <summary>The clause that takes more than one row or two of many; null without one.</summary>
    private static SqlSpan? Counted(SqlScript script, SqlQuery query) =>
        query.Bound is { Kind: SqlBoundKind.Limit or SqlBoundKind.Top or SqlBoundKind.Fetch, Count: { } count, Span: var span } && !IsOneOrTwo(script, count) ? span : null;

    private static bool IsOneOrTwo(SqlScript script, SqlExpression count) =>
        count.Kind == SqlExpressionKind.Literal && int.TryParse(script.Text.Slice(count.Span), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 2;

    /// <summary>One row, or a batch of work that a loop comes back for, is another thing than a part that somebody looks at.</summary>
    private static bool TakesShare(SentSql sql) => sql.Call is not { } call || (call.Rows == RowCount.Many && !Iterations.MayRepeat(call.Operation));

    /// <summary>A worker that takes what no other one has: any row will do.</summary>
    private static bool LeavesLockedRows(SqlScript script, SqlTable table) =>
        table.Hints is { } hints && script.Text.Slice(hints) is var words && (words.IndexOf("READPAST", StringComparison.OrdinalIgnoreCase) >= 0 || words.IndexOf("UPDLOCK", StringComparison.OrdinalIgnoreCase) >= 0);
}
