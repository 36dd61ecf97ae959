using DbRules.Catalog;
using DbRules.Engine.SqlTexts;
using DbRules.Hints;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text asks by NOT IN whether a value is among those of a subquery that can yield NULL.</summary>
public sealed class NotInWithNull() : DbRule(RuleCatalog.NotInWithNull)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        foreach (NullableSubquery found in context.Facts.SqlText.NullableSubqueriesOf(context.Sql, statement))
            context.Report(found.Condition.Operator, NotExistsRewrites.Of(context, found), found.Column);
    });
}
