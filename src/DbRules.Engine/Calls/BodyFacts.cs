using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What one member body does to a store, found in one walk and shared by all rules.</summary>
public sealed class BodyFacts
{
    /// <summary>The facts of a body that does nothing to a store.</summary>
    public static readonly BodyFacts Empty = new();

    private const DbEffect Harmless = DbEffect.Composes | DbEffect.QueryRoot | DbEffect.RoundTrip | DbEffect.Enumerates | DbEffect.LeavesStore | DbEffect.Lazy;

    private readonly CompilationContext? _context;
    private readonly ISymbol? _owner;
    private readonly IReadOnlyList<IOperation> _roots = [];
    private readonly RareSites _rare = RareSites.None;
    private readonly bool _hasFunctions;
    private Analyses? _analyses;

    private BodyFacts() => Origins = new Origins([]);

    private BodyFacts(CompilationContext context, ISymbol owner, ImmutableArray<IOperation> roots, CallReader found)
    {
        _context = context;
        _owner = owner;
        // As an interface, the array itself needs no box.
        _roots = ImmutableCollectionsMarshal.AsArray(roots)!;
        Origins = new Origins(_roots);
        Calls = CallsAt(found.Sites);
        HasDynamicCalls = found.HasDynamicCalls;
        _rare = RareSites.Of(found);
        _hasFunctions = found.HasFunctions;
        Outside = found.Outside;
        OwnCalls = CallsAt(found.OwnSites);
    }

    /// <summary>Every place where the body talks to a store, in source order.</summary>
    public ImmutableArray<DbCall> Calls { get; } = [];

    /// <summary>Every place where the body runs other code under analysis.</summary>
    public ImmutableArray<OwnCall> OwnCalls { get; } = [];

    /// <summary>The objects that the body hands to a serializer.</summary>
    public ImmutableArray<IOperation> Serialized => _rare.Serialized;

    /// <summary>Every place where the body makes a transaction ambient, in source order.</summary>
    public ImmutableArray<IObjectCreationOperation> Ambient => _rare.Ambient;

    /// <summary>Every place that may hand out something which somebody must release, in source order.</summary>
    internal ImmutableArray<IOperation> Acquired => _rare.Acquired;

    /// <summary>Every call that hands out what another object owns, in source order.</summary>
    internal ImmutableArray<IInvocationOperation> Lent => _rare.Lent;

    /// <summary>Every call that may register one object for the whole application, in source order.</summary>
    internal ImmutableArray<IInvocationOperation> Registrations => _rare.Registrations;

    /// <summary>Every connection or context that the body keeps in a static member, in source order.</summary>
    internal ImmutableArray<StaticValue> Static => _rare.Static;

    /// <summary>Every place that hands over a text which is SQL, or may be, in source order.</summary>
    internal ImmutableArray<SqlSite> SqlSites => _rare.SqlSites;

    /// <summary>A cheap first question: whether the body talks to a store, or hands a text over which may be SQL.</summary>
    public bool MaySendSql => !Calls.IsEmpty || !SqlSites.IsEmpty;

    /// <summary>The <c>using</c> statements and declarations, in source order.</summary>
    internal ImmutableArray<IOperation> Usings => _rare.Usings;

    /// <summary>Where the values of this body come from.</summary>
    public Origins Origins { get; }

    /// <summary>What the body is there for.</summary>
    public CodeRole Role => _context is null || _owner is null ? CodeRole.Production
        : _context.Roles.Of(_owner) is var role and not CodeRole.Production ? role
        : SetUpCode.Is(this) ? CodeRole.Seeding
        : CodeRole.Production;

    /// <summary>Walks a body once. Returns <see cref="Empty"/> when it does nothing to a store.</summary>
    internal static BodyFacts Read(CompilationContext context, ISymbol owner, ImmutableArray<IOperation> roots)
    {
        // One reader serves one body after the other.
        CallReader reader = Interlocked.Exchange(ref context.SpareReader, null) ?? new CallReader(context);
        foreach (IOperation root in roots)
            Operations.Visit(root, reader, static (operation, reader) => reader.Visit(operation));
        BodyFacts facts = reader.Matters ? new BodyFacts(context, owner, roots, reader) : Empty;
        if (reader.HasFound)
            reader.Clear();
        context.SpareReader = reader;
        return facts;
    }

    /// <summary>Which expressions are the same in every pass of an iteration of this body.</summary>
    public Variance VarianceOf(Iteration iteration)
    {
        Dictionary<IOperation, Variance> known = Asked.Variances;
        lock (known)
        {
            if (!known.TryGetValue(iteration.Body, out Variance? variance))
                known.Add(iteration.Body, variance = new Variance(iteration, Origins, IsHarmless));
            return variance;
        }
    }

    /// <summary>The control flow around an operation; null when Roslyn cannot tell.</summary>
    public Paths? PathsAround(IOperation operation)
    {
        IOperation function = Operations.EnclosingFunction(operation) ?? operation;
        SyntaxNode key = function == operation ? operation.Syntax.SyntaxTree.GetRoot() : function.Syntax;
        Dictionary<SyntaxNode, Paths?> known = Asked.Paths;
        lock (known)
        {
            if (!known.TryGetValue(key, out Paths? paths))
                known.Add(key, paths = Paths.Around(operation, CancellationToken.None));
            return paths;
        }
    }

    /// <inheritdoc cref="Paths.RepeatsAfterSuccess"/>
    internal bool RepeatsAfterSuccess(IOperation operation, IOperation loop) =>
        StatementOrder.SurelyRepeats(operation, loop) || PathsAround(operation)?.RepeatsAfterSuccess(operation, loop) != false;

    /// <inheritdoc cref="Pipelining.IsPipelined"/>
    internal bool IsPipelined(DbCall call) => _context is { } context && Pipelining.IsPipelined(call, context.Models);

    /// <inheritdoc cref="Paths.CanFollow"/>
    internal bool CanFollow(IOperation earlier, IOperation later) =>
        StatementOrder.CanReachInPass(earlier, later) == true || PathsAround(earlier)?.CanFollow(earlier, later) == true;

    /// <inheritdoc cref="Paths.CanReachInPass"/>
    internal bool CanReachInPass(IOperation earlier, IOperation later) =>
        StatementOrder.CanReachInPass(earlier, later) ?? PathsAround(earlier)?.CanReachInPass(earlier, later) == true;

    /// <summary>What only a body that is asked about needs; nothing of it for <see cref="Empty"/>.</summary>
    private Analyses Asked => _analyses ?? FirstMade.Keep(ref _analyses, new Analyses(this, _context!));

    internal bool IsQueryable(ITypeSymbol? type) => _context?.Types.IsQueryable(type) == true;

    internal bool IsSession(ITypeSymbol? type) => type is not null && _context!.Models.Of(type)?.Has(TypeTraits.Session) == true;

    /// <inheritdoc cref="UnknownWaits.OfUnseen"/>
    internal WorkOutside OutsideIfUnseen(IMethodSymbol? method) => UnknownWaits.OfUnseen(method, _context!.Models);

    internal bool IsModelled(IMethodSymbol method) => _context!.Models.Of(method) is not null;

    internal QueryShape QueryOf(IOperation source) => Asked.Queries.Of(source);

    internal CommandText CommandOf(DbCall call) => Asked.Commands.Of(call);

    /// <inheritdoc cref="CommandTexts.OfExpression"/>
    internal CommandText TextOf(IOperation text) => Asked.Commands.OfExpression(text);

    /// <inheritdoc cref="TextParts.AllOf"/>
    internal IReadOnlyList<CommandText> TextsOf(IOperation text, bool isFull) => Asked.Commands.AllOf(text, isFull);

    /// <inheritdoc cref="CommandTexts.ExpressionOf"/>
    internal IOperation? TextOf(DbCall call) => Asked.Commands.ExpressionOf(call);

    /// <inheritdoc cref="CommandTexts.TryGetTransaction"/>
    internal bool TryGetTransaction(IOperation command, out IOperation? transaction) => Asked.Commands.TryGetTransaction(command, out transaction);

    internal bool TakesForeignCommand(DbCall call) =>
        call.Argument(ParameterRole.Command) is { } command && Origins.Resolve(command) is IInvocationOperation { TargetMethod: var maker } && !IsModelled(maker);

    /// <summary>Whether the body moves a cursor over the rows that one command returns. A batch returns results of several, writes among them.</summary>
    internal bool WalksRowsOf(DbCall call) =>
        call is { Invocation: { } invocation, Model: { } model }
        && model.Plays("return", ParameterRole.Acquires)
        && _context!.Models.Of(invocation.TargetMethod.ContainingType)?.Has(TypeTraits.Command) == true
        && call.Argument(ParameterRole.Command)?.Type is { } command
        && _context.Models.Of(command)?.Has(TypeTraits.Batch) == false
        && _roots.Any(root => Operations.Any(root, operation => operation is IInvocationOperation { Instance: { } cursor } move
            && _context.Models.Of(move.TargetMethod)?.Has(DbEffect.Advances) == true
            && Origins.Resolve(cursor) == call.Operation));

    internal Repetition RepetitionOf(DbCall call, int smallSequence) => Asked.Repetitions.Of(call, smallSequence);

    internal Repetition RepetitionOf(OwnCall call, int smallSequence) => Asked.Repetitions.Of(call, smallSequence);

    /// <inheritdoc cref="Repetitions.BatchAround(DbCall)"/>
    internal Iteration? BatchAround(DbCall call) => Asked.Repetitions.BatchAround(call);

    /// <inheritdoc cref="Repetitions.BatchAround(DbCall)"/>
    internal Iteration? BatchAround(OwnCall call) => Asked.Repetitions.BatchAround(call);

    /// <summary>The blocks of the member: its body, and what its declaration runs before it.</summary>
    internal IReadOnlyList<IOperation> Roots => _roots;

    /// <summary>Whether a place in code stands in the body.</summary>
    internal bool Contains(Location place)
    {
        foreach (IOperation root in _roots)
        {
            if (root.Syntax.SyntaxTree == place.SourceTree && root.Syntax.Span.Contains(place.SourceSpan))
                return true;
        }

        return false;
    }

    /// <summary>Whether an operation stands in the body.</summary>
    internal bool Contains(IOperation operation)
    {
        foreach (IOperation root in _roots)
        {
            if (Operations.IsInside(operation, root))
                return true;
        }

        return false;
    }

    /// <summary>The member, field or type that the body belongs to; null for <see cref="Empty"/>.</summary>
    internal ISymbol? Owner => _owner;

    /// <summary>Whether the body calls what only run time binds.</summary>
    internal bool HasDynamicCalls { get; }

    /// <summary>What the body does outside of a store: a file, another service.</summary>
    internal WorkOutside Outside { get; }

    /// <summary>The calls of one function: of a lambda or local function, or for null of the member's own body.</summary>
    internal IEnumerable<DbCall> CallsOf(IOperation? function) => Calls.IsEmpty ? [] : _hasFunctions ? Asked.CallsByFunction[function] : function is null ? Calls : [];

    /// <inheritdoc cref="CallsOf"/>
    internal IEnumerable<OwnCall> OwnCallsOf(IOperation? function) => OwnCalls.IsEmpty ? [] : _hasFunctions ? Asked.OwnCallsByFunction[function] : function is null ? OwnCalls : [];

    /// <summary>The lambda or local function of this body that a symbol stands for; null when it has none.</summary>
    internal IOperation? FunctionOf(IMethodSymbol symbol)
    {
        IOperation? found = null;
        foreach (IOperation root in _roots)
        {
            Operations.Any(root, operation =>
            {
                IMethodSymbol? declared = (operation as ILocalFunctionOperation)?.Symbol ?? (operation as IAnonymousFunctionOperation)?.Symbol;
                if (SymbolEqualityComparer.Default.Equals(declared, symbol))
                    found = operation;
                return found is not null;
            });
        }

        return found;
    }

    /// <inheritdoc cref="Iterations.FunctionAround"/>
    internal IOperation? FunctionAround(IOperation operation) => Operations.EnclosingFunction(operation) is null ? null : Asked.Iterations.FunctionAround(operation);

    /// <inheritdoc cref="Iterations.Around"/>
    internal IEnumerable<Iteration> IterationsAround(IOperation operation) => Asked.Iterations.Around(operation);

    /// <inheritdoc cref="Iterations.AnyAround"/>
    internal bool IsInIteration(IOperation operation) => Asked.Iterations.AnyAround(operation);

    /// <summary>Whether an operation runs only when something that outlives the call of its function did not remember an earlier result.</summary>
    internal bool RunsOnMissOnly(IOperation operation, Iteration call) => Asked.Caches.IsGuarded(operation, call);

    /// <summary>As the other, for a call of the function or member that the operation stands in.</summary>
    internal bool RunsOnMissOnly(IOperation operation)
    {
        IOperation? function = FunctionAround(operation);
        return (function is null ? _roots : [function]).Any(part => Operations.IsInside(operation, part) && RunsOnMissOnly(operation, new Iteration(part, part, null, [], Exemption.None, null)));
    }

    /// <inheritdoc cref="LoadedChecks.Guard"/>
    internal bool RunsWhereUnloaded(IOperation operation) => new LoadedChecks(_context!.Models, Origins).Guard(operation);

    /// <summary>Whether one command asks for a list of keys that belongs to the pass.</summary>
    internal bool TakesKeysOfPass(DbCall call, Variance variance) => new KeyArguments(_context!.Models, Origins).TakesVarying(call, variance);

    /// <inheritdoc cref="KeyArguments.ListOneKey"/>
    internal bool GivesOneKey(DbCall call) => new KeyArguments(_context!.Models, Origins).ListOneKey(call);

    /// <summary>Whether a call only lines its command up, or asks for no answer.</summary>
    internal bool IsSentLater(DbCall call) => call.Invocation is { } invocation && Pipelining.IsSentLater(invocation, call.Model!, _context!.Models);

    /// <summary>Whether passes of an iteration send the call without waiting for its answer.</summary>
    internal bool IsPipelined(DbCall call, Iteration iteration) => Pipelining.IsAwaitedLater(call, iteration, _context!.Models);

    internal IOperation? SessionOf(DbCall call)
    {
        if (call.Query is { } query)
            return query.Session;
        if (call.Argument(ParameterRole.Connection) is { } connection)
            return connection;
        if (call.Invocation is not { } invocation || Operations.Receiver(invocation) is not { } receiver)
            return null;
        CommandTexts commands = Asked.Commands;
        return commands.ConnectionBehind(receiver) ?? (commands.IsCommand(receiver) ? null : receiver);
    }

    /// <summary>
    /// A modelled call that leaves the object it is called on as it was: it composes, reads, sends a command or makes an object. Whether the store changes is another
    /// question, which <c>WriteReach</c> answers.
    /// </summary>
    internal bool IsHarmless(IMethodSymbol method) =>
        _context!.Models.Of(method) is { } model
        && (model.Effect & (DbEffect.Stages | DbEffect.Saves | DbEffect.Advances)) == 0
        && ((model.Effect & Harmless) != 0 || model.Plays("return", ParameterRole.Acquires));

    private ImmutableArray<DbCall> CallsAt(List<CallSite> sites)
    {
        if (sites.Count == 0)
            return [];
        var calls = new DbCall[sites.Count];
        for (int i = 0; i < calls.Length; i++)
            calls[i] = new DbCall(this, sites[i].Operation, sites[i].Model, sites[i].Source);
        return ImmutableCollectionsMarshal.AsImmutableArray(calls);
    }

    private ImmutableArray<OwnCall> CallsAt(List<OwnCallSite> sites)
    {
        if (sites.Count == 0)
            return [];
        var calls = new OwnCall[sites.Count];
        for (int i = 0; i < calls.Length; i++)
            calls[i] = new OwnCall(this, sites[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(calls);
    }

    /// <summary>Each is made when it is first asked for: one of two that are made at the same time is kept.</summary>
    private sealed class Analyses(BodyFacts body, CompilationContext context)
    {
        private Iterations? _iterations;
        private QueryShapes? _queries;
        private CommandTexts? _commands;
        private CachedLookups? _caches;
        private Repetitions? _repetitions;
        private Dictionary<IOperation, Variance>? _variances;
        private Dictionary<SyntaxNode, Paths?>? _paths;
        private ILookup<IOperation?, DbCall>? _callsByFunction;
        private ILookup<IOperation?, OwnCall>? _ownCallsByFunction;

        public Iterations Iterations => _iterations ?? FirstMade.Keep(ref _iterations, new Iterations(context.Vocabulary, body.Origins));

        public QueryShapes Queries => _queries ?? FirstMade.Keep(ref _queries, new QueryShapes(context.Models, body.Origins, context.Types, context.Bodies));

        public CommandTexts Commands => _commands ?? FirstMade.Keep(ref _commands, new CommandTexts(context.Models, body.Origins, context.Bodies, context.Texts));

        public CachedLookups Caches => _caches ?? FirstMade.Keep(ref _caches, new CachedLookups(context.Vocabulary, body.Origins));

        public Repetitions Repetitions => _repetitions ?? FirstMade.Keep(ref _repetitions, new Repetitions(body, Iterations, new SearchLoops(body.Origins), Caches, new ReadBacks(body)));

        public Dictionary<IOperation, Variance> Variances => _variances ?? FirstMade.Keep(ref _variances, []);

        public Dictionary<SyntaxNode, Paths?> Paths => _paths ?? FirstMade.Keep(ref _paths, []);

        public ILookup<IOperation?, DbCall> CallsByFunction => _callsByFunction ?? FirstMade.Keep(ref _callsByFunction, body.Calls.ToLookup(call => Iterations.FunctionAround(call.Operation)));

        public ILookup<IOperation?, OwnCall> OwnCallsByFunction => _ownCallsByFunction ?? FirstMade.Keep(ref _ownCallsByFunction, body.OwnCalls.ToLookup(call => Iterations.FunctionAround(call.Operation)));
    }
}
