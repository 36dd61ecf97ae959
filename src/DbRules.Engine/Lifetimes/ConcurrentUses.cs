using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Lifetimes;

/// <summary>Finds operations that run at the same time on one context, which takes one at a time. Remembered per body.</summary>
/// <param name="context">What all bodies share.</param>
/// <param name="sessions">Which session a call goes through.</param>
/// <param name="parallel">Which delegates run for several elements at once.</param>
/// <param name="effectsIn">What stands in the function itself that a call runs; null when the code does not show it.</param>
internal sealed class ConcurrentUses(CompilationContext context, Sessions sessions, ParallelUses parallel, Func<OwnCall, MethodSummary?> effectsIn)
{
    private readonly SmallTable<BodyFacts, ImmutableArray<ConcurrentUse>> _known = new();

    /// <summary>The concurrent uses of a body, at most one answer for operations that belong together, in source order.</summary>
    public ImmutableArray<ConcurrentUse> Of(BodyFacts body) => MayOverlap(body) ? _known.GetOrAdd(body, this, static (facts, uses) => uses.Read(facts)) : [];

    /// <summary>A cheap first question: most code awaits each task where it gets it, and nothing needs to be asked about what it calls.</summary>
    private static bool MayOverlap(BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (MayOverlap(call.Operation))
                return true;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (call.Operation is IInvocationOperation { Type: var type } && Tasks.IsTask(type) && MayOverlap(call.Operation))
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation may still run when other code of its body does: a task that is neither awaited nor returned at once, or anything in a lambda.</summary>
    private static bool MayOverlap(IOperation operation)
    {
        if (Operations.EnclosingFunction(operation) is IAnonymousFunctionOperation)
            return true;
        if (!Tasks.IsTask(operation.Type))
            return false;
        IOperation? taker = operation.Parent;
        while (taker is IConversionOperation || (taker is not null && Operations.LeadsToAwait(taker)))
            taker = taker.Parent;
        return taker is not (IAwaitOperation or IReturnOperation);
    }

    private ImmutableArray<ConcurrentUse> Read(BodyFacts body)
    {
        List<ContextUse> uses = UsesOf(body);
        if (uses.Count == 0)
            return [];
        ImmutableArray<ConcurrentUse>.Builder found = ImmutableArray.CreateBuilder<ConcurrentUse>();
        var seen = new HashSet<ContextUse>();
        foreach (ContextUse first in uses)
        {
            if (seen.Contains(first))
                continue;
            // The driver has ended before it hands out the task: only threads run at the same time.
            bool isSynchronous = context.ContextDialect == AsyncCalls.SynchronousDialect && Tasks.IsTask(first.Operation.Type) && !IsThread(first.Operation);
            if (parallel.RunnerOf(first, body, threadsOnly: isSynchronous) is { } runner)
            {
                seen.Add(first);
                found.Add(new ConcurrentUse(first, first, []) { Runner = runner });
                continue;
            }

            if (isSynchronous || !Tasks.IsTask(first.Operation.Type) || RunningTask.Of(first.Operation, body) is not { } task || body.PathsAround(first.Operation) is not { } paths)
                continue;
            List<ContextUse> meanwhile = [.. uses.Where(second => !seen.Contains(second) && second.Session.Equals(first.Session) && Meets(first, second, task, paths))];
            if (meanwhile.Count == 0)
                continue;
            seen.Add(first);
            seen.UnionWith(meanwhile);
            found.Add(new ConcurrentUse(first, meanwhile[0], [.. meanwhile.Skip(1)]));
        }

        return found.ToImmutable();
    }

    private static bool Meets(ContextUse first, ContextUse second, RunningTask task, Paths paths) =>
        Operations.EnclosingFunction(first.Operation) == Operations.EnclosingFunction(second.Operation)
        && (first == second || !(Operations.IsInside(second.Operation, first.Operation) || Operations.IsInside(first.Operation, second.Operation)))
        && (second.Operation.Syntax.SpanStart > first.Operation.Syntax.SpanStart || SharesPasses(first, second))
        && paths.CanReach(first.Operation, second.Operation, [.. task.Ends.Where(end => end != second.Operation)]);

    /// <summary>Whether two passes of the loop around two uses go through the same context.</summary>
    private static bool SharesPasses(ContextUse first, ContextUse second)
    {
        for (IOperation? parent = first.Operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILoopOperation loop && Operations.IsInside(second.Operation, loop))
                return first.Session.Path.IsEmpty || !Operations.IsDeclaredInside(first.Session.Path[0], loop);
        }

        return false;
    }

    /// <summary>What surely sends something to the store of a context that the body names, in source order.</summary>
    private List<ContextUse> UsesOf(BodyFacts body)
    {
        var found = new List<ContextUse>();
        foreach (DbCall call in body.Calls)
        {
            if (call.IsRoundTrip && sessions.Of(call) is { } session && IsContext(session))
            {
                found.Add(new ContextUse(call.Operation, session));
                if (ThreadAround(call.Operation, session) is { } thread)
                    found.Add(new ContextUse(thread, session));
            }
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (call.Operation is IInvocationOperation { Type: var type } && Tasks.IsTask(type) && SessionBehind(call) is { } session && IsContext(session))
                found.Add(new ContextUse(call.Operation, session));
        }

        found.Sort(static (one, other) => one.Operation.Syntax.SpanStart.CompareTo(other.Operation.Syntax.SpanStart));
        return found;
    }

    /// <summary>The call that runs an operation on a thread of its own, with a context from outside; null when none does.</summary>
    private static IInvocationOperation? ThreadAround(IOperation operation, Session session) =>
        Operations.EnclosingFunction(operation) is IAnonymousFunctionOperation lambda
        && Operations.ArgumentOf(lambda) is { Parent: IInvocationOperation run } && IsThread(run)
        && (session.Path.IsEmpty || !Operations.IsDeclaredInside(session.Path[0], lambda))
            ? run
            : null;

    private static bool IsThread(IOperation operation) => operation is IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew", ContainingType.Name: "Task" or "TaskFactory" } };

    private bool IsContext(Session session) => session.Type is { } type && context.Models.Of(type)?.Has(TypeTraits.Context) == true;

    /// <summary>The context that the called function itself sends a command through: a member of the same object, or something that this body holds too.</summary>
    private Session? SessionBehind(OwnCall call)
    {
        if (call.IsVirtual || !MayShareContext(call) || effectsIn(call)?.First?.Statement is not { } statement || sessions.Of(statement) is not { } session || parallel.IsGuarded(statement.Body.Roots))
            return null;
        if (call.Method?.MethodKind == MethodKind.LocalFunction)
            return Operations.EnclosingFunction(statement.Operation) is { } function && session.Path is { IsEmpty: false } path && !Operations.IsDeclaredInside(path[0], function) ? session : null;
        if (session.IsOwn)
            return call.Receiver is IInstanceReferenceOperation && IsOfObject(session) ? session : null;
        return session.Path is [IParameterSymbol { Ordinal: var ordinal, ContainingSymbol: var owner }] && SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, (call.Method!.ReducedFrom ?? call.Method).OriginalDefinition)
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value is { } given
            ? sessions.Of(given, call.Body.Origins)
            : null;
    }

    /// <summary>A cheap question before the called function is read: it is of the same object or function, or it is given a context.</summary>
    private bool MayShareContext(OwnCall call)
    {
        if (call.Method?.MethodKind == MethodKind.LocalFunction || call.Receiver is IInstanceReferenceOperation)
            return true;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Type is { } type && context.Models.Of(type)?.Has(TypeTraits.Context) == true)
                return true;
        }

        return false;
    }

    private static bool IsOfObject(Session session) => session.Path.IsEmpty || !session.Path[0].IsStatic;
}
