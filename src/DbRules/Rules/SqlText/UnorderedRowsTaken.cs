using DbRules.Catalog;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text skips or counts rows that come in no order.</summary>
public sealed class UnorderedRowsTaken() : DbRule(RuleCatalog.UnorderedRowsTaken)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        if (context.Facts.SqlText.UnorderedRowsOf(context.Sql, statement) is not { } rows)
            return;
        string clause = context.Sql.Script.Text.Slice(rows.Clause);
        string word = clause.Substring(0, clause.TakeWhile(char.IsLetter).Count());
        context.Report(rows.Clause, null, word.ToUpperInvariant(), rows.Table);
    });
}
