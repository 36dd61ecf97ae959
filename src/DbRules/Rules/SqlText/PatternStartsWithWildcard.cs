using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text chooses rows by a pattern that may begin with anything, and by nothing else.</summary>
public sealed class PatternStartsWithWildcard() : DbRule(RuleCatalog.PatternStartsWithWildcard)
{
    protected override void Register(RuleContext rule) => rule.OnSql(static context =>
    {
        SqlScript script = context.Sql.Script;
        foreach (SqlStatement statement in script.Statements)
        {
            foreach (SqlExpression pattern in LeadingWildcard.PatternsOf(script, statement))
            {
                if (context.HasFewRows(statement))
                    break;
                context.Report(pattern.Span, hint: null, script.Text.Slice(pattern.Span).Replace(Sql.SqlText.HoleCharacter.ToString(), "{..}"));
            }
        }
    });
}
