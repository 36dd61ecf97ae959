using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds the places of a body that write outside of any transaction that they are given.</summary>
internal sealed class Commits(ModelIndex models, Callees callees, Sessions sessions, Func<OwnCall, MethodSummary> summaryOf)
{
    /// <summary>Calls on the way to a write, the write included. Behind more of them it is a side effect that no caller thinks of.</summary>
    private const int LongestWay = 3;

    /// <summary>What is called so is asked something, or makes sure of something; that it also writes at times is no part of what its caller changes.</summary>
    private static readonly string[] AskingVerbs = ["Get", "Find", "Load", "Read", "Fetch", "Query", "List", "Search", "Is", "Has", "Can", "Check", "Validate", "Ensure", "Resolve", "Lookup", "Filter", "Log", "Initialize"];

    /// <summary>A cheap first question: whether a call writes rows at once.</summary>
    public static bool WritesRows(DbCall call) =>
        call.Model is { } model
        && (model.Effect & (DbEffect.Saves | DbEffect.Writes | DbEffect.WritesBySql)) != 0
        && !model.Has(DbEffect.ChangesSchema)
        && (!model.Has(DbEffect.WritesBySql) || WritingStatements(call).Any())
        && call.IsRoundTrip;

    /// <summary>The statements of a call's text that change rows which others can see; none when the text is unknown.</summary>
    public static IEnumerable<SqlStatement> WritingStatements(DbCall call) => call.Command.Script is { } script
        ? script.Statements.Where(statement => statement is { Effect: SqlEffect.Writes, Kind: SqlStatementKind.Insert or SqlStatementKind.Update or SqlStatementKind.Delete or SqlStatementKind.Merge }
            && !statement.Tables.Any(use => use.Role == SqlTableRole.Written && script.IsTemporary(use.Table)))
        : [];

    /// <summary>The write that a call is; null when it is none, is given a transaction, or when its session or command is not known.</summary>
    public Commit? Of(DbCall call) =>
        WritesRows(call) && call.TryGetTransaction(out IOperation? transaction) && transaction is null && sessions.Of(call) is { } session
            ? new Commit(call, session) { IsSave = call.Model!.Has(DbEffect.Saves) }
            : null;

    /// <summary>
    /// The save that a call of an interface is, where all that implements its member in view is a context: <c>IShopContext.SaveChangesAsync()</c>. Null for any other call.
    /// </summary>
    public Commit? OfContract(OwnCall call)
    {
        if (call is not { Method: { ContainingType.TypeKind: TypeKind.Interface, Name: var name }, Receiver: { } receiver } || !models.MayModel(name) || callees.TargetOf(call) is not { } target)
            return null;
        FunctionNode[] members = [.. callees.AlternativesOf(target)];
        return members.Length > 0 && members.All(one => models.Of(one.Symbol)?.Has(DbEffect.Saves) == true) && sessions.Of(receiver, call.Body.Origins) is { } session && summaryOf(call).Save is { } trip
            ? new Commit(call, trip, session) { IsSave = true }
            : null;
    }

    /// <summary>
    /// The write that a call leads to; null when it leads to none, opens a transaction by itself, is handed one, or when the session is not one that the caller
    /// can name: its own, that of its own members, or one that it hands over.
    /// </summary>
    public Commit? Of(OwnCall call)
    {
        if (summaryOf(call) is not { Transaction: TransactionUse.None, IsLazy: false } summary || (summary.Save ?? summary.Write) is not { Statement: { } statement, Length: <= LongestWay } trip || trip.Calls.Any(Asks))
            return null;
        if (!WritesRows(statement) || !statement.TryGetTransaction(out IOperation? transaction) || transaction is not null || sessions.Of(statement) is not { } session)
            return null;
        return SessionFor(call, trip, session) is { } own ? new Commit(call, trip, own) : null;
    }

    private static bool Asks(Trip call)
    {
        string name = call.Name.Substring(call.Name.LastIndexOf('.') + 1);
        return AskingVerbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || char.IsUpper(name[verb.Length])));
    }

    private Session? SessionFor(OwnCall call, Trip trip, Session session)
    {
        bool isOnItself = call.Receiver is IInstanceReferenceOperation && trip.Length == 2;
        if (session.IsOwn)
            return isOnItself || IsInjected(session) ? session : null;
        if (trip.Length != 2 || session.Path is not [IParameterSymbol parameter])
            return null;
        // The parameter of a primary constructor is there for all members, as a field is.
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            return session;
        IArgumentOperation? given = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal && argument.ArgumentKind != ArgumentKind.DefaultValue);
        return given is null ? null : sessions.Of(given.Value, call.Body.Origins);
    }

    private static bool IsInjected(Session session) => session.Path.Length == 1 && session.Type is not null;
}
