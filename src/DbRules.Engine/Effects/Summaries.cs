using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>
/// The summaries of the functions of one compilation, worked out on demand and remembered: callees first, functions that call each other together
/// (Tarjan's strongly connected components), each function once. Thread-safe; nothing here recurses over calls, so deep code cannot overflow the stack.
/// </summary>
/// <param name="reader">Reads a function's own effects.</param>
/// <param name="callees">Finds what a call runs.</param>
/// <param name="elsewhere">What code of other assemblies does.</param>
/// <param name="known">What has been worked out.</param>
/// <param name="compilation">The compilation whose functions are summarised.</param>
/// <param name="isOutOfReach">Whether a member of the compilation surely does nothing to a store, so that its body need not be read; null when all are read.</param>
internal sealed class Summaries(FunctionReader reader, Callees callees, Elsewhere elsewhere, KnownSummaries known, Compilation compilation, Func<IMethodSymbol, bool>? isOutOfReach = null)
{
    private static readonly FunctionEffects Unseen = new() { Own = MethodSummary.Unknown };

    private readonly SmallTable<FunctionNode, FunctionEffects> _effects = new();
    // Asked for every call: a delegate each time would be much of what that allocates.
    private Func<FunctionNode, MethodSummary>? _of;
    private Func<FunctionNode, MethodSummary>? _knownOf;
    private Components? _spare;

    /// <summary>What calling a function does. <see cref="MethodSummary.Unknown"/> when its code cannot be seen.</summary>
    public MethodSummary Of(FunctionNode node)
    {
        if (known.Of(node) is { } summary)
            return summary;
        // One search serves after the other.
        Components components = Interlocked.Exchange(ref _spare, null) ?? new Components(this);
        components.Visit(node);
        _spare = components;
        return Known(node);
    }

    /// <summary>Whether a call leads back to the function that it stands in, by way of functions of the same type.</summary>
    public bool IsRecursion(OwnCall call) => CallerOfRecursion(call) is not null;

    /// <summary>The way to the query that a function runs each time it calls itself, for the first such call in it; null for any other call.</summary>
    public Trip? RecursiveReadOf(OwnCall call)
    {
        // A call in a catch block tries again, and so does one that is handed nothing new.
        if (call.IsVirtual || Operations.IsInCatch(call.Operation) || !MayRecur(call) || AsksTheSameAgain(call))
            return null;
        return CallerOfRecursion(call) is { } caller && Of(caller).Read is { } trip && IsFirstRecursion(call, caller) ? trip : null;
    }

    /// <summary>The call hands over what it was called without, and stands where only that leads to: what it calls does not call again.</summary>
    private static bool EndsWithOne(OwnCall call, FunctionNode caller) =>
        SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, caller.Symbol.OriginalDefinition)
        && call.Operation is IInvocationOperation { Arguments: var arguments }
        && new FlaggedCode(GivenFlags.In(arguments, null, call.Body.Origins), caller.Symbol, call.Body.Origins).IsOff(call.Operation);

    private bool IsFirstRecursion(OwnCall call, FunctionNode caller) =>
        call.Body.OwnCalls.FirstOrDefault(other => CallerOfRecursion(other)?.Equals(caller) == true && !EndsWithOne(other, caller)) == call;

    /// <summary>Whether no code in view says what a virtual call runs, but for classes that stand in for the real one.</summary>
    public bool IsUnseen(OwnCall call) =>
        call.IsVirtual
        && reader.EdgeOf(call).Target is { Receiver: not null } target
        && EffectsOf(target) is { Stated.Count: 0, Alternatives: var alternatives }
        && (alternatives.Count == 0 ? Of(target).Equals(MethodSummary.Unknown) : alternatives.All(static one => StoreNames.IsStandIn(one.Symbol.ContainingType)));

    /// <summary>
    /// What a virtual call does as far as this compilation implements its member; null when it does not, but for decorators that call the
    /// member themselves, or when the call can run nothing else than the member that it names.
    /// </summary>
    public MethodSummary? OfImplementations(FunctionNode call)
    {
        IReadOnlyList<FunctionNode> members = EffectsOf(call).Alternatives;
        bool isVaried = members.Count > 1 || call.Receiver is { TypeKind: TypeKind.Interface } or { IsAbstract: true };
        return isVaried && members.Any(one => SymbolEqualityComparer.Default.Equals(one.Symbol.ContainingAssembly, compilation.Assembly) && !HandsOn(one, call.Symbol) && !StoreNames.IsStandIn(one.Symbol.ContainingType)) ? Of(call) : null;
    }

    /// <summary>What one call does, as a function of one statement would.</summary>
    public MethodSummary Of(OwnCall call)
    {
        // Most calls lead nowhere.
        FunctionNode? target = callees.TargetOf(call);
        return target is not null && ReferenceEquals(Of(target), MethodSummary.Nothing)
            ? MethodSummary.Nothing
            : EdgeSummary.Add(MethodSummary.Nothing, reader.EdgeOf(call, target), _of ??= Of, isFirst: true);
    }

    /// <summary>
    /// Whether a call does nothing to a store, as far as that is cheap to tell: in a build nearly all bodies have been read by the time that rules ask, in an editor only those
    /// of one file, and others would have to be bound.
    /// </summary>
    public bool LeadsNowhere(OwnCall call) =>
        callees.TargetOf(call) is { } target
        && (known.Of(target) ?? (reader.HasReadMost ? Of(target) : null)) is { } summary
        && ReferenceEquals(summary, MethodSummary.Nothing);

    /// <summary>What stands in the one function that a call runs, without what that calls in turn; null when the code does not show which one it is.</summary>
    public MethodSummary? OwnEffectsOf(OwnCall call) => reader.EdgeOf(call).Target is { Receiver: null } target ? EffectsOf(target).Own : null;

    /// <summary>
    /// The way to a round trip in a delegate that the call hands over and that the called code runs once per element, and the sequence
    /// of these elements, where the call hands it over too. Null when there is none.
    /// </summary>
    public (Trip Trip, IOperation? Source)? RepeatedDelegateOf(OwnCall call)
    {
        if (!call.HandsOverDelegate)
            return null;
        Edge edge = reader.EdgeOf(call);
        // Most delegates call nothing that matters; the called code is asked only about the others.
        if (!edge.Delegates.Any(static one => one.Node is { } node && (node.Body is null || node.Body.CallsOf(node.Function).Any() || node.Body.OwnCallsOf(node.Function).Any())))
            return null;
        if (edge.Target is not { } target)
            return null;
        foreach (DelegateUse use in Of(target).Invokes)
        {
            if (use is { IsPerElement: true, IsOnMiss: false } && EdgeSummary.OfDelegate(edge, use, Of).Repeated is { } trip)
                return (trip, call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == use.Source)?.Value);
        }

        return null;
    }

    /// <summary>The member calls itself with the arguments that it was called with: no other node of a tree, but the same once more.</summary>
    private static bool AsksTheSameAgain(OwnCall call) =>
        SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, call.Body.Owner)
        && call.Receiver is null or IInstanceReferenceOperation
        && call.Arguments.All(argument => Operations.Referenced(argument.Value) is IParameterSymbol given
            && SymbolEqualityComparer.Default.Equals(given, argument.Parameter?.OriginalDefinition)
            && call.Body.Origins.Of(given).Count == 0);

    /// <summary>
    /// A cheap first question, so that not every function of the project is summarised: the call names the member that it stands in, or another one of the same
    /// type in a body that queries.
    /// </summary>
    private static bool MayRecur(OwnCall call) =>
        SymbolEqualityComparer.Default.Equals(call.Method?.OriginalDefinition, call.Body.Owner)
        || (!call.Body.Calls.IsEmpty && (call.Method is null || SymbolEqualityComparer.Default.Equals(call.Method.ContainingType.OriginalDefinition, call.Body.Owner?.ContainingType)));

    private FunctionNode? CallerOfRecursion(OwnCall call) =>
        call is { IsVirtual: false, Method.OriginalDefinition: { } target } && reader.FunctionAround(call) is { } caller && reader.LeadsTo(target, caller.Symbol) ? caller : null;

    private FunctionEffects EffectsOf(FunctionNode node) => _effects.TryGetValue(node, out FunctionEffects? known) ? known : _effects.GetOrAdd(node, Read(node));

    private FunctionEffects Read(FunctionNode node)
    {
        if (node.Receiver is not null)
            return new FunctionEffects { Own = elsewhere.Of(node) ?? MethodSummary.Unknown, Alternatives = [.. callees.AlternativesOf(node)], Stated = elsewhere.AlternativesOf(node) };
        if (node.Body is null && !SymbolEqualityComparer.Default.Equals(node.Symbol.ContainingAssembly, compilation.Assembly))
            return new FunctionEffects { Own = elsewhere.Of(node) ?? callees.ModelledBy(node) ?? MethodSummary.Unknown };
        if (node.Body is null && isOutOfReach?.Invoke(node.Symbol) == true)
            return new FunctionEffects();
        return reader.Read(node) ?? Unseen;
    }

    /// <summary>Works out the summaries of a component.</summary>
    private void Solve(IReadOnlyList<FunctionNode> component)
    {
        if (component.Count == 1 && !Dependencies(component[0]).Contains(component[0]))
        {
            // A summary that states nothing is shared, so that callers see at a glance that there is nothing to add.
            MethodSummary only = Combine(component[0], _knownOf ??= Known, static _ => false);
            known.Add(component[0], only.StatesNothing ? MethodSummary.Nothing : only);
        }
        else
        {
            SolveTogether(component);
        }

        if (known.IsKeeping)
            known.Keep(component, component.SelectMany(Dependencies));
    }

    /// <summary>Within a component, trips appear and get shorter from round to round until nothing changes.</summary>
    private void SolveTogether(IReadOnlyList<FunctionNode> component)
    {
        var current = component.ToDictionary(static node => node, static _ => MethodSummary.Nothing);
        MethodSummary Get(FunctionNode node) => current.TryGetValue(node, out MethodSummary? open) ? open : Known(node);
        bool isStable = false;
        for (int round = 0; !isStable && round <= component.Count; round++)
        {
            isStable = true;
            foreach (FunctionNode node in component)
            {
                MethodSummary next = Combine(node, Get, current.ContainsKey);
                isStable &= next.Equals(current[node]);
                current[node] = next;
            }
        }

        foreach (FunctionNode node in component)
            known.Add(node, current[node]);
    }

    private MethodSummary Known(FunctionNode node) => known.Of(node)!;

    private bool IsKnown(FunctionNode node) => known.Of(node) is not null;

    private MethodSummary Combine(FunctionNode node, Func<FunctionNode, MethodSummary> get, Func<FunctionNode, bool> isOpen)
    {
        FunctionEffects effects = EffectsOf(node);
        if (effects.HasAlternatives)
        {
            return callees.IsRequest(node)
                ? Alternatives.All([.. effects.Alternatives.Select(get), .. effects.Stated])
                : OneOf(effects, get, isOpen);
        }

        MethodSummary summary = effects.Own;
        foreach (Edge edge in effects.Edges)
            summary = EdgeSummary.Add(summary, edge, get, isFirst: false);
        return summary;
    }

    private MethodSummary OneOf(FunctionEffects effects, Func<FunctionNode, MethodSummary> get, Func<FunctionNode, bool> isOpen)
    {
        // Most interfaces have one implementation.
        if (effects is { Alternatives: [var single], Stated.Count: 0 })
        {
            MethodSummary only = get(single);
            return Alternatives.One([only], [], only.MayWrite);
        }

        ILookup<bool, FunctionNode> byHandsOn = effects.Alternatives.ToLookup(one => HandsOn(one, isOpen));
        // What stands in for a store in memory says nothing about the store itself, and who refuses is not who answers.
        FunctionNode[] real = [.. byHandsOn[false].Where(static one => !StoreNames.IsStandIn(one.Symbol.ContainingType) && !Refusals.OnlyThrows(one.Symbol))];
        IEnumerable<FunctionNode> known = real.Length + effects.Stated.Count > 0 ? real : byHandsOn[false];
        bool mayWrite = effects.Alternatives.Any(one => get(one).MayWrite) || effects.Stated.Any(static one => one.MayWrite);
        return Alternatives.One([.. known.Select(get), .. effects.Stated], [.. byHandsOn[true].Select(get)], mayWrite);
    }

    /// <summary>Whether an alternative is a decorator that asks the others each time; one that remembers answers does not.</summary>
    private bool HandsOn(FunctionNode alternative, Func<FunctionNode, bool> isOpen) =>
        isOpen(alternative) && EffectsOf(alternative).Edges.Any(edge => edge.Weight is Weight.Once or Weight.PerElement && edge.Target is { } target && isOpen(target));

    private bool HandsOn(FunctionNode decorator, IMethodSymbol member) =>
        EffectsOf(decorator).Edges.Any(edge => edge.Weight is Weight.Once or Weight.PerElement && edge.Target is { Receiver: not null } target && SymbolEqualityComparer.Default.Equals(target.Symbol, member));

    private IReadOnlyList<FunctionNode> Dependencies(FunctionNode node) => EffectsOf(node).Dependencies;

    /// <summary>One search for components after the other, on explicit stacks.</summary>
    private sealed class Components(Summaries summaries)
    {
        private readonly Dictionary<FunctionNode, Visited> _visited = [];
        private readonly Stack<Visited> _open = new();
        private readonly Stack<Visited> _frames = new();

        public void Visit(FunctionNode root)
        {
            Enter(root);
            while (_frames.Count > 0)
            {
                Visited current = _frames.Peek();
                if (current.Next < current.Dependencies.Count)
                {
                    FunctionNode next = current.Dependencies[current.Next++];
                    if (!_visited.TryGetValue(next, out Visited? known))
                    {
                        if (!summaries.IsKnown(next))
                            Enter(next);
                    }
                    else if (known.IsOpen)
                    {
                        current.Lowest = Math.Min(current.Lowest, known.Order);
                    }

                    continue;
                }

                _frames.Pop();
                if (_frames.Count > 0)
                    _frames.Peek().Lowest = Math.Min(_frames.Peek().Lowest, current.Lowest);
                if (current.Lowest == current.Order)
                    Close(current);
            }

            _visited.Clear();
        }

        private void Enter(FunctionNode node)
        {
            var visited = new Visited(node, summaries.Dependencies(node), _visited.Count);
            _visited.Add(node, visited);
            _open.Push(visited);
            _frames.Push(visited);
        }

        private void Close(Visited first)
        {
            // Most functions are a component by themselves.
            if (_open.Peek() == first)
            {
                _open.Pop().IsOpen = false;
                summaries.Solve([first.Node]);
                return;
            }

            var component = new List<FunctionNode>();
            Visited last;
            do
            {
                last = _open.Pop();
                last.IsOpen = false;
                component.Add(last.Node);
            }
            while (last != first);
            summaries.Solve(component);
        }
    }

    /// <summary>A function that a search has come to.</summary>
    private sealed class Visited(FunctionNode node, IReadOnlyList<FunctionNode> dependencies, int order)
    {
        public FunctionNode Node { get; } = node;

        public IReadOnlyList<FunctionNode> Dependencies { get; } = dependencies;

        public int Order { get; } = order;

        /// <summary>The first in order of those that it leads to and that lead to it.</summary>
        public int Lowest { get; set; } = order;

        /// <summary>The dependency to go on with.</summary>
        public int Next { get; set; }

        /// <summary>Whether its component is not known yet.</summary>
        public bool IsOpen { get; set; } = true;
    }
}
