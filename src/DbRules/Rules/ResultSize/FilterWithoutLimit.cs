using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.ResultSize;

/// <summary>A query takes every row into memory that passes a filter.</summary>
public sealed class FilterWithoutLimit() : DbRule(RuleCatalog.FilterWithoutLimit)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.BoundOf(call.Call) == RowBound.Filter && call.UnlimitedRows is { } rows && call.Option(RuleOptions.RowLimit).SeverityOf(isFiltered: true) is { } severity)
            call.ReportAs(severity, RowLimitHints.From(call.Facts.ResultSize.LimitPlaceOf(call.Call), call), call.Call.Name, rows.Name);
    });
}
