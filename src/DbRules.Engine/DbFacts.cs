using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Engine;

/// <summary>
/// The only door a rule may use: what the code of one compilation does to a store. One instance per compilation and set of model files,
/// shared by all rules. Thread-safe.
/// </summary>
public sealed class DbFacts
{
    /// <summary>Calls on the way to a write, the write included. Behind more of them it is a side effect that no caller thinks of when it loops.</summary>
    private const int LongestWayToWrite = 3;

    private static readonly ConditionalWeakTable<Compilation, AllFacts> Known = new();

    private readonly Compilation _compilation;
    private readonly CompilationContext _context;
    private readonly MemberBodies _bodies;
    private readonly EditorMemory _memory;
    private readonly Implementations _implementations;
    private readonly Callees _callees;
    private readonly FunctionReader _reader;
    private readonly Summaries _summaries;
    private readonly Func<OwnCall, MethodSummary> _summaryOf;
    private readonly ModelSet _modelSet;
    private readonly SchemaFiles _schemaFiles;
    // Many projects have tests, or little that has to do with a store: what nobody asks about is not made.
    private readonly Later<DbFacts, EntityModel> _model;
    private readonly Later<DbFacts, EntityFlow> _entities;
    private readonly Later<DbFacts, CallAnswers> _calls;
    private readonly Later<DbFacts, WriteReasons> _writeReasons;
    private readonly Later<DbFacts, ResultSizeFacts> _resultSize;
    private readonly Later<DbFacts, LifetimeFacts> _lifetimes;
    private readonly Later<DbFacts, SqlTextFacts> _sqlText;
    private readonly Later<DbFacts, TransactionFacts> _transactions;

    private DbFacts(Compilation compilation, ModelSet modelSet, SchemaFiles schemaFiles, bool isReferenced, Reach? reach = null)
    {
        ModelIndex models = ModelIndex.Create(compilation, modelSet);
        _compilation = compilation;
        _modelSet = modelSet;
        _schemaFiles = schemaFiles;
        _context = new CompilationContext(compilation, models, isReferenced, reach is null ? null : reach.MayRun);
        _bodies = new MemberBodies(_context);
        _memory = new EditorMemory(compilation, _bodies, isReferenced ? null : new(() => KeptAnswers.For(compilation, modelSet, schemaFiles)));
        _implementations = new Implementations(_context, _memory);
        _callees = new Callees(models, _implementations);
        var projects = new ReferencedProjects(compilation, project => For(project, modelSet, schemaFiles, isReferenced: true)!);
        _reader = new FunctionReader(_callees, _bodies, new Ownership(models));
        var elsewhere = new Elsewhere(projects, new ReferencedAssemblies(_context.Own.Stated), _callees);
        _summaries = new Summaries(_reader, _callees, elsewhere, new KnownSummaries(_bodies, _memory), compilation, reach is null ? null : method => !reach.Contains(method));
        _summaryOf = _summaries.Of;
        _model = new(this, static facts => new EntityModel(facts));
        _entities = new(this, static facts => facts.MakeEntityFlow());
        _calls = new(this, static facts => new CallAnswers(facts));
        _writeReasons = new(this, static facts => facts.MakeWriteReasons());
        _resultSize = new(this, static facts => facts._model.Value.MakeResultSize(facts));
        _lifetimes = new(this, static facts => new LifetimeFacts(facts._compilation, facts._context, new Sessions(facts._context), facts._bodies, facts._callees, facts._memory, facts._summaries));
        _sqlText = new(this, static facts => facts._model.Value.MakeSqlText(facts));
        _transactions = new(this, static facts => new TransactionFacts(facts._compilation, facts._context, new Sessions(facts._context), facts._bodies, facts._callees, facts._memory, facts._writeReasons.Value, facts._summaryOf));
    }

    /// <summary>
    /// The facts of a compilation; null when it sees no database library, and no assembly that states what its members do, so that nothing needs to be analysed.
    /// </summary>
    public static DbFacts? For(Compilation compilation, ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellation) =>
        For(compilation, ModelSet.Create(additionalFiles, cancellation), SchemaFiles.Of(additionalFiles), isReferenced: false);

    /// <summary>
    /// What the members of a compilation do, stated for those that reference its assembly: a text for each id, in the order of the ids. Empty when
    /// there is nothing to state. Reads the bodies that may reach a store, and no others.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyDictionary<string, string> Export(Compilation compilation, ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellation)
    {
        ModelSet modelSet = ModelSet.Create(additionalFiles, cancellation);
        var stated = new StatedAssemblies(compilation);
        if (!modelSet.SeesDatabaseLibrary(compilation) && stated.All.IsEmpty)
            return ImmutableDictionary<string, string>.Empty;
        var reach = new Reach(compilation, modelSet, stated, cancellation);
        // No driver keeps the semantic models of a compilation that is only asked here.
        var facts = new DbFacts(compilation, modelSet, SchemaFiles.Of(additionalFiles), isReferenced: true, reach);
        return new SummaryExport(compilation, reach, facts._context, facts._implementations, facts._summaries).Write(cancellation);
    }

    /// <summary>How much the reads of the compilation return.</summary>
    public ResultSizeFacts ResultSize => _resultSize.Value;

    /// <summary>What the code acquires, and whether it releases it.</summary>
    public LifetimeFacts Lifetimes => _lifetimes.Value;

    /// <summary>What the SQL texts of the compilation say.</summary>
    public SqlTextFacts SqlText => _sqlText.Value;

    /// <summary>Which writes of the compilation become durable together.</summary>
    public TransactionFacts Transactions => _transactions.Value;

    /// <summary>What one member body does to a store; walked once, whichever rule asks first.</summary>
    public BodyFacts Body(ISymbol owner, ImmutableArray<IOperation> blocks) => _bodies.Of(owner, blocks);

    /// <summary>What calling a member, local function or lambda of this compilation does, callees included.</summary>
    public MethodSummary SummaryOf(IMethodSymbol method) => _summaries.Of(_reader.NodeOf(method.OriginalDefinition));

    /// <summary>What one call does, callees included.</summary>
    public MethodSummary SummaryOf(OwnCall call) => _summaries.Of(call);

    /// <inheritdoc cref="Summaries.LeadsNowhere"/>
    public bool LeadsNowhere(OwnCall call) => _summaries.LeadsNowhere(call);

    /// <summary>
    /// The way to a round trip in a delegate that a call hands over and that the called code runs once per element, and the sequence of these
    /// elements, where the call hands it over too. Null when there is none.
    /// </summary>
    public (Trip Trip, IOperation? Source)? RepeatedDelegateOf(OwnCall call) => _summaries.RepeatedDelegateOf(call);

    /// <summary>Whether a call leads back to the function that it stands in.</summary>
    public bool IsRecursion(OwnCall call) => _summaries.IsRecursion(call);

    /// <summary>The way to the query that a function runs each time it calls itself, for the first such call in it; null for any other call.</summary>
    public Trip? RecursiveReadOf(OwnCall call) => _summaries.RecursiveReadOf(call);

    /// <summary>Whether a call that no code in view implements reads from a store, as its names say: an interface such as <c>ICustomerRepository</c>, a verb such as <c>Get</c>.</summary>
    public bool ProbablyReads(OwnCall call) =>
        call.Method is { } method && StoreNames.IsStore(method.ContainingType) && StoreNames.Reads(method, _context.Types) && call.Arguments.Any(StoreNames.IsKey) && _summaries.IsUnseen(call);

    /// <summary>As <see cref="ProbablyReads"/>, for a member that writes at once: a verb such as <c>DeleteAsync</c>, and no unit of work that would send it later.</summary>
    public bool ProbablyWrites(OwnCall call) =>
        call.Method is { } method && StoreNames.IsStore(method.ContainingType) && StoreNames.Writes(method, call.Body.Owner?.ContainingType) && _summaries.IsUnseen(call);

    /// <summary>Whether each pass of an iteration also waits for somebody else than a store: a service, a file, a library that nobody knows. When in doubt it does.</summary>
    public bool WorksOutside(BodyFacts body, Iteration iteration) => new OutsideCalls(_context, _summaryOf).AreIn(iteration, body);

    /// <summary>Whether a pass of an iteration may change what a store holds, callees included. When in doubt it may.</summary>
    public bool MayWrite(BodyFacts body, Iteration iteration) => MayWrite(body, iteration.Body);

    /// <summary>
    /// Whether a call sends the same command with the same values in every pass, and nothing in a pass can change what it returns. Proven, or false.
    /// </summary>
    public bool IsSameInEveryPass(DbCall call, Iteration iteration) =>
        call.Body.VarianceOf(iteration).Of(call.Operation) == Dependence.Invariant && !CommandReuse.MayGetOtherValues(call, iteration) && !MayWrite(call.Body, iteration);

    /// <summary>
    /// The loop over pages or groups that repeats a read for nothing: it reads all rows of a type, or those that constants select, and no pass changes such rows.
    /// Null when there is none, or when that is not known.
    /// </summary>
    public Iteration? BatchLoopOf(DbCall wholeSetRead, int smallSequence) => _calls.Value.WholeSets.LoopOf(wholeSetRead, smallSequence);

    /// <summary>As <see cref="BatchLoopOf(DbCall, int)"/>, for a read that a call reaches; with the way to it.</summary>
    public (Iteration Loop, Trip Trip)? BatchLoopOf(OwnCall call, int smallSequence) => _calls.Value.WholeSets.LoopOf(call, smallSequence);

    /// <summary>
    /// How one query before the loop can replace a read that selects rows by a key of the element. Null when results could differ, or when that is
    /// not known.
    /// </summary>
    public KeyLookup? KeyLookupOf(DbCall call, Iteration iteration) =>
        _calls.Value.Lookups.Of(call, iteration) is { } lookup && !MayWrite(call.Body, iteration) ? lookup : null;

    /// <summary>
    /// The method beside a called one that takes the keys of all elements at once; null when there is none. It replaces the call only where
    /// nothing in a pass may write.
    /// </summary>
    public BatchSibling? BatchSiblingOf(OwnCall call, Iteration iteration) => _calls.Value.Siblings.Of(call, iteration) is not { } sibling ? null
        : sibling.Lookup is not null && MayWrite(call.Body, iteration) ? new BatchSibling { Method = sibling.Method }
        : sibling;

    /// <summary>
    /// How a read that <see cref="IsSameInEveryPass"/> holds for moves before the loop. Null when that could change more than the number of round trips.
    /// </summary>
    public Hoist? HoistOf(DbCall call, Iteration iteration) => _calls.Value.Hoists.Of(call, iteration);

    /// <summary>The places of one member body that need a navigation which no query in view loads, in source order. Looks for them each time.</summary>
    public ImmutableArray<NavigationRead> NavigationReads(ISymbol owner, ImmutableArray<IOperation> blocks) => _entities.Value.NavigationReads(owner, blocks, Body(owner, blocks));

    /// <summary>The lazily loading entities behind an object that a body hands to a serializer; null when it is none, or when that is not known.</summary>
    public LazyGraph? LazyGraphOf(IOperation serialized, BodyFacts body, LazyLoadingMode mode) => _entities.Value.LazyGraphOf(serialized, body, mode);

    /// <summary>Whether a call reads, or queries, the rows that one entity refers to.</summary>
    public bool IsExplicitLoad(DbCall call) => _entities.Value.IsExplicitLoad(call);

    /// <summary>What a call that <see cref="IsExplicitLoad"/> holds for loads in each pass, and how the query before the loop can load it instead; null where it may have done so.</summary>
    public ExplicitLoad? ExplicitLoadOf(DbCall call, Iteration iteration, ISymbol owner, ImmutableArray<IOperation> blocks) => _entities.Value.ExplicitLoadOf(call, iteration, owner, blocks);

    /// <summary>Whether a call surely writes rows of the element at once, so that one call could write those of all elements.</summary>
    public bool WritesRowsOfElement(DbCall call, Iteration iteration) => _calls.Value.RowWrites.IsOfElement(call, iteration);

    /// <summary>
    /// Whether a pass has a reason of its own to write at once: it needs what it wrote, one bad element must not undo the others, progress must survive, or
    /// the pass is a batch. When in doubt it has.
    /// </summary>
    /// <param name="write">A call that writes, or that reaches one.</param>
    /// <param name="body">The body that the call stands in.</param>
    /// <param name="iteration">The iteration that repeats it.</param>
    public bool HasReasonToWrite(IOperation write, BodyFacts body, Iteration iteration) => _writeReasons.Value.Any(write, body, iteration);

    /// <summary>
    /// Whether one round trip could do what the way from a call does for each element. Not where each has a store of its own, and not where passes go on without waiting and the
    /// store is sent the commands of all of them as they come.
    /// </summary>
    public bool CouldBeOneTrip(OwnCall call, Iteration iteration, Trip trip) => !ElementStores.IsOneReached(call, iteration, trip)
        && !(trip.IsPipelined && Pipelining.IsAwaitedLater(call, iteration));

    /// <summary>The way to the save or write that a call reaches and does nothing else but write; null when it reads or works on something else as well.</summary>
    public Trip? WriteBehind(OwnCall call) =>
        _summaries.Of(call) is { Read: null, ReadsOnMiss: false, Repeated: null, Outside: WorkOutside.None, Transaction: TransactionUse.None } summary
        && (summary.Save ?? summary.Write) is { Length: <= LongestWayToWrite } trip
            ? trip
            : null;

    /// <summary>
    /// How a save that no pass has a reason for moves behind the loop. Null when other rows could be saved then, or when that is not known.
    /// </summary>
    public SaveMove? SaveMoveOf(DbCall save, Iteration iteration) => _calls.Value.SaveMoves.Of(save, iteration);

    /// <summary>How one call does for all elements what a write that no pass has a reason for does for one. Null when that could write other rows.</summary>
    public WriteForAll? WriteForAllOf(DbCall write, Iteration iteration) => _calls.Value.WritesForAll.Of(write, iteration);

    /// <summary>How the commands of all elements go into one batch behind the loop. Null where their provider has none, or where other rows could be written.</summary>
    public CommandBatch? CommandBatchOf(DbCall write, Iteration iteration) => _calls.Value.CommandBatches.Of(write, iteration);

    /// <summary>
    /// The earlier read of the same body that a call repeats: every path to the call runs it, it is the same query with the same values, and nothing in
    /// between may change its answer. Null when there is none, or when that is not known.
    /// </summary>
    public SameQuery? SameQueryBefore(DbCall call) => _calls.Value.SameQueries.Of(call, operation => MayWrite(call.Body, operation));

    /// <summary>
    /// How a call fetches keys only to filter one later query of the same session, which could contain the first. Null when the keys serve anything
    /// else, or when that is not known.
    /// </summary>
    public KeyFetch? KeyFetchOf(DbCall call) => _calls.Value.KeyFetches.Of(call, operation => MayWrite(call.Body, operation));

    /// <summary>The includes of a call's query that change nothing about what it returns; empty when there is none, or when that is not known.</summary>
    public IReadOnlyList<UnusedInclude> UnusedIncludesOf(DbCall call) => UnusedIncludes.Of(call);

    /// <summary>Keys that a call's query reads through a join it needs for nothing else; empty when there is none, or when that is not known.</summary>
    public IReadOnlyList<KeyJoin> KeyJoinsOf(DbCall call) => _calls.Value.KeyJoins.Of(call);

    /// <summary>The member to await in place of a round trip that blocks asynchronous code; null when the call does not, or when no twin can be called there.</summary>
    public AsyncTwin? AsyncTwinOf(DbCall call) => _calls.Value.AsyncCalls.TwinOf(call);

    /// <summary>How a round trip is given the token that is at hand; null when it has one, takes none, or must not be cancelled.</summary>
    public TokenPass? MissingTokenOf(DbCall call) => _calls.Value.AsyncCalls.MissingToken(call);

    private bool MayWrite(BodyFacts body, IOperation scope)
    {
        if (body.HasDynamicCalls)
            return true;
        foreach (DbCall call in body.Calls)
        {
            if (call.MayWrite && Operations.IsInside(call.Operation, scope))
                return true;
        }

        foreach (OwnCall call in body.OwnCalls)
        {
            if (Operations.IsInside(call.Operation, scope) && _summaries.Of(call).MayWrite)
                return true;
        }

        return false;
    }

    private static DbFacts? For(Compilation compilation, ModelSet modelSet, SchemaFiles schemaFiles, bool isReferenced)
    {
        AllFacts known = Known.GetValue(compilation, static _ => new());
        if (known.Find(modelSet, schemaFiles) is { } before)
            return before;
        // A project without a database may call another's interface, so that it is read when somebody asks about its members.
        if (!isReferenced && known.SeesNothing(modelSet))
            return null;
        bool seesNothing = !isReferenced && !modelSet.SeesDatabaseLibrary(compilation) && !StatedAssemblies.Any(compilation);
        lock (known)
        {
            if (seesNothing)
            {
                known.Blind = known.Blind.Add(modelSet);
                return null;
            }

            if (known.Find(modelSet, schemaFiles) is { } meanwhile)
                return meanwhile;
            var created = new DbFacts(compilation, modelSet, schemaFiles, isReferenced);
            known.Facts = known.Facts.Add(created);
            return created;
        }
    }

    private WriteReasons MakeWriteReasons() =>
        new(_context, new OutsideWork(_context.Bodies, _context.Models, _context.Types), new SavedObjects(_context.Models), _summaryOf);

    private EntityFlow MakeEntityFlow()
    {
        var navigations = new Navigations(_compilation, _context.Models);
        var related = new RelatedRows(_context, navigations);
        return new EntityFlow(_compilation, _context, _bodies, navigations, related, new RelatedLoads(_context, _bodies, related).MayComeFromElsewhere);
    }

    /// <summary>What is known of one compilation, by the rows that it was asked with: each analyzer of a compiler asks.</summary>
    private sealed class AllFacts
    {
        public ImmutableArray<DbFacts> Facts { get; set; } = [];

        /// <summary>The rows with which the compilation sees nothing to analyse.</summary>
        public ImmutableArray<ModelSet> Blind { get; set; } = [];

        public DbFacts? Find(ModelSet modelSet, SchemaFiles schemaFiles) =>
            Facts.FirstOrDefault(facts => facts._modelSet.HasRowsOf(modelSet) && facts._schemaFiles.AreThoseOf(schemaFiles));

        public bool SeesNothing(ModelSet modelSet) => Blind.Any(modelSet.HasRowsOf);
    }

    /// <summary>What several facts ask of the model of the entities.</summary>
    private sealed class EntityModel
    {
        public EntityModel(DbFacts facts)
        {
            Keys = new EntityKeys(facts._compilation);
            UniqueKeys = new UniqueKeys(facts._compilation, Keys);
            Bounds = new RowBounds(facts._context.Models, facts._context.Types, UniqueKeys);
        }

        public EntityKeys Keys { get; }

        public UniqueKeys UniqueKeys { get; }

        public RowBounds Bounds { get; }

        public ResultSizeFacts MakeResultSize(DbFacts facts) => new(facts._compilation, facts._context, Keys, UniqueKeys, Bounds, new CacheFactories(facts.SummaryOf));

        public SqlTextFacts MakeSqlText(DbFacts facts) =>
            new(facts._compilation, facts._context, facts._bodies, facts.ResultSize, new TableShapes(facts._compilation, facts._schemaFiles, facts.ResultSize.Tables, Keys, UniqueKeys));
    }

    /// <summary>What is asked about single calls.</summary>
    private sealed class CallAnswers
    {
        public CallAnswers(DbFacts facts)
        {
            CompilationContext context = facts._context;
            EntityKeys keys = facts._model.Value.Keys;
            Lookups = new KeyLookups(context, keys, facts._model.Value.Bounds);
            Hoists = new Hoists(context);
            RowWrites = new RowWrites(context.Models);
            WritesForAll = new WritesForAll(context);
            CommandBatches = new CommandBatches(context, facts._summaryOf);
            SaveMoves = new SaveMoves(context, new UnsavedReads(context.Models, keys), facts._summaryOf);
            KeyJoins = new KeyJoins(context, new ForeignKeys(facts._compilation, keys));
            SameQueries = new SameQueries(context);
            KeyFetches = new KeyFetches(context);
            AsyncCalls = new AsyncCalls(facts._compilation, context, facts._model.Value.Bounds, new OpenReaders(new Sessions(context), facts._summaryOf).ArePassed);
            Siblings = new BatchSiblings(context, keys, new KeyedReads(facts._callees, facts._bodies), facts._summaries.Of);
            WholeSets = new WholeSetReads(new TouchedRows(context, facts._callees), facts._summaries);
        }

        public KeyLookups Lookups { get; }

        public Hoists Hoists { get; }

        public RowWrites RowWrites { get; }

        public WritesForAll WritesForAll { get; }

        public CommandBatches CommandBatches { get; }

        public SaveMoves SaveMoves { get; }

        public SameQueries SameQueries { get; }

        public KeyFetches KeyFetches { get; }

        public KeyJoins KeyJoins { get; }

        public BatchSiblings Siblings { get; }

        public WholeSetReads WholeSets { get; }

        public AsyncCalls AsyncCalls { get; }
    }
}
