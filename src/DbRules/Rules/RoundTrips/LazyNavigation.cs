using System.Collections.Immutable;
using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Engine.Schema;
using DbRules.Hints;
using DbRules.Options;

namespace DbRules.Rules.RoundTrips;

/// <summary>A navigation that each element of a loop loads by itself, since the project loads lazily.</summary>
public sealed class LazyNavigation() : DbRule(RuleCatalog.LazyNavigation)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        if (context.NavigationReads is { IsEmpty: false } reads)
            Report(context, reads);
    });

    private static void Report(BodyContext context, ImmutableArray<NavigationRead> reads)
    {
        LazyLoadingMode mode = context.Option(RuleOptions.LazyLoading);
        foreach (NavigationRead read in NavigationRead.FirstOfEach(reads.Where(read => read.IsLazilyLoadedPerElement(mode))))
            context.Report(read.Location, [LoopText.Header(read.PerElement!), read.Query.Location], IncludeHints.From(read), read.Name, LoopText.Phrase(read.PerElement!));
    }
}
