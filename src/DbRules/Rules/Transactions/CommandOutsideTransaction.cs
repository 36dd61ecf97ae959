using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Hints;

namespace DbRules.Rules.Transactions;

/// <summary>A command on the connection of an open transaction that is not given the transaction.</summary>
public sealed class CommandOutsideTransaction() : DbRule(RuleCatalog.CommandOutsideTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBodyOfAnyRole(static body =>
    {
        foreach (StrayCommand stray in body.Facts.Transactions.StrayCommandsOf(body.Body))
        {
            body.Report(stray.Call.Location, [stray.Evidence], TransactionPassHint.Of(stray), stray.Call.Name,
                stray.Transaction is { } holder ? $"'{holder.Name}', the transaction that is open on its connection" : "the transaction that is open on its connection");
        }
    });
}
