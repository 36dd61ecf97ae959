using System.Collections.Immutable;
using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.RoundTrips;

/// <summary>A navigation that the code needs and that nothing loads.</summary>
public sealed class UnloadedNavigation() : DbRule(RuleCatalog.UnloadedNavigation)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        if (context.NavigationReads is { IsEmpty: false } reads)
            Report(context, reads);
    });

    private static void Report(BodyContext context, ImmutableArray<NavigationRead> reads)
    {
        LazyLoadingMode mode = context.Option(RuleOptions.LazyLoading);
        foreach (NavigationRead read in NavigationRead.FirstOfEach(reads.Where(read => read.IsMissing(mode))))
            context.Report(read.Location, [read.Query.Location], IncludeHints.From(read), read.Name, read.Owner);
    }
}
