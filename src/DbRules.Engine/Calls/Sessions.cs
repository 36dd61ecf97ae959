using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Says which session an expression stands for, through aliases and through what a context lends of itself (<c>db.Database.GetDbConnection()</c>).</summary>
internal sealed class Sessions(CompilationContext context)
{
    /// <summary>The session of a call; null when the code does not show it, or when it may be another object each time.</summary>
    public Session? Of(DbCall call)
    {
        if (call.Session is not { } expression || Of(expression, call.Body.Origins) is not { } session)
            return null;
        // A method that composes the query may have a session in a local of its own.
        return session.IsOwn || call.Body.Contains(expression) ? session : null;
    }

    /// <summary>As the other, for an expression that names a session.</summary>
    public Session? Of(IOperation expression, Origins origins)
    {
        ImmutableArray<ISymbol> path = [];
        HashSet<ISymbol>? aliases = null;
        IOperation current = Operations.Unwrap(expression);
        ITypeSymbol? type = current.Type;
        while (true)
        {
            switch (current)
            {
                case ILocalReferenceOperation { Local: var local }:
                    if (origins.Of(local).Count > 1)
                        return null;
                    if (origins.SingleValue(local) is { } value && IsAlias(value) && (aliases ??= new(SymbolEqualityComparer.Default)).Add(local))
                    {
                        type = path.IsEmpty ? value.Type : type;
                        current = value;
                        continue;
                    }

                    path = path.Insert(0, local);
                    return Make();

                case IParameterReferenceOperation { Parameter: var parameter }:
                    if (origins.Of(parameter).Count > 0)
                        return null;
                    path = path.Insert(0, parameter);
                    return Make();

                case IInstanceReferenceOperation:
                    return Make();

                case IConditionalAccessInstanceOperation instance when Operations.ConditionalReceiver(instance) is { } receiver:
                    current = Operations.Unwrap(receiver);
                    continue;

                case IFieldReferenceOperation { Field: var field, Instance: var owner }:
                    path = path.Insert(0, field);
                    if (owner is null)
                        return Make();
                    current = Operations.Unwrap(owner);
                    continue;

                case IPropertyReferenceOperation { Property: var property, Arguments.IsEmpty: true, Instance: var owner }:
                    if (owner is not null && IsLent(property))
                    {
                        current = Lent(owner, ref type, path.IsEmpty);
                        continue;
                    }

                    if (!IsKept(property))
                        return null;
                    path = path.Insert(0, property);
                    if (owner is null)
                        return Make();
                    current = Operations.Unwrap(owner);
                    continue;

                case IInvocationOperation call when path.IsEmpty && LenderOf(call) is { } lender:
                    current = Lent(lender, ref type, path.IsEmpty);
                    continue;

                default:
                    return null;
            }
        }

        Session Make() => new(path, type);
    }

    private static IOperation Lent(IOperation lender, ref ITypeSymbol? type, bool isSession)
    {
        IOperation owner = Operations.Unwrap(lender);
        type = isSession ? owner.Type : type;
        return owner;
    }

    /// <summary>Whether a property gives a part of the context itself, also where an interface of the code in view promises it: <c>IShopContext.Database</c>.</summary>
    private bool IsLent(IPropertySymbol property) => context.Models.Of(property) is { } model
        ? model.Plays("this", ParameterRole.Connection)
        : property.ContainingType.TypeKind == TypeKind.Interface && context.Models.Of(property.Type)?.Has(TypeTraits.Session) == true && context.Models.TypesNaming(property.Name).Any();

    /// <summary>The context that a call takes its connection from.</summary>
    private IOperation? LenderOf(IInvocationOperation call) =>
        context.Models.Of(call.TargetMethod) is { } model
        && !model.Plays("return", ParameterRole.Acquires)
        && call.Type is { } result && context.Models.Of(result)?.Has(TypeTraits.Session) == true
        && model.Parameters.TryGetValue(ParameterRole.Connection, out string? name)
            ? name == "this" ? Operations.Receiver(call) : Operations.Argument(call, name)
            : null;

    /// <summary>Whether a local only gives another name to something that has one. What a property makes anew each time has no other name.</summary>
    private bool IsAlias(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: var property } => IsLent(property) || IsKept(property),
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation => true,
        IInvocationOperation call => LenderOf(call) is not null,
        _ => false,
    };

    /// <summary>Whether a property gives the same object each time: it has no code, or returns what a field holds. One that cannot be seen is taken to.</summary>
    private bool IsKept(IPropertySymbol property)
    {
        if (property.GetMethod is not { } getter || property.IsAbstract || property.DeclaringSyntaxReferences.IsEmpty || !context.Own.HasCode(getter))
            return true;
        return context.Bodies.OwnBodyOf(getter) is not { } bodies
            || bodies.SelectMany(CalleeBodies.ReturnedValues).All(static value => Operations.Unwrap(value) is IFieldReferenceOperation or ICoalesceAssignmentOperation or IPropertyReferenceOperation or IParameterReferenceOperation);
    }
}
