using System.Collections.Concurrent;
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
    private static readonly ConditionalWeakTable<Compilation, ConcurrentBag<DbFacts>> Known = new();

    private readonly ConcurrentDictionary<SyntaxTree, ConcurrentDictionary<int, BodyFacts>> _bodies = new();
    private readonly CompilationContext _context;
    private readonly WriteReach _writes;
    private readonly ModelSet _modelSet;
    private readonly KeyLookups _lookups;
    private readonly Hoists _hoists;
    private readonly SameQueries _sameQueries;
    private readonly KeyFetches _keyFetches;
    private readonly KeyJoins _keyJoins;

    private DbFacts(Compilation compilation, ModelSet modelSet, ModelIndex models)
    {
        _modelSet = modelSet;
        _context = new CompilationContext(compilation, models);
        _writes = new WriteReach(_context.Bodies, models);
        var keys = new EntityKeys(compilation);
        _lookups = new KeyLookups(_context, keys);
        _keyJoins = new KeyJoins(_context, new ForeignKeys(compilation, keys));
        _hoists = new Hoists(_context);
        _sameQueries = new SameQueries(_context);
        _keyFetches = new KeyFetches(_context);
    }

    /// <summary>The facts of a compilation; null when it sees no database library, so that nothing needs to be analysed.</summary>
    public static DbFacts? For(Compilation compilation, ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellation)
    {
        ModelSet modelSet = ModelSet.Create(additionalFiles, cancellation);
        ConcurrentBag<DbFacts> known = Known.GetValue(compilation, static _ => []);
        foreach (DbFacts facts in known)
        {
            if (facts._modelSet == modelSet)
                return facts;
        }

        ModelIndex models = ModelIndex.Create(compilation, modelSet);
        if (!models.SeesDatabaseLibrary)
            return null;
        lock (known)
        {
            foreach (DbFacts facts in known)
            {
                if (facts._modelSet == modelSet)
                    return facts;
            }

            var created = new DbFacts(compilation, modelSet, models);
            known.Add(created);
            return created;
        }
    }

    /// <summary>What one member body does to a store; walked once, whichever rule asks first.</summary>
    public BodyFacts Body(ISymbol owner, ImmutableArray<IOperation> blocks)
    {
        if (blocks.IsEmpty)
            return BodyFacts.Empty;
        SyntaxNode syntax = blocks[0].Syntax;
        ConcurrentDictionary<int, BodyFacts> bodies = _bodies.GetOrAdd(syntax.SyntaxTree, static _ => new());
        if (!bodies.TryGetValue(syntax.SpanStart, out BodyFacts? facts))
            facts = bodies.GetOrAdd(syntax.SpanStart, BodyFacts.Read(_context, owner, blocks));
        return facts;
    }

    /// <summary>Whether a pass of an iteration may change what a store holds, callees included. When in doubt it may.</summary>
    public bool MayWrite(BodyFacts body, Iteration iteration)
    {
        var calls = body.Calls.ToDictionary(call => call.Operation);
        return _writes.MayWrite(iteration.Body, invocation => calls.TryGetValue(invocation, out DbCall? call) ? call.MayWrite : null);
    }

    /// <summary>
    /// Whether a call sends the same command with the same values in every pass, and nothing in a pass can change what it returns. Proven, or false.
    /// </summary>
    public bool IsSameInEveryPass(DbCall call, Iteration iteration) =>
        call.Body.VarianceOf(iteration).Of(call.Operation) == Dependence.Invariant && !CommandReuse.MayGetOtherValues(call, iteration) && !MayWrite(call.Body, iteration);

    /// <summary>
    /// How one query before the loop can replace a read that selects rows by a key of the element. Null when results could differ, or when that is
    /// not known.
    /// </summary>
    public KeyLookup? KeyLookupOf(DbCall call, Iteration iteration) =>
        _lookups.Of(call, iteration) is { } lookup && !MayWrite(call.Body, iteration) ? lookup : null;

    /// <summary>
    /// How a read that <see cref="IsSameInEveryPass"/> holds for moves before the loop. Null when that could change more than the number of round trips.
    /// </summary>
    public Hoist? HoistOf(DbCall call, Iteration iteration) => _hoists.Of(call, iteration);

    /// <summary>
    /// The earlier read of the same body that a call repeats: every path to the call runs it, it is the same query with the same values, and nothing in
    /// between may change its answer. Null when there is none, or when that is not known.
    /// </summary>
    public SameQuery? SameQueryBefore(DbCall call) => _sameQueries.Of(call, operation => MayWrite(call.Body, operation));

    /// <summary>
    /// How a call fetches keys only to filter one later query of the same session, which could contain the first. Null when the keys serve anything
    /// else, or when that is not known.
    /// </summary>
    public KeyFetch? KeyFetchOf(DbCall call) => _keyFetches.Of(call, operation => MayWrite(call.Body, operation));

    /// <summary>The includes of a call's query that change nothing about what it returns; empty when there is none, or when that is not known.</summary>
    public IReadOnlyList<UnusedInclude> UnusedIncludesOf(DbCall call) => UnusedIncludes.Of(call);

    /// <summary>Keys that a call's query reads through a join it needs for nothing else; empty when there is none, or when that is not known.</summary>
    public IReadOnlyList<KeyJoin> KeyJoinsOf(DbCall call) => _keyJoins.Of(call);

    private bool MayWrite(BodyFacts body, IOperation operation) =>
        _writes.MayWrite(operation, invocation => body.Calls.FirstOrDefault(call => call.Operation == invocation)?.MayWrite);
}
