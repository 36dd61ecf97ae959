using DbRules.Catalog;
using DbRules.Sql;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text or a query sorts rows at random.</summary>
public sealed class RandomOrderOfRows() : DbRule(RuleCatalog.RandomOrderOfRows)
{
    protected override void Register(RuleContext rule)
    {
        rule.OnStatement(static (context, statement) =>
        {
            foreach (RandomOrder order in context.Facts.SqlText.RandomOrdersOf(context.Sql, statement))
                context.Report(order.Key.Span, null, order.Function);
        });
        rule.OnCall(static call =>
        {
            if (call.Facts.ResultSize.RandomOrderOf(call.Call) is { } function)
                call.ReportAt(function, null, function.TargetMethod.Name);
        });
    }
}
