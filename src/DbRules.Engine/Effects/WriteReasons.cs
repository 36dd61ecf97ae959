using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// Why a pass of an iteration may have to write at once, or means to: what it wrote is needed before the pass ends, the loop must survive a bad element,
/// progress must survive a crash, or the pass is a batch itself. When in doubt it has a reason.
/// </summary>
internal sealed class WriteReasons(CompilationContext context, OutsideWork outside, SavedObjects saved, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>Whether the pass has a reason of its own for a write: a call that writes, or that reaches one.</summary>
    public bool Any(IOperation write, BodyFacts body, Iteration iteration)
    {
        var guards = new PassGuards(iteration, body.Origins);
        return IsHandedOver(write, iteration)
            || GoesOverGroups(iteration)
            || IsInBatch(write, body, iteration)
            || DecidesByResult(write, iteration)
            || guards.SurvivesFailure(write)
            || guards.IsCheckpoint(write)
            || guards.ReportsProgress()
            || HasOwnSession(write, body, iteration)
            || HasOwnTransactionOrPage(body, iteration)
            || IsReadBack(write, body, guards.RestOfPass(write), iteration)
            || outside.IsIn(iteration, write);
    }

    /// <summary>
    /// Whether a pass that opens a transaction may have a reason to be durable apart from the others: the loop must survive a bad element, each element is a group or has a
    /// session of its own, or the pass waits for outside work.
    /// </summary>
    public bool KeepsElementsApart(IOperation begin, BodyFacts body, Iteration iteration)
    {
        var guards = new PassGuards(iteration, body.Origins);
        return IsHandedOver(begin, iteration)
            || GoesOverGroups(iteration)
            || IsInBatch(begin, body, iteration)
            || guards.SurvivesFailure(begin)
            || guards.IsCheckpoint(begin)
            || guards.ReportsProgress()
            || HasOwnSession(begin, body, iteration)
            || outside.IsIn(iteration, begin);
    }

    /// <summary>The write stands in a delegate that somebody else runs, in a transaction, a retry or a handler of errors of its own perhaps.</summary>
    private static bool IsHandedOver(IOperation write, Iteration iteration) =>
        Operations.EnclosingFunction(write) is { } function && function != iteration.Body && Operations.IsInside(function, iteration.Body);

    /// <summary>Each element is a group of its own, as <c>GroupBy</c> gives them.</summary>
    private bool GoesOverGroups(Iteration iteration) =>
        iteration.Operation is not (IForLoopOperation or IWhileLoopOperation)
        && iteration.Elements.Any(element => Operations.TypeOf(element) is { } type && Sequences.IsSequence(type) && !context.Types.IsQueryable(type));

    /// <summary>A loop that retries, pages or chunks stands in between.</summary>
    private bool IsInBatch(IOperation write, BodyFacts body, Iteration iteration) =>
        body.IterationsAround(write).TakeWhile(inner => inner.Body != iteration.Body).Any(inner => inner.Nature != Exemption.None);

    /// <summary>Whether code of the pass does something with what the call returns, other than to add it up or to hand it out of a delegate.</summary>
    private static bool DecidesByResult(IOperation write, Iteration iteration)
    {
        IOperation current = write;
        while (current.Parent is IAwaitOperation or IConversionOperation or IParenthesizedOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "Wait" })
            current = current.Parent;
        return current.Parent switch
        {
            IExpressionStatementOperation or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } => false,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => false,
            IReturnOperation returned => Operations.EnclosingFunction(returned) != iteration.Body,
            // A task that is gathered and awaited later.
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" } } => !Tasks.IsTask(current.Type),
            _ => true,
        };
    }

    /// <summary>The connection or context is another one in each pass, as one of several shards is.</summary>
    private static bool HasOwnSession(IOperation write, BodyFacts body, Iteration iteration) =>
        body.Calls.FirstOrDefault(call => call.Operation == write)?.Session is { } session
        && Operations.Any(session, part => Operations.Referenced(part) is { } symbol
            && (Operations.IsDeclaredInside(symbol, iteration.Body) || body.Origins.Of(symbol).Any(assignment => iteration.Repeats(assignment.Site))));

    /// <summary>The pass begins or ends a transaction, or works on a page of elements.</summary>
    private bool HasOwnTransactionOrPage(BodyFacts body, Iteration iteration) => Operations.Any(iteration.Body, operation => operation switch
    {
        IObjectCreationOperation { Constructor: { } constructor } => IsTransaction(constructor, operation.Type) && iteration.Repeats(operation),
        IInvocationOperation call => (IsTransaction(call.TargetMethod, call.Type) || MovesPage(call, body, iteration)) && iteration.Repeats(operation),
        _ => false,
    });

    private bool IsTransaction(IMethodSymbol method, ITypeSymbol? result) =>
        (context.Models.Of(method) is { } model && (model.Effect & (DbEffect.Begins | DbEffect.Commits | DbEffect.RollsBack)) != 0)
        || (method.Name.IndexOf("Begin", StringComparison.Ordinal) >= 0 && method.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0)
        || (method.MethodKind == MethodKind.Constructor && result is not null && context.Models.Of(result)?.Has(TypeTraits.Transaction) == true);

    private bool MovesPage(IInvocationOperation call, BodyFacts body, Iteration iteration) =>
        call.TargetMethod.Name is "Skip" or "Take" or "GetRange"
        && WellKnownTypes.IsSequence(Operations.Receiver(call)?.Type)
        && call.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32 && body.VarianceOf(iteration).Of(argument.Value) == Dependence.Varies);

    /// <summary>Something behind the write reads from the store, or uses what only the store knew before: a key that it made, an output value.</summary>
    private bool IsReadBack(IOperation write, BodyFacts body, List<IOperation> rest, Iteration iteration)
    {
        if (rest.Count == 0)
            return false;
        return rest.Any(later => body.Calls.Any(call => (call.Reads || call.Model?.Has(DbEffect.Reads) == true) && call.IsRoundTrip && Operations.IsInside(call.Operation, later)))
            || saved.AreUsedIn(rest, write, body, iteration)
            || rest.Any(later => body.OwnCalls.Any(call => call.Operation != write && Operations.IsInside(call.Operation, later) && MayRead(summaryOf(call))))
            || TakenObjectsAreUsedIn(rest, write, body);
    }

    /// <summary>What a method of the project was given to save may know its key now.</summary>
    private static bool TakenObjectsAreUsedIn(List<IOperation> rest, IOperation write, BodyFacts body) =>
        body.OwnCalls.FirstOrDefault(call => call.Operation == write) is { } saving
        && saving.Arguments.Select(static argument => Operations.RootSymbol(argument.Value)).OfType<ISymbol>().ToList() is { Count: > 0 } taken
        && rest.Any(later => Operations.Any(later, part => part is IMemberReferenceOperation { Instance: { } instance } && taken.Contains(Operations.RootSymbol(instance), SymbolEqualityComparer.Default), insideExpressionTrees: true));

    private static bool MayRead(MethodSummary summary) => summary.Read is not null || summary.Repeated is not null || summary.ReadsOnMiss || summary.MayWrite;
}
