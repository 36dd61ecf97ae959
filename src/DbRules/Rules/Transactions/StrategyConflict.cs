using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules.Transactions;

/// <summary>A transaction that the retrying strategy of its context does not support.</summary>
public sealed class StrategyConflict() : DbRule(RuleCatalog.StrategyConflict)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (var conflict in context.Facts.Transactions.StrategyConflictsIn(context.Body))
        {
            Location location = conflict.Begin is IInvocationOperation call ? DbCall.LocationOf(call) : conflict.Begin.Syntax.GetLocation();
            context.Report(location, [conflict.Command.Location], RetryUnitHints.From(conflict.Unit), conflict.Session.Name, conflict.Command.Name);
        }
    });
}
