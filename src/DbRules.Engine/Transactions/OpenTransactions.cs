using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds the transactions that a body opens by itself. Remembered per body.</summary>
internal sealed class OpenTransactions(CompilationContext context, Sessions sessions)
{
    private readonly SmallTable<BodyFacts, ImmutableArray<OpenTransaction>> _known = new();

    /// <summary>The transactions of a body, in source order.</summary>
    public ImmutableArray<OpenTransaction> Of(BodyFacts body) => MayOpen(body) ? _known.GetOrAdd(body, this, static (facts, transactions) => transactions.Read(facts)) : [];

    /// <summary>Whether a type is that of a transaction.</summary>
    public bool IsTransaction(ITypeSymbol? type) => type is not null && context.Models.Of(type)?.Has(TypeTraits.Transaction) == true;

    /// <summary>A cheap first question: most bodies open none, and need not be walked.</summary>
    private static bool MayOpen(BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (call.Model?.Has(DbEffect.Begins) == true)
                return true;
        }

        return !body.Ambient.IsEmpty;
    }

    private ImmutableArray<OpenTransaction> Read(BodyFacts body)
    {
        ImmutableArray<OpenTransaction>.Builder found = ImmutableArray.CreateBuilder<OpenTransaction>();
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, found, (operation, found) =>
            {
                if (ModelOf(operation)?.Has(DbEffect.Begins) == true)
                    found.Add(Read(body, operation));
                return true;
            });
        }

        return found.ToImmutable();
    }

    private MemberModel? ModelOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => context.Models.Of(call.TargetMethod),
        IObjectCreationOperation { Constructor: { } constructor } => context.Models.Of(constructor),
        _ => null,
    };

    private OpenTransaction Read(BodyFacts body, IOperation begin)
    {
        Destination destination = Destination.Of(begin);
        ILocalSymbol? holder = destination.Local;
        bool escapes = destination.IsOneOfSeveral || destination.Kind is not (DestinationKind.Local or DestinationKind.Using or DestinationKind.Discarded);
        Session? session = begin is IInvocationOperation call && SessionArgument(call) is { } through ? sessions.Of(through, body.Origins) : null;
        var commits = new List<IOperation>();
        var rollbacks = new List<IOperation>();
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, commits, (operation, _) =>
            {
                if (operation is IInvocationOperation end && EndsIt(end))
                    (context.Models.Of(end.TargetMethod)?.Has(DbEffect.Commits) == true ? commits : rollbacks).Add(end);
                else if (holder is not null && operation is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, holder))
                    escapes |= IsHandedOn(operation) || (body.Origins.Of(holder).Count > 1 && !IsNullFirst(body, holder));
                return true;
            });
        }

        AddCallsOfFunctions(commits, body);
        AddCallsOfFunctions(rollbacks, body);
        return new OpenTransaction(body, begin)
        {
            Holder = holder,
            Session = session,
            Lifetime = destination.Lifetime,
            Escapes = escapes,
            IsAdopted = ModelOf(begin)?.Parameters.ContainsKey(ParameterRole.Transaction) == true,
            Commits = [.. commits.OrderBy(static end => end.Syntax.SpanStart)],
            Rollbacks = [.. rollbacks.OrderBy(static end => end.Syntax.SpanStart)],
        };

        bool EndsIt(IInvocationOperation end)
        {
            if (end.TargetMethod.Name is "Dispose" or "DisposeAsync" or "Close")
                return holder is not null && end.Instance is { } disposed && SymbolEqualityComparer.Default.Equals(Operations.Referenced(disposed), holder);
            if (context.Models.Of(end.TargetMethod) is not { } model || (model.Effect & (DbEffect.Commits | DbEffect.RollsBack)) == 0)
                return false;
            IOperation? ended = Operations.Receiver(end);
            if (ended is not null && holder is not null && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(ended), holder))
                return true;
            // The context commits its current transaction.
            return ended is not null && session is not null && !IsTransaction(Operations.Unwrap(ended).Type) && session.Equals(sessions.Of(ended, body.Origins));
        }
    }

    /// <summary>A local function or a lambda that ends a transaction ends it where it is called.</summary>
    private static void AddCallsOfFunctions(List<IOperation> ends, BodyFacts body)
    {
        // Ends that are added may stand in a function themselves.
        for (int i = 0; i < ends.Count; i++)
        {
            if (Operations.EnclosingFunction(ends[i]) is { } function)
                ends.AddRange(body.OwnCalls.Where(call => Runs(call, function) && !ends.Contains(call.Operation)).Select(static call => call.Operation));
        }
    }

    private static bool Runs(OwnCall call, IOperation function) => function is ILocalFunctionOperation { Symbol: var local }
        ? SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, local)
        : call.Delegate is { } called && (call.Body.Origins.Resolve(called) is IDelegateCreationOperation creation ? creation.Target : null) == function;

    private IOperation? SessionArgument(IInvocationOperation call) =>
        context.Models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Connection, out string? name)
            ? name == "this" ? Operations.Receiver(call) : Operations.Argument(call, name)
            : null;

    /// <summary>Whether an expression gives the transaction to code that may end it: not to a library's call that takes part in it.</summary>
    private bool IsHandedOn(IOperation reference)
    {
        IOperation current = reference;
        while (current.Parent is IConversionOperation or IParenthesizedOperation or IAwaitOperation)
            current = current.Parent;
        return current.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => context.Models.Of(call.TargetMethod) is null && !IsOwnUse(call),
            IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } } => context.Models.Of(type)?.Has(TypeTraits.Command) != true,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } => context.Models.Of(property)?.Plays("return", ParameterRole.Transaction) != true,
            ISimpleAssignmentOperation assignment => assignment.Value == current,
            IReturnOperation or IVariableInitializerOperation or ITupleOperation or IAnonymousObjectCreationOperation => true,
            _ => false,
        };
    }

    /// <summary>A method of the code in view that only works within the transaction: no end of it stands in the method.</summary>
    private bool IsOwnUse(IInvocationOperation call) =>
        context.Bodies.Of(call.TargetMethod) is { } bodies
        && !bodies.Any(body => Operations.Any(body, operation => operation is IInvocationOperation inner
            && (inner.TargetMethod.Name is "Dispose" or "DisposeAsync" || (ModelOf(inner) is { } model && (model.Effect & (DbEffect.Commits | DbEffect.RollsBack)) != 0)
                || inner.Arguments.Any(argument => IsTransaction(Operations.Unwrap(argument.Value).Type) && context.Models.Of(inner.TargetMethod) is null))));

    /// <summary><c>DbTransaction? transaction = null;</c> and one assignment behind it.</summary>
    private static bool IsNullFirst(BodyFacts body, ILocalSymbol holder) =>
        body.Origins.Of(holder) is [{ Value: { } first }, _] && Conditions.IsNull(first);
}
