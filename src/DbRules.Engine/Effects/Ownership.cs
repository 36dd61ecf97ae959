using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>What a function hands out for its caller to release, and what of its arguments it releases.</summary>
internal sealed class Ownership(ModelIndex models)
{
    /// <summary>A cheap first question: whether what a function returns, or its task yields, is something that somebody must release.</summary>
    public bool MayReturnAcquired(IMethodSymbol function) =>
        IsResource(Tasks.ResultOf(function.ReturnType));

    /// <summary>The values that a function returns; those of its lambdas and local functions are not among them.</summary>
    public static IEnumerable<IOperation> ReturnedBy(BodyFacts body, IOperation? function) =>
        (function is null ? body.Roots : [.. function.ChildOperations]).SelectMany(static part => CalleeBodies.ReturnedValues(part)).Select(body.Origins.Resolve);

    /// <summary>Whether a value is a connection, command, reader or transaction that was made just now.</summary>
    public bool IsAcquired(IOperation value) => value switch
    {
        IObjectCreationOperation { Type: { } type } => IsResource(type),
        IInvocationOperation call => models.Of(call.TargetMethod)?.Plays("return", ParameterRole.Acquires) == true,
        _ => false,
    };

    /// <summary>Whether a symbol is a local that holds nothing but such a value.</summary>
    public bool HoldsAcquired(ISymbol? symbol, Origins origins) => symbol is ILocalSymbol local && origins.SingleValue(local) is { } value && IsAcquired(value);

    /// <summary>The ordinals of the parameters of a function that its code releases on some path, in order.</summary>
    public ImmutableArray<int> ReleasedBy(IMethodSymbol function, IReadOnlyList<IOperation> parts) => TakesResource(function) ? ReleasedIn(function, parts) : [];

    private bool TakesResource(IMethodSymbol function)
    {
        foreach (IParameterSymbol parameter in function.Parameters)
        {
            if (IsResource(parameter.Type))
                return true;
        }

        return false;
    }

    private ImmutableArray<int> ReleasedIn(IMethodSymbol function, IReadOnlyList<IOperation> parts)
    {
        var found = new SortedSet<int>();
        foreach (IOperation part in parts)
        {
            Operations.Visit(part, found, (operation, found) =>
            {
                IOperation? released = operation switch
                {
                    IUsingOperation { Resources: { } resources } => resources,
                    IInvocationOperation { Instance: { } instance, TargetMethod: var method } when Releases(method) => instance,
                    _ => null,
                };
                if (released is not null && Callees.ParameterOf(released, function) is { } ordinal && Operations.Referenced(released) is IParameterSymbol)
                    found.Add(ordinal);
                return operation == part || operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            });
        }

        return [.. found];
    }

    private bool Releases(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync" || models.Of(method)?.Plays("this", ParameterRole.Releases) == true;

    private bool IsResource(ITypeSymbol type) => models.Of(type)?.IsResource == true;
}
