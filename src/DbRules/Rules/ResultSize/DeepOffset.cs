using DbRules.Catalog;

namespace DbRules.Rules.ResultSize;

/// <summary>A query skips rows that the database reads all the same.</summary>
public sealed class DeepOffset() : DbRule(RuleCatalog.DeepOffset)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.OffsetOf(call.Call) is { } skip)
            call.ReportAt(skip, hint: null, skip.TargetMethod.Name);
    });
}
