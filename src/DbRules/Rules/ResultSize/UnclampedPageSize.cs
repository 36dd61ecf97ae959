using DbRules.Catalog;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.ResultSize;

/// <summary>A public method takes as many rows as its caller says.</summary>
public sealed class UnclampedPageSize() : DbRule(RuleCatalog.UnclampedPageSize)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.UnclampedCountOf(call.Call) is { } count)
            call.ReportAt(count, new PageSizeHint { Count = count.Syntax.Span, Limit = call.Option(RuleOptions.DefaultLimit) }, count.Syntax.ToString());
    });
}
