using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.SqlTexts;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.SqlText;

/// <summary>A value becomes part of the text of a statement.</summary>
public sealed class SplicedValue() : DbRule(RuleCatalog.SplicedValue)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        if (body.SplicedValues is not { IsEmpty: false } values)
            return;
        foreach (IGrouping<SentSql, Engine.SqlTexts.SplicedValue> text in values.GroupBy(static value => value.Sql))
        {
            ParameterPlan? plan = body.Facts.SqlText.ParametersFor([.. text.Where(static value => value is { Harm: not SpliceHarm.ChangesName, IsByHelper: false })], body.Option(RuleOptions.SqlDialect));
            foreach (Engine.SqlTexts.SplicedValue value in text)
            {
                body.Report(
                    value.Location,
                    value.LocationInHelper is { } splice ? [splice] : [],
                    SpliceHint.Of(plan, value),
                    CodeText.Short(value.Value.Syntax),
                    WordsFor(value.Harm));
            }
        }
    });

    private static string WordsFor(SpliceHarm harm) => harm switch
    {
        SpliceHarm.DependsOnCulture => ", written as the culture of the machine has it: pass it as a parameter",
        SpliceHarm.ChangesName => " where a name stands, and can change the statement: no parameter can stand there, so take it from a list of the names that are allowed",
        _ => ", and can change the statement: pass it as a parameter",
    };
}
