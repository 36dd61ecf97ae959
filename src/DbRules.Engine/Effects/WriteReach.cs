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
    private const int MaxDepth = 6;
    private const DbEffect Writing = DbEffect.Writes | DbEffect.WritesBySql | DbEffect.Saves;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether anything inside an operation may change a store. Calls for which <paramref name="known"/> answers are taken at its word.</summary>
    public bool MayWrite(IOperation scope, Func<IInvocationOperation, bool?> known) => MayWrite(scope, known, 0);

    private bool MayWrite(IOperation scope, Func<IInvocationOperation, bool?> known, int depth) => Operations.Any(scope, operation => operation switch
    {
        IInvocationOperation call => known(call) ?? MayWrite(call.TargetMethod, depth),
        IObjectCreationOperation { Constructor: { } constructor } => MayWrite(constructor, depth),
        IDynamicInvocationOperation or IFunctionPointerInvocationOperation => true,
        _ => false,
    });

    private bool MayWrite(IMethodSymbol method, int depth)
    {
        if (models.MayModel(method.Name) && models.Of(method) is { } model)
            return (model.Effect & Writing) != 0;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return true;
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences.IsEmpty)
            return false;
        if (_known.TryGetValue(definition, out bool known))
            return known;
        if (depth >= MaxDepth || bodies.Of(definition) is not { } found)
            return true;
        bool result = found.Any(body => MayWrite(body, static _ => null, depth + 1));
        return depth == 0 ? _known.GetOrAdd(definition, result) : result;
    }
}
