using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Tells whether an operation runs only when something that remembers earlier results did not have the answer.</summary>
internal sealed class CachedLookups(IFlowVocabulary vocabulary, Origins origins)
{
    /// <summary>
    /// Whether <paramref name="operation"/> is guarded by a cache: the factory of a <c>GetOrAdd</c>, the right side of <c>??=</c> or of <c>??</c>
    /// after a cache read, a branch or the rest of a loop body behind a cache probe, or an assignment to something that is still null.
    /// </summary>
    public bool IsGuarded(IOperation operation, Iteration iteration)
    {
        IOperation child = operation;
        for (IOperation? parent = operation.Parent; parent is not null && child != iteration.Body; child = parent, parent = parent.Parent)
        {
            bool guarded = parent switch
            {
                ICoalesceAssignmentOperation coalesce => coalesce.Value == child && !IsFresh(coalesce.Target, iteration),
                ICoalesceOperation coalesce => coalesce.WhenNull == child && ReadsCache(coalesce.Value),
                IConditionalOperation conditional => conditional.Condition != child && (Probes(conditional.Condition) || TestsForNull(conditional.Condition, operation, iteration)),
                IBlockOperation block => IsBehindProbe(block, child),
                IAnonymousFunctionOperation lambda => Operations.ArgumentOf(lambda)?.Parameter is { } parameter && vocabulary.RunsOnMiss(parameter.OriginalDefinition),
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd } either => either.RightOperand == child && Probes(either.LeftOperand),
                _ => false,
            };
            if (guarded)
                return true;
        }

        return false;
    }

    /// <summary><c>if (cache.TryGetValue(...)) continue;</c> before the operation in the same block.</summary>
    private bool IsBehindProbe(IBlockOperation block, IOperation child)
    {
        foreach (IOperation statement in block.Operations)
        {
            if (statement == child)
                return false;
            if (statement is IConditionalOperation { WhenTrue: { } branch, WhenFalse: null } guard && Probes(guard.Condition) && Jumps(branch))
                return true;
        }

        return false;
    }

    private static bool Jumps(IOperation branch)
    {
        IOperation last = branch is IBlockOperation { Operations: [.., var end] } ? end : branch;
        return last is IBranchOperation or IReturnOperation;
    }

    private bool Probes(IOperation condition) => Operations.Any(condition, operation =>
        (operation is IInvocationOperation call && vocabulary.ProbesCache(call.TargetMethod))
        || (operation is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } flag } && origins.SingleValue(flag) is { } value && ProbesDirectly(value)));

    private bool ProbesDirectly(IOperation value) => value is IInvocationOperation call && vocabulary.ProbesCache(call.TargetMethod);

    private bool ReadsCache(IOperation value)
    {
        IOperation read = origins.Resolve(value);
        return read is IInvocationOperation call && (vocabulary.ProbesCache(call.TargetMethod) || call.TargetMethod.Name == "GetValueOrDefault");
    }

    /// <summary><c>if (x == null) x = ...;</c> where x outlives the pass, so that later passes find it.</summary>
    private bool TestsForNull(IOperation condition, IOperation operation, Iteration iteration)
    {
        ISymbol? tested = Operations.Unwrap(condition) switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: { } right } equal when IsNull(right) => Operations.Referenced(equal.LeftOperand),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value: { } value } } pattern when IsNull(value) => Operations.Referenced(pattern.Value),
            _ => null,
        };
        return tested is not null
            && !iteration.Elements.Contains(tested, SymbolEqualityComparer.Default)
            && origins.Of(tested) is { Count: > 0 } assignments
            && assignments.Any(assignment => assignment.Value is not null && Operations.IsInside(operation, assignment.Value))
            && (tested is not ILocalSymbol || !assignments.All(assignment => Operations.IsInside(assignment.Site, iteration.Body)));
    }

    /// <summary>A target that starts anew in every pass remembers nothing: a local of the body, or a member of the element.</summary>
    private bool IsFresh(IOperation target, Iteration iteration) => Operations.RootSymbol(target) is ILocalSymbol local
        && (iteration.Elements.Contains(local, SymbolEqualityComparer.Default)
            || (target is ILocalReferenceOperation && origins.Of(local).All(assignment => Operations.IsInside(assignment.Site, iteration.Body))));

    private static bool IsNull(IOperation operation) => Operations.Unwrap(operation).ConstantValue is { HasValue: true, Value: null };
}
