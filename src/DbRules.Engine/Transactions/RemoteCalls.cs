using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>A call that asks another machine while a transaction is open.</summary>
/// <param name="Call">The call in the body that has the transaction.</param>
/// <param name="Way">The members on the way to the one that asks, that one last.</param>
public sealed record RemoteCall(IInvocationOperation Call, ImmutableArray<string> Way);

/// <summary>Finds the calls of a body that surely ask another machine, by themselves or through a few calls of code in view.</summary>
internal sealed class RemoteCalls(CompilationContext context, MemberBodies bodies, Callees callees, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>Calls on the way to the one that asks. Behind more of them it is a side effect that is not this body's business.</summary>
    private const int LongestWay = 3;

    private readonly SmallTable<IMethodSymbol, ImmutableArray<string>> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The first such call that runs while the transaction is surely open; null when there is none.</summary>
    public RemoteCall? During(OpenTransaction transaction, BodyFacts body)
    {
        if (transaction.Escapes)
            return null;
        RemoteCall? found = null;
        foreach (IOperation root in body.Roots)
        {
            Operations.Any(root, operation =>
            {
                if (operation is IInvocationOperation call && WayOf(call, body) is { IsEmpty: false } way && transaction.IsSurelyOpenAt(call) && !IsEndedByCalls(transaction, call, body))
                    found = new RemoteCall(call, way);
                return found is not null;
            });
        }

        return found;
    }

    /// <summary>Another member ends the current transaction of its context before the call.</summary>
    private bool IsEndedByCalls(OpenTransaction transaction, IInvocationOperation call, BodyFacts body) => body.OwnCalls.Any(own =>
        own.Operation != call && Operations.IsBetween(own.Operation, transaction.Begin, call) && (summaryOf(own).Transaction & (TransactionUse.Commits | TransactionUse.RollsBack)) != 0);

    private ImmutableArray<string> WayOf(IInvocationOperation call, BodyFacts body)
    {
        if (context.Models.Of(call.TargetMethod) is { } model)
            return model.Has(DbEffect.Remote) ? [call.TargetMethod.Name] : [];
        return body.OwnCalls.FirstOrDefault(own => own.Operation == call) is { } own ? WayBehind(own, LongestWay - 1) : [];
    }

    private ImmutableArray<string> WayBehind(OwnCall call, int rest)
    {
        if (rest == 0 || callees.TargetOf(call) is not { Function: null } target)
            return [];
        IMethodSymbol[] members = target.Receiver is null ? [target.Symbol] : [.. callees.AlternativesOf(target).Select(static one => one.Symbol)];
        // Of several implementations another one may run.
        if (members is not [var member])
            return [];
        ImmutableArray<string> way = _known.TryGetValue(member, out ImmutableArray<string> known) ? known : _known.GetOrAdd(member, Read(member, rest));
        return way.IsEmpty ? [] : way.Insert(0, call.Name);
    }

    private ImmutableArray<string> Read(IMethodSymbol member, int rest)
    {
        if (bodies.Of(member) is not { } body)
            return [];
        foreach (IOperation root in body.Roots)
        {
            string? name = null;
            Operations.Visit(root, 0, (operation, _) =>
            {
                if (operation is IInvocationOperation call && IsAlwaysRun(call) && context.Models.Of(call.TargetMethod)?.Has(DbEffect.Remote) == true)
                    name ??= call.TargetMethod.Name;
                return operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            });
            if (name is not null)
                return [name];
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (body.FunctionAround(call.Operation) is null && IsAlwaysRun(call.Operation) && WayBehind(call, rest - 1) is { IsEmpty: false } way)
                return way;
        }

        return [];
    }

    /// <summary>Not behind a condition and not in a handler.</summary>
    private static bool IsAlwaysRun(IOperation operation)
    {
        for (IOperation? child = operation; child.Parent is { } parent; child = parent)
        {
            if (parent is ICatchClauseOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation || (parent is IConditionalOperation choice && choice.Condition != child))
                return false;
        }

        return true;
    }
}
