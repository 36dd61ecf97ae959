using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds what needs a resource and outlives the <c>using</c> or <c>try</c> that releases it. Remembered per body.</summary>
internal sealed class DeferredEscapes(CompilationContext context, Acquisitions acquisitions, CustodyReader custodies, DeferredCalls calls)
{
    private readonly SmallTable<BodyFacts, ImmutableArray<DeferredEscape>> _known = new();

    /// <summary>What leaves the usings of a body, at most one answer for each resource, in source order.</summary>
    public ImmutableArray<DeferredEscape> Of(BodyFacts body) => body.Usings.IsEmpty && body.Acquired.IsEmpty ? [] : _known.GetOrAdd(body, this, static (facts, escapes) => escapes.Read(facts));

    private ImmutableArray<DeferredEscape> Read(BodyFacts body)
    {
        ImmutableArray<DeferredEscape>.Builder? found = null;
        HashSet<IOperation>? seen = null;
        foreach (IOperation scope in body.Usings)
        {
            foreach (Held held in HeldBy(scope, body))
                Add(held);
        }

        if (!body.Acquired.IsEmpty)
        {
            foreach (Held held in ReleasedInFinally(body))
                Add(held);
        }

        return found?.ToImmutable() ?? [];

        void Add(Held held)
        {
            IOperation? home = Operations.EnclosingFunction(held.Lifetime);
            // Out of most usings nothing leaves.
            if (new DeferredFlow(body, calls, home, held.Lifetime).ExitsOf(held.Local) is not { Count: > 0 } exits || IsIterator(home, body))
                return;
            ImmutableArray<DeferredExpression> leaving =
            [
                .. exits
                    .Where(exit => exit.Need is { IsSure: true, Maker: not null } && Matters(exit.Need, held) && (seen ??= []).Add(exit.Value))
                    .Select(static exit => new DeferredExpression(exit.Need.Kind, exit.Need.Maker!, exit.Value, exit.Site))
                    .OrderBy(static one => one.Site.Syntax.SpanStart),
            ];
            if (leaving.IsEmpty)
                return;
            found ??= ImmutableArray.CreateBuilder<DeferredEscape>();
            found.Add(new DeferredEscape(held.Local.Name, held.Location, leaving) { IsAsync = AsyncPlaces.AllowsAwait(held.Lifetime, body), Releaser = held.Lifetime is ITryOperation ? "finally" : "using" });
        }
    }

    /// <summary>Whether what leaves fails when the resource is gone, or may.</summary>
    private bool Matters(Need need, Held held) => need.Kind switch
    {
        NeedKind.Query or NeedKind.Rows => held.Kind is not ResourceKind.Transaction,
        NeedKind.Reader => held.Kind is ResourceKind.Connection or ResourceKind.Context or ResourceKind.Reader,
        // The asynchronous methods of a provider without a server end before they return.
        NeedKind.Task => context.DialectOf(held.Local.Type) != AsyncCalls.SynchronousDialect,
        _ => false,
    };

    /// <summary>The locals that hold what a using releases.</summary>
    private IEnumerable<Held> HeldBy(IOperation scope, BodyFacts body)
    {
        IOperation? lifetime = scope is IUsingOperation ? scope : scope.Parent;
        IOperation resources = scope is IUsingOperation { Resources: var given } ? given : ((IUsingDeclarationOperation)scope).DeclarationGroup;
        if (lifetime is null)
            yield break;
        if (resources is not IVariableDeclarationGroupOperation group)
        {
            if (Operations.Unwrap(resources) is ILocalReferenceOperation { Local: var named } && acquisitions.KindOf(named.Type) is { } released && body.Origins.SingleValue(named) is { } made)
                yield return new Held(named, released, lifetime, LocationOf(made));
            yield break;
        }

        foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(static declaration => declaration.Declarators))
        {
            if (declarator.GetVariableInitializer()?.Value is not { } value)
                continue;
            IOperation source = Operations.Unwrap(value);
            // A helper of the using holds another local's object: await using var _ = connection.ConfigureAwait(false).
            ILocalSymbol local = source is ILocalReferenceOperation { Local: var other } ? other : declarator.Symbol;
            if (acquisitions.KindOf(local.Type) is { } kind && kind is not (ResourceKind.Command or ResourceKind.Pool))
                yield return new Held(local, kind, lifetime, LocationOf(source));
            else if (source is IInvocationOperation { TargetMethod: var maker } && context.Models.Of(maker)?.Plays("return", ParameterRole.Acquires) == true)
            {
                foreach (Held below in HandedOutBy(declarator.Symbol, lifetime, body))
                    yield return below;
            }
        }
    }

    /// <summary>The locals that hold what the <c>finally</c> block of a <c>try</c> releases, whatever has happened.</summary>
    private IEnumerable<Held> ReleasedInFinally(BodyFacts body)
    {
        foreach (Acquisition acquisition in acquisitions.Of(body))
        {
            if (acquisition is not { Destination.Kind: DestinationKind.Local, Holder: { } holder, Kind: not (ResourceKind.Command or ResourceKind.Pool) } || custodies.Of(acquisition, body) is not { IsUnclear: false } custody)
                continue;
            foreach (Release release in custody.Releases)
            {
                if (!release.IsClose && TryAround(release.Call, holder) is { } around && Operations.EnclosingFunction(around) == Operations.EnclosingFunction(acquisition.Operation))
                    yield return new Held(holder, acquisition.Kind, around, acquisition.Location);
            }
        }
    }

    /// <summary>The <c>try</c> that runs a call in its <c>finally</c> block, at most behind a test of what the call releases; null for any other call.</summary>
    private static ITryOperation? TryAround(IOperation call, ILocalSymbol holder)
    {
        for (IOperation child = call; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation or ISwitchOperation); child = parent)
        {
            if (parent is ITryOperation around)
                return around.Finally == child ? around : null;
            if (parent is IConditionalOperation { Condition: var condition } && child != condition && !CustodyReader.TestsOnly(condition, holder))
                return null;
        }

        return null;
    }

    /// <summary>What a scope of a container hands out lives as long as the scope.</summary>
    private IEnumerable<Held> HandedOutBy(ILocalSymbol scope, IOperation lifetime, BodyFacts body)
    {
        var found = new List<Held>();
        Operations.Visit(lifetime, this, (operation, _) =>
        {
            if (operation is IVariableDeclaratorOperation { Symbol: var local } && acquisitions.KindOf(local.Type) is ResourceKind.Context && body.Origins.SingleValue(local) is IInvocationOperation made
                && context.Models.Of(made.TargetMethod) is null && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(made), scope))
            {
                found.Add(new Held(local, ResourceKind.Context, lifetime, LocationOf(made)));
            }

            return true;
        });
        return found;
    }

    private static Location LocationOf(IOperation made) => made switch
    {
        IInvocationOperation call => DbCall.LocationOf(call),
        IObjectCreationOperation { Type: { } type } creation => new Acquisition(creation, type, ResourceKind.Connection).Location,
        _ => made.Syntax.GetLocation(),
    };

    /// <summary>An iterator runs between the steps of its caller: its using ends with the enumeration.</summary>
    private static bool IsIterator(IOperation? function, BodyFacts body) => (function is null ? body.Roots : [function]).Any(root =>
        Operations.Any(root, operation => operation is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } && Operations.EnclosingFunction(operation) == function));

    private readonly record struct Held(ILocalSymbol Local, ResourceKind Kind, IOperation Lifetime, Location Location);
}
