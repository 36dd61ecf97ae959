using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Entities that load their navigations when something reads them, in the hands of code that reads all of them.</summary>
/// <param name="Navigation">One navigation that surely loads lazily.</param>
/// <param name="Query">The query that read the entities.</param>
public sealed record LazyGraph(IPropertySymbol Navigation, DbCall Query);

/// <summary>Finds lazily loading entities among the objects that a body hands to a serializer.</summary>
internal sealed class LazyGraphs(Navigations navigations, LazyLoading lazyLoading)
{
    /// <summary>The graph behind a serialized object; null when it does not come from a query in view, is no entity, or loads nothing by itself.</summary>
    public LazyGraph? Of(IOperation serialized, BodyFacts body, LazyLoadingMode mode)
    {
        IOperation value = body.Origins.Resolve(serialized);
        if (body.Calls.FirstOrDefault(call => call.Operation == value) is not { IsRoundTrip: true, Query: { Kind: QueryRootKind.Store, Entity: { } entity } query } read
            || !SymbolEqualityComparer.Default.Equals(RowOf(value), entity)
            || query.Steps.Any(static use => use.Step is QueryStep.Tracking or QueryStep.Other))
        {
            return null;
        }

        for (ITypeSymbol? type = entity; type is not null; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (navigations.KindOf(property, query.SessionType) != NavigationKind.None && lazyLoading.IsProven(property, mode) && !IsIgnored(property))
                    return new LazyGraph(property, read);
            }
        }

        return null;
    }

    private static ITypeSymbol? RowOf(IOperation read)
    {
        ITypeSymbol? type = Tasks.YieldOf(read.Type) ?? read.Type;
        return Sequences.IsSequence(type) ? Sequences.ElementType(type) : type;
    }

    private static bool IsIgnored(IPropertySymbol property) =>
        property.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "IgnoreDataMemberAttribute");
}
