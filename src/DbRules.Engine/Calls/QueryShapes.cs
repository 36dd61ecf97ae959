using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Reads the shape of a query from the expression that a terminal runs.</summary>
internal sealed class QueryShapes(ModelIndex models, Origins origins, WellKnownTypes types)
{
    private const int MaxDepth = 64;

    /// <summary>The query behind an expression. Never null: what is not understood has an unknown root.</summary>
    public QueryShape Of(IOperation source)
    {
        var steps = new List<QueryStepUse>();
        QueryShape root = Follow(source, steps, isConditional: false, new HashSet<ISymbol>(SymbolEqualityComparer.Default), 0);
        steps.Reverse();
        return new QueryShape(root.Kind, root.Root, root.Session, root.Entity, [.. steps]);
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
                    if (FollowCall(call, steps, isConditional) is not { } next)
                        return OfCall(call);
                    current = next;
                    break;
                case ILocalReferenceOperation { Local: var local } when seen.Add(local):
                    return OfLocal(local, current, steps, isConditional, seen, depth + 1);
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
        if (!models.MayModel(call.TargetMethod.Name) || models.Of(call.TargetMethod) is not { } model || !model.Has(DbEffect.Composes))
            return null;
        steps.Add(new QueryStepUse(model.Step, call, isConditional));
        return Operations.Receiver(call);
    }

    private QueryShape OfCall(IInvocationOperation call)
    {
        MemberModel? model = models.MayModel(call.TargetMethod.Name) ? models.Of(call.TargetMethod) : null;
        IOperation? receiver = Operations.Receiver(call);
        if (model?.Has(DbEffect.InMemory) == true)
        {
            // AsQueryable changes nothing about a query that is one already.
            return receiver is not null && types.IsQueryable(Operations.Unwrap(receiver).Type) ? Of(receiver) : new QueryShape(QueryRootKind.Memory, call, null, null, []);
        }

        if (model?.Has(DbEffect.QueryRoot) == true)
        {
            IOperation? session = receiver is null ? null : IsQuery(receiver.Type) ? Of(receiver).Session : receiver;
            return new QueryShape(QueryRootKind.Store, call, session, ElementType(call.Type), []);
        }

        return IsQuery(call.Type) ? new QueryShape(QueryRootKind.Store, call, null, ElementType(call.Type), []) : Unknown(call);
    }

    private QueryShape OfLocal(ILocalSymbol local, IOperation reference, List<QueryStepUse> steps, bool isConditional, HashSet<ISymbol> seen, int depth)
    {
        IReadOnlyList<Assignment> assignments = origins.Of(local);
        QueryShape? result = null;
        for (int i = assignments.Count - 1; i >= 0; i--)
        {
            if (assignments[i].Value is not { } value)
                return Unknown(reference);
            QueryShape shape = Follow(value, steps, isConditional || (assignments.Count > 1 && i > 0), seen, depth);
            // A reassignment that extends the local itself (query = query.Where(...)) leads back here and has no root of its own.
            if (shape.Kind == QueryRootKind.Unknown && shape.Root is ILocalReferenceOperation self && SymbolEqualityComparer.Default.Equals(self.Local, local))
                continue;
            if (result is not null && result.Kind != shape.Kind)
                return Unknown(reference);
            result = shape;
        }

        return result ?? Unknown(reference);
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
        if (!IsQuery(value.Type))
            return types.IsQueryable(value.Type) ? Unknown(value) : new QueryShape(value.Type is null ? QueryRootKind.Unknown : QueryRootKind.Memory, value, null, null, []);
        IOperation? session = value is IMemberReferenceOperation { Instance: { } instance } ? instance : null;
        return new QueryShape(QueryRootKind.Store, value, session, ElementType(value.Type), []);
    }

    private bool IsQuery(ITypeSymbol? type) => type is not null && models.Of(type)?.Has(TypeTraits.Query) == true;

    private static ITypeSymbol? ElementType(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var element] } ? element : null;

    private static QueryShape Unknown(IOperation root) => new(QueryRootKind.Unknown, root, null, null, []);
}
