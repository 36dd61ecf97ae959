using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the reads of navigations that the query in view does not load.</summary>
/// <param name="context">What all bodies share.</param>
/// <param name="rows">Finds the query that a row comes from.</param>
/// <param name="navigations">The navigations of the model.</param>
/// <param name="lazyLoading">Whether entities load lazily.</param>
/// <param name="related">What the body itself brings in.</param>
/// <param name="mayComeFromElsewhere">Whether code that is called before a read, or that calls its method, may bring in what its navigation leads to.</param>
internal sealed class NavigationReads(
    CompilationContext context,
    RowOrigins rows,
    Navigations navigations,
    LazyLoading lazyLoading,
    RelatedRows related,
    Func<RowOrigin, IPropertyReferenceOperation, LoadedPaths, bool> mayComeFromElsewhere)
{
    private Candidates? _spare;

    /// <summary>The reads of one body, in source order; empty for most bodies.</summary>
    public ImmutableArray<NavigationRead> In(ISymbol owner, ImmutableArray<IOperation> roots, BodyFacts facts)
    {
        // Most bodies leave it as it was: it serves the next one.
        Candidates candidates = Interlocked.Exchange(ref _spare, null) ?? new Candidates(navigations, context.Models);
        foreach (IOperation root in roots)
            Operations.Visit(root, candidates, static (operation, candidates) => candidates.Visit(operation));
        if (candidates.All is not { } all)
        {
            _spare = candidates;
            return [];
        }

        ImmutableArray<NavigationRead>.Builder? found = null;
        var scope = new BodyScope(owner, roots, facts);
        foreach (IPropertyReferenceOperation candidate in all.Count == 1 ? all : (IEnumerable<IPropertyReferenceOperation>)all.OrderBy(static candidate => candidate.Syntax.SpanStart))
        {
            if (Read(candidate, candidates.Tests, scope) is { } read)
                (found ??= ImmutableArray.CreateBuilder<NavigationRead>()).Add(read);
        }

        return found?.ToImmutable() ?? [];
    }

    private NavigationRead? Read(IPropertyReferenceOperation property, IReadOnlyList<IPropertyReferenceOperation> tests, BodyScope scope)
    {
        if (rows.OfRow(property.Instance!, scope) is not { Call.Query: { } query } origin || LoadedPaths.Of(query, context.Models) is not { } loaded)
            return null;
        ImmutableArray<IPropertySymbol> path = origin.Path.Add(property.Property);
        ITypeSymbol? session = query.SessionType;
        if (loaded.Contains(path) || !loaded.Contains(origin.Path) || !path.All(step => navigations.KindOf(step, session) != NavigationKind.None))
            return null;
        if (path.Any(navigations.IsAutoIncluded) || related.MayComeFromView(origin, property.Property, loaded))
            return null;
        bool isTested = tests.Any(test => SymbolEqualityComparer.Default.Equals(test.Property, property.Property));
        return new NavigationRead(
            property,
            origin.Call,
            path,
            PerElement(property, new Iterations(context.Vocabulary, scope.Origins)),
            IncludePlace.Of(origin.Call, path, context.Models),
            mode => lazyLoading.IsProven(property.Property, mode),
            mode => !isTested
                && navigations.IsContextInView(session)
                && lazyLoading.IsRuledOut(property.Property, mode)
                && !mayComeFromElsewhere(origin, property, loaded));
    }

    /// <summary>The innermost iteration over elements whose element the entity is, or is reached from.</summary>
    private static Iteration? PerElement(IPropertyReferenceOperation property, Iterations iterations)
    {
        ISymbol? root = Operations.RootSymbol(property.Instance);
        foreach (Iteration iteration in iterations.Around(property))
        {
            if (iteration.Nature != Exemption.None)
                return null;
            if (root is not null && iteration.Elements.Contains(root, SymbolEqualityComparer.Default))
                return iteration;
        }

        return null;
    }

    /// <summary>The properties of one body that may be navigations whose rows it needs.</summary>
    private sealed class Candidates(Navigations navigations, ModelIndex models)
    {
        private List<IPropertyReferenceOperation>? _tests;

        /// <summary>Null when there is none.</summary>
        public List<IPropertyReferenceOperation>? All { get; private set; }

        /// <summary>Those that are only compared with null.</summary>
        public IReadOnlyList<IPropertyReferenceOperation> Tests => _tests ?? [];

        public bool Visit(IOperation operation)
        {
            if (operation is IPropertyReferenceOperation { Instance: { } instance } property && instance is not IInstanceReferenceOperation && navigations.MayBe(property.Property))
            {
                NavigationUse use = NavigationUses.Of(property, models);
                if (use is NavigationUse.Needed or NavigationUse.Tested)
                    (All ??= []).Add(property);
                if (use == NavigationUse.Tested)
                    (_tests ??= []).Add(property);
            }

            return operation is not INameOfOperation;
        }
    }
}
