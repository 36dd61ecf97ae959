using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// One place where code talks to a store: the same for every library. Facts that cost something are found when they are first asked for.
/// Instances belong to one body and are shared by all rules.
/// </summary>
public sealed class DbCall
{
    private readonly BodyFacts _body;
    private QueryShape? _query;
    private CommandText? _command;
    private Tuple<int, Repetition>? _repetition;

    internal DbCall(BodyFacts body, IOperation operation, MemberModel? model, IOperation? source)
    {
        _body = body;
        Operation = operation;
        Model = model;
        Source = source;
    }

    /// <summary>The call; for a query that a <c>foreach</c> enumerates, the enumerated expression.</summary>
    public IOperation Operation { get; }

    /// <summary>The row that describes the called member; null for an enumerated query.</summary>
    public MemberModel? Model { get; }

    /// <summary>The query that the call runs; null when the call takes no query.</summary>
    public IOperation? Source { get; }

    /// <summary>The call as an invocation; null for an enumerated query.</summary>
    public IInvocationOperation? Invocation => Model is null ? null : Operation as IInvocationOperation;

    /// <summary>The body that the call stands in.</summary>
    public BodyFacts Body => _body;

    /// <summary>The library's name as its rows give it; null for an enumerated query.</summary>
    public string? Library => Model?.Library;

    /// <summary>The member's name, or the source text of an enumerated query.</summary>
    public string Name => Invocation?.TargetMethod.Name ?? CodeText.Short(Operation.Syntax);

    /// <summary>Where to report: the member's name, or the enumerated expression.</summary>
    public Location Location => Invocation is { } call ? LocationOf(call) : Operation.Syntax.GetLocation();

    /// <summary>Where to report any call: the member's name.</summary>
    public static Location LocationOf(IInvocationOperation call) => CodeText.NameOf(call.Syntax).GetLocation()!;

    /// <summary>The LINQ query behind the call; null when it takes none.</summary>
    public QueryShape? Query => Source is null ? null : _query ??= _body.QueryOf(Source);

    /// <summary>The SQL text that the call sends, as far as the code in view shows it; <see cref="CommandText.None"/> when it takes none.</summary>
    public CommandText Command => _command ??= _body.CommandOf(this);

    /// <summary>The connection or context that the call goes through; null when the code does not show it.</summary>
    public IOperation? Session => _body.SessionOf(this);

    /// <summary>Whether the call surely sends a command to a store when it runs, and waits for the answer or could.</summary>
    public bool IsRoundTrip => Model switch
    {
        null => Query?.Kind == QueryRootKind.Store,
        { } model when model.Has(DbEffect.RoundTrip) => Query?.Kind != QueryRootKind.Memory && !_body.IsSentLater(this),
        { } model when model.Has(DbEffect.Enumerates) => Query?.Kind == QueryRootKind.Store,
        _ => false,
    };

    /// <summary>
    /// Whether the call surely reads, and does not write. SQL text decides where the row says so; a command object that some other method
    /// made may be anything, a batch of writes too, and so may a text that is not in view, in a method that writes by its name: unless the code walks the rows that come back.
    /// </summary>
    public bool Reads => Model switch
    {
        null => true,
        { } model when model.Has(DbEffect.WritesBySql) => Command.Reads ?? (model.Has(DbEffect.Reads) && !(Command.IsUnknown && (StoreNames.SaysWrite(_body.Owner) || _body.TakesForeignCommand(this)) && !_body.WalksRowsOf(this))),
        { } model when model.Has(DbEffect.Writes) => false,
        { } model => model.Has(DbEffect.Reads) || model.Has(DbEffect.Enumerates),
    };

    /// <summary>Whether the call may write at once. SQL text decides where the row says so; when it is not known, it may.</summary>
    public bool MayWrite => Model switch
    {
        null => false,
        { } model when model.Has(DbEffect.WritesBySql) => Command.Reads != true,
        { } model => model.Has(DbEffect.Writes) || model.Has(DbEffect.Saves),
    };

    /// <summary>
    /// The transaction that the call is given, itself or by its command; null when it is given none. False when the code does not show how the command was made.
    /// </summary>
    public bool TryGetTransaction(out IOperation? transaction)
    {
        transaction = Argument(ParameterRole.Transaction);
        if (transaction is null && Argument(ParameterRole.Command) is { } command)
        {
            if (!_body.TryGetTransaction(command, out transaction))
                return false;
        }

        if (transaction is not null && (Conditions.IsNull(transaction) || Operations.Unwrap(transaction) is IDefaultValueOperation))
            transaction = null;
        return true;
    }

    /// <summary>How much the call returns.</summary>
    public RowCount Rows => Model?.Rows ?? RowCount.Many;

    /// <summary>
    /// How often the call runs: the iteration that repeats it for each element, or why none does.
    /// </summary>
    /// <param name="smallSequence">Loops over at most this many elements that the code itself lists do not count.</param>
    public Repetition RepetitionBeyond(int smallSequence)
    {
        Tuple<int, Repetition>? known = _repetition;
        if (known?.Item1 != smallSequence)
            _repetition = known = Tuple.Create(smallSequence, _body.RepetitionOf(this, smallSequence));
        return known.Item2;
    }

    /// <summary>The value given for a role of the row, such as the SQL text or the token; null when the overload has no such parameter.</summary>
    public IOperation? Argument(ParameterRole role)
    {
        if (Invocation is not { } call || Model is null || !Model.Parameters.TryGetValue(role, out string? name))
            return null;
        return name == "this" ? Operations.Receiver(call) : Operations.Argument(call, name);
    }
}
