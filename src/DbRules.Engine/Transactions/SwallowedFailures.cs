using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Finds failures of writes that code swallows inside a transaction before it commits. A handler that leaves, rolls back, writes something instead, or notes the
/// failure where the code looks before it commits, handles it.
/// </summary>
internal sealed class SwallowedFailures(CompilationContext context, OpenTransactions open, SureWrites writes, Func<OwnCall, MethodSummary> summaryOf)
{
    private static readonly string[] LogVerbs = ["Log", "Trace", "Debug", "Info", "Warn", "Error", "Fatal"];

    /// <summary>The handlers of a body, in source order.</summary>
    public IEnumerable<SwallowedFailure> Of(BodyFacts body) => open.Of(body) is { IsEmpty: false } opened ? Among(opened, body) : [];

    private IEnumerable<SwallowedFailure> Among(ImmutableArray<OpenTransaction> opened, BodyFacts body)
    {
        HashSet<IOperation>? known = null;
        foreach (OpenTransaction transaction in opened)
        {
            if (transaction.Commits.IsEmpty || !HasHandlers(transaction))
                continue;
            foreach (IOperation write in writes.In(transaction, body))
            {
                if (Find(transaction, write, body) is { } swallowed && (known ??= []).Add(swallowed.Handler))
                    yield return swallowed;
            }
        }
    }

    /// <summary>Whether the function catches anything that the transaction is not opened in: most do not, and need not be searched for writes.</summary>
    private static bool HasHandlers(OpenTransaction transaction) => Operations.Any(Operations.EnclosingFunction(transaction.Begin) ?? Operations.RootOf(transaction.Begin), operation =>
        operation is ITryOperation { Catches.IsEmpty: false, Body: var attempted } && !Operations.IsInside(transaction.Begin, attempted));

    private SwallowedFailure? Find(OpenTransaction transaction, IOperation write, BodyFacts body)
    {
        if (Operations.EnclosingFunction(write) != Operations.EnclosingFunction(transaction.Begin))
            return null;
        for (IOperation child = write; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is not ITryOperation attempt || attempt.Body != child)
                continue;
            if (Operations.IsInside(transaction.Begin, attempt.Body))
                return null;
            // The first handler that takes every failure ends the search: those around it never see one.
            foreach (ICatchClauseOperation handler in attempt.Catches)
            {
                if (!TakesFailureOf(handler, write))
                    continue;
                return !Handles(handler, attempt, transaction, body) && CommitBehind(attempt, write, transaction, body) is { } commit ? new SwallowedFailure(handler, write, commit) : null;
            }
        }

        return null;
    }

    /// <summary>A commit outside of the <c>try</c> that the code gets to from it.</summary>
    private static IOperation? CommitBehind(ITryOperation attempt, IOperation write, OpenTransaction transaction, BodyFacts body) =>
        transaction.Commits.FirstOrDefault(commit => !Operations.IsInside(commit, attempt) && body.PathsAround(transaction.Begin)?.CanReach(write, commit, transaction.Rollbacks) == true);

    /// <summary>Whether an exception of the store gets into the handler: it takes all, or those of databases, or those of the library that writes.</summary>
    private bool TakesFailureOf(ICatchClauseOperation handler, IOperation write)
    {
        if (handler.Filter is not null)
            return false;
        ITypeSymbol type = handler.ExceptionType;
        if (type.SpecialType == SpecialType.System_Object || type is { Name: "Exception" or "SystemException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            return true;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "DbException", ContainingNamespace.Name: "Common" })
                return true;
        }

        return write is IInvocationOperation { TargetMethod: var method } && context.Models.Of(method) is not null && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, type.ContainingAssembly);
    }

    private bool Handles(ICatchClauseOperation handler, ITryOperation attempt, OpenTransaction transaction, BodyFacts body) =>
        Conditions.MayLeave(handler.Handler)
        || Operations.Any(handler.Handler, operation => operation is IInvocationOperation call && EndsOrWrites(call, transaction))
        || body.OwnCalls.Any(call => Operations.IsInside(call.Operation, handler.Handler) && MayRepair(call))
        || IsRepeated(attempt)
        || IsNoted(handler, attempt, body);

    /// <summary>A loop that tries again until the write succeeds.</summary>
    private static bool IsRepeated(ITryOperation attempt) => Operations.Any(attempt.Body, static operation => operation is IBranchOperation { BranchKind: BranchKind.Break } or IReturnOperation { IsImplicit: false });

    /// <summary>A call on the transaction, one that rolls back by its name, or one that goes to a store.</summary>
    private bool EndsOrWrites(IInvocationOperation call, OpenTransaction transaction) =>
        call.TargetMethod.Name.StartsWith("Roll", StringComparison.Ordinal)
        || call.TargetMethod.Name.IndexOf("Throw", StringComparison.Ordinal) >= 0
        || (transaction.Holder is { } holder && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(call), holder))
        || (context.Models.Of(call.TargetMethod) is { } model && (model.Effect & (DbEffect.RoundTrip | DbEffect.Stages | DbEffect.RollsBack)) != 0);

    /// <summary>Own code that writes or throws again; code that cannot be seen may, unless it only logs, as its name says.</summary>
    private bool MayRepair(OwnCall call)
    {
        if (call.Method is not { } method)
            return true;
        if (context.Bodies.Of(method) is { } bodies)
            return summaryOf(call).MayWrite || bodies.Any(static body => Operations.Any(body, static operation => operation is IThrowOperation));
        return !LogVerbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)) && method.ContainingType.Name.IndexOf("Log", StringComparison.Ordinal) < 0;
    }

    /// <summary>The handler changes something that the code behind the <c>try</c> asks about: a flag, a list of errors.</summary>
    private static bool IsNoted(ICatchClauseOperation handler, ITryOperation attempt, BodyFacts body)
    {
        var touched = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Operations.Visit(handler.Handler, touched, static (operation, touched) =>
        {
            ISymbol? symbol = operation switch
            {
                IAssignmentOperation assignment => Operations.RootSymbol(assignment.Target),
                IIncrementOrDecrementOperation step => Operations.RootSymbol(step.Target),
                IInvocationOperation call => Operations.RootSymbol(call.Instance),
                _ => null,
            };
            if (symbol is not null)
                touched.Add(symbol);
            return true;
        });
        return touched.Count > 0 && body.Roots.Any(root => Operations.Any(root, operation => ConditionOf(operation) is { } condition
            && condition.Syntax.SpanStart > attempt.Body.Syntax.SpanStart
            && Operations.Any(condition, part => Operations.RootSymbol(part) is { } symbol && touched.Contains(symbol))));
    }

    private static IOperation? ConditionOf(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        IWhileLoopOperation loop => loop.Condition,
        IForLoopOperation loop => loop.Condition,
        ISwitchOperation choice => choice.Value,
        ISwitchExpressionOperation choice => choice.Value,
        _ => null,
    };
}
