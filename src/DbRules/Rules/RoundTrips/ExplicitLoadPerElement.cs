using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Hints;

namespace DbRules.Rules.RoundTrips;

/// <summary>Explicit loading of what one entity refers to, for each entity of a loop.</summary>
public sealed class ExplicitLoadPerElement() : DbRule(RuleCatalog.ExplicitLoadPerElement)
{
    protected override void Register(RuleContext rule) => rule.OnCall(static context =>
    {
        // DBR107 says better that nothing about the call changes.
        if (!context.Facts.IsExplicitLoad(context.Call) || context.ReadPerElement is not { } iteration || context.Facts.IsSameInEveryPass(context.Call, iteration))
            return;
        if (context.ExplicitLoadIn(iteration) is { } load)
            context.Report([LoopText.Header(iteration)], IncludeHints.From(load), load.Navigation, LoopText.Phrase(iteration));
    });
}
