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
                return !held.Destination.IsOneOfSeveral && borrowing.Of(argument, body) == ArgumentUse.Borrows;
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
    private bool StaysHereBehind(IOperation site, ResourceKind kind, BodyFacts body, int depth) =>
        site is not IInvocationOperation { Type: { } result } call || !IsSession(Tasks.ResultOf(result)) || StaysHere(call, kind, body, depth - 1);

    private bool IsSession(ITypeSymbol type) => context.Models.Of(type) is { } model && (model.Has(TypeTraits.Session) || model.Has(TypeTraits.Query));
}
