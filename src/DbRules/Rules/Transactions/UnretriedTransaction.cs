using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Transactions;

namespace DbRules.Rules.Transactions;

/// <summary>A transaction that writes at a strict isolation level and that nothing in view runs again when it fails.</summary>
public sealed class UnretriedTransaction() : DbRule(RuleCatalog.UnretriedTransaction)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (AmbientScope scope in context.Facts.Transactions.ScopesOf(context.Body))
            Report(context, context.Facts.Transactions.UnretriedOf(scope));
        foreach (DbCall call in context.Body.Calls)
            Report(context, context.Facts.Transactions.UnretriedOf(call));
    });

    private static void Report(BodyContext context, ConflictRisk? found)
    {
        if (found is not null)
            context.Report(found.Location, [found.Write.Location], hint: null, found.Name, found.Level is { } level ? $"at the level '{level}'" : "serializable, as none asks for another level");
    }
}
