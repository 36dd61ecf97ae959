using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds the places of a body that write outside of any transaction that they are given.</summary>
internal sealed class Commits(ModelIndex models, MemberBodies bodies, Callees callees, Sessions sessions, CalledSessions called, Func<OwnCall, MethodSummary> summaryOf)
{
    private readonly WritingFiles _writingFiles = new(models);
    private readonly Later<ModelIndex, HashSet<string>> _saveNames = new(models, static models => new HashSet<string>(models.MembersWith(DbEffect.Saves).Select(static member => member.Name), StringComparer.Ordinal));
    private readonly SmallTable<BodyFacts, Commit[]> _ofBodies = new();
    private readonly SmallTable<(IMethodSymbol Function, int Calls), Trip?> _ways = new();

    /// <summary>Calls on the way to a write, the write included. Behind more of them it is a side effect that no caller thinks of.</summary>
    private const int LongestWay = 3;

    /// <summary>What is called so is asked something, or makes sure of something; that it also writes at times is no part of what its caller changes.</summary>
    private static readonly string[] AskingVerbs = ["Get", "Find", "Load", "Read", "Fetch", "Query", "List", "Search", "Is", "Has", "Can", "Check", "Validate", "Ensure", "Resolve", "Lookup", "Filter", "Log", "Initialize"];

    /// <summary>The write that a call is; null when it is none, is given a transaction, or when its session or command is not known.</summary>
    public Commit? Of(DbCall call) =>
        WritingCalls.ChangesRows(call) && call.TryGetTransaction(out IOperation? transaction) && transaction is null && sessions.Of(call) is { } session
            ? new Commit(call, session) { IsSave = call.Model!.Has(DbEffect.Saves) }
            : null;

    /// <summary>
    /// The writes that stand in a body itself, and the saves that it asks an interface for, in source order: worked out once, for the few bodies that have any.
    /// </summary>
    public Commit[] In(BodyFacts body) => MayCommit(body) ? _ofBodies.GetOrAdd(body, this, static (facts, commits) => commits.Find(facts)) : [];

    private Commit[] Find(BodyFacts body) => [.. body.Calls.Select(Of).Concat(body.OwnCalls.Select(OfContract)).OfType<Commit>().OrderBy(static commit => commit.Operation.Syntax.Span.End)];

    private bool MayCommit(BodyFacts body)
    {
        foreach (DbCall call in body.Calls)
        {
            if (WritingCalls.ChangesRows(call))
                return true;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (MayBeContract(call))
                return true;
        }

        return false;
    }

    private bool MayBeContract(OwnCall call) => call.Method is { ContainingType.TypeKind: TypeKind.Interface, Name: var name } && _saveNames.Value.Contains(name);

    /// <summary>
    /// The save that a call of an interface is, where all that implements its member in view is a context: <c>IShopContext.SaveChangesAsync()</c>. Null for any other call.
    /// </summary>
    private Commit? OfContract(OwnCall call)
    {
        if (!MayBeContract(call) || call.Receiver is not { } receiver || callees.TargetOf(call) is not { } target)
            return null;
        FunctionNode[] members = [.. callees.AlternativesOf(target)];
        return members.Length > 0 && members.All(one => models.Of(one.Symbol)?.Has(DbEffect.Saves) == true) && sessions.Of(receiver, call.Body.Origins) is { } session
            ? new Commit(call, new Trip(TripKind.Save, call.Name, call.Location, null), session) { IsSave = true }
            : null;
    }

    /// <summary>
    /// The write that a call leads to; null when it leads to none, opens a transaction by itself, is handed one, or when the session is not one that the caller
    /// can name: its own, that of its own members, or one that it hands over.
    /// </summary>
    public Commit? Of(OwnCall call)
    {
        if (!MayWrite(call))
            return null;
        if (WayOf(call, LongestWay - 1) is { } trip)
            return called.Of(call, trip) is { } session ? new Commit(call, trip, session) : null;
        return call.HandsOverDelegate ? OfHanded(call) : null;
    }

    /// <summary>
    /// The write of a delegate that a call hands to code which runs it once: <c>created.OnSuccess(order => AddLinesAsync(order))</c>. Null where that code opens a transaction,
    /// or may run it for each of several elements.
    /// </summary>
    private Commit? OfHanded(OwnCall call)
    {
        foreach (DelegateArgument handed in callees.DelegatesOf(call, null))
        {
            if (handed.Node is { Receiver: null, Function: { } } function && WayIn(function, LongestWay - 1) is { } trip && called.OfMember(trip) is { } session)
                return summaryOf(call) is { Transaction: TransactionUse.None, Repeated: null } effects && (effects.Save ?? effects.Write) is not null ? new Commit(call, trip, session) { IsHanded = true } : null;
        }

        return null;
    }

    /// <summary>The way to the write that a call makes. It is found without summaries: they are asked for far fewer calls than there are.</summary>
    private Trip? WayOf(OwnCall call, int rest)
    {
        if (rest == 0 || callees.TargetOf(call) is not { } target)
            return null;
        // Of several implementations another one may run.
        FunctionNode? function = target.Receiver is null ? target : callees.AlternativesOf(target).Take(2).ToArray() is [var only] ? only : null;
        if (function is null)
            return null;
        if (!_ways.TryGetValue((function.Symbol, rest), out Trip? way))
            way = _ways.GetOrAdd((function.Symbol, rest), WayIn(function, rest));
        return way is null ? null : new Trip(way.Kind, call.Name, call.Location, way);
    }

    /// <summary>The way from inside a function to the write that it makes: the write itself, or a call of another member of the same object; null when it makes none.</summary>
    private Trip? WayIn(FunctionNode function, int rest)
    {
        // A body that is asked for before the compiler comes to it is bound twice.
        if (!_writingFiles.MayWrite(function.Symbol, orCallsOne: rest > 1) || (function.Body ?? bodies.Of(function.Symbol)) is not { } body || !body.Ambient.IsEmpty || SpeaksOfTransaction(body))
            return null;
        DbCall? write = null;
        foreach (DbCall inner in body.Calls)
        {
            if (inner.Model?.Has(DbEffect.Begins) == true)
                return null;
            if (write is null && WritingCalls.ChangesRows(inner) && IsPartOf(inner.Operation, function) && inner.TryGetTransaction(out IOperation? transaction) && transaction is null)
                write = inner;
        }

        if (write is not null)
            return new Trip(write.Model!.Has(DbEffect.Saves) ? TripKind.Save : TripKind.Write, write.Name, write.Location, null, write);
        foreach (OwnCall next in body.OwnCalls)
        {
            if (next.Receiver is IInstanceReferenceOperation && next.Method is { MethodKind: MethodKind.Ordinary } && !Asks(next.Name) && IsPartOf(next.Operation, function) && WayOf(next, rest - 1) is { } way)
                return way;
        }

        return null;
    }

    private static bool SpeaksOfTransaction(BodyFacts body)
    {
        foreach (OwnCall call in body.OwnCalls)
        {
            if (OuterTransactions.SpeaksOfTransaction(call.Name))
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation runs whenever its function does not fail, as far as no condition leaves it out.</summary>
    private static bool IsPartOf(IOperation operation, FunctionNode function) => Operations.EnclosingFunction(operation) == function.Function && !Operations.IsInCatch(operation);

    private static bool Asks(string name)
    {
        foreach (string verb in AskingVerbs)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length])))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A cheap first question, since bodies have many calls: whether one may lead to a write of its caller's business. In asynchronous code only what can be awaited does; a
    /// static member needs a session or a delegate that it is handed.
    /// </summary>
    public bool MayWrite(OwnCall call)
    {
        if (call.Method is not { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction } method || Asks(method.Name))
            return false;
        if (call.Body.Owner is IMethodSymbol { IsAsync: true } && !Tasks.IsTask(method.ReturnType))
            return false;
        if ((!method.IsStatic && method.MethodKind != MethodKind.ReducedExtension) || call.HandsOverDelegate)
            return true;
        foreach (IParameterSymbol parameter in (method.ReducedFrom ?? method).Parameters)
        {
            if (models.Of(parameter.Type)?.Has(TypeTraits.Session) == true)
                return true;
        }

        return false;
    }
}
