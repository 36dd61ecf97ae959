using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds what a body acquires and does not release on some way. Remembered per body.</summary>
internal sealed class Leaks(CompilationContext context, Acquisitions acquisitions, CustodyReader custodies, Borrowing borrowing, KeptResources kept, UsingPlaces places, SplitPlaces splits)
{
    /// <summary>What is called so does not fail in practice.</summary>
    private static readonly string[] SafeNames = ["Add", "AddWithValue", "AddRange", "ToString", "Append", "AppendLine", "Format", "Concat", "Join", "IsNullOrEmpty", "IsNullOrWhiteSpace", "Equals", "GetType", "Write", "WriteLine", "Start", "Stop", "ConfigureAwait", "GetAwaiter"];

    private readonly SmallTable<BodyFacts, ImmutableArray<Leak>> _known = new();
    private readonly SmallTable<Acquisition, Custody> _custodies = new();

    /// <summary>The leaks of a body, in source order: at most one for each acquisition.</summary>
    public ImmutableArray<Leak> Of(BodyFacts body) => acquisitions.Of(body).IsEmpty ? [] : _known.GetOrAdd(body, this, static (facts, leaks) => leaks.Read(facts));

    private ImmutableArray<Leak> Read(BodyFacts body)
    {
        ImmutableArray<Leak>.Builder found = ImmutableArray.CreateBuilder<Leak>();
        foreach (Acquisition acquisition in acquisitions.Of(body))
        {
            if (Of(acquisition, body) is { } leak && !found.Any(earlier => AreOneChoice(earlier.Acquisition, acquisition)))
                found.Add(leak);
        }

        return found.ToImmutable();
    }

    /// <summary>Branches of one value: the local holds one of them, and releasing it releases either.</summary>
    private static bool AreOneChoice(Acquisition one, Acquisition other) =>
        one.Kind == other.Kind && one.Destination is { IsOneOfSeveral: true, Local: not null } && one.Destination == other.Destination;

    private Leak? Of(Acquisition acquisition, BodyFacts body) => acquisition.Destination.Kind switch
    {
        _ when acquisition.Kind == ResourceKind.Pool => null,
        DestinationKind.Local when acquisition.Holder is not null => OfLocal(acquisition, body) ?? OfMember(acquisition, body),
        DestinationKind.Elsewhere => OfMember(acquisition, body),
        DestinationKind.Discarded when acquisition.Kind == ResourceKind.Reader => new Leak(acquisition, LeakPath.Always),
        DestinationKind.Receiver or DestinationKind.Argument when IsDropped(acquisition, body) => new Leak(acquisition, LeakPath.Dropped) { Split = splits.Of(acquisition, body) },
        _ => null,
    };

    private Leak? OfMember(Acquisition acquisition, BodyFacts body) =>
        kept.NeverReleased(acquisition, body) is { } keeper ? new Leak(acquisition, LeakPath.Kept) { Keeper = keeper } : null;

    private Leak? OfLocal(Acquisition acquisition, BodyFacts body)
    {
        Custody custody = CustodyOf(acquisition, body);
        if (custody.Releases.Count + custody.Handovers.Count == 0)
            return IsUsed(acquisition, custody, body) && !IsReleasedWithOwner(acquisition, [], body) && !KeepsDatabase(acquisition, body) ? With(new Leak(acquisition, LeakPath.Always)) : null;
        if (custody.IsUnclear)
            return null;
        IOperation[] barriers = custody.Barriers;
        IEnumerable<IOperation> starts = acquisition.Kind != ResourceKind.Connection || acquisition.IsOpen ? [acquisition.Operation]
            : custody.Openings.Where(opening => !custody.Releases.Any(release => release.Lifetime is { } lifetime && release.Barrier.Syntax.SpanStart < opening.Syntax.SpanStart && Operations.IsInside(opening, lifetime))
                && !IsHandedOnBefore(opening));
        bool mayLeakByException = acquisition.Kind is ResourceKind.Connection or ResourceKind.Reader && custody.Handovers.Count == 0;
        Leak? leak = null;
        foreach (IOperation start in starts)
        {
            if (!mayLeakByException && StatementOrder.AlwaysRunsOneOf(start, barriers))
                continue;
            if (body.PathsAround(acquisition.Operation) is not { } paths)
                return null;
            if (paths.CanLeave(start, barriers, acquisition.Holder))
                leak = new Leak(acquisition, LeakPath.EarlyExit) { Exit = ReturnAfter(start, acquisition, barriers, body, paths) };
            else if (mayLeakByException && paths.ThrowerAfter(start, barriers, MayThrow, acquisition.Holder) is { } thrower)
                leak = new Leak(acquisition, LeakPath.Exception) { Exit = thrower, IsClosedElse = custody.Releases.All(static release => release.IsClose) };
            if (leak is not null)
                break;
        }

        return leak is null || IsReleasedWithOwner(acquisition, barriers, body) ? null : With(leak);

        // Whoever was given it before it is open releases it.
        bool IsHandedOnBefore(IOperation opening) =>
            custody.Handovers.Exists(handover => handover.Syntax.SpanStart < opening.Syntax.SpanStart)
            && body.PathsAround(acquisition.Operation)?.CanReach(acquisition.Operation, opening, [.. custody.Handovers]) != true;

        Leak With(Leak found) => found with { Place = places.Of(DeclaredWith(acquisition, body), body) };
    }

    private static bool KeepsDatabase(Acquisition acquisition, BodyFacts body) =>
        acquisition.Kind == ResourceKind.Connection && (StandsForDatabase.KeepsAlive(acquisition.Name) || StandsForDatabase.IsInMemory(acquisition.Operation, body));

    /// <summary>What one declaration takes, an acquisition first, each with what happens to it.</summary>
    private List<(Acquisition, Custody)> DeclaredWith(Acquisition acquisition, BodyFacts body) =>
    [
        (acquisition, CustodyOf(acquisition, body)),
        .. acquisitions.Of(body).Where(other => other != acquisition && other.Holder is not null && other.Destination.Declaration is { } declaration && declaration == acquisition.Destination.Declaration)
            .Select(other => (other, CustodyOf(other, body))),
    ];

    /// <summary>What happens to an acquisition; who gets a command, reader or transaction of it can release it too, through that.</summary>
    private Custody CustodyOf(Acquisition acquisition, BodyFacts body) =>
        _custodies.GetOrAdd(acquisition, (Leaks: this, Body: body), static (one, state) => state.Leaks.WithWhatItMakes(one, state.Body));

    private Custody WithWhatItMakes(Acquisition acquisition, BodyFacts body)
    {
        Custody custody = custodies.Of(acquisition, body);
        if (acquisition.Kind is not (ResourceKind.Connection or ResourceKind.Command))
            return custody;
        List<IOperation> handovers = [];
        foreach (Acquisition other in acquisitions.Of(body))
        {
            // What stands before it is not made of it.
            if (other.Operation.Syntax.SpanStart > acquisition.Operation.Syntax.SpanStart && custody.Uses.Any(use => Operations.IsInside(use, other.Operation)) && IsHandedOn(other, body))
                handovers.Add(other.Operation);
        }

        return custody.And(handovers);
    }

    private bool IsHandedOn(Acquisition acquisition, BodyFacts body) => acquisition.Destination switch
    {
        { Kind: DestinationKind.Local } => CustodyOf(acquisition, body).Handovers.Count > 0,
        { Kind: DestinationKind.Argument, Site: IArgumentOperation argument } => borrowing.Of(argument, body) == ArgumentUse.Keeps,
        { Kind: var kind } => kind is DestinationKind.Returned or DestinationKind.Elsewhere,
    };

    /// <summary>Whether something surely goes to a store through it: what is only made, or only asked for its settings, holds nothing.</summary>
    private static bool IsUsed(Acquisition acquisition, Custody custody, BodyFacts body) => acquisition.Kind switch
    {
        ResourceKind.Connection => acquisition.IsOpen || custody.Openings.Count > 0 || body.Calls.Any(call => call.IsRoundTrip && custody.Uses.Any(use => Operations.IsInside(use, call.Operation))),
        ResourceKind.Reader => true,
        _ => custody.Uses.Count > 0,
    };

    private bool IsReleasedWithOwner(Acquisition reader, IOperation[] barriers, BodyFacts body) =>
        reader.Kind == ResourceKind.Reader && (IsReleasedWithCommand(reader, barriers, body) || IsReleasedWithConnection(reader, barriers, body));

    /// <summary>Nor where it is that of a command which releases it, is released here, and runs nothing else before that.</summary>
    private bool IsReleasedWithCommand(Acquisition reader, IOperation[] barriers, BodyFacts body)
    {
        if (reader.Operation is not IInvocationOperation execution || Operations.RootSymbol(Operations.Receiver(execution)) is not ILocalSymbol command || context.Models.Of(command.Type)?.Has(TypeTraits.ReleasesReaders) != true)
            return false;
        // Each pass that makes the command anew has released the one before.
        IOperation[] ends = [.. barriers, .. acquisitions.Of(body).Where(one => SymbolEqualityComparer.Default.Equals(one.Holder, command)).Select(static one => one.Operation)];
        return IsReleasedHere(command, ResourceKind.Command, body) && !body.Origins.MentionsOf(command).Any(mention =>
            mention.Parent is IInvocationOperation or IArgumentOperation { Parent: IInvocationOperation }
            && SendsAgain(mention.Parent as IInvocationOperation ?? (IInvocationOperation)mention.Parent.Parent!)
            && body.PathsAround(execution)?.CanReach(execution, mention, ends) == true);

        bool SendsAgain(IInvocationOperation call) =>
            call == execution || acquisitions.Of(body).Any(one => one.Operation == call) || body.Calls.Any(one => one.Operation == call && one.IsRoundTrip);
    }

    private bool IsReleasedHere(ILocalSymbol holder, ResourceKind kind, BodyFacts body) =>
        holder.IsUsing || acquisitions.Of(body).Any(one => one.Kind == kind && SymbolEqualityComparer.Default.Equals(one.Holder, holder)
            && (one.Destination.Kind == DestinationKind.Using || custodies.Of(one, body) is { IsUnclear: false, Releases.Count: > 0 }));

    /// <summary>A reader needs no release of its own where its connection is released and no other command is sent before that.</summary>
    private bool IsReleasedWithConnection(Acquisition reader, IOperation[] barriers, BodyFacts body)
    {
        if (body.Calls.FirstOrDefault(call => call.Operation == reader.Operation) is not { Session: { } session } execution || Operations.Referenced(session) is not ILocalSymbol connection)
            return false;
        return IsReleasedHere(connection, ResourceKind.Connection, body) && !body.Calls.Any(other => other != execution && other.IsRoundTrip && other.Session is { } through
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(through), connection)
            && body.PathsAround(reader.Operation)?.CanReach(reader.Operation, other.Operation, barriers) == true);
    }

    /// <summary>Whether the expression that makes something also sends it to a store, and is all that ever sees it.</summary>
    private bool IsDropped(Acquisition acquisition, BodyFacts body)
    {
        Destination destination = acquisition.Destination;
        if (destination.IsOneOfSeveral || (destination.Site is IArgumentOperation argument && (argument is not { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } } || borrowing.Of(argument, body) != ArgumentUse.Borrows)))
            return false;
        if (destination.Site is IInvocationOperation { TargetMethod: var method } && (context.Models.Of(method) is not { } model || model.Plays("this", ParameterRole.Releases) || IsMaker(model, acquisition)))
            return false;
        if (acquisition.Kind == ResourceKind.Reader)
            return true;
        return body.Calls.Any(call => call.IsRoundTrip && call.Operation != acquisition.Operation && Operations.IsInside(acquisition.Operation, call.Operation)
            && Operations.EnclosingFunction(call.Operation) == Operations.EnclosingFunction(acquisition.Operation)
            && !(call.Invocation is { } sent && context.Models.Of(sent.TargetMethod)?.Plays("return", ParameterRole.Acquires) == true && acquisition.Kind is ResourceKind.Connection or ResourceKind.Command));
    }

    /// <summary>What a connection or command makes leads back to it.</summary>
    private static bool IsMaker(MemberModel model, Acquisition acquisition) => acquisition.Kind is ResourceKind.Connection or ResourceKind.Command && model.Plays("return", ParameterRole.Acquires);

    private static IOperation? ReturnAfter(IOperation start, Acquisition acquisition, IOperation[] barriers, BodyFacts body, Paths paths)
    {
        IOperation? found = null;
        IOperation? home = Operations.EnclosingFunction(start);
        foreach (IOperation root in body.Roots)
        {
            Operations.Any(root, operation =>
            {
                if (operation is IReturnOperation { IsImplicit: false } leave && leave.Syntax.SpanStart > start.Syntax.SpanStart && Operations.EnclosingFunction(leave) == home
                    && paths.CanReach(start, leave.ReturnedValue ?? leave, barriers, acquisition.Holder))
                {
                    found = leave;
                }

                return found is not null;
            });
        }

        return found;
    }

    private bool MayThrow(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => context.Models.Of(method) is { } model
            ? (model.Effect & (DbEffect.RoundTrip | DbEffect.Enumerates | DbEffect.Advances)) != 0
            : !SafeNames.Contains(method.Name) && !method.Name.StartsWith("Log", StringComparison.Ordinal),
        IObjectCreationOperation { Type: { } type } => WellKnownTypes.IsException(type),
        _ => false,
    };
}
