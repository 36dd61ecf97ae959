using System.Collections.Immutable;
using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>One operation on a context, as far as one function shows it: a call to the store, or a call of own code that sends one.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Session">The context that it goes through.</param>
public sealed record ContextUse(IOperation Operation, Session Session)
{
    /// <summary>The name of the called member.</summary>
    public string Name => Operation is IInvocationOperation call ? call.TargetMethod.Name : CodeText.Short(Operation.Syntax);

    /// <summary>Where to report: the member's name.</summary>
    public Location Location => Operation is IInvocationOperation call ? DbCall.LocationOf(call) : Operation.Syntax.GetLocation();
}

/// <summary>Operations of one context that run at the same time.</summary>
/// <param name="First">The operation that is still running; the same as <paramref name="Second"/> where the passes of a loop or a delegate meet.</param>
/// <param name="Second">The operation that starts meanwhile.</param>
/// <param name="More">Further ones that start meanwhile, in source order.</param>
public sealed record ConcurrentUse(ContextUse First, ContextUse Second, ImmutableArray<ContextUse> More)
{
    /// <summary>The call that runs a delegate for several elements at once; null otherwise.</summary>
    public IOperation? Runner { get; init; }

    /// <summary>How the code names the context; <c>this</c> where it is the object itself.</summary>
    public string Context => Second.Session.Path is { IsEmpty: false } path ? path[path.Length - 1].Name : "this";
}
