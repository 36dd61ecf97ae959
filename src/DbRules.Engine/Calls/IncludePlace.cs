using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Where a query can be told to load a navigation.</summary>
/// <param name="Behind">The expression that the new call is chained to.</param>
/// <param name="Path">The navigations to name, from the row on; the last alone when the call continues the one before it.</param>
/// <param name="Continues">Whether the new call continues an include that ends where the last navigation starts.</param>
/// <param name="Row">The type of the row, or of the entity that the include before it leads to.</param>
public sealed record IncludePlace(IOperation Behind, ImmutableArray<IPropertySymbol> Path, bool Continues, ITypeSymbol Row)
{
    /// <summary>The place in the chain of the call itself: behind the start, or behind the includes that follow it. Null when there is none.</summary>
    internal static IncludePlace? Of(DbCall call, ImmutableArray<IPropertySymbol> path, ModelIndex models)
    {
        // A lookup by key goes to the set itself and takes no include.
        if (call.Source is null || call.Query?.Entity is not { } row || call.Model?.Parameters.ContainsKey(ParameterRole.Key) == true)
            return null;
        var chain = new Stack<IInvocationOperation>();
        IOperation start = Operations.Unwrap(call.Source);
        while (start is ITranslatedQueryOperation or IInvocationOperation)
        {
            if (start is ITranslatedQueryOperation syntax)
            {
                start = Operations.Unwrap(syntax.Operation);
                continue;
            }

            var step = (IInvocationOperation)start;
            if (models.Of(step.TargetMethod) is not { } model || !model.Has(DbEffect.Composes) || Operations.Receiver(step) is not { } receiver)
                break;
            chain.Push(step);
            start = Operations.Unwrap(receiver);
        }

        // SQL of its own can be anything that no further clause fits to.
        if (call.Query.Root is IInvocationOperation { TargetMethod: var root } && models.Of(root)?.Parameters.ContainsKey(ParameterRole.Sql) == true)
            return null;
        return Place(start, chain, path, row, models);
    }

    private static IncludePlace? Place(IOperation start, Stack<IInvocationOperation> chain, ImmutableArray<IPropertySymbol> path, ITypeSymbol row, ModelIndex models)
    {
        IOperation behind = start;
        ImmutableArray<string> current = [];
        IOperation? continued = null;
        IInvocationOperation? next = null;
        foreach (IInvocationOperation step in chain)
        {
            next = step;
            if (models.Of(step.TargetMethod)?.Step != QueryStep.Include || LoadedPaths.PathOf(step, row) is not { } names)
                break;
            bool continues = LoadedPaths.Continues(step);
            if (continues && continued == behind)
                continued = null;
            current = continues ? current.AddRange(names) : names;
            behind = step;
            if (path.Length > 1 && current.SequenceEqual(path.Take(path.Length - 1).Select(property => property.Name)) && HasTypedEnd(step))
                continued = step;
            // One that cannot be continued loads the start of the path already: another include beside it would name that twice.
            else if (current.Length < path.Length && current.SequenceEqual(path.Take(current.Length).Select(property => property.Name)) && !HasTypedEnd(step))
                return null;
            next = null;
        }

        if (continued is not null)
            return new IncludePlace(continued, [path[path.Length - 1]], Continues: true, path[path.Length - 1].ContainingType);
        // An order that another one refines must stay next to it.
        return next is not null && next.TargetMethod.Name.StartsWith("Then", StringComparison.Ordinal) ? null : new IncludePlace(behind, path, Continues: false, row);
    }

    /// <summary>An include by a lambda knows the type that it leads to, one by text does not.</summary>
    private static bool HasTypedEnd(IInvocationOperation include) => include.Type is INamedTypeSymbol { TypeArguments.Length: 2 };
}
