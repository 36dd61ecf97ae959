using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Transactions that code is handed together with their connection: by its parameters, or by the fields of its class.</summary>
internal sealed class HeldTransactions(CompilationContext context, Sessions sessions, OpenTransactions open)
{
    private readonly SmallTable<INamedTypeSymbol, bool> _holders = new(SymbolEqualityComparer.Default);

    /// <summary>A cheap first question: whether a member or its type is handed a transaction, or a call of the body is given one. One that a lambda is handed is not known to be open.</summary>
    public bool MayBeIn(BodyFacts body) =>
        (body.Owner is IMethodSymbol owner && Takes(owner))
        || (body.Owner?.ContainingType is { } type && _holders.GetOrAdd(type, this, static (type, held) => held.IsHolder(type)))
        || body.Calls.Any(static call => call.TryGetTransaction(out IOperation? given) && given is not null);

    /// <summary>The transaction that surely is open on the connection of a call, and the place that shows it; null when none is known.</summary>
    public (ISymbol Holder, Location Evidence)? At(DbCall call, Session session, BodyFacts body)
    {
        if (ThroughTransaction(session, body) is { } own)
            return IsOpen(own, call.Operation, body) ? (own, own.Locations[0]) : null;
        if (GivenToSibling(call, session, body) is { } sibling)
            return sibling;
        return HeldBesides(session) is { } field && IsOpen(field, call.Operation, body) ? (field, field.Locations[0]) : null;
    }

    /// <summary>Whether a field of a type holds a transaction, or a constructor takes one.</summary>
    private bool IsHolder(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Any(field => open.IsTransaction(field.Type)) || type.InstanceConstructors.Any(Takes);

    private bool Takes(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (open.IsTransaction(parameter.Type))
                return true;
        }

        return false;
    }

    /// <summary>The parameter in <c>transaction.Connection</c>.</summary>
    private IParameterSymbol? ThroughTransaction(Session session, BodyFacts body) =>
        session.Path is [IParameterSymbol parameter, IPropertySymbol property]
        && open.IsTransaction(parameter.Type)
        && context.Models.Of(property)?.Plays("return", ParameterRole.Connection) == true
        && body.Origins.Of(parameter).Count == 0
            ? parameter
            : null;

    /// <summary>Another call on the same path and connection is given a transaction that the code does not make by itself.</summary>
    private (ISymbol Holder, Location Evidence)? GivenToSibling(DbCall call, Session session, BodyFacts body)
    {
        foreach (DbCall other in body.Calls)
        {
            if (other == call || !other.TryGetTransaction(out IOperation? given) || given is null)
                continue;
            if (Holder(given) is (IParameterSymbol or IFieldSymbol or IPropertySymbol) and var holder
                && Operations.TypeOf(holder) is { } type && open.IsTransaction(type)
                && session.Equals(sessions.Of(other))
                && (body.CanFollow(call.Operation, other.Operation) || body.CanFollow(other.Operation, call.Operation))
                && IsOpen(holder, call.Operation, body))
            {
                return (holder, other.Location);
            }
        }

        return null;
    }

    /// <summary>The object whose transaction it is: of <c>transaction.GetDbTransaction()</c> the holder.</summary>
    private ISymbol? Holder(IOperation given) =>
        Operations.Unwrap(given) is IInvocationOperation call && Operations.Receiver(call) is { } receiver && context.Models.Of(call.TargetMethod)?.Parameters.ContainsKey(ParameterRole.Transaction) == true
            ? Operations.Referenced(receiver)
            : Operations.Referenced(given);

    /// <summary>
    /// The one transaction that a class holds for good, where its constructor is handed it together with the connection.
    /// </summary>
    private ISymbol? HeldBesides(Session session)
    {
        if (session.Path is [IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } primary }])
            return HeldByPrimary(primary);
        if (session.Path is not [IFieldSymbol { IsStatic: false, ContainingType: { } type } connection])
            return null;
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && open.IsTransaction(field.Type))];
        if (fields is not [{ IsReadOnly: true, NullableAnnotation: not NullableAnnotation.Annotated } transaction] || type.InstanceConstructors is not [{ } constructor])
            return null;
        IReadOnlyList<IOperation> bodies = context.Bodies.OwnBodyOf(constructor) ?? [];
        return TakesParameter(constructor, bodies, transaction) && TakesParameter(constructor, bodies, connection) ? transaction : null;
    }

    /// <summary>The one transaction among the parameters of a primary constructor, which all members of the class see; null where one of them replaces it.</summary>
    private IParameterSymbol? HeldByPrimary(IMethodSymbol constructor)
    {
        if (constructor.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not TypeDeclarationSyntax || constructor.ContainingType.InstanceConstructors.Count(static one => !one.IsImplicitlyDeclared) != 1)
            return null;
        return constructor.Parameters.Where(parameter => open.IsTransaction(parameter.Type)).ToArray() is [{ NullableAnnotation: not NullableAnnotation.Annotated, HasExplicitDefaultValue: false } transaction]
            && !constructor.ContainingType.DeclaringSyntaxReferences.Any(part => part.GetSyntax().DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Any(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } && name == transaction.Name))
            ? transaction
            : null;
    }

    private static bool TakesParameter(IMethodSymbol constructor, IReadOnlyList<IOperation> bodies, IFieldSymbol field) => IsInitializedBy(constructor, field) || bodies.Any(body => Operations.Any(body, operation =>
        operation is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var target }, Value: var value }
        && SymbolEqualityComparer.Default.Equals(target, field)
        && Operations.Unwrap(value is ICoalesceOperation coalesce ? coalesce.Value : value) is IParameterReferenceOperation));

    /// <summary><c>private readonly DbTransaction _transaction = transaction;</c> beside a primary constructor.</summary>
    private static bool IsInitializedBy(IMethodSymbol constructor, IFieldSymbol field) =>
        field.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value }
        && (value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Left: var given } ? given : value) is IdentifierNameSyntax { Identifier.ValueText: var name }
        && constructor.Parameters.Any(parameter => parameter.Name == name);

    /// <summary>Whether nothing in the function ends the transaction, replaces it, or asks whether there is one, before the operation.</summary>
    private bool IsOpen(ISymbol holder, IOperation operation, BodyFacts body)
    {
        if (body.Origins.Of(holder).Count > 0 || DependsOn(operation, holder))
            return false;
        IOperation? function = Operations.EnclosingFunction(operation);
        // The transaction of an outer function may have ended when a lambda runs.
        if (function is not null && holder is IParameterSymbol)
            return false;
        return !body.Roots.Any(root => Operations.Any(root, ending =>
            ending is IInvocationOperation end
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(Operations.Receiver(end)), holder)
            && (end.TargetMethod.Name is "Dispose" or "DisposeAsync" || (context.Models.Of(end.TargetMethod) is { } model && (model.Effect & (DbEffect.Commits | DbEffect.RollsBack)) != 0))
            && body.PathsAround(operation)?.CanFollow(end, operation) != false));
    }

    /// <summary>Whether a condition around an operation asks about the transaction.</summary>
    private static bool DependsOn(IOperation operation, ISymbol holder) =>
        Conditions.Around(operation).Any(condition => Operations.Any(condition, part => SymbolEqualityComparer.Default.Equals(Operations.Referenced(part), holder)));
}
