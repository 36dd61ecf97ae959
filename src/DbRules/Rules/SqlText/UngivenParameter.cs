using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text has a parameter that the call gives no value.</summary>
public sealed class UngivenParameter() : DbRule(RuleCatalog.UngivenParameter)
{
    protected override void Register(RuleContext rule) => rule.OnSql(static context =>
    {
        if (!context.Sql.Script.Tokens.Any(static token => token.Kind == SqlTokenKind.Parameter))
            return;
        foreach (Engine.SqlTexts.UngivenParameter parameter in context.Facts.SqlText.UngivenParametersOf(context.Sql, context.Dialect))
        {
            string written = context.Sql.Script.Text.Slice(parameter.Places[0]);
            string? renamed = parameter.Nearest is { } nearest ? written[0] + nearest : null;
            context.Report(
                parameter.Places[0],
                renamed is null ? null : context.Rewrite([.. parameter.Places.Select(place => (place, renamed))]),
                written,
                parameter.Nearest is { } given ? $": '{given}' is given and not used" : "");
        }
    });
}
