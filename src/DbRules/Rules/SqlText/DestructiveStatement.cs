using DbRules.Catalog;

namespace DbRules.Rules.SqlText;

/// <summary>SQL text destroys tables, columns or all rows, in code that is not there for it.</summary>
public sealed class DestructiveStatement() : DbRule(RuleCatalog.DestructiveStatement)
{
    protected override void Register(RuleContext rule) => rule.OnStatement(static (context, statement) =>
    {
        if (context.Facts.SqlText.DestructionBy(context.Sql, statement) is { } destruction)
            context.Report(destruction.Words, null, context.Sql.Script.Text.Slice(destruction.Words), destruction.Names.First(static name => name.Length > 0));
    });
}
