using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Reads what a function does with what it has acquired.</summary>
internal sealed class CustodyReader(CompilationContext context, Borrowing borrowing)
{
    private readonly SmallTable<Acquisition, Custody> _known = new();

    /// <summary>What happens to an object that a local of the body holds. Remembered per acquisition.</summary>
    public Custody Of(Acquisition acquisition, BodyFacts body) =>
        _known.GetOrAdd(acquisition, (Reader: this, Body: body), static (one, state) => state.Reader.Read(one, state.Body));

    /// <summary>What bodies of a class do with what a member of its objects holds, as far as they name the member.</summary>
    public Custody OfMember(ISymbol member, IEnumerable<(IOperation Mention, BodyFacts Body)> mentions)
    {
        var custody = new Custody();
        foreach ((IOperation mention, BodyFacts body) in mentions)
        {
            // What another name does with it is not followed.
            if (Read(mention, custody, body, member) is not null)
                custody.Handovers.Add(mention);
        }

        return custody;
    }

    private Custody Read(Acquisition acquisition, BodyFacts body)
    {
        var custody = new Custody();
        var pending = new Queue<ILocalSymbol>([acquisition.Holder!]);
        custody.IsUnclear = acquisition.Destination.IsOneOfSeveral || acquisition.Destination.Site is IIsPatternOperation;
        while (pending.Count > 0)
        {
            ILocalSymbol local = pending.Dequeue();
            custody.IsUnclear |= body.Origins.Of(local).Count(static assignment => assignment.Value is not { } value || !Conditions.IsNull(value)) > 1;
            foreach (ILocalReferenceOperation mention in body.Origins.MentionsOf(local))
            {
                if (Read(mention, custody, body, local) is { } alias && !SymbolEqualityComparer.Default.Equals(alias, acquisition.Holder) && !custody.Aliases.Contains(alias, SymbolEqualityComparer.Default))
                {
                    custody.Aliases.Add(alias);
                    pending.Enqueue(alias);
                }
            }
        }

        ReadConnectionsOfReaders(acquisition, custody, body);
        ReadNestedFunctions(acquisition, custody, body);
        // What is handed on in one case and released in another is not known where the cases cannot be told.
        custody.IsUnclear |= custody.Handovers.Count > 0 && custody.Releases.Any(static release => release.IsGuarded);
        return custody;
    }

    /// <summary>Files one mention of the local or member; another local that takes the object is handed back.</summary>
    private ILocalSymbol? Read(IOperation reference, Custody custody, BodyFacts body, ISymbol holder)
    {
        if (Operations.IsTarget(reference))
            return null;
        Destination destination = Destination.Of(reference);
        switch (destination.Kind)
        {
            case DestinationKind.Local:
                custody.IsUnclear |= destination.IsOneOfSeveral;
                return destination.Local;
            case DestinationKind.Using:
                custody.Releases.Add(new Release(reference, destination.Site, IsClose: false) { Lifetime = destination.Lifetime });
                return null;
            case DestinationKind.Receiver:
                ReadMember(reference, destination.Site, custody, holder);
                return null;
            case DestinationKind.Argument when destination.Site is IArgumentOperation argument:
                switch (destination.IsOneOfSeveral ? ArgumentUse.Keeps : borrowing.Of(argument, body))
                {
                    case ArgumentUse.Borrows when IsOpening(argument):
                        custody.Openings.Add(argument.Parent!);
                        break;
                    case ArgumentUse.Borrows:
                        custody.Uses.Add(reference);
                        break;
                    case ArgumentUse.Releases:
                        custody.Releases.Add(ReleaseAt(reference, holder, argument.Parent!));
                        break;
                    default:
                        custody.Handovers.Add(reference);
                        break;
                }

                return null;
            // The object is at hand for a command; the command does not release it.
            case DestinationKind.Elsewhere when destination.Site is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } && IsBorrowedBy(property):
                custody.Uses.Add(reference);
                return null;
            case DestinationKind.Test or DestinationKind.Discarded:
                return null;
            default:
                custody.Handovers.Add(reference);
                return null;
        }
    }

    private void ReadMember(IOperation reference, IOperation site, Custody custody, ISymbol holder)
    {
        // A task that is asked for more than its result may have none.
        custody.IsUnclear |= Tasks.IsTask(reference.Type) && site is not (IPropertyReferenceOperation { Property.Name: nameof(Task<int>.Result) } or IInvocationOperation { TargetMethod.Name: nameof(Task.Wait) or nameof(Task.GetAwaiter) or nameof(Task.ConfigureAwait) });
        if (site is not IInvocationOperation call)
        {
            // A method that is named and not called may run at any time.
            (site is IMethodReferenceOperation ? custody.Handovers : custody.Uses).Add(reference);
            return;
        }

        MemberModel? model = context.Models.Of(call.TargetMethod);
        if (borrowing.Releases(call.TargetMethod))
            custody.Releases.Add(ReleaseAt(reference, holder, call, call.TargetMethod.Name.StartsWith("Close", StringComparison.Ordinal)));
        else if (model?.Plays("this", ParameterRole.Acquires) == true)
            custody.Openings.Add(call);
        else if (model is null && call.Type is { } result && SymbolEqualityComparer.Default.Equals(Tasks.ResultOf(result), Operations.TypeOf(holder)))
            custody.Handovers.Add(reference);
        else
            custody.Uses.Add(reference);
    }

    private bool IsOpening(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && argument.Parameter is { } parameter && context.Models.Of(call.TargetMethod)?.Plays(parameter.Name, ParameterRole.Acquires) == true;

    private bool IsBorrowedBy(IPropertySymbol property) =>
        context.Models.Of(property) is { } model && (model.Plays("return", ParameterRole.Connection) || model.Plays("return", ParameterRole.Transaction) || model.Plays("return", ParameterRole.Command));

    /// <summary>
    /// What must run so that the object is released: the release, or a test around it that leaves out only what need not be released: one of the object itself, and any
    /// in a <c>finally</c> block, which knows how its <c>try</c> went.
    /// </summary>
    private static Release ReleaseAt(IOperation reference, ISymbol holder, IOperation call, bool isClose = false)
    {
        IOperation barrier = reference;
        IOperation? outermost = null;
        bool isGuarded = false;
        IOperation child = reference;
        for (IOperation? parent = reference.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalOperation { Condition: var condition } && child != condition)
            {
                outermost = condition;
                if (!isGuarded && TestsOnly(condition, holder))
                    barrier = condition;
                else
                    isGuarded = true;
            }
            else if (parent is ITryOperation { Finally: { } last } && last == child)
            {
                return new Release(outermost ?? barrier, call, isClose);
            }
        }

        return new Release(barrier, call, isClose) { IsGuarded = isGuarded };
    }

    /// <summary>Whether a condition looks at what a local or member holds, and at nothing else.</summary>
    internal static bool TestsOnly(IOperation condition, ISymbol holder)
    {
        bool namesIt = false;
        bool namesOther = Operations.Any(condition, operation =>
        {
            bool isIt = operation is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, holder);
            namesIt |= isIt;
            return !isIt && operation is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IInvocationOperation { TargetMethod.IsStatic: true }
                || operation is IFieldReferenceOperation { Field.IsConst: false };
        });
        return namesIt && !namesOther;
    }

    /// <summary>A reader that closes its connection takes the connection over.</summary>
    private void ReadConnectionsOfReaders(Acquisition acquisition, Custody custody, BodyFacts body)
    {
        if (acquisition.Kind != ResourceKind.Connection)
            return;
        foreach (DbCall call in body.Calls)
        {
            if (call.Invocation is { } invocation && invocation.Arguments.Any(ClosesConnection) && call.Session is { } session && Names(session, acquisition, custody))
                custody.Handovers.Add(call.Operation);
        }
    }

    private bool ClosesConnection(IArgumentOperation argument) =>
        argument.Parameter?.Type.TypeKind == TypeKind.Enum && Operations.Any(argument.Value, operation => operation is IFieldReferenceOperation { Field: var option } && context.Models.Of(option)?.Has(DbEffect.ClosesConnection) == true);

    private static bool Names(IOperation expression, Acquisition acquisition, Custody custody) =>
        Operations.Referenced(expression) is ILocalSymbol local
        && (SymbolEqualityComparer.Default.Equals(local, acquisition.Holder) || custody.Aliases.Contains(local, SymbolEqualityComparer.Default));

    /// <summary>
    /// What a local function releases is released where it is called. What a lambda releases or hands on happens when nobody here knows.
    /// </summary>
    private static void ReadNestedFunctions(Acquisition acquisition, Custody custody, BodyFacts body)
    {
        IOperation? home = Operations.EnclosingFunction(acquisition.Operation);
        custody.IsUnclear |= custody.Handovers.Any(handover => Operations.EnclosingFunction(handover) != home) || (home is not null && !Operations.IsDeclaredInside(acquisition.Holder!, home));
        foreach (Release release in custody.Releases.ToArray())
        {
            IOperation? function = Operations.EnclosingFunction(release.Call);
            if (function == home)
                continue;
            custody.Releases.Remove(release);
            if (function is ILocalFunctionOperation { Symbol: var symbol } && CallsOf(symbol, body, home) is { Length: > 0 } calls)
            {
                custody.Releases.AddRange(calls.Select(call => release with { Barrier = call, Call = call }));
            }
            else
            {
                custody.Handovers.Add(release.Call);
                custody.IsUnclear = true;
            }
        }
    }

    private static IOperation[] CallsOf(IMethodSymbol function, BodyFacts body, IOperation? home) =>
        [.. body.OwnCalls.Where(call => SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, function.OriginalDefinition) && Operations.EnclosingFunction(call.Operation) == home).Select(static call => call.Operation)];
}
