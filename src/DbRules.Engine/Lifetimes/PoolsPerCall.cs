using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds clients and pools that a call makes for itself.</summary>
internal sealed class PoolsPerCall(CompilationContext context, Acquisitions acquisitions, CustodyReader custodies, Borrowing borrowing, StartUpCode startUp)
{
    /// <summary>How many objects deep what a client hands out is followed.</summary>
    private const int Deepest = 4;

    /// <summary>Those that a body makes each time it runs and keeps to itself, in source order.</summary>
    public IEnumerable<Acquisition> Of(BodyFacts body)
    {
        foreach (Acquisition acquisition in acquisitions.Of(body))
        {
            if (acquisition.Kind == ResourceKind.Pool && !startUp.RunsOnce(acquisition.Operation, body) && !body.RunsOnMissOnly(acquisition.Operation) && StaysHere(acquisition, body))
                yield return acquisition;
        }
    }

    private bool StaysHere(Acquisition acquisition, BodyFacts body) =>
        acquisition.Destination.Kind == DestinationKind.Using || StaysHere(acquisition.Operation, acquisition.Kind, body, Deepest);

    /// <summary>Whether nothing outlives the call that could use the object, or what it hands out.</summary>
    private bool StaysHere(IOperation operation, ResourceKind kind, BodyFacts body, int depth)
    {
        if (depth == 0 || operation.Type is not { } type)
            return false;
        var held = new Acquisition(operation, Tasks.ResultOf(type), kind);
        switch (held.Destination.Kind)
        {
            case DestinationKind.Using when held.Holder is null:
                return true;
            case DestinationKind.Receiver:
                return StaysHereBehind(held.Destination.Site, kind, body, depth);
            case DestinationKind.Argument when held.Destination.Site is IArgumentOperation argument:
                return !held.Destination.IsOneOfSeveral && borrowing.Of(argument, body) == ArgumentUse.Borrows && !MayLeaveWith(argument);
            case DestinationKind.Local or DestinationKind.Using when held.Holder is { } holder:
                Custody custody = custodies.Of(held, body);
                if (custody.IsUnclear || custody.Handovers.Count > 0)
                    return false;
                // One that is only closed again is a check of the settings.
                return custody.Uses.Count > 0 && custody.Uses.TrueForAll(use => StaysHereBehind(Destination.Of(use).Site, kind, body, depth));
            default:
                return false;
        }
    }

    /// <summary>As the other, for what a member that is called on the object hands out.</summary>
    private bool StaysHereBehind(IOperation site, ResourceKind kind, BodyFacts body, int depth) => site is IArgumentOperation argument
        ? !MayLeaveWith(argument)
        : site is not IInvocationOperation { Type: { } result } call || !IsSession(Tasks.ResultOf(result)) || StaysHere(call, kind, body, depth - 1);

    /// <summary>Whether what takes the object makes something that outlives the call, and may use it: anything but data.</summary>
    private static bool MayLeaveWith(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { Type: { } type } taker
        && Tasks.ResultOf(type) is { IsReferenceType: true, SpecialType: not (SpecialType.System_String or SpecialType.System_Void) } result
        && !Tasks.IsTask(result)
        && !Sequences.IsSequence(result)
        && Destination.Of(taker).Kind is DestinationKind.Returned or DestinationKind.Elsewhere;

    private bool IsSession(ITypeSymbol type) => context.Models.Of(type) is { } model && (model.Has(TypeTraits.Session) || model.Has(TypeTraits.Query));
}
