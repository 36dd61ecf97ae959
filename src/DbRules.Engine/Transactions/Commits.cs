using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds the places of a body that write outside of any transaction that they are given.</summary>
internal sealed class Commits(ModelIndex models, MemberBodies bodies, Callees callees, Sessions sessions, CalledSessions called, EditorMemory memory, Func<OwnCall, MethodSummary> summaryOf)
{
    private readonly WritingFiles _writingFiles = new(models);
    private readonly Later<ModelIndex, HashSet<string>> _saveNames = new(models, static models => new HashSet<string>(models.MembersWith(DbEffect.Saves).Select(static member => member.Name), StringComparer.Ordinal));
    private readonly SmallTable<BodyFacts, Commit[]> _ofBodies = new();
    private readonly SmallTable<(FunctionNode Function, int Calls), Way> _ways = new();

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

    private Commit[] Find(BodyFacts body)
    {
        List<Commit>? found = null;
        foreach (DbCall call in body.Calls)
        {
            if (Of(call) is { } commit)
                (found ??= []).Add(commit);
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (OfContract(call) is { } commit)
                (found ??= []).Add(commit);
        }

        return found switch
        {
            null => [],
            [var only] => [only],
            _ => [.. found.OrderBy(static commit => commit.Operation.Syntax.Span.End)],
        };
    }

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

    /// <summary>Whether a call may lead to a write, and the way there; without a way, a delegate that it hands over may write.</summary>
    public bool MayLeadToWrite(OwnCall call, out Trip? way)
    {
        way = null;
        if (!MayWrite(call))
            return false;
        way = WayOf(call, LongestWay - 1).Trip;
        return way is not null || call.HandsOverDelegate;
    }

    /// <summary>
    /// The write that a call leads to; null when it leads to none, opens a transaction by itself, is handed one, or when the session is not one that the caller
    /// can name: its own, that of its own members, or one that it hands over.
    /// </summary>
    /// <param name="call">A call that <see cref="MayLeadToWrite"/> holds for.</param>
    /// <param name="way">The way that it found.</param>
    public Commit? Of(OwnCall call, Trip? way) =>
        way is null ? OfHanded(call)
        : called.Of(call, way) is { } session ? new Commit(call, way, session)
        : null;

    /// <summary>
    /// The write of a delegate that a call hands to code which runs it once: <c>created.OnSuccess(order => AddLinesAsync(order))</c>. Null where that code opens a transaction,
    /// or may run it for each of several elements.
    /// </summary>
    private Commit? OfHanded(OwnCall call)
    {
        foreach (DelegateArgument handed in callees.DelegatesOf(call, null))
        {
            if (handed.Node is { Receiver: null, Function: { } } function && WayIn(function, LongestWay - 1).Trip is { } trip && called.OfMember(trip) is { } session)
                return summaryOf(call) is { Transaction: TransactionUse.None, Repeated: null } effects && (effects.Save ?? effects.Write) is not null ? new Commit(call, trip, session) { IsHanded = true } : null;
        }

        return null;
    }

    /// <summary>The way to the write that a call makes. It is found without summaries: they are asked for far fewer calls than there are.</summary>
    private Way WayOf(OwnCall call, int rest)
    {
        if (rest == 0 || callees.TargetOf(call) is not { } target)
            return Way.None;
        Way way = WayOf(target.Given.IsEmpty ? target : target with { Given = default }, rest);
        return way.Trip is { } trip ? way with { Trip = new Trip(trip.Kind, call.Name, call.Location, trip) } : way;
    }

    private Way WayOf(FunctionNode target, int rest) =>
        _ways.TryGetValue((target, rest), out Way known) ? known : _ways.GetOrAdd((target, rest), Recalled(target, rest) ?? Find(target, rest));

    private Way? Recalled(FunctionNode target, int rest) =>
        memory.Answers is { } answers && FunctionPlace.Of(target) is { } place && answers.WaysToWrite.Of((place, rest), memory.Compilation) is { } kept
            ? new Way(kept.Answer?.BoundBy(bodies.CallAt), kept.Files)
            : null;

    private Way Find(FunctionNode target, int rest)
    {
        // Of several implementations another one may run.
        FunctionNode? function = target.Receiver is null ? target : callees.AlternativesOf(target).Take(2).ToArray() is [var only] ? only : null;
        Way way = function is null ? Way.None : WayIn(function, rest);
        if (memory.Answers is { } answers && FunctionPlace.Of(target) is { } place)
            answers.WaysToWrite.Keep((place, rest), way.Trip?.Unbound(), way.Files);
        return way;
    }

    /// <summary>The way from inside a function to the write that it makes: the write itself, or a call of another member of the same object; null when it makes none.</summary>
    private Way WayIn(FunctionNode function, int rest)
    {
        ImmutableHashSet<WeakReference<SyntaxTree>> files = memory.Answers is null ? [] : [.. memory.FilesOfFamily(function.Symbol.ContainingType)];
        // A body that is asked for before the compiler comes to it is bound twice.
        if (!_writingFiles.MayWrite(function.Symbol, orCallsOne: rest > 1) || (function.Body ?? bodies.Of(function.Symbol)) is not { } body || !body.Ambient.IsEmpty || SpeaksOfTransaction(body))
            return new Way(null, files);
        DbCall? write = null;
        foreach (DbCall inner in body.Calls)
        {
            if (inner.Model?.Has(DbEffect.Begins) == true)
                return new Way(null, files);
            if (write is null && WritingCalls.ChangesRows(inner) && IsPartOf(inner.Operation, function) && inner.TryGetTransaction(out IOperation? transaction) && transaction is null)
                write = inner;
        }

        if (write is not null)
            return new Way(new Trip(write.Model!.Has(DbEffect.Saves) ? TripKind.Save : TripKind.Write, write.Name, write.Location, null, write), files);
        foreach (OwnCall next in body.OwnCalls)
        {
            if (next.Receiver is not IInstanceReferenceOperation || next.Method is not { MethodKind: MethodKind.Ordinary } || Asks(next.Name) || !IsPartOf(next.Operation, function))
                continue;
            Way way = WayOf(next, rest - 1);
            files = files.Union(way.Files);
            if (way.Trip is not null)
                return way with { Files = files };
        }

        return new Way(null, files);
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

    /// <summary>The way to a write.</summary>
    /// <param name="Trip">The way; null when there is none.</param>
    /// <param name="Files">The files whose code says so; none where nobody keeps the answer.</param>
    private readonly record struct Way(Trip? Trip, ImmutableHashSet<WeakReference<SyntaxTree>> Files)
    {
        public static Way None { get; } = new(null, []);
    }
}
