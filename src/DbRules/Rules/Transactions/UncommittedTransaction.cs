using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Transactions;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules.Transactions;

/// <summary>A transaction that is written in and released without a commit.</summary>
public sealed class UncommittedTransaction() : DbRule(RuleCatalog.UncommittedTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static body =>
    {
        foreach (LostTransaction lost in body.Facts.Transactions.LostTransactionsOf(body.Body))
        {
            if (lost.Transaction.Begin is not IInvocationOperation begin)
                continue;
            Location[] evidence = lost.Exit is { } exit ? [lost.Write.Syntax.GetLocation(), exit.Syntax.GetLocation()] : [lost.Write.Syntax.GetLocation()];
            body.Report(DbCall.LocationOf(begin), evidence, CommitHint.Of(lost), begin.TargetMethod.Name,
                lost.Exit is { } value ? $"not committed before 'return {CodeText.Short(value.Syntax)}'" : "never committed",
                lost.Write is IInvocationOperation write ? write.TargetMethod.Name : CodeText.Short(lost.Write.Syntax));
        }
    });
}
