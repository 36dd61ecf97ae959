using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.ResultSize;

/// <summary>A query without filter and limit takes every row of a table into memory.</summary>
public sealed class WholeTableRead() : DbRule(RuleCatalog.WholeTableRead)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.BoundOf(call.Call) == RowBound.WholeTable && call.UnlimitedRows is { } rows && call.Option(RuleOptions.RowLimit).SeverityOf(isFiltered: false) is { } severity)
            call.ReportAs(severity, RowLimitHints.From(call.Facts.ResultSize.LimitPlaceOf(call.Call), call), call.Call.Name, rows.Name);
    });
}
