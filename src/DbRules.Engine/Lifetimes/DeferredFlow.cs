using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>A place where something that needs a resource leaves the lifetime of the resource.</summary>
/// <param name="Need">What leaves.</param>
/// <param name="Value">The expression that leaves.</param>
/// <param name="Site">The <c>return</c>, assignment, argument or statement with which it does; for a local that is declared outside, the expression that uses it later.</param>
internal readonly record struct DeferredExit(Need Need, IOperation Value, IOperation Site);

/// <summary>
/// Follows what needs one resource through the function that holds it: queries that are composed, tasks that are started, rows that are not read. One instance answers
/// for one resource.
/// </summary>
/// <param name="body">The body that holds the resource.</param>
/// <param name="calls">What comes out of calls.</param>
/// <param name="home">The lambda or local function that holds it; null for the member's own body.</param>
/// <param name="lifetime">The code behind whose end the resource is released; null when that is not known, so that all code of the function counts.</param>
internal sealed class DeferredFlow(BodyFacts body, DeferredCalls calls, IOperation? home, IOperation? lifetime)
{
    private readonly HashSet<(ILocalSymbol, NeedKind, IOperation?)> _seen = [];
    private readonly List<DeferredExit> _exits = [];

    /// <summary>The ways on which something that needs what a local holds leaves, in no order.</summary>
    public IReadOnlyList<DeferredExit> ExitsOf(ILocalSymbol holder)
    {
        FollowLocal(holder, new Need(NeedKind.Session), null);
        return _exits;
    }

    /// <summary>Follows a local to all its uses. Says whether one of them waits for the task that it holds.</summary>
    private bool FollowLocal(ILocalSymbol local, Need need, IOperation? site)
    {
        if (!_seen.Add((local, need.Kind, site)))
            return false;
        // What holds it can be told to hold something else, or be awaited in parts.
        if (need.Held is not null ? need.Kind == NeedKind.Task || !body.Origins.IsOnlyRead(local) : local.Type.IsTupleType)
            need = need with { IsSure = false };
        int outer = _exits.Count;
        bool isAwaited = false;
        foreach (ILocalReferenceOperation mention in body.Origins.MentionsOf(local))
        {
            if (!Operations.IsTarget(mention))
                isAwaited |= FollowUse(mention, local, need, site);
        }

        // What has ended before the lifetime does needs nothing any more.
        for (int i = _exits.Count - 1; isAwaited && need.Kind == NeedKind.Task && i >= outer; i--)
        {
            if (_exits[i].Need.Kind == NeedKind.Task)
                _exits.RemoveAt(i);
        }

        return isAwaited;
    }

    private bool FollowUse(IOperation reference, ILocalSymbol local, Need need, IOperation? site)
    {
        if (FunctionBelowHome(reference) is { } function)
            return FollowFunction(function);
        if (Operations.EnclosingFunction(reference) != home)
            return false;
        if (site is not null && !MayHold(local, site, reference))
            return false;
        if (lifetime is not null && !Operations.IsInside(reference, lifetime))
        {
            if (need.Kind is not (NeedKind.Session or NeedKind.Command) && reference.Syntax.SpanStart > lifetime.Syntax.Span.End && IsUsed(reference))
                Leave(need.Held is null || Destination.Of(reference).Kind == DestinationKind.Returned ? need : need with { IsSure = false }, reference, reference);
            return false;
        }

        return Follow(reference, need);
    }

    /// <summary>A function that uses the resource may do so whenever somebody calls it.</summary>
    private bool FollowFunction(IOperation function)
    {
        if (function is IAnonymousFunctionOperation)
            return Follow(function, new Need(NeedKind.Delegate, function, IsSure: false));
        IMethodSymbol symbol = ((ILocalFunctionOperation)function).Symbol;
        foreach (OwnCall call in body.OwnCalls)
        {
            if (SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, symbol.OriginalDefinition) && Operations.EnclosingFunction(call.Operation) == home && calls.Unknown(call.Operation) is { } unknown)
                Follow(call.Operation, unknown);
        }

        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, this, (operation, _) =>
            {
                if (operation is IMethodReferenceOperation { Method: var named } && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, symbol.OriginalDefinition) && Operations.EnclosingFunction(operation) == home)
                    Follow(operation, new Need(NeedKind.Delegate, operation, IsSure: false));
                return true;
            });
        }

        return false;
    }

    /// <summary>Follows a value outwards to where it goes. Says whether its task is awaited on the way.</summary>
    private bool Follow(IOperation value, Need need)
    {
        bool isAwaited = false;
        IOperation current = value;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or IVariableInitializerOperation or ITranslatedQueryOperation or IDelegateCreationOperation:
                case ICoalesceOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation or ISwitchExpressionArmOperation:
                case IConditionalOperation { Condition: var condition } when condition != current:
                case ISwitchExpressionOperation { Value: var switched } when switched != current:
                case IConditionalAccessOperation { WhenNotNull: var access } when access == current:
                    current = parent;
                    continue;
                case ITupleOperation:
                    need = need.In(current);
                    current = parent;
                    continue;
                case IConditionalAccessOperation access when InstanceOf(access) is { } instance:
                    current = instance;
                    continue;
                case IAwaitOperation:
                    isAwaited |= need.Kind == NeedKind.Task;
                    if (need.AfterEnd is not { } ended)
                        return isAwaited;
                    need = ended;
                    current = parent;
                    continue;
                case IInvocationOperation call when call.Instance == current:
                    if (need.Kind == NeedKind.Task && call.TargetMethod.Name is "Wait" or "GetAwaiter")
                    {
                        isAwaited = true;
                        if (need.AfterEnd is not { } waited || call.Parent is not IInvocationOperation { TargetMethod.Name: "GetResult" } got)
                            return isAwaited;
                        need = waited;
                        current = got;
                        continue;
                    }

                    if (calls.ResultOf(call, null, need, body) is not { } result)
                        return isAwaited;
                    need = Weaken(result, need);
                    current = parent;
                    continue;
                case IPropertyReferenceOperation { Property.Name: "Result" } when need.Kind == NeedKind.Task:
                    isAwaited = true;
                    if (need.AfterEnd is not { } known)
                        return isAwaited;
                    need = known;
                    current = parent;
                    continue;
                case IMemberReferenceOperation member when member.Instance == current:
                    if (calls.MemberOf(member, need, body) is not { } part)
                        return isAwaited;
                    need = Weaken(part, need);
                    current = parent;
                    continue;
                case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call }:
                    if (call.TargetMethod.ReturnsVoid && need.Kind is NeedKind.Task or NeedKind.Delegate)
                    {
                        // A list of tasks may be awaited as a whole; a method may wait for what it is given.
                        if (call.TargetMethod.Name is "WaitAll")
                            return true;
                        Leave(need with { IsSure = false }, current, parent);
                        return isAwaited;
                    }

                    if (calls.ResultOf(call, parameter, need, body) is not { } made)
                        return isAwaited;
                    need = Weaken(made, need);
                    current = call;
                    continue;
                case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } creation } when need.Kind == NeedKind.Task && Tasks.IsTask(type):
                    current = creation;
                    continue;
                case IArgumentOperation { Parameter: { } given, Parent: IObjectCreationOperation creation } when need.Kind is not (NeedKind.Session or NeedKind.Command) && PlainMembers.IsPositional(given):
                    need = need.In(current);
                    current = creation;
                    continue;
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    need = need.Kind == NeedKind.Session && calls.IsCommand(creation.Type) ? new Need(NeedKind.Command, creation) : need with { IsSure = false };
                    if (need.Kind is NeedKind.Session)
                        return isAwaited;
                    current = creation;
                    continue;
                case IAssignmentOperation assignment when assignment.Value == current:
                    return FollowAssignment(assignment, need) | isAwaited;
                case IVariableDeclaratorOperation { Symbol: var local }:
                    return FollowLocal(local, need, parent) | isAwaited;
                case IVariableDeclarationOperation { Declarators: [{ Symbol: var local } declarator] }:
                    return FollowLocal(local, need, declarator) | isAwaited;
                case IReturnOperation { Kind: OperationKind.Return } when need.Kind is not NeedKind.Session:
                    Leave(need, current, parent);
                    return isAwaited;
                case IExpressionStatementOperation when need is { Kind: NeedKind.Task, IsSure: true }:
                    Leave(need, current, parent);
                    return isAwaited;
                case IAnonymousObjectCreationOperation or IMemberInitializerOperation or IObjectOrCollectionInitializerOperation when need.Kind is not NeedKind.Session:
                    Leave(need with { IsSure = false }, current, parent);
                    return isAwaited;
                default:
                    return isAwaited;
            }
        }

        return isAwaited;
    }

    private bool FollowAssignment(IAssignmentOperation assignment, Need need)
    {
        switch (assignment)
        {
            case ICompoundAssignmentOperation:
                return false;
            case { Target: ILocalReferenceOperation { Local: var local } }:
                return FollowLocal(local, need, assignment);
            case { Target: IPropertyReferenceOperation { Property: var property, Instance: var instance } } when need.Kind is NeedKind.Session or NeedKind.Command && calls.IsSessionOfCommand(property):
                return instance is not null && Operations.Referenced(instance) is ILocalSymbol command && FollowLocal(command, new Need(NeedKind.Command), null);
        }

        if (need.Kind is NeedKind.Session or NeedKind.Command)
            return false;
        if (NewObjectAround(assignment) is { } whole)
            return Follow(whole, need.In(assignment.Value));
        Leave(need with { IsSure = need.IsSure && StaysOutside(assignment.Target, need) }, assignment.Value, assignment);
        return false;
    }

    private void Leave(Need need, IOperation value, IOperation site) => _exits.Add(new DeferredExit(need, need.Held ?? value, site));

    /// <summary>The new object one of whose plain members an initializer sets; null for any other assignment.</summary>
    private static IOperation? NewObjectAround(IAssignmentOperation assignment) => assignment switch
    {
        { Parent: IAnonymousObjectCreationOperation creation } => creation,
        { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation }, Target: IMemberReferenceOperation { Member: var member } } when PlainMembers.IsPlain(member) => creation,
        _ => null,
    };

    /// <summary>Whether what is put there surely is used only when the resource is gone: no code of the lifetime looks at it again.</summary>
    private bool StaysOutside(IOperation target, Need need) => target switch
    {
        IDiscardOperation => need.Kind == NeedKind.Task,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.Out or RefKind.Ref } parameter } => !IsMentioned(parameter, target),
        IFieldReferenceOperation { Field: var field, Instance: null or IInstanceReferenceOperation } => need.Kind is NeedKind.Query or NeedKind.Rows && !IsMentioned(field, target),
        _ => false,
    };

    private bool IsMentioned(ISymbol variable, IOperation target) => body.Roots.Any(root => Operations.Any(root, operation => operation != target
        && SymbolEqualityComparer.Default.Equals(operation is IFieldReferenceOperation or IParameterReferenceOperation ? Operations.Referenced(operation) : null, variable)));

    /// <summary>Whether a local may still hold what one of several assignments gave it.</summary>
    private bool MayHold(ILocalSymbol local, IOperation site, IOperation reference)
    {
        IReadOnlyList<Assignment> all = body.Origins.Of(local);
        if (all.Count <= 1)
            return true;
        IOperation[] others = [.. all.Where(other => other.Site != site && (other.Value is not { } value || !Operations.IsInside(reference, value))).Select(static other => other.Site)];
        return body.PathsAround(site) is { } paths && paths.CanReach(site, reference, others);
    }

    /// <summary>The outermost function below the one that holds the resource around an operation; null when it stands in that function itself, or outside of it.</summary>
    private IOperation? FunctionBelowHome(IOperation operation)
    {
        IOperation? below = null;
        for (IOperation? function = Operations.EnclosingFunction(operation); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function == home)
                return below;
            below = function;
        }

        return home is null ? below : null;
    }

    private static bool IsUsed(IOperation reference) =>
        reference.Parent is IAwaitOperation || Destination.Of(reference).Kind is DestinationKind.Receiver or DestinationKind.Argument or DestinationKind.Returned or DestinationKind.Elsewhere;

    private static Need Weaken(Need made, Need from) => from.IsSure ? made : made with { IsSure = false };

    private static IOperation? InstanceOf(IConditionalAccessOperation access)
    {
        IOperation? found = null;
        Operations.Any(access.WhenNotNull, operation =>
        {
            found ??= operation as IConditionalAccessInstanceOperation;
            return found is not null;
        });
        return found;
    }
}
