using DbRules.Catalog;
using DbRules.Engine.Calls;
using DbRules.Options;
using Microsoft.CodeAnalysis;

namespace DbRules.Rules.RoundTrips;

/// <summary>Entities that load lazily, in the hands of a serializer that reads all their properties.</summary>
public sealed class SerializedLazyGraph() : DbRule(RuleCatalog.SerializedLazyGraph)
{
    protected override void Register(RuleContext rule) => rule.OnBody(static context =>
    {
        foreach (IOperation serialized in context.Body.Serialized)
        {
            if (context.Facts.LazyGraphOf(serialized, context.Body, context.Option(RuleOptions.LazyLoading)) is { } graph)
                context.Report(serialized.Syntax.GetLocation(), [graph.Query.Location], hint: null, CodeText.Short(serialized.Syntax), graph.Navigation.Name);
        }
    });
}
