using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Two collections of the same row that one query joins, so that it returns each element of the one with each of the other.</summary>
/// <param name="First">The include of the first collection.</param>
/// <param name="Second">The include of the second.</param>
/// <param name="Names">The names of both navigations.</param>
/// <param name="Behind">The query that could be split; null when its parts might then limit it to other rows.</param>
public sealed record SiblingInclude(IInvocationOperation First, IInvocationOperation Second, (string First, string Second) Names, IOperation? Behind);

/// <summary>Finds sibling collections among the includes of a query.</summary>
internal sealed class SiblingIncludes(Compilation compilation, EntityKeys keys, RowBounds bounds)
{
    private const string Setting = "UseQuerySplittingBehavior";

    /// <summary>Versions before it cannot be told to split a query; the oldest always did.</summary>
    private const int FirstVersionThatSplits = 5;

    private readonly Later<Compilation, bool> _splitsByDefault = new(compilation, static compilation => ModelSources.Calls(compilation, Setting).Exists(static call => call.ArgumentList.ToString().Contains("Split")));

    /// <summary>The first pair; null when there is none, when the query is split, or when that is not known.</summary>
    public SiblingInclude? Of(DbCall call)
    {
        if (call is not { IsRoundTrip: true, Rows: RowCount.Many or RowCount.One, Source: { } source, Query: { Kind: QueryRootKind.Store, Entity: { } entity } query } || !query.Has(QueryStep.Include))
            return null;
        // What a query does not return as entities it does not join; how one runs that others shape is not known.
        if (query.Steps.Any(static use => use.Step is QueryStep.Options or QueryStep.Other or QueryStep.Select or QueryStep.SelectMany or QueryStep.Group or QueryStep.Join or QueryStep.SetOperation or QueryStep.Cast))
            return null;
        var seen = new List<(string Parent, string Name, IInvocationOperation Call)>();
        ImmutableArray<IPropertySymbol> current = [];
        foreach (QueryStepUse use in query.Steps)
        {
            if (use.Step != QueryStep.Include)
                continue;
            if (LoadedPaths.PathOf(use.Call, entity) is not { } names || use.Call.TargetMethod.ContainingAssembly.Identity.Version.Major < FirstVersionThatSplits)
                return null;
            ITypeSymbol? type = LoadedPaths.Continues(use.Call) && !current.IsEmpty ? Navigations.TargetOf(current[current.Length - 1]) : entity;
            ImmutableArray<IPropertySymbol>.Builder path = (LoadedPaths.Continues(use.Call) ? current : []).ToBuilder();
            foreach (string name in names)
            {
                if (Navigations.PropertyOf(type, name) is not { } property)
                    return null;
                string parent = string.Join(".", path.Select(static step => step.Name));
                if (Sequences.IsSequence(property.Type) && !use.IsConditional)
                {
                    if (seen.Find(other => other.Parent == parent && other.Name != name) is { Call: { } first } other && !_splitsByDefault.Value)
                        return new SiblingInclude(first, use.Call, (other.Name, name), GivesSameRows(call, query, entity) ? Operations.Unwrap(source) : null);
                    seen.Add((parent, name, use.Call));
                }

                path.Add(property);
                type = Navigations.TargetOf(property);
            }

            current = path.ToImmutable();
        }

        return null;
    }

    /// <summary>Each part of a split query limits the rows anew: only what surely comes in the same order is the same row in all of them.</summary>
    private bool GivesSameRows(DbCall call, QueryShape query, ITypeSymbol entity)
    {
        bool isLimited = call.Rows == RowCount.One || query.Has(QueryStep.Skip) || query.Has(QueryStep.Take);
        return !isLimited || bounds.FindsOneRow(query, call.Argument(ParameterRole.Predicate)) || query.Steps.Any(use => use.Step == QueryStep.Order && OrdersByKey(use.Call, entity));
    }

    private bool OrdersByKey(IInvocationOperation order, ITypeSymbol entity) => order.Arguments.Any(argument =>
        KeyPredicate.LambdaOf(argument.Value) is { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
        && Operations.Unwrap(value) is IPropertyReferenceOperation { Property.Name: var name, Instance: { } instance }
        && Operations.Unwrap(instance) is IParameterReferenceOperation
        && keys.PrimaryKeyOf(entity)?.Name == name);
}
