using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What bodies do with the entities that they read: which navigations they need and which they load by hand. One per compilation; thread-safe.</summary>
internal sealed class EntityFlow
{
    private readonly NavigationReads _navigationReads;
    private readonly ExplicitLoads _explicitLoads;
    private readonly LazyGraphs _lazyGraphs;

    /// <param name="compilation">The compilation.</param>
    /// <param name="context">What all its bodies share.</param>
    /// <param name="bodies">Its bodies.</param>
    /// <param name="navigations">The navigations of its model.</param>
    /// <param name="related">What a body itself brings in.</param>
    /// <param name="mayComeFromCalls">Whether code that is called before a read may bring in what its navigation leads to.</param>
    public EntityFlow(Compilation compilation, CompilationContext context, MemberBodies bodies, Navigations navigations, RelatedRows related, Func<RowOrigin, IPropertyReferenceOperation, LoadedPaths, bool> mayComeFromCalls)
    {
        var rows = new RowOrigins(context, bodies);
        var lazyLoading = new LazyLoading(compilation, context.Models);
        _navigationReads = new NavigationReads(context, rows, navigations, lazyLoading, related, mayComeFromCalls);
        _lazyGraphs = new LazyGraphs(navigations, lazyLoading);
        _explicitLoads = new ExplicitLoads(context, rows, navigations);
    }

    /// <summary>The reads of navigations that no query in view loads.</summary>
    public ImmutableArray<NavigationRead> NavigationReads(ISymbol owner, ImmutableArray<IOperation> blocks, BodyFacts facts) =>
        MayHaveRows(owner, facts) ? _navigationReads.In(owner, blocks, facts) : [];

    /// <inheritdoc cref="LazyGraphs.Of"/>
    public LazyGraph? LazyGraphOf(IOperation serialized, BodyFacts body, LazyLoadingMode mode) => _lazyGraphs.Of(serialized, body, mode);

    /// <inheritdoc cref="ExplicitLoads.IsExplicitLoad"/>
    public bool IsExplicitLoad(DbCall call) => _explicitLoads.IsExplicitLoad(call);

    /// <inheritdoc cref="ExplicitLoads.Of"/>
    public ExplicitLoad? ExplicitLoadOf(DbCall call, Iteration iteration, ISymbol owner, ImmutableArray<IOperation> blocks) =>
        _explicitLoads.Of(call, iteration, new BodyScope(owner, blocks, call.Body));

    /// <summary>A cheap first question: rows come from a query of the body itself, or from a method of its class.</summary>
    private static bool MayHaveRows(ISymbol owner, BodyFacts facts)
    {
        foreach (DbCall call in facts.Calls)
        {
            if (call.Source is not null)
                return true;
        }

        foreach (OwnCall call in facts.OwnCalls)
        {
            if (call.Method?.ContainingType is { } type && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, owner.ContainingType?.OriginalDefinition))
                return true;
        }

        return false;
    }
}
