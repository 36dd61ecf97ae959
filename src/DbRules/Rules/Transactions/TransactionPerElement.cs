using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Options;

namespace DbRules.Rules.Transactions;

/// <summary>A loop opens a transaction for each of its elements.</summary>
public sealed class TransactionPerElement() : DbRule(RuleCatalog.TransactionPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (OpenTransaction transaction in body.OpenedTransactions)
        {
            if (body.Facts.Transactions.RepetitionOf(transaction, body.Body, body.Option(RuleOptions.SmallSequence)) is { } iteration)
                body.Report(transaction.Location, [LoopText.Header(iteration)], hint: null, transaction.Name, LoopText.Phrase(iteration));
        }
    });
}
