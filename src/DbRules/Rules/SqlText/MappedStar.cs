using DbRules.Catalog;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text selects all columns of a table to fill the members of a type.</summary>
public sealed class MappedStar() : DbRule(RuleCatalog.MappedStar)
{
    protected override void Register(RuleContext rule) => rule.OnSql(static context =>
    {
        foreach (Engine.SqlTexts.MappedStar star in context.Facts.SqlText.MappedStarsOf(context.Sql, context.Dialect))
        {
            context.Report(
                star.Span,
                star.Columns is { } columns ? context.Rewrite((star.Span, columns)) : null,
                context.Sql.Script.Text.Slice(star.Span),
                star.Row.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    });
}
