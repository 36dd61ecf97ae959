using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Commands that nobody waits for where they are called.</summary>
internal static class Pipelining
{
    /// <summary>Whether a call only lines its command up on a batch, or is told not to wait for the answer.</summary>
    public static bool IsSentLater(IInvocationOperation call, MemberModel model, ModelIndex models)
    {
        if (!model.Has(DbEffect.Saves) && Operations.Receiver(call) is { } receiver && TypeOf(receiver) is { } type && models.Of(type)?.Has(TypeTraits.Queues) == true)
            return true;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            // The value has a type of its own, where to ask for that of the parameter makes a symbol.
            if (argument.Value.Type?.TypeKind == TypeKind.Enum && NamesNoReply(argument.Value, models))
                return true;
        }

        return false;
    }

    private static bool NamesNoReply(IOperation flags, ModelIndex models) =>
        Operations.Any(flags, part => part is IFieldReferenceOperation { Field: var flag } && models.Of(flag)?.Has(DbEffect.NoReply) == true);

    /// <summary>Whether a call goes through a session that sends the commands of all its callers as they come.</summary>
    public static bool IsPipelined(DbCall call, ModelIndex models) => call.Invocation is { } invocation && Operations.Receiver(invocation) is { } receiver && Pipelines(receiver, models);

    private static bool Pipelines(IOperation receiver, ModelIndex models) => TypeOf(receiver) is { } session && models.Of(session)?.Has(TypeTraits.Pipelines) == true;

    /// <summary>
    /// Whether each pass of an iteration starts the call and goes on to the next without waiting: its task leaves the pass, or the operator that
    /// runs an asynchronous delegate does not wait for it. Only sessions that pipeline profit from that.
    /// </summary>
    public static bool IsAwaitedLater(DbCall call, Iteration iteration, ModelIndex models) =>
        call.Invocation is { } invocation && Operations.Receiver(invocation) is { } receiver && Pipelines(receiver, models) && IsAwaitedLater(invocation, iteration);

    /// <summary>As the other, for a call of the code in view, whatever it sends in the end.</summary>
    public static bool IsAwaitedLater(OwnCall call, Iteration iteration) => call.Operation is IInvocationOperation invocation && IsAwaitedLater(invocation, iteration);

    private static bool IsAwaitedLater(IInvocationOperation invocation, Iteration iteration)
    {
        if (!CarriesTasks(invocation.Type))
            return false;
        if (iteration.Body is IAnonymousFunctionOperation { Symbol: { IsAsync: true } lambda } && ReferenceEquals(Operations.EnclosingFunction(invocation), iteration.Body))
            return lambda.ReturnType.Name != "ValueTask";
        return LeavesPass(invocation, iteration, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
    }

    /// <summary>Follows a task outwards until something waits for it or it leaves the pass.</summary>
    private static bool LeavesPass(IOperation task, Iteration iteration, HashSet<ISymbol> seen)
    {
        for (IOperation current = task; current.Parent is { } parent && Operations.IsInside(parent, iteration.Body); current = parent)
        {
            switch (parent)
            {
                case IAwaitOperation or IPropertyReferenceOperation:
                    return false;
                case IForEachLoopOperation loop when ReferenceEquals(loop.Collection, current):
                    return false;
                case IInvocationOperation call when !CarriesTasks(call.Type):
                    return !ReferenceEquals(call.Instance, current) && !call.TargetMethod.Name.StartsWith("Wait", StringComparison.Ordinal);
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return LeavesPass(local, iteration, seen);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                    return LeavesPass(local, iteration, seen);
            }
        }

        return true;
    }

    private static bool LeavesPass(ILocalSymbol local, Iteration iteration, HashSet<ISymbol> seen) =>
        !seen.Add(local)
        || !Operations.Any(iteration.Body, part => part is ILocalReferenceOperation { Local: var used, Parent: not ISimpleAssignmentOperation } reference
            && SymbolEqualityComparer.Default.Equals(used, local)
            && !LeavesPass(reference, iteration, seen));

    /// <summary>Tasks and sequences of tasks.</summary>
    private static bool CarriesTasks(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsTask(array.ElementType),
        INamedTypeSymbol named => IsTask(named) || named.TypeArguments.Any(IsTask),
        _ => false,
    };

    private static bool IsTask(ITypeSymbol type) =>
        type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" };

    /// <summary>The type that the code itself knows, not the interface that declares the member.</summary>
    private static ITypeSymbol? TypeOf(IOperation receiver) => Operations.Unwrap(receiver).Type;
}
