using System.Collections.Immutable;
using DbRules.Engine.Flow;
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
/// <param name="mayComeFromCalls">Whether code that is called before a read may bring in what its navigation leads to.</param>
internal sealed class NavigationReads(
    CompilationContext context,
    RowOrigins rows,
    Navigations navigations,
    LazyLoading lazyLoading,
    RelatedRows related,
    Func<RowOrigin, IPropertyReferenceOperation, LoadedPaths, bool> mayComeFromCalls)
{
    /// <summary>The reads of one body, in source order; empty for most bodies.</summary>
    public ImmutableArray<NavigationRead> In(BodyScope scope)
    {
        List<IPropertyReferenceOperation>? candidates = null;
        List<IPropertyReferenceOperation>? tests = null;
        foreach (IOperation root in scope.Roots)
        {
            Operations.Visit(root, navigations, (operation, navigations) =>
            {
                if (operation is IPropertyReferenceOperation { Instance: { } instance } property && instance is not IInstanceReferenceOperation && navigations.MayBe(property.Property))
                {
                    NavigationUse use = NavigationUses.Of(property, context.Models);
                    if (use == NavigationUse.Needed)
                        (candidates ??= []).Add(property);
                    else if (use == NavigationUse.Tested)
                        (tests ??= []).Add(property);
                }

                return operation is not INameOfOperation;
            });
        }

        if (candidates is null && tests is null)
            return [];
        var found = ImmutableArray.CreateBuilder<NavigationRead>();
        var iterations = new Iterations(context.Vocabulary, scope.Origins);
        foreach (IPropertyReferenceOperation candidate in (candidates ?? []).Concat(tests ?? []).OrderBy(candidate => candidate.Syntax.SpanStart))
        {
            if (Read(candidate, tests, scope, iterations) is { } read)
                found.Add(read);
        }

        return found.ToImmutable();
    }

    private NavigationRead? Read(IPropertyReferenceOperation property, List<IPropertyReferenceOperation>? tests, BodyScope scope, Iterations iterations)
    {
        if (rows.OfRow(property.Instance!, scope) is not { Call.Query: { } query } origin || LoadedPaths.Of(query, context.Models) is not { } loaded)
            return null;
        ImmutableArray<IPropertySymbol> path = origin.Path.Add(property.Property);
        ITypeSymbol? session = query.SessionType;
        if (loaded.Contains(path) || !loaded.Contains(origin.Path) || !path.All(step => navigations.KindOf(step, session) != NavigationKind.None))
            return null;
        if (path.Any(navigations.IsAutoIncluded) || related.MayComeFromView(origin, property.Property, loaded))
            return null;
        bool isTested = tests?.Exists(test => SymbolEqualityComparer.Default.Equals(test.Property, property.Property)) == true;
        return new NavigationRead(
            property,
            origin.Call,
            path,
            PerElement(property, iterations),
            IncludePlace.Of(origin.Call, path, context.Models),
            mode => lazyLoading.IsProven(property.Property, mode),
            mode => !isTested
                && navigations.IsContextInView(session)
                && lazyLoading.IsRuledOut(property.Property, mode)
                && !mayComeFromCalls(origin, property, loaded));
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
}
