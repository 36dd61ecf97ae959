using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.ResultSize;

/// <summary>SQL text selects any number of rows, and all of them are kept in memory.</summary>
public sealed class SelectWithoutLimit() : DbRule(RuleCatalog.SelectWithoutLimit)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static call =>
    {
        if (call.Facts.ResultSize.UnlimitedSelectOf(call.Call, call.Option(RuleOptions.SqlDialect)) is not { } select)
            return;
        bool isFiltered = select.Bound == RowBound.Filter;
        NameList small = call.Option(RuleOptions.SmallEntities);
        if (call.Option(RuleOptions.RowLimit).SeverityOf(isFiltered) is not { } severity || small.Contains(select.Table) || (select.Entity is { } entity && small.Contains(entity.Name)) || call.Facts.ResultSize.FillsCache(call.Call))
            return;
        call.ReportIn(
            select.Location,
            severity,
            RowLimitHints.From(select.Limit, call.Option(RuleOptions.DefaultLimit)),
            call.Call.Name,
            select.Table,
            isFiltered ? " that the filter lets through" : "");
    });
}
