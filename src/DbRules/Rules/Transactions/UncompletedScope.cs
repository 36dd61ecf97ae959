using DbRules.Catalog;
using DbRules.Engine.Transactions;
using DbRules.Hints;

namespace DbRules.Rules.Transactions;

/// <summary>An ambient transaction that is undone although nothing went wrong.</summary>
public sealed class UncompletedScope() : DbRule(RuleCatalog.UncompletedScope)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (AmbientScope scope in context.Facts.Transactions.ScopesOf(context.Body))
        {
            if (context.Facts.Transactions.UncompletedOf(scope) is not { } found)
                continue;
            string holder = scope.Local?.Name ?? scope.Name;
            if (found.Exit is { } exit)
                context.Report(exit.Syntax.GetLocation(), [scope.Location, found.Write.Location], hint: null, $"This return leaves '{holder}' without '{found.Completion}'", found.Write.Name);
            else
                context.Report(scope.Location, [found.Write.Location], CompletionHint.Of(scope, found), $"Nothing calls '{found.Completion}' on '{holder}'", found.Write.Name);
        }
    });
}
