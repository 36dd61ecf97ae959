using System.Collections.Immutable;
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
    private readonly Iterations? _iterations;
    private readonly QueryShapes? _queries;
    private readonly CommandTexts? _commands;
    private readonly Repetitions? _repetitions;
    private readonly Dictionary<IOperation, Variance> _variances = [];
    private readonly Dictionary<SyntaxNode, Paths?> _paths = [];
    private readonly object _lock = new();

    private BodyFacts() => Origins = new Origins([]);

    private BodyFacts(CompilationContext context, ISymbol owner, IReadOnlyList<IOperation> roots, List<CallSite> sites)
    {
        _context = context;
        _owner = owner;
        Origins = new Origins(roots);
        _iterations = new Iterations(context.Vocabulary, Origins);
        _queries = new QueryShapes(context.Models, Origins, context.Types, context.Bodies);
        _commands = new CommandTexts(context.Models, Origins);
        _repetitions = new Repetitions(this, _iterations, new SearchLoops(Origins), new CachedLookups(context.Vocabulary, Origins), new ReadBacks(this));
        Calls = [.. sites.Select(site => new DbCall(this, site.Operation, site.Model, site.Source))];
    }

    /// <summary>Every place where the body talks to a store, in source order.</summary>
    public ImmutableArray<DbCall> Calls { get; } = [];

    /// <summary>Where the values of this body come from.</summary>
    public Origins Origins { get; }

    /// <summary>What the body is there for.</summary>
    public CodeRole Role => _context is null || _owner is null ? CodeRole.Production : _context.Roles.Of(_owner);

    /// <summary>Walks a body once. Returns <see cref="Empty"/> when it does nothing to a store.</summary>
    internal static BodyFacts Read(CompilationContext context, ISymbol owner, IReadOnlyList<IOperation> roots)
    {
        var reader = new CallReader(context);
        foreach (IOperation root in roots)
            Operations.Visit(root, reader, static (operation, reader) => reader.Visit(operation));
        return reader.Sites is { } sites ? new BodyFacts(context, owner, roots, sites) : Empty;
    }

    /// <summary>Which expressions are the same in every pass of an iteration of this body.</summary>
    public Variance VarianceOf(Iteration iteration)
    {
        lock (_lock)
        {
            if (!_variances.TryGetValue(iteration.Body, out Variance? variance))
                _variances.Add(iteration.Body, variance = new Variance(iteration, Origins, IsHarmless));
            return variance;
        }
    }

    /// <summary>The control flow around an operation; null when Roslyn cannot tell.</summary>
    public Paths? PathsAround(IOperation operation)
    {
        IOperation function = Operations.EnclosingFunction(operation) ?? operation;
        SyntaxNode key = function == operation ? operation.Syntax.SyntaxTree.GetRoot() : function.Syntax;
        lock (_lock)
        {
            if (!_paths.TryGetValue(key, out Paths? paths))
                _paths.Add(key, paths = Paths.Around(operation, CancellationToken.None));
            return paths;
        }
    }

    internal bool IsQueryable(ITypeSymbol? type) => _context?.Types.IsQueryable(type) == true;

    internal bool IsModelled(IMethodSymbol method) => _context!.Models.Of(method) is not null;

    internal QueryShape QueryOf(IOperation source) => _queries!.Of(source);

    internal CommandText CommandOf(DbCall call) => _commands!.Of(call);

    internal bool TakesForeignCommand(DbCall call) =>
        call.Argument(ParameterRole.Command) is { } command && Origins.Resolve(command) is IInvocationOperation { TargetMethod: var maker } && !IsModelled(maker);

    internal Repetition RepetitionOf(DbCall call, int smallSequence) => _repetitions!.Of(call, smallSequence);

    internal IOperation? SessionOf(DbCall call)
    {
        if (call.Query is { } query)
            return query.Session;
        if (call.Argument(ParameterRole.Connection) is { } connection)
            return connection;
        if (call.Invocation is not { } invocation || Operations.Receiver(invocation) is not { } receiver)
            return null;
        return _commands!.ConnectionBehind(receiver) ?? (_commands.IsCommand(receiver) ? null : receiver);
    }

    /// <summary>
    /// A modelled call that leaves the object it is called on as it was: it composes, reads, sends a command or makes an object. Whether the store changes is another
    /// question, which <c>WriteReach</c> answers.
    /// </summary>
    internal bool IsHarmless(IMethodSymbol method) =>
        _context!.Models.Of(method) is { } model
        && (model.Effect & (DbEffect.Stages | DbEffect.Saves | DbEffect.Advances)) == 0
        && ((model.Effect & Harmless) != 0 || model.Plays("return", ParameterRole.Acquires));
}
