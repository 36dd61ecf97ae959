using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Whether code waits for something other than a store: a download, a file, another service. What a pass got that way is worth keeping before the next one
/// begins. When in doubt it waits. Remembered per compilation.
/// </summary>
internal sealed class OutsideWork(CalleeBodies bodies, ModelIndex models, WellKnownTypes types)
{
    /// <summary>Methods that one question looks into; code that reaches more of them counts as waiting.</summary>
    private const int MaxMethods = 200;

    private readonly SmallTable<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a pass waits for outside work, its step to the next element included.</summary>
    /// <param name="iteration">The iteration.</param>
    /// <param name="write">The call in question: its own waiting does not count.</param>
    public bool IsIn(Iteration iteration, IOperation write)
    {
        if (iteration.Operation is IForEachLoopOperation { IsAsynchronous: true } stream && !IsStore(stream.Collection))
            return true;
        var reached = new List<IMethodSymbol>();
        return Operations.Any(iteration.Body, operation => iteration.Repeats(operation) && Waits(operation, write, reached)) || reached.Any(MayWait);
    }

    /// <summary>Follows calls breadth first, each method once: the work is linear in the code that is reached.</summary>
    private bool MayWait(IMethodSymbol method)
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
            bool waits = known
                || pending.Count > MaxMethods
                // Of code that is not in view only what returns a task is taken to wait.
                || (bodies.Of(pending[next]) is { } found ? found.Any(body => Operations.Any(body, operation => Waits(operation, null, reached))) : Tasks.Starts(pending[next]));
            if (waits)
                return _known.GetOrAdd(method, true);

            pending.AddRange(reached.Where(seen.Add));
        }

        foreach (IMethodSymbol swift in pending)
            _known.TryAdd(swift, false);
        return false;
    }

    private bool Waits(IOperation operation, IOperation? write, List<IMethodSymbol> reached) => operation switch
    {
        IAwaitOperation awaited => WaitsFor(Operations.Unwrap(awaited), write),
        IInvocationOperation call => call != write && WorksOutside(call.TargetMethod, reached),
        IForEachLoopOperation { IsAsynchronous: true } stream => !IsStore(stream.Collection),
        // Whoever enumerates does something with each element before the next pass.
        IReturnOperation { Kind: OperationKind.YieldReturn } => true,
        _ => false,
    };

    private bool WaitsFor(IOperation awaited, IOperation? write)
    {
        if (awaited == write)
            return false;
        if (awaited is not IInvocationOperation { TargetMethod: var method })
            return awaited is not IPropertyReferenceOperation { Property.IsStatic: true };
        if (models.Of(method) is { } model)
            // Whoever handles what is dispatched, the sender does not know.
            return model.Has(DbEffect.Waits) || model.Has(DbEffect.Dispatches);
        return method.DeclaringSyntaxReferences.IsEmpty;
    }

    /// <summary>Whether calling a method surely works on something else. Methods of the project are added to <paramref name="reached"/>.</summary>
    private bool WorksOutside(IMethodSymbol method, List<IMethodSymbol> reached)
    {
        if (models.Of(method) is { } model)
            return model.Has(DbEffect.Outside);
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!definition.DeclaringSyntaxReferences.IsEmpty)
            reached.Add(definition);
        return false;
    }

    private bool IsStore(IOperation stream)
    {
        IOperation current = Operations.Unwrap(stream);
        while (current is IInvocationOperation call && !types.IsQueryable(call.Type) && models.Of(call.TargetMethod) is not null && Operations.Receiver(call) is { } receiver)
            current = Operations.Unwrap(receiver);
        return types.IsQueryable(current.Type);
    }
}
