using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Hints;

namespace DbRules.Rules.Transactions;

/// <summary>An ambient transaction that belongs to one thread, around code that waits.</summary>
public sealed class FlowlessScope() : DbRule(RuleCatalog.FlowlessScope)
{
    protected override void Register(RuleContext rule) => rule.OnBodyOfAnyRole(static context =>
    {
        foreach (AmbientScope scope in context.Facts.Transactions.ScopesOf(context.Body))
        {
            if (context.Facts.Transactions.FlowBreakOf(scope) is { } found)
                context.Report(scope.Location, [found.Await.Syntax.GetLocation()], AsyncFlowHint.Of(scope, found), scope.Name);
        }
    });
}
