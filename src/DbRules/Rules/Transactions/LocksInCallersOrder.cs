using DbRules.Catalog;
using DbRules.Options;

namespace DbRules.Rules.Transactions;

/// <summary>One transaction locks row after row in the order in which its caller names them.</summary>
public sealed class LocksInCallersOrder() : DbRule(RuleCatalog.LocksInCallersOrder)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        if (context.Facts.Transactions.LockOrderOf(context.Call, context.Option(RuleOptions.SmallSequence)) is { } iteration)
            context.Report(iteration, hint: null);
    });
}
