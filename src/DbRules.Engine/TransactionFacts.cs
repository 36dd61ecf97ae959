using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine;

/// <summary>Which writes of one compilation become durable together. Thread-safe.</summary>
public sealed class TransactionFacts
{
    private readonly Sessions _sessions;
    private readonly OpenTransactions _open;
    private readonly SplitWriteSearch _splits;
    private readonly SplitTextSearch _splitTexts;
    private readonly WriteRegions _regions;
    private readonly RepeatedBegins _repeatedBegins;
    private readonly RemoteCalls _remoteCalls;
    private readonly LockOrders _lockOrders;
    private readonly RetryingContexts _retrying;
    private readonly StrategyConflicts _strategyConflicts;
    private readonly AsyncFlow _asyncFlow;
    private readonly Completions _completions;
    private readonly UnretriedTransactions _unretried;
    private readonly StrayCommands _strays;
    private readonly LostTransactions _lost;
    private readonly SwallowedFailures _swallowed;

    internal TransactionFacts(Compilation compilation, CompilationContext context, Sessions sessions, MemberBodies bodies, Callees callees, EditorMemory memory, WriteReasons reasons, Func<OwnCall, MethodSummary> summaryOf)
    {
        _sessions = sessions;
        _open = new OpenTransactions(context, _sessions);
        var passes = new TransactionPasses(compilation, context);
        _strays = new StrayCommands(context, _sessions, _open, new HeldTransactions(context, _sessions, _open), passes);
        var callers = new TransactionalCallers(context, bodies, callees, _open, memory);
        _retrying = new RetryingContexts(context, memory);
        var units = new RetryUnits(context, _sessions, summaryOf);
        _regions = new WriteRegions(context, new NeedlessSaves(context, summaryOf), reasons, _retrying, units, new SessionEntries(context, memory), new ConnectionRegions(context, _sessions, passes, summaryOf));
        _repeatedBegins = new RepeatedBegins(reasons);
        _remoteCalls = new RemoteCalls(context, bodies, callees, summaryOf);
        _lockOrders = new LockOrders(context, _open, new RowWrites(context.Models));
        _strategyConflicts = new StrategyConflicts(context, memory, _sessions, _open, _retrying, units);
        var options = new BeginOptions(context.Models);
        var dialects = new Dialects(context);
        var called = new CalledSessions(_sessions);
        var writes = new SureWrites(context.Models, dialects, _sessions, called, summaryOf);
        _asyncFlow = new AsyncFlow(context.Models, options);
        _completions = new Completions(context.Models, options, writes);
        _unretried = new UnretriedTransactions(context.Models, options, writes, _sessions, _retrying);
        var commits = new Commits(context.Models, bodies, callees, _sessions, called, memory, summaryOf);
        _lost = new LostTransactions(context, _open, writes, summaryOf);
        _swallowed = new SwallowedFailures(context, _open, writes, summaryOf);
        var gaps = new WriteGaps(context, new RowLoops(reasons), summaryOf);
        var outer = new OuterTransactions(context, _open, callers, summaryOf);
        _splits = new SplitWriteSearch(commits, gaps, outer, new GivenSessions(context));
        _splitTexts = new SplitTextSearch(commits, outer, dialects);
    }

    /// <summary>The context or connection that a call goes through, by the names that lead to it; null when it may be another object each time.</summary>
    public Session? SessionOf(DbCall call) => _sessions.Of(call);

    /// <summary>The transactions that a body opens by itself, in source order.</summary>
    public ImmutableArray<OpenTransaction> OpenedBy(BodyFacts body) => _open.Of(body);

    /// <summary>
    /// The writes of a body that stand in it themselves, run on one path through one session, and become durable one by one though they belong together: at most
    /// one answer for each function and session. What may run in a transaction, and what is meant to be durable early, is not among them.
    /// </summary>
    public IEnumerable<UncoveredWrites> SplitWritesOf(BodyFacts body) => _splits.Direct(body);

    /// <summary>As <see cref="SplitWritesOf"/>, for writes of which a call makes at least one; at most one answer for each function.</summary>
    public IEnumerable<UncoveredWrites> SplitCallsOf(BodyFacts body) => _splits.ThroughCalls(body);

    /// <summary>
    /// The calls of a body that send several writing statements in one text, which belong together and become durable one by one, in source order. Texts that begin a
    /// transaction by themselves, and those of databases that run a text as one transaction, are not among them.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="dialect">The word of the SQL dialect that is used where types do not tell it; any other word for none.</param>
    public IEnumerable<UncoveredStatements> SplitTextsOf(BodyFacts body, string? dialect) => _splitTexts.In(body, dialect);

    /// <summary>How one transaction goes around writes that stand in the body itself; null where the code has no place for it, or when that is not known.</summary>
    public WriteRegion? RegionOf(UncoveredWrites writes, BodyFacts body) => _regions.Of(writes, body);

    /// <summary>The first call of a body that surely asks another machine while a transaction of the body is open; null when there is none.</summary>
    public RemoteCall? RemoteCallDuring(OpenTransaction transaction, BodyFacts body) => _remoteCalls.During(transaction, body);

    /// <summary>The iteration that opens a transaction for each element, with no reason that the code shows; null when there is none.</summary>
    /// <param name="transaction">A transaction of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="smallSequence">Loops over at most this many elements that the code itself lists do not count.</param>
    public Iteration? RepetitionOf(OpenTransaction transaction, BodyFacts body, int smallSequence) => _repeatedBegins.Of(transaction, body, smallSequence);

    /// <summary>The iteration in whose order a write locks one row after another within one transaction, where callers choose that order; null when there is none.</summary>
    /// <param name="write">A call of the body.</param>
    /// <param name="smallSequence">Loops over at most this many elements that the code itself lists do not count.</param>
    public Iteration? LockOrderOf(DbCall write, int smallSequence) => _lockOrders.Of(write, smallSequence);

    /// <summary>Whether the code in view sets sessions of a type up to run failed commands again.</summary>
    /// <param name="session">The type of a context; a type parameter is what it is constrained to.</param>
    public RetryUse RetriesOn(ITypeSymbol session) => session switch
    {
        INamedTypeSymbol named => _retrying.Of(named),
        ITypeParameterSymbol { ConstraintTypes: var constraints } => constraints.OfType<INamedTypeSymbol>().Select(_retrying.Of).DefaultIfEmpty(RetryUse.Unknown).Max(),
        _ => RetryUse.Unknown,
    };

    /// <summary>The transactions of a body that the retrying strategy of their session does not support, in source order.</summary>
    public ImmutableArray<StrategyConflict> StrategyConflictsIn(BodyFacts body) => _strategyConflicts.In(body);

    /// <summary>The transactions that a body makes ambient, where it also shows how long they are; in source order.</summary>
    public IEnumerable<AmbientScope> ScopesOf(BodyFacts body) => body.Ambient.IsEmpty ? [] : AmbientScope.In(body);

    /// <summary>Where an ambient transaction stays behind because its code waits; null when it goes along, or when that is not known.</summary>
    public FlowBreak? FlowBreakOf(AmbientScope scope) => _asyncFlow.BreakOf(scope);

    /// <summary>How an ambient transaction that writes is undone although nothing went wrong; null when it is completed, undone on purpose, or when that is not known.</summary>
    public LostWrites? UncompletedOf(AmbientScope scope) => _completions.Of(scope);

    /// <summary>
    /// The transaction that a call begins, where it writes at a level at which it fails when a concurrent one gets in its way, and nothing in view runs it again.
    /// Null when that is not known.
    /// </summary>
    public ConflictRisk? UnretriedOf(DbCall begin) => _unretried.Of(begin);

    /// <inheritdoc cref="UnretriedOf(DbCall)"/>
    public ConflictRisk? UnretriedOf(AmbientScope scope) => _unretried.Of(scope);

    /// <summary>
    /// The transactions that a body opens, writes in, and leaves without a commit although all went well, in source order. Those that somebody else may end, and
    /// those that the code rolls back on purpose, are not among them.
    /// </summary>
    public IEnumerable<LostTransaction> LostTransactionsOf(BodyFacts body) => _lost.Of(body);

    /// <summary>The handlers of a body that swallow the failure of a write inside a transaction which is committed all the same, in source order.</summary>
    public IEnumerable<SwallowedFailure> SwallowedFailuresOf(BodyFacts body) => _swallowed.Of(body);

    /// <summary>
    /// The commands that a body sends on the connection of a transaction which surely is open, without giving them that transaction, in source order. Those that
    /// their provider runs in it all the same are not among them.
    /// </summary>
    public IReadOnlyList<StrayCommand> StrayCommandsOf(BodyFacts body) => _strays.Of(body);
}
