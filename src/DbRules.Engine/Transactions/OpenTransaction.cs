using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction that a function opens, and where it may be open.</summary>
public sealed class OpenTransaction
{
    private readonly BodyFacts _body;

    internal OpenTransaction(BodyFacts body, IOperation begin)
    {
        _body = body;
        Begin = begin;
    }

    /// <summary>The call or object creation that opens it.</summary>
    public IOperation Begin { get; }

    /// <summary>The name of the member or type that opens it.</summary>
    public string Name => Begin switch
    {
        IInvocationOperation call => call.TargetMethod.Name,
        { Type: { } type } => type.Name,
        _ => "",
    };

    /// <summary>Where it is opened: the name of the member, or the object creation.</summary>
    public Location Location => Begin is IInvocationOperation call ? DbCall.LocationOf(call) : Begin.Syntax.GetLocation();

    /// <summary>The local that holds it; null when none does.</summary>
    public ILocalSymbol? Holder { get; internal init; }

    /// <summary>The context or connection that it belongs to; null for an ambient one, and when the code does not show it.</summary>
    public Session? Session { get; internal init; }

    /// <summary>Whether the code was given it by others, who end it: it only lets a context take part.</summary>
    public bool IsAdopted { get; internal init; }

    /// <summary>The calls that make its writes durable, in source order.</summary>
    public ImmutableArray<IOperation> Commits { get; internal init; } = [];

    /// <summary>The calls that undo its writes, and those that release it by name, in source order.</summary>
    public ImmutableArray<IOperation> Rollbacks { get; internal init; } = [];

    /// <summary>
    /// The code behind whose end it is surely over, because <c>using</c> releases it there: the statement or the block of the declaration. Null when nothing in view does.
    /// </summary>
    public IOperation? Lifetime { get; internal init; }

    /// <summary>Whether other code gets hold of it, and may commit it: it is returned, stored, captured or handed to a method that may do so.</summary>
    public bool Escapes { get; internal init; }

    /// <summary>Whether some path leads to an operation of the same body with the transaction still open. What stands in a lambda counts with the lambda.</summary>
    public bool MayBeOpenAt(IOperation operation)
    {
        if (Lifetime is not null && !Operations.IsInside(operation, Lifetime))
            return false;
        if (InFunctionOf(operation) is not { } place)
            return false;
        return (StatementOrder.CanReachInPass(Begin, place) == true && !EndsBefore(place)) || _body.PathsAround(Begin)?.CanReach(Begin, place, [.. Commits, .. Rollbacks]) == true;
    }

    /// <summary>Whether something that ends it stands between its begin and an operation.</summary>
    private bool EndsBefore(IOperation operation)
    {
        TextSpan between = TextSpan.FromBounds(Begin.Syntax.SpanStart, Math.Max(Begin.Syntax.SpanStart, operation.Syntax.Span.End));
        return AnyStartsIn(Commits, between) || AnyStartsIn(Rollbacks, between);
    }

    private static bool AnyStartsIn(ImmutableArray<IOperation> ends, TextSpan between)
    {
        foreach (IOperation end in ends)
        {
            if (between.Contains(end.Syntax.SpanStart))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is open at an operation of the same function on every path that leads there.</summary>
    public bool IsSurelyOpenAt(IOperation operation) =>
        Operations.EnclosingFunction(operation) == Operations.EnclosingFunction(Begin)
        // A way through a finally block that ends it is found from the begin only.
        && MayBeOpenAt(operation)
        && _body.PathsAround(Begin) is { } paths
        && paths.IsDominatedBy(operation, Begin)
        && !Commits.Concat(Rollbacks).Any(end => paths.CanReach(end, operation, [Begin]));

    /// <summary>The operation itself, or the lambda or local function around it that stands in the function that opens the transaction; null when none does.</summary>
    private IOperation? InFunctionOf(IOperation operation)
    {
        IOperation? home = Operations.EnclosingFunction(Begin);
        IOperation? place = operation;
        while (place is not null && Operations.EnclosingFunction(place) != home)
            place = Operations.EnclosingFunction(place);
        return place;
    }
}
