using System.Collections.Concurrent;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Whether calling a method may change a store, callees included. When in doubt it may. Remembered per compilation.</summary>
internal sealed class WriteReach(CalleeBodies bodies, ModelIndex models)
{
    /// <summary>Methods that one question looks into; code that reaches more of them counts as writing.</summary>
    private const int MaxMethods = 200;

    private const DbEffect Writing = DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Saves | DbEffect.Dispatches;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether anything inside an operation may change a store. Calls for which <paramref name="known"/> answers are taken at its word.</summary>
    public bool MayWrite(IOperation scope, Func<IInvocationOperation, bool?> known)
    {
        var reached = new List<IMethodSymbol>();
        bool writes = Writes(scope, known, reached);
        return writes || reached.Any(MayWrite);
    }

    /// <summary>Follows calls breadth first, each method once: the work is linear in the code that is reached.</summary>
    private bool MayWrite(IMethodSymbol method)
    {
        if (_known.TryGetValue(method, out bool known))
            return known;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var pending = new List<IMethodSymbol> { method };
        for (int next = 0; next < pending.Count; next++)
        {
            if (_known.TryGetValue(pending[next], out known) && !known)
                continue;
            var reached = new List<IMethodSymbol>();
            if (known || pending.Count > MaxMethods || bodies.Of(pending[next]) is not { } found || found.Any(body => Writes(body, static _ => null, reached)))
                return _known.GetOrAdd(method, true);
            pending.AddRange(reached.Where(seen.Add));
        }

        // Nothing that is reached from here writes, so none of it does.
        foreach (IMethodSymbol harmless in pending)
            _known.TryAdd(harmless, false);
        return false;
    }

    /// <summary>Whether an operation itself writes; methods of this compilation that it calls are added to <paramref name="reached"/>.</summary>
    private bool Writes(IOperation scope, Func<IInvocationOperation, bool?> known, List<IMethodSymbol> reached) => Operations.Any(scope, operation => operation switch
    {
        IInvocationOperation call => known(call) ?? Writes(call.TargetMethod, reached),
        IObjectCreationOperation { Constructor: { } constructor } => Writes(constructor, reached),
        IDynamicInvocationOperation or IFunctionPointerInvocationOperation => true,
        _ => false,
    });

    private bool Writes(IMethodSymbol method, List<IMethodSymbol> reached)
    {
        if (models.Of(method) is { } model)
            return (model.Effect & Writing) != 0;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return true;
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!definition.DeclaringSyntaxReferences.IsEmpty)
            reached.Add(definition);
        return false;
    }
}
