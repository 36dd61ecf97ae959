using DbRules.Engine.Schema;
using DbRules.Sql;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Decides how many rows the text of a query lets through. What is not understood counts as a limit.</summary>
internal sealed class SqlRowBounds(EntityTables tables, UniqueKeys keys, SmallTables smallTables)
{
    private const int MostNesting = 8;

    /// <summary>What limits the rows of a query of a script.</summary>
    public RowBound Of(SqlScript script, SqlQuery query) => Of(new Scope(script, []), query);

    /// <summary>What limits the rows that a query of a script chooses from, the clauses that count them left aside. A set operation counts as a limit.</summary>
    public RowBound OfChoice(SqlScript script, SqlQuery query) =>
        query is { InnerBound: null, Operands.Count: 0, Select: { IsUnderstood: true } select } ? OfSelect(new Scope(script, []).Inside(query), select) : RowBound.Limited;

    /// <summary>The first table that a statement reads and that is not known to have few rows, those of its own <c>FROM</c> before others; null when there is none.</summary>
    public SqlTable? GrowingTableOf(SqlStatement statement)
    {
        // Common tables are in FROM, but not among the tables of the statement.
        IEnumerable<SqlTable> named = statement.Tables.Select(static use => use.Table).Where(table => IsPlain(table) && !IsSmall(table));
        return named.FirstOrDefault(table => statement.Sources.Any(source => source.NameSpan == table.NameSpan)) ?? named.FirstOrDefault();
    }

    private static bool IsPlain(SqlTable table) => table.Kind is SqlTableKind.Named or SqlTableKind.Other && table.StatedName.Length > 0;

    private bool IsSmall(SqlTable table) => SmallTables.NamesFew(table.StatedName) || (tables.Of(table.StatedName) is { } entity && smallTables.Contains(entity));

    private RowBound Of(Scope scope, SqlQuery query)
    {
        if (query.Bound is not null || scope.Depth > MostNesting)
            return RowBound.Limited;
        Scope inner = scope.Inside(query);
        if (query.Operands.Count == 0)
            return query.Select is { IsUnderstood: true } select ? OfSelect(inner, select) : RowBound.Limited;
        bool isUnion = query.SetOperators.All(sign => inner.Script.Text.Slice(sign).Equals("UNION", StringComparison.OrdinalIgnoreCase));
        return isUnion ? query.Operands.Min(operand => Of(inner, operand)) : RowBound.Limited;
    }

    private RowBound OfSelect(Scope scope, SqlSelect select)
    {
        if (select.IsDistinct || select.Has(SqlClauseKind.GroupBy) || select.Has(SqlClauseKind.Having) || select.Has(SqlClauseKind.Into) || IsDocument(scope, select) || select.Tables.Count == 0)
            return RowBound.Limited;
        RowBound bound = OfCondition(scope, select, select.Where);
        bool canGrow = false;
        foreach (SqlTable table in select.Tables)
        {
            canGrow |= !IsPlain(table) || !IsSmall(table);
            // A left join gives each row of what stands before it, whether the joined rows are few or not.
            if (table.Join == SqlJoinKind.Left)
                continue;
            bound = Larger(bound, Larger(OfTable(scope, table), OfCondition(scope, select, table.On)));
        }

        return canGrow ? bound : RowBound.Limited;
    }

    /// <summary>Whether the rows come as one text.</summary>
    private static bool IsDocument(Scope scope, SqlSelect select) =>
        select.Find(SqlClauseKind.For) is { } clause && scope.Script.Text.Slice(clause.Body).TrimStart() is var kind && (kind.StartsWith("XML", StringComparison.OrdinalIgnoreCase) || kind.StartsWith("JSON", StringComparison.OrdinalIgnoreCase));

    private RowBound OfTable(Scope scope, SqlTable table)
    {
        if (table.Query is { } query)
            return Of(scope.Deeper(), query);
        if (!IsPlain(table))
            return RowBound.Limited;
        if (scope.CommonTable(table) is { } common)
            return common.Query is { } inner ? Of(scope.Deeper(), inner) : RowBound.Limited;
        return SystemTables.Contains(table) || scope.Script.IsTemporary(table) ? RowBound.Limited : RowBound.WholeTable;
    }

    private RowBound OfCondition(Scope scope, SqlSelect select, SqlExpression? condition)
    {
        if (condition is null || scope.Depth > MostNesting)
            return condition is null ? RowBound.WholeTable : RowBound.Limited;
        if (IsKeyGiven(scope, select, condition))
            return RowBound.Limited;
        RowBound bound = RowBound.WholeTable;
        foreach (SqlExpression part in condition.Conjuncts)
        {
            RowBound found = part.Kind switch
            {
                SqlExpressionKind.Or => part.Operands.Min(operand => OfCondition(scope.Deeper(), select, operand)),
                SqlExpressionKind.Exists or SqlExpressionKind.In when part is { Query: { } query, IsNegated: false } => Of(scope.Deeper(), query),
                _ => RowBound.WholeTable,
            };
            bound = Larger(bound, found == RowBound.WholeTable && Selects(part) ? RowBound.Filter : found);
        }

        return bound;
    }

    /// <summary>Whether a condition may hold for some rows and not for others. One that says which rows belong together does not, nor one that always holds.</summary>
    private static bool Selects(SqlExpression condition) => condition.Kind switch
    {
        SqlExpressionKind.Comparison => !condition.Operands.All(static operand => operand.IsColumn) && !condition.Operands.All(static operand => operand.Kind == SqlExpressionKind.Literal),
        SqlExpressionKind.Literal => false,
        _ => true,
    };

    /// <summary>One row, the rows of one other row, or those of a list in memory.</summary>
    private bool IsKeyGiven(Scope scope, SqlSelect select, SqlExpression condition)
    {
        List<SqlExpression>? equal = null;
        foreach (SqlRestriction restriction in SqlRestriction.Of(scope.Script.Text, condition))
        {
            switch (restriction.Kind)
            {
                case SqlRestrictionKind.Equality when IsOneValue(restriction):
                    if (TableNames.IsKey(restriction.Column.Name) && (!IsLiteral(restriction) || IsOwnKey(select, restriction.Column)))
                        return true;
                    (equal ??= []).Add(restriction.Column);
                    break;
                case SqlRestrictionKind.List when IsListOfKeys(restriction):
                case SqlRestrictionKind.Range when restriction.Condition.Kind == SqlExpressionKind.Between && TableNames.IsKey(restriction.Column.Name):
                    return true;
            }
        }

        return equal is not null && equal.Exists(column => TableOf(select, column) is { } table && tables.Of(table.StatedName) is { } entity && IdentifiesRow(entity, equal.FindAll(other => TableOf(select, other) == table)));
    }

    private bool IdentifiesRow(ITypeSymbol entity, List<SqlExpression> equal) =>
        keys.Of(entity).Any(key => !key.IsEmpty && key.All(name => equal.Exists(column => TableNames.Pascal(column.Name).Equals(name, StringComparison.OrdinalIgnoreCase))));

    private static bool IsOwnKey(SqlSelect select, SqlExpression column) => TableOf(select, column) is { } table && TableNames.IsKeyOf(table.StatedName, column.Name);

    private static bool IsLiteral(SqlRestriction restriction) => Value(restriction)?.Kind == SqlExpressionKind.Literal;

    /// <summary>Whether a column equals a value that is the same for all rows.</summary>
    private static bool IsOneValue(SqlRestriction restriction) =>
        restriction.IsGiven || Value(restriction)?.All(static node => !node.IsColumn && node.Kind != SqlExpressionKind.Unknown) == true;

    private static SqlExpression? Value(SqlRestriction restriction) =>
        restriction.Condition.Operands.FirstOrDefault(operand => operand != restriction.Column);

    private static bool IsListOfKeys(SqlRestriction restriction)
    {
        if (restriction.Condition.Query is not null)
            return false;
        SqlExpression? list = Value(restriction);
        bool isOneParameter = list?.All(static node => node.Kind is SqlExpressionKind.List or SqlExpressionKind.Call or SqlExpressionKind.Cast or SqlExpressionKind.Parameter or SqlExpressionKind.Hole) == true;
        return isOneParameter || (restriction.IsGiven && TableNames.IsKey(restriction.Column.Name));
    }

    private static SqlTable? TableOf(SqlSelect select, SqlExpression column) => column.Qualifier is { } qualifier
        ? select.Tables.FirstOrDefault(table => table.Reference.Equals(qualifier, StringComparison.OrdinalIgnoreCase))
        : select.Tables.Count == 1 ? select.Tables[0] : null;

    private static RowBound Larger(RowBound left, RowBound right) => left > right ? left : right;

    /// <summary>The common tables in sight, and how deep the query lies.</summary>
    private sealed record Scope(SqlScript Script, IReadOnlyList<SqlCommonTable> CommonTables, int Depth = 0)
    {
        public Scope Inside(SqlQuery query) => query.CommonTables.Count == 0 ? this : this with { CommonTables = [.. query.CommonTables, .. CommonTables] };

        public Scope Deeper() => this with { Depth = Depth + 1 };

        public SqlCommonTable? CommonTable(SqlTable table) =>
            table.Qualifiers.Count > 0 ? null : CommonTables.FirstOrDefault(common => common.Name.Equals(table.Name, StringComparison.OrdinalIgnoreCase));
    }
}
