using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>
/// Whether something that still needs a resource may be used when the code which works with it is through: a query that has not run, a task that nobody awaits, a reader
/// or command of it, a lambda that is kept. It may, where that is not known: a fix must not end the resource then, whereas <see cref="DeferredFlow"/> says what surely
/// leaves, and is silent there.
/// </summary>
internal sealed class LateUses(CompilationContext context, Borrowing borrowing)
{
    /// <summary>Whether what the code makes of a resource that a local holds may outlive the code.</summary>
    public bool MayFollow(Acquisition acquisition, Custody custody, BodyFacts body)
    {
        var search = new LateUseSearch(context, borrowing, body, acquisition);
        return custody.Uses.Exists(use => search.LeavesThrough(use)) || custody.Openings.Exists(opening => search.Leaves(opening)) || custody.Releases.Exists(release => release.Call is IInvocationOperation && search.Leaves(release.Call));
    }

    /// <summary>Whether what the code makes of a resource that no local holds may outlive the statement.</summary>
    public bool MayFollow(Acquisition acquisition, BodyFacts body) => new LateUseSearch(context, borrowing, body, acquisition).LeavesThrough(acquisition.Operation);

    private sealed class LateUseSearch(CompilationContext context, Borrowing borrowing, BodyFacts body, Acquisition acquisition)
    {
        private readonly IOperation? _home = Operations.EnclosingFunction(acquisition.Operation);
        private readonly HashSet<ILocalSymbol> _seen = new(SymbolEqualityComparer.Default);
        private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);

        /// <summary>Whether what takes an object, or what it makes of it, may outlive the code.</summary>
        public bool LeavesThrough(IOperation value) => Destination.Of(value) switch
        {
            { Kind: DestinationKind.Test or DestinationKind.Discarded or DestinationKind.Using, Local: null } => LeavesFunction(value),
            { Kind: DestinationKind.Local or DestinationKind.Using, Local: { } local } => LeavesFunction(value) || LocalLeaves(local),
            { Kind: DestinationKind.Receiver, Site: var site } => Leaves(site),
            { Kind: DestinationKind.Argument, Site: IArgumentOperation { Parent: { } call } argument } => borrowing.Of(argument, body) switch
            {
                ArgumentUse.Borrows => Leaves(call),
                ArgumentUse.Releases => LeavesFunction(value),
                _ => true,
            },
            { Kind: DestinationKind.Elsewhere, Site: IForEachLoopOperation } => LeavesFunction(value),
            { Kind: DestinationKind.Elsewhere, Site: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } } } => LeavesFunction(value) || OwnerLeaves(owner),
            _ => true,
        };

        /// <summary>Whether the value of an expression that uses a resource needs the resource, and may outlive the code.</summary>
        public bool Leaves(IOperation value)
        {
            if (value is not (IInvocationOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IObjectCreationOperation))
                return true;
            if (Tasks.IsTask(value.Type))
            {
                if (Awaited(value) is not { } awaited)
                    return true;
                return LeavesFunction(value) || (!IsAtRest(value, Tasks.ResultOf(value.Type!)) && LeavesThrough(awaited));
            }

            return IsAtRest(value, value.Type) ? LeavesFunction(value) : LeavesThrough(value);
        }

        private bool OwnerLeaves(IOperation owner) => owner switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver, Parent.Parent.Parent: IObjectCreationOperation creation } => LeavesThrough(creation),
            _ => Operations.Referenced(owner) is not ILocalSymbol local || LocalLeaves(local),
        };

        private bool LocalLeaves(ILocalSymbol local) => !SymbolEqualityComparer.Default.Equals(local, acquisition.Holder) && _seen.Add(local)
            && body.Origins.MentionsOf(local).Any(mention => !mention.IsDeclaration && !Operations.IsTarget(mention) && LeavesThrough(mention));

        /// <summary>Whether an operation stands in a lambda or local function of the code that may run when the code is through.</summary>
        private bool LeavesFunction(IOperation operation)
        {
            for (IOperation? function = Operations.EnclosingFunction(operation); function is not null && function != _home; function = Operations.EnclosingFunction(function))
            {
                switch (function)
                {
                    case IAnonymousFunctionOperation lambda when Operations.ArgumentOf(lambda) is { Parameter: { } parameter, Parent: IInvocationOperation call }
                        && (context.Vocabulary.RunsPerElement(parameter.OriginalDefinition) || context.Vocabulary.RunsOnce(parameter.OriginalDefinition)):
                        if (Leaves(call))
                            return true;
                        break;
                    case ILocalFunctionOperation { Symbol: var symbol } when !Operations.Any(function, static part => part.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak) && IsOnlyCalled(symbol):
                        // Functions that call each other are asked once.
                        if (_called.Add(symbol) && body.OwnCalls.Any(call => SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, symbol.OriginalDefinition) && !Operations.IsInside(call.Operation, function) && Leaves(call.Operation)))
                            return true;
                        break;
                    default:
                        return true;
                }
            }

            return false;
        }

        private bool IsOnlyCalled(IMethodSymbol function) => !body.Roots.Any(root => Operations.Any(root, operation =>
            operation is IMethodReferenceOperation { Method: var named } && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, function.OriginalDefinition)));

        /// <summary>Whether a value is complete: nothing of it has yet to be read.</summary>
        private bool IsAtRest(IOperation value, ITypeSymbol? type) =>
            (value is IInvocationOperation call && context.Models.Of(call.TargetMethod) is { } model && IsComplete(model, call))
            || type is not { IsValueType: false, SpecialType: not (SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Void) }
            || !(type.TypeKind == TypeKind.Delegate || IsLazySequence(type) || context.Types.IsQueryable(type) || IsPartOfContext(type) || (NeedsRelease(type) && !IsOwnCopy(type)));

        /// <summary>Whether a library member has read everything when it returns, or when its task has ended.</summary>
        private static bool IsComplete(MemberModel model, IInvocationOperation call)
        {
            if (!model.Has(DbEffect.RoundTrip) && !model.Has(DbEffect.Enumerates) && !model.Has(DbEffect.Advances))
                return false;
            if (model.Has(DbEffect.Lazy) || model.Plays("return", ParameterRole.Acquires) || model.Step != QueryStep.None)
                return false;
            // The settings of a prepared command can say that rows pass one by one.
            if (model.Parameters.TryGetValue(ParameterRole.Buffered, out string? flag))
                return Operations.Argument(call, flag) is null or { ConstantValue: { HasValue: true, Value: true } } && !(model.Parameters.TryGetValue(ParameterRole.Command, out string? command) && Operations.Argument(call, command) is not null);
            return true;
        }

        /// <summary>An entry, a tracker or a setting of a context works through the context.</summary>
        private bool IsPartOfContext(ITypeSymbol type)
        {
            if (acquisition.Kind != ResourceKind.Context)
                return false;
            for (ITypeSymbol? part = acquisition.Type.BaseType; part is { SpecialType: SpecialType.None }; part = part.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(part.ContainingAssembly, type.ContainingAssembly) && !SymbolEqualityComparer.Default.Equals(part.ContainingAssembly, acquisition.Type.ContainingAssembly))
                    return true;
            }

            return false;
        }

        private static bool IsLazySequence(ITypeSymbol type) => type.OriginalDefinition.SpecialType switch
        {
            SpecialType.System_Collections_IEnumerable or SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerator or SpecialType.System_Collections_Generic_IEnumerator_T => true,
            _ => type is { TypeKind: TypeKind.Interface, Name: "IAsyncEnumerable" or "IAsyncEnumerator" or "IOrderedEnumerable" },
        };

        private static bool NeedsRelease(ITypeSymbol type) => type.AllInterfaces.Concat([type]).Any(static one => one is { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace.Name: "System" });

        /// <summary>A component that is passed by value, such as a table in memory, can be disposed, and needs nothing of what filled it.</summary>
        private static bool IsOwnCopy(ITypeSymbol type)
        {
            for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
            {
                if (part is { Name: "MarshalByValueComponent", ContainingNamespace.Name: "ComponentModel" })
                    return true;
            }

            return false;
        }

        /// <summary>The operation that gets what a task yields: an <c>await</c>, or a member that waits. Null where none does at once.</summary>
        private static IOperation? Awaited(IOperation task)
        {
            for (IOperation current = task; current.Parent is { } parent; current = parent)
            {
                switch (parent)
                {
                    case IAwaitOperation or IPropertyReferenceOperation { Property.Name: "Result" } or IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" }:
                        return parent;
                    case IConversionOperation or IParenthesizedOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } } or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" }:
                        continue;
                    default:
                        return null;
                }
            }

            return null;
        }
    }
}
