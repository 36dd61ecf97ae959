using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Transactions;

namespace DbRules.Rules.Transactions;

/// <summary>Another machine is asked while a transaction holds its locks.</summary>
public sealed class RemoteCallInTransaction() : DbRule(RuleCatalog.RemoteCallInTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        RemoteCall? reported = null;
        foreach (OpenTransaction transaction in body.OpenedTransactions)
        {
            // Of transactions inside each other the outer one speaks.
            if (body.Facts.Transactions.RemoteCallDuring(transaction, body.Body) is not { } remote || remote.Call == reported?.Call)
                continue;
            reported = remote;
            string way = remote.Way.Length == 1 ? "" : ": " + string.Join(" → ", remote.Way);
            body.Report(DbCall.LocationOf(remote.Call), [transaction.Location], hint: null, remote.Call.TargetMethod.Name, transaction.Name, way);
        }
    });
}
