using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>Keys that travel to the program and back only to filter the next query.</summary>
public sealed class KeysForNextQuery() : DbRule(RuleCatalog.KeysForNextQuery)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        if (context.Body.Calls.Length < 2)
            return;
        foreach (DbCall call in context.Body.Calls)
        {
            if (context.Facts.KeyFetchOf(call) is { } found)
                context.Report(call.Location, [found.Next.Location], KeyFetchHint.Of(found), found.Holder.Name, found.Next.Name);
        }
    });
}
