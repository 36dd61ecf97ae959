using DbRules.Catalog;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>A query skips or takes rows that come in no order.</summary>
public sealed class UnorderedPage() : DbRule(RuleCatalog.UnorderedPage)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.UnorderedPageOf(call.Call) is { } page)
            call.ReportAt(page.Step, RowLimitHints.From(page.Place, limit: null), page.Step.TargetMethod.Name, call.Call.Query!.Entity!.Name);
    });
}
