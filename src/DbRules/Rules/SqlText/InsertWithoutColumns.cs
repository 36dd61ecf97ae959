using DbRules.Catalog;
using DbRules.Engine.SqlTexts;
using DbRules.Hints;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text inserts rows and leaves it to the table which column gets which value.</summary>
public sealed class InsertWithoutColumns() : DbRule(RuleCatalog.InsertWithoutColumns)
{
    protected override void Register(RuleContext rule) => rule.OnSql(static context =>
    {
        if (!context.Statements.Any(static statement => statement.Kind == SqlStatementKind.Insert))
            return;
        foreach (UnnamedInsert insert in context.Facts.SqlText.UnnamedInsertsOf(context.Sql, context.Dialect))
        {
            SqlRewriteHint? hint = insert.Columns is { } columns ? context.Rewrite((new SqlSpan(insert.Table.Span.End, 0), $" ({columns})")) : null;
            context.Report(insert.Table.NameSpan, hint, insert.Table.StatedName);
        }
    });
}
