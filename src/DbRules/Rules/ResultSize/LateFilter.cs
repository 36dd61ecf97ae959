using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.ResultSize;

/// <summary>A filter, page, count or first row that is taken in memory from rows which were fetched for nothing else.</summary>
public sealed class LateFilter() : DbRule(RuleCatalog.LateFilter)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (DbCall call in context.Body.Calls)
        {
            if (context.Facts.ResultSize.LateStepsOf(call) is { } late)
                context.Report(CodeText.NameOf(late.First.Syntax).GetLocation()!, [DbCall.LocationOf(late.Boundary)], LateStepsHint.Of(late), LateSteps.NameOf(late.First), late.Boundary.TargetMethod.Name);
        }
    });
}
