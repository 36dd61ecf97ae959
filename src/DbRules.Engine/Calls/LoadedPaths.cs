using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>The navigations that a query of entities loads along with its rows, as paths of names from the row.</summary>
internal sealed class LoadedPaths
{
    private readonly List<ImmutableArray<string>> _paths = [];

    private LoadedPaths(ITypeSymbol entity) => Entities = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default) { entity };

    /// <summary>The types of the rows and of all that is loaded with them. Each may fill navigations of the others.</summary>
    public HashSet<ITypeSymbol> Entities { get; }

    /// <summary>Whether the context surely does not keep the rows, so that no other query can fill their navigations.</summary>
    public bool IsUntracked { get; private set; }

    /// <summary>What a query loads. Null when it does not return its entities as they are, or when a step is not understood.</summary>
    public static LoadedPaths? Of(QueryShape query, ModelIndex models)
    {
        if (query is not { Kind: QueryRootKind.Store, Entity: { } entity } || (query.Origin is IInvocationOperation start && MayLoadMore(start, models)))
            return null;
        var loaded = new LoadedPaths(entity);
        ImmutableArray<string> current = [];
        foreach (QueryStepUse use in query.Steps)
        {
            switch (use.Step)
            {
                case QueryStep.Where or QueryStep.Order or QueryStep.Skip or QueryStep.Take or QueryStep.Page or QueryStep.Distinct or QueryStep.Options:
                case QueryStep.Other when models.Of(use.Call.TargetMethod) is not null:
                    break;
                case QueryStep.Tracking:
                    // The two ways to keep no rows begin alike; conditional tracking counts as tracking.
                    loaded.IsUntracked = !use.IsConditional && use.Call.TargetMethod.Name.StartsWith("AsNo", StringComparison.Ordinal);
                    break;
                case QueryStep.Include when PathOf(use.Call, entity) is { } path:
                    current = Continues(use.Call) ? current.AddRange(path) : path;
                    loaded.Add(current, entity);
                    break;
                default:
                    return null;
            }
        }

        return loaded;
    }

    /// <summary>Whether a call adds to the path of the one before it.</summary>
    public static bool Continues(IInvocationOperation include) => include.TargetMethod.Name.StartsWith("Then", StringComparison.Ordinal);

    /// <summary>The names that an include adds; null when they are not constant.</summary>
    public static ImmutableArray<string>? PathOf(IInvocationOperation include, ITypeSymbol entity)
    {
        IOperation? selector = include.Arguments.Select(argument => argument.Value).FirstOrDefault(value => value != Operations.Receiver(include));
        if (selector is { ConstantValue: { HasValue: true, Value: string text } })
            return [.. text.Split('.')];
        return selector is IConversionOperation { Operand: IAnonymousFunctionOperation lambda } && CalleeBodies.ReturnedValues(lambda.Body) is [var value] ? Members(value) : null;
    }

    /// <summary>A call that loads a navigation itself, or one of code out of view that hands out a query: it may include what it likes, where a set includes nothing.</summary>
    private static bool MayLoadMore(IInvocationOperation start, ModelIndex models) =>
        models.Of(start.TargetMethod) is { } model ? model.Has(DbEffect.LoadsNavigation) : start.Type is { TypeKind: TypeKind.Interface };

    /// <summary>Whether a path is loaded, on some paths of the code at least.</summary>
    public bool Contains(IEnumerable<IPropertySymbol> path)
    {
        string[] names = [.. path.Select(property => property.Name)];
        return names.Length == 0 || _paths.Exists(known => known.Length >= names.Length && known.Take(names.Length).SequenceEqual(names, StringComparer.Ordinal));
    }

    /// <summary>The members of <c>o.Customer.Country</c>, in this order; filters in an include of a collection are passed over.</summary>
    private static ImmutableArray<string>? Members(IOperation value)
    {
        var names = new Stack<string>();
        while (true)
        {
            value = Operations.Unwrap(value);
            switch (value)
            {
                case IPropertyReferenceOperation { Instance: { } instance } property:
                    names.Push(property.Property.Name);
                    value = instance;
                    break;
                case IInvocationOperation filter when Operations.Receiver(filter) is { } receiver:
                    value = receiver;
                    break;
                case IParameterReferenceOperation:
                    return names.Count == 0 ? null : [.. names];
                default:
                    return null;
            }
        }
    }

    private void Add(ImmutableArray<string> path, ITypeSymbol entity)
    {
        _paths.Add(path);
        ITypeSymbol? type = entity;
        foreach (string name in path)
        {
            type = Navigations.PropertyOf(type, name) is { } property ? Navigations.TargetOf(property) : null;
            if (type is null)
                break;
            Entities.Add(type);
        }
    }
}
