using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text chooses rows by what a function, a conversion or arithmetic makes of a column, and by nothing else.</summary>
public sealed class ColumnHiddenFromIndex() : DbRule(RuleCatalog.ColumnHiddenFromIndex)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        SqlScript script = context.Sql.Script;
        SqlDialect dialect = context.Dialect;
        foreach (HiddenColumn hidden in HiddenColumn.Of(script, statement, dialect))
        {
            if (context.HasFewRows(statement))
                return;
            string? range = context.Facts.SqlText.TypeOf(statement, hidden.Column) is { } type ? DateRange.Of(script.Text, hidden, type, dialect) : null;
            context.Report(
                hidden.Expression.Span,
                range is null ? null : context.Rewrite((hidden.Condition.Span, range)),
                script.Text.Slice(hidden.Expression.Span).Replace(Sql.SqlText.HoleCharacter.ToString(), "{..}"),
                hidden.Column.Name);
        }
    });
}
