using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine;

/// <summary>How much the reads of one compilation return, and in which order. Thread-safe.</summary>
public sealed class ResultSizeFacts
{
    private readonly EntityKeys _keys;
    private readonly RowBounds _bounds;
    private readonly CacheFactories _caches;
    private readonly Paging _paging;
    private readonly SmallTables _smallTables;
    private readonly RandomOrders _randomOrders;
    private readonly SiblingIncludes _siblingIncludes;
    private readonly UnlimitedSelects _unlimitedSelects;
    private readonly LateStepSearch _lateSteps;
    private readonly ColumnReads _columnReads;

    internal ResultSizeFacts(Compilation compilation, CompilationContext context, EntityKeys keys, UniqueKeys uniqueKeys, RowBounds bounds, CacheFactories caches)
    {
        _keys = keys;
        _bounds = bounds;
        _caches = caches;
        _paging = new Paging(context.Models, keys, _bounds);
        _smallTables = new SmallTables(compilation, keys);
        _randomOrders = new RandomOrders(context.Models, _bounds, _smallTables);
        _siblingIncludes = new SiblingIncludes(compilation, keys, bounds);
        Tables = new EntityTables(compilation);
        SqlBounds = new SqlRowBounds(Tables, uniqueKeys, _smallTables);
        _unlimitedSelects = new UnlimitedSelects(context, _bounds, Tables, SqlBounds, keys);
        var columns = new UnclearColumns(compilation);
        _lateSteps = new LateStepSearch(context, _bounds, columns);
        _columnReads = new ColumnReads(context, keys, _bounds, columns);
    }

    /// <summary>The entities behind tables.</summary>
    internal EntityTables Tables { get; }

    /// <summary>How many rows texts let through.</summary>
    internal SqlRowBounds SqlBounds { get; }

    /// <summary>How many rows queries let through.</summary>
    internal RowBounds Bounds => _bounds;

    /// <summary>What limits the rows that a call takes into memory; <see cref="RowBound.Limited"/> when that is not known.</summary>
    public RowBound BoundOf(DbCall call) => _bounds.Of(call);

    /// <summary>Where the query of a call can go on with an order and a limit; null when the code in view has no such place.</summary>
    public QueryPlace? LimitPlaceOf(DbCall call) => QueryPlaces.ForLimit(call, _keys);

    /// <summary>The SQL text of a call that returns any number of rows, all of which are kept in memory; null when something limits them, or when that is not known.</summary>
    /// <param name="call">The call.</param>
    /// <param name="dialect">The word of the dialect that is used where types do not tell it; null or any other text counts as none.</param>
    public UnlimitedSelect? UnlimitedSelectOf(DbCall call, string? dialect) => _unlimitedSelects.Of(call, dialect);

    /// <summary>Whether an entity has few rows whatever becomes of the product, as its name, its key, an attribute or the model says.</summary>
    public bool IsSmall(ITypeSymbol entity) => _smallTables.Contains(entity);

    /// <summary>Whether a call runs only when a cache did not hold its result.</summary>
    public bool FillsCache(DbCall call) => _caches.Hold(call);

    /// <summary>The page that a call reads in no order; null when it has one, or when that is not known.</summary>
    public UnorderedPage? UnorderedPageOf(DbCall call) => _paging.UnorderedPageOf(call);

    /// <summary>The call by which a query has the store sort any number of rows at random; null when it has none, or when that is not known.</summary>
    public IInvocationOperation? RandomOrderOf(DbCall call) => _randomOrders.Of(call);

    /// <summary>The step by which a query in order skips a number of rows that only run time knows; null when it has none, or when that is not known.</summary>
    public IInvocationOperation? OffsetOf(DbCall call) => _paging.OffsetOf(call);

    /// <summary>The number of rows that a call takes as its caller says, whatever that is; null when something limits it, or when it is not the caller's.</summary>
    public IOperation? UnclampedCountOf(DbCall call) => _paging.UnclampedCountOf(call);

    /// <summary>The collections of one row that the query of a call multiplies with each other; null when there are none, or when that is not known.</summary>
    public SiblingInclude? SiblingIncludeOf(DbCall call) => _siblingIncludes.Of(call);

    /// <summary>
    /// What works in memory on the rows that a call fetches for nothing else, though the store could have left most of them out. Null when there is none, or
    /// when that is not known.
    /// </summary>
    public LateSteps? LateStepsOf(DbCall call) => _lateSteps.Of(call);

    /// <summary>The few columns that are used of the whole rows which a call fetches; null when the rows serve something else, or when that is not known.</summary>
    public ColumnRead? ColumnReadOf(DbCall call) => _columnReads.Of(call) is { } read && LateStepsOf(call) is null ? read : null;
}
