using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Whether code may run inside a transaction that somebody else opens: one that it is handed, that its class holds, that an attribute or a behaviour around it
/// supplies, or that a caller has open. When in doubt it may.
/// </summary>
internal sealed class OuterTransactions(CompilationContext context, OpenTransactions open, TransactionalCallers callers, Func<OwnCall, MethodSummary> summaryOf)
{
    private static readonly string[] Words = ["Transaction", "UnitOfWork", "Atomic"];

    private readonly SmallTable<BodyFacts, Signs> _signs = new();

    /// <summary>Whether a transaction may be open at an operation, whoever opened it.</summary>
    public bool MayBeOpenAt(IOperation operation, BodyFacts body) =>
        open.Of(body).Any(transaction => transaction.MayBeOpenAt(operation))
        || _signs.GetOrAdd(body, this, static (facts, outer) => outer.ReadSigns(facts)) is var signs && (signs.IsGiven || signs.FirstCall < operation.Syntax.SpanStart)
        || IsOpenedByCalls(operation, body)
        || IsHandedToTransaction(operation, body)
        || IsInsideUnit(operation, body)
        || (body.Owner is IMethodSymbol owner && callers.MayCall(owner));

    /// <summary>A name that speaks of a transaction.</summary>
    public static bool SpeaksOfTransaction(string name)
    {
        foreach (string word in Words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>A call before the operation opens a transaction somewhere else, or its SQL does.</summary>
    private bool IsOpenedByCalls(IOperation operation, BodyFacts body) =>
        body.Calls.Any(call => call.Operation.Syntax.SpanStart < operation.Syntax.SpanStart && call.Command.Script?.Statements.Any(static statement => statement.Kind == Sql.SqlStatementKind.Transaction) == true)
        || body.OwnCalls.Any(call => call.Operation.Syntax.SpanStart < operation.Syntax.SpanStart && (summaryOf(call).Transaction & TransactionUse.Begins) != 0);

    private Signs ReadSigns(BodyFacts body)
    {
        int first = int.MaxValue;
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, context.Models, (operation, models) =>
            {
                if (operation is IInvocationOperation { TargetMethod: var method } && (SpeaksOfTransaction(method.Name) || SpeaksOfTransaction(method.ReturnType.Name)) && models.Of(method) is null)
                    first = Math.Min(first, operation.Syntax.SpanStart);
                return true;
            });
        }

        return new Signs(IsGiven(body), first);
    }

    /// <summary>The operation stands in a lambda that is handed to code which opens a transaction around it, as far as names or the code itself show.</summary>
    private bool IsHandedToTransaction(IOperation operation, BodyFacts body)
    {
        for (IOperation? function = Operations.EnclosingFunction(operation); function is not null; function = Operations.EnclosingFunction(function))
        {
            if (function is not IAnonymousFunctionOperation lambda || Operations.ArgumentOf(lambda) is not { Parent: IInvocationOperation taker })
                continue;
            if (SpeaksOfTransaction(taker.TargetMethod.Name) || SpeaksOfTransaction(taker.TargetMethod.ContainingType.Name))
                return true;
            if (body.OwnCalls.Any(call => call.Operation == taker && (summaryOf(call).Transaction & TransactionUse.Begins) != 0))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A <c>using</c> around the operation holds something that code out of view has made, and that has to be completed: <c>using var unit = units.Begin(); ... unit.Complete();</c>.
    /// </summary>
    private bool IsInsideUnit(IOperation operation, BodyFacts body)
    {
        for (IOperation child = operation; child.Parent is { } parent; child = parent)
        {
            IEnumerable<IOperation> held = parent switch
            {
                IUsingOperation scope when scope.Resources != child => [scope.Resources],
                IBlockOperation block => block.Operations.TakeWhile(statement => statement != child).OfType<IUsingDeclarationOperation>(),
                _ => [],
            };
            if (held.Any(resource => Operations.Any(resource, made => made is IInvocationOperation or IObjectCreationOperation && IsUnit(made))))
                return true;
        }

        return false;

        bool IsUnit(IOperation made) =>
            Destination.Of(made).Declaration is IUsingOperation or IUsingDeclarationOperation
            && Operations.ResultOf(made)?.Type is INamedTypeSymbol type && context.Models.Of(type) is null
            && type.AllInterfaces.Add(type).SelectMany(static one => one.GetMembers()).Any(static member => member is IMethodSymbol { Name: "Complete" or "CompleteAsync" or "Commit" or "CommitAsync" })
            && (body.OwnCalls.FirstOrDefault(call => call.Operation == made) is { } call ? (summaryOf(call) with { Outside = WorkOutside.None }).Equals(MethodSummary.Unknown) : type.DeclaringSyntaxReferences.IsEmpty);
    }

    /// <summary>The member is handed a transaction, names one, or belongs to a class that holds one or is marked with an attribute that says so.</summary>
    private bool IsGiven(BodyFacts body)
    {
        if (body.Owner is not { } owner)
            return false;
        if (owner is IMethodSymbol method && method.Parameters.Any(parameter => IsTransaction(parameter.Type)))
            return true;
        if (HasAttribute(owner) || owner is IMethodSymbol { AssociatedSymbol: { } property } && HasAttribute(property))
            return true;
        for (INamedTypeSymbol? type = owner.ContainingType; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (HasAttribute(type) || HoldsTransaction(type))
                return true;
        }

        return body.Roots.Any(root => Operations.Any(root, operation => operation is IMemberReferenceOperation and not IMethodReferenceOperation
            && ((IMemberReferenceOperation)operation).Type is { } type && IsTransaction(type)
            && !IsOfCommand((IMemberReferenceOperation)operation)));
    }

    /// <summary>A class of the code in view with a member of its own that is a transaction.</summary>
    private bool HoldsTransaction(INamedTypeSymbol type) =>
        !type.DeclaringSyntaxReferences.IsEmpty
        && type.GetMembers().Any(member => member is IFieldSymbol or IPropertySymbol && Operations.TypeOf(member) is { } held && IsTransaction(held));

    /// <summary><c>command.Transaction</c>: what the command is given is asked about with the command.</summary>
    private bool IsOfCommand(IMemberReferenceOperation member) => member.Instance?.Type is { } holder && context.Models.Of(holder)?.Has(TypeTraits.Command) == true;

    private bool IsTransaction(ITypeSymbol type) => open.IsTransaction(type) || (SpeaksOfTransaction(type.Name) && !OnlySaves(type));

    /// <summary>A unit of work of the code in view that cannot be asked for a transaction: its commit is a save.</summary>
    private static bool OnlySaves(ITypeSymbol type) =>
        !type.DeclaringSyntaxReferences.IsEmpty
        && type.Name.IndexOf("Transaction", StringComparison.OrdinalIgnoreCase) < 0
        && type is INamedTypeSymbol named
        && !named.AllInterfaces.Add(named).SelectMany(static one => one.GetMembers()).Any(static member =>
            member.Name.IndexOf("Transaction", StringComparison.OrdinalIgnoreCase) >= 0 || member.Name.StartsWith("Begin", StringComparison.Ordinal) || member.Name.StartsWith("Rollback", StringComparison.Ordinal));

    private static bool HasAttribute(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => attribute.AttributeClass is { } type && SpeaksOfTransaction(type.Name));

    /// <summary>What a whole body says about transactions around it: read once for all pairs of its writes.</summary>
    /// <param name="isGiven">Whether the body is handed a transaction, names one, or belongs to a class that holds one.</param>
    /// <param name="firstCall">The position of the first call that opens a transaction, as its name says; behind everything when none does.</param>
    private sealed class Signs(bool isGiven, int firstCall)
    {
        public bool IsGiven { get; } = isGiven;

        public int FirstCall { get; } = firstCall;
    }
}
