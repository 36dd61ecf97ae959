using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Reads the shape of a query from the expression that a terminal runs.</summary>
internal sealed class QueryShapes(ModelIndex models, Origins origins, WellKnownTypes types, CalleeBodies bodies, int helperDepth = 0)
{
    private const int MaxDepth = 64;
    private const int MaxHelperDepth = 4;

    /// <summary>The query behind an expression. Never null: what is not understood has an unknown root.</summary>
    public QueryShape Of(IOperation source)
    {
        var steps = new List<QueryStepUse>();
        QueryShape root = Follow(source, steps, isConditional: false, new HashSet<ISymbol>(SymbolEqualityComparer.Default), 0);
        steps.Reverse();
        return new QueryShape(root.Kind, root.Root, root.Session, root.Entity, [.. steps], root.SessionType, root.Origin);
    }

    private QueryShape Follow(IOperation source, List<QueryStepUse> steps, bool isConditional, HashSet<ISymbol> seen, int depth)
    {
        IOperation current = source;
        for (; depth < MaxDepth; depth++)
        {
            current = Operations.Unwrap(current);
            switch (current)
            {
                case IInvocationOperation call:
                    if (FollowCall(call, steps, isConditional) is { } next)
                        current = next;
                    else if (FollowHelper(call, steps, isConditional) is { } helper)
                        return helper.Argument is null ? helper.Shape : Follow(helper.Argument, steps, isConditional, seen, depth + 1);
                    else
                        return OfCall(call);
                    break;
                case IPropertyReferenceOperation { Property.GetMethod: { } getter } property when FollowBody(property, getter, property.Instance, property.Arguments, steps, isConditional) is { } helper:
                    return helper.Argument is null ? helper.Shape : Follow(helper.Argument, steps, isConditional, seen, depth + 1);
                case ITranslatedQueryOperation syntax:
                    current = syntax.Operation;
                    break;
                case ILocalReferenceOperation { Local: var local } when seen.Add(local):
                    return OfVariable(local, current, steps, isConditional, seen, depth + 1) ?? Unknown(current);
                // What a method makes of the query that it is given. What is not that query any more starts nowhere.
                case IParameterReferenceOperation { Parameter: var parameter } when origins.Of(parameter).Count > 0 && seen.Add(parameter):
                    return OfVariable(parameter, current, steps, isConditional, seen, depth + 1) is null ? Unknown(current) : Unknown(origins.Of(parameter)[0].Site);
                case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                    return OfArms([conditional.WhenTrue, whenFalse], current, steps, seen, depth + 1);
                case ISwitchExpressionOperation choice:
                    return OfArms([.. choice.Arms.Select(arm => arm.Value)], current, steps, seen, depth + 1);
                default:
                    return OfValue(current);
            }
        }

        return Unknown(current);
    }

    /// <summary>The operand to go on with when the call only adds a step; null when the query starts at this call.</summary>
    private IOperation? FollowCall(IInvocationOperation call, List<QueryStepUse> steps, bool isConditional)
    {
        if (models.Of(call.TargetMethod) is not { } model)
            return null;
        // AsQueryable changes nothing about a query that is one already.
        if (model.Has(DbEffect.InMemory))
            return Operations.Receiver(call) is { } same && types.IsQueryable(Operations.Unwrap(same).Type) ? same : null;
        if (!model.Has(DbEffect.Composes))
            return null;
        steps.Add(new QueryStepUse(model.Step, call, isConditional));
        // A helper object has the query as an argument: mapper.ProjectTo<T>(query).
        return model.Parameters.TryGetValue(ParameterRole.Source, out string? source) && Operations.Argument(call, source) is { } query ? query : Operations.Receiver(call);
    }

    /// <summary>
    /// Looks into a method of this compilation that returns a query. The argument is the query that the helper extends; without one the shape
    /// says where the helper's query starts. Null when the helper cannot be seen or its returns differ.
    /// </summary>
    private (QueryShape Shape, IOperation? Argument)? FollowHelper(IInvocationOperation call, List<QueryStepUse> steps, bool isConditional) =>
        types.IsQueryable(call.Type) && call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
            ? FollowForeignOperator(call, steps, isConditional)
            : FollowBody(call, call.TargetMethod, call.Instance, call.Arguments, steps, isConditional);

    private (QueryShape Shape, IOperation? Argument)? FollowBody(
        IOperation use, IMethodSymbol helper, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, List<QueryStepUse> steps, bool isConditional)
    {
        // A set, which is a class, is a root itself, whichever way its property gets it.
        if (!types.IsQueryable(use.Type) || (IsQuery(use.Type) && use.Type is { TypeKind: TypeKind.Class }) || helper.DeclaringSyntaxReferences.IsEmpty)
            return null;
        if (helperDepth >= MaxHelperDepth || bodies.Of(helper) is not [var body])
            return null;
        List<IOperation> returned = CalleeBodies.ReturnedValues(body);
        var inner = new QueryShapes(models, new Origins([body]), types, bodies, helperDepth + 1);
        (QueryShape Shape, IOperation? Argument)? result = null;
        foreach (IOperation value in returned)
        {
            QueryShape shape = inner.Of(value);
            IOperation? argument = shape is { Kind: QueryRootKind.Unknown, Root: IParameterReferenceOperation { Parameter: var parameter } }
                ? parameter.ContainingSymbol is IMethodSymbol ? Operations.Argument(arguments, parameter.Name) : instance
                : null;
            if (result is { } known && (known.Shape.Kind != shape.Kind || known.Argument != argument))
                return null;
            steps.AddRange(shape.Steps.Reverse().Select(use => use with { IsConditional = isConditional || use.IsConditional || returned.Count > 1 }));
            result = (new QueryShape(shape.Kind, use, instance, shape.Entity, [], shape.SessionType, shape.Origin), argument);
        }

        return result;
    }

    /// <summary>An extension of another library that takes a query and returns one stays on the same store.</summary>
    private (QueryShape Shape, IOperation? Argument)? FollowForeignOperator(IInvocationOperation call, List<QueryStepUse> steps, bool isConditional)
    {
        if (!call.TargetMethod.IsExtensionMethod || IsModelled(call.TargetMethod) || Operations.Receiver(call) is not { } receiver || !types.IsQueryable(Operations.Unwrap(receiver).Type))
            return null;
        steps.Add(new QueryStepUse(QueryStep.Other, call, isConditional));
        return (Unknown(call), receiver);
    }

    private bool IsModelled(IMethodSymbol method) => models.Of(method) is not null;

    private QueryShape OfCall(IInvocationOperation call)
    {
        MemberModel? model = models.Of(call.TargetMethod);
        IOperation? receiver = Operations.Receiver(call);
        if (model?.Has(DbEffect.InMemory) == true)
            return new QueryShape(QueryRootKind.Memory, call, null, null, []);

        if (model?.Has(DbEffect.QueryRoot) == true)
        {
            IOperation? session = receiver is null ? null : IsQuery(receiver.Type) ? Of(receiver).Session : receiver;
            return new QueryShape(QueryRootKind.Store, call, session, ElementType(call.Type), []);
        }

        return IsQuery(call.Type) ? new QueryShape(QueryRootKind.Store, call, null, ElementType(call.Type), []) : Unknown(call);
    }

    /// <summary>The query that the assignments of a variable make; null when they only extend what it holds already.</summary>
    private QueryShape? OfVariable(ISymbol variable, IOperation reference, List<QueryStepUse> steps, bool isConditional, HashSet<ISymbol> seen, int depth)
    {
        IReadOnlyList<Assignment> assignments = origins.Of(variable);
        QueryShape? result = null;
        for (int i = assignments.Count - 1; i >= 0; i--)
        {
            if (assignments[i].Value is not { } value)
                return Unknown(reference);
            QueryShape shape = Follow(value, steps, isConditional || !RunsBefore(assignments[i].Site, reference), seen, depth);
            // A reassignment that extends the variable itself (query = query.Where(...)) leads back here and has no root of its own.
            if (shape.Kind == QueryRootKind.Unknown && SymbolEqualityComparer.Default.Equals(Operations.Referenced(shape.Root), variable))
                continue;
            if (result is not null && result.Kind != shape.Kind)
                return Unknown(reference);
            result = shape;
        }

        return result;
    }

    /// <summary>
    /// Whether an assignment surely ran before a local is read: it stands in front, and every block around it is around the reading place too.
    /// </summary>
    private static bool RunsBefore(IOperation site, IOperation reference)
    {
        if (site.Syntax.SpanStart > reference.Syntax.SpanStart)
            return false;
        for (IOperation? parent = site.Parent; parent is not null && !Operations.IsInside(reference, parent); parent = parent.Parent)
        {
            if (parent is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or ITryOperation or ICatchClauseOperation
                or ICoalesceOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return true;
    }

    private QueryShape OfArms(ImmutableArray<IOperation> arms, IOperation whole, List<QueryStepUse> steps, HashSet<ISymbol> seen, int depth)
    {
        QueryShape? result = null;
        foreach (IOperation arm in arms)
        {
            QueryShape shape = Follow(arm, steps, isConditional: true, seen, depth);
            if (result is not null && result.Kind != shape.Kind)
                return Unknown(whole);
            result = shape;
        }

        return result ?? Unknown(whole);
    }

    private QueryShape OfValue(IOperation value)
    {
        // A set is a class. An interface of a driver is a query that somebody else has begun.
        if (!IsQuery(value.Type) || value is { Type.TypeKind: TypeKind.Interface })
            return types.IsQueryable(value.Type) || !WellKnownTypes.IsSequence(value.Type) ? Unknown(value) : new QueryShape(QueryRootKind.Memory, value, null, null, []);
        IOperation? session = value is IMemberReferenceOperation { Instance: { } instance } ? instance : null;
        return new QueryShape(QueryRootKind.Store, value, session, ElementType(value.Type), []);
    }

    private bool IsQuery(ITypeSymbol? type) => type is not null && models.Of(type)?.Has(TypeTraits.Query) == true;

    private static ITypeSymbol? ElementType(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var element, ..] } ? element : null;

    private static QueryShape Unknown(IOperation root) => new(QueryRootKind.Unknown, root, null, null, []);
}
