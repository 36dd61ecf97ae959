using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>Reads what stands in one function itself from the facts of its body.</summary>
internal sealed class FunctionReader(Callees callees, MemberBodies bodies, Ownership ownership)
{
    /// <summary>As the option <c>dbrules.small_sequence</c> says by default: a summary is the same for all files.</summary>
    private const int SmallSequence = 4;

    /// <summary>What stands in a function; null when it cannot be seen.</summary>
    public FunctionEffects? Read(FunctionNode node)
    {
        if ((node.Body ?? bodies.Of(node.Symbol)) is not { } body)
            return null;
        var scope = new Scope(node, body);
        MethodSummary own = MethodSummary.Nothing with { IsLazy = IsIterator(node), MayWrite = body.HasDynamicCalls, WorksOutside = body.HasOutsideWork };
        foreach (DbCall call in body.Calls)
        {
            if (scope.Contains(call.Operation))
                own = own with { MayWrite = own.MayWrite || call.MayWrite };
        }

        foreach (DbCall call in body.CallsOf(node.Function))
        {
            if (!scope.Flags.IsOff(call.Operation))
                own = Add(own, call, scope);
        }

        List<IOperation> returned = ownership.MayReturnAcquired(node.Symbol) ? [.. Ownership.ReturnedBy(body, node.Function)] : [];
        own = own with
        {
            ReturnsAcquired = returned.Exists(ownership.IsAcquired),
            Releases = ownership.ReleasedBy(node.Symbol, node.Function is null ? body.Roots : [.. node.Function.ChildOperations]),
        };
        var edges = new List<Edge>();
        foreach (OwnCall call in body.OwnCalls)
        {
            if (scope.Contains(call.Operation))
                edges.Add(EdgeOf(call, scope) with { IsReturned = returned.Contains(call.Operation) });
        }

        return new FunctionEffects { Own = own, Edges = edges };
    }

    /// <summary>
    /// The function that a symbol declares; for a lambda or local function with the member body around it, where that can be seen, and for an
    /// abstract member everything that may run for it.
    /// </summary>
    public FunctionNode NodeOf(IMethodSymbol definition)
    {
        var node = new FunctionNode(definition.PartialImplementationPart ?? definition, definition.IsAbstract ? definition.ContainingType : null);
        if (definition.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction))
            return node;
        ISymbol member = definition;
        while (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            member = member.ContainingSymbol;
        return member is IMethodSymbol method && bodies.Of(method) is { } body && body.FunctionOf(definition) is { } function
            ? node with { Body = body, Function = function }
            : node;
    }

    /// <summary>The function that a call stands in; null outside of functions, as in the initializer of a field.</summary>
    public FunctionNode? FunctionAround(OwnCall call) => call.Body.FunctionAround(call.Operation) switch
    {
        null => call.Body.Owner is IMethodSymbol owner ? NodeOf(owner.OriginalDefinition) : null,
        ILocalFunctionOperation local => new FunctionNode(local.Symbol.OriginalDefinition, null) { Body = call.Body, Function = local },
        IAnonymousFunctionOperation lambda => new FunctionNode(lambda.Symbol, null) { Body = call.Body, Function = lambda },
        _ => null,
    };

    /// <summary>
    /// Whether calls lead from one member to another by way of members of the same type that name each other, or a local function calls itself. Nothing is summarised for it.
    /// What runs after an error tries again, and leads nowhere.
    /// </summary>
    public bool LeadsTo(IMethodSymbol from, IMethodSymbol to)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { from };
        var pending = new Queue<IMethodSymbol>(seen);
        while (pending.Count > 0)
        {
            IMethodSymbol method = pending.Dequeue();
            if (SymbolEqualityComparer.Default.Equals(method, to))
                return true;
            if (method.MethodKind == MethodKind.LocalFunction || !SymbolEqualityComparer.Default.Equals(method.ContainingType, to.ContainingType) || bodies.Of(method) is not { } body)
                continue;
            foreach (OwnCall call in body.OwnCalls)
            {
                if (call is { IsVirtual: false, Method.OriginalDefinition: { } next } && !seen.Contains(next) && !Operations.IsInCatch(call.Operation))
                {
                    seen.Add(next);
                    pending.Enqueue(next);
                }
            }
        }

        return false;
    }

    /// <summary>A call as an edge of no caller: it counts once.</summary>
    public Edge EdgeOf(OwnCall call) => new(call, callees.TargetOf(call), callees.DelegatesOf(call, null), Weight.Once, null, null);

    private MethodSummary Add(MethodSummary summary, DbCall call, Scope scope)
    {
        summary = summary with { Transaction = summary.Transaction | TransactionUseOf(call) };
        if (BoundParameter(call, scope.Function) is { } bound && !summary.Bounds.Contains(bound))
            summary = summary with { Bounds = summary.Bounds.Add(bound).Sort() };
        if (KindOf(call) is not { } kind || (kind == TripKind.Save && IsOwnUnitOfWork(call)) || (kind == TripKind.Read && IsReadBack(call)))
            return summary;
        Repetition repetition = call.RepetitionBeyond(SmallSequence);
        return scope.WeightOf(call.Operation, repetition) switch
        {
            Weight.Once => summary.With(new Trip(kind, call.Name, call.Location, null, call)),
            Weight.PerElement => summary.WithRepeated(new Trip(kind, call.Name, call.Location, null, call), Callees.ParameterOf(repetition.PerElement?.Source, scope.Function)),
            Weight.OnMiss => summary with { ReadsOnMiss = true },
            _ => summary,
        };
    }

    /// <summary>The function has written before, and asks what became of it: the key that the store made, the row as it is now.</summary>
    private static bool IsReadBack(DbCall call) => call.Body.CallsOf(call.Body.FunctionAround(call.Operation)).Any(other =>
        other.Operation.Syntax.SpanStart < call.Operation.Syntax.SpanStart && KindOf(other) is TripKind.Save or TripKind.Write && !Operations.IsInCatch(other.Operation));

    /// <summary>The context is made in the function itself: nobody else can save what it holds.</summary>
    private bool IsOwnUnitOfWork(DbCall call) =>
        Operations.RootSymbol(call.Session) is ILocalSymbol local && call.Body.Origins.SingleValue(local) is { } value && ownership.IsAcquired(value);

    private static TripKind? KindOf(DbCall call)
    {
        if (!call.IsRoundTrip)
            return null;
        if (call.Model?.Has(DbEffect.Saves) == true)
            return TripKind.Save;
        if (call.Reads)
            return IsHandedCommand(call) ? null : TripKind.Read;
        return call.Model is { } model && (model.Has(DbEffect.Writes) || call.Command.Reads == false) ? TripKind.Write : null;
    }

    /// <summary>The function's own query parameter that a call runs with a limit on the number of rows.</summary>
    private static int? BoundParameter(DbCall call, IMethodSymbol function) =>
        call.Query is { } query && Operations.Referenced(query.Root) is IParameterSymbol
            && (call.Rows != RowCount.Many || query.Steps.Any(static use => use is { Step: QueryStep.Take or QueryStep.Page, IsConditional: false }))
            ? Callees.ParameterOf(query.Root, function)
            : null;

    /// <summary>A command that the function is handed may hold anything: only its caller knows what is sent, and how many rows at once.</summary>
    private static bool IsHandedCommand(DbCall call) =>
        call.Command.IsUnknown && call.Argument(ParameterRole.Command) is { } command && call.Body.Origins.Resolve(command) is IParameterReferenceOperation;

    private static TransactionUse TransactionUseOf(DbCall call)
    {
        if (call.Model is not { } model)
            return TransactionUse.None;
        return (model.Has(DbEffect.Begins) ? TransactionUse.Begins : 0)
            | (model.Has(DbEffect.Commits) ? TransactionUse.Commits : 0)
            | (model.Has(DbEffect.RollsBack) ? TransactionUse.RollsBack : 0);
    }

    private Edge EdgeOf(OwnCall call, Scope scope)
    {
        Repetition repetition = call.RepetitionBeyond(SmallSequence);
        bool isPart = call.Body.FunctionAround(call.Operation) == scope.Operation;
        return new Edge(
            call,
            callees.TargetOf(call, scope.Flags),
            callees.DelegatesOf(call, scope.Function),
            isPart ? scope.WeightOf(call.Operation, repetition) : Weight.Unknown,
            Callees.ParameterOf(repetition.PerElement?.Source, scope.Function),
            call.Delegate is { } value ? Callees.ParameterOf(value, scope.Function) : null);
    }

    private static bool IsIterator(FunctionNode node)
    {
        if (node.Symbol.ReturnType is not INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" })
            return false;
        return node.Symbol.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is var declaration
            && declaration.DescendantNodes(inner => inner == declaration || inner is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<YieldStatementSyntax>().Any());
    }

    /// <summary>One function in the body that it is part of.</summary>
    private sealed class Scope
    {
        private readonly BodyFacts _body;
        private readonly IReadOnlyList<Iteration> _calls;

        public Scope(FunctionNode node, BodyFacts body)
        {
            Function = node.Symbol;
            Operation = node.Function;
            Flags = new FlaggedCode(node.Given, node.Symbol, body.Origins);
            _body = body;
            IReadOnlyList<IOperation> parts = Operation is null ? body.Roots : [Operation];
            ImmutableArray<ISymbol> parameters = [.. Function.Parameters];
            _calls = [.. parts.Select(part => new Iteration(part, part, null, parameters, Exemption.None, null))];
        }

        public IMethodSymbol Function { get; }

        /// <summary>The lambda or local function; null for the member itself.</summary>
        public IOperation? Operation { get; }

        /// <summary>What is known of the arguments.</summary>
        public FlaggedCode Flags { get; }

        /// <summary>Whether an operation stands in the function and may run.</summary>
        public bool Contains(IOperation operation) => (Operation is null || Operations.IsInside(operation, Operation)) && !Flags.IsOff(operation);

        /// <summary>
        /// Loops that have a reason of their own to ask per element: callers have no say in it. A worker runs on by itself: who starts it does not wait for its rounds.
        /// </summary>
        private static bool IsElsewhere(Exemption exemption) =>
            exemption is Exemption.ErrorHandling or Exemption.Polling or Exemption.FreshSession or Exemption.PerInstallation or Exemption.ReadBack or Exemption.SetBased;

        public Weight WeightOf(IOperation operation, Repetition repetition)
        {
            if (_body.Role != CodeRole.Production || IsElsewhere(repetition.Exemption) || Operations.IsInCatch(operation))
                return Weight.Unknown;
            // A call of the function is a pass: what outlives it may remember.
            if (repetition.Exemption == Exemption.CachedLookup || _calls.Any(call => Operations.IsInside(operation, call.Body) && _body.RunsOnMissOnly(operation, call)))
                return Weight.OnMiss;
            return repetition.PerElement is null ? Weight.Once : Weight.PerElement;
        }
    }
}
