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
    /// <summary>What stands in a function; null when it cannot be seen.</summary>
    public FunctionEffects? Read(FunctionNode node)
    {
        if ((node.Body ?? bodies.Of(node.Symbol)) is not { } body)
            return null;
        var scope = new FunctionScope(node, body);
        bool isLazy = IsIterator(node);
        bool mayWrite = body.HasDynamicCalls;
        foreach (DbCall call in body.Calls)
            mayWrite = mayWrite || (call.MayWrite && scope.Contains(call.Operation));
        // Most functions do nothing by themselves: these share one summary.
        MethodSummary own = isLazy || mayWrite || body.Outside != WorkOutside.None
            ? MethodSummary.Nothing with { IsLazy = isLazy, MayWrite = mayWrite, Outside = body.Outside }
            : MethodSummary.Nothing;
        foreach (DbCall call in body.CallsOf(node.Function))
        {
            if (!scope.Flags.IsOff(call.Operation))
                own = Add(own, call, scope);
        }

        IReadOnlyList<IOperation> returned = ownership.MayReturnAcquired(node.Symbol) ? [.. Ownership.ReturnedBy(body, node.Function)] : [];
        bool returnsAcquired = returned.Count > 0 && returned.Any(ownership.IsAcquired);
        ImmutableArray<int> releases = ownership.ReleasedBy(node.Symbol, node.Function is null ? body.Roots : [.. node.Function.ChildOperations]);
        if (returnsAcquired || !releases.IsEmpty)
            own = own with { ReturnsAcquired = returnsAcquired, Releases = releases };
        List<Edge>? edges = null;
        foreach (OwnCall call in body.OwnCalls)
        {
            if (scope.Contains(call.Operation))
                (edges ??= []).Add(EdgeOf(call, scope, returned.Contains(call.Operation)));
        }

        return new FunctionEffects { Own = own, Edges = edges ?? (IReadOnlyList<Edge>)[] };
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

    /// <inheritdoc cref="MemberBodies.HasWalkedMost"/>
    public bool HasReadMost => bodies.HasWalkedMost;

    /// <summary>A call as an edge of no caller: it counts once.</summary>
    public Edge EdgeOf(OwnCall call) => EdgeOf(call, callees.TargetOf(call));

    /// <inheritdoc cref="EdgeOf(OwnCall)"/>
    public Edge EdgeOf(OwnCall call, FunctionNode? target) => new(call, target, callees.DelegatesOf(call, null), null);

    private MethodSummary Add(MethodSummary summary, DbCall call, FunctionScope scope)
    {
        if (TransactionUseOf(call) is var use and not TransactionUse.None)
            summary = summary with { Transaction = summary.Transaction | use };
        if (BoundParameter(call, scope.Function) is { } bound && !summary.Bounds.Contains(bound))
            summary = summary with { Bounds = summary.Bounds.Add(bound).Sort() };
        if (KindOf(call) is not { } kind || (kind == TripKind.Save && IsOwnUnitOfWork(call)) || (kind == TripKind.Read && IsReadBack(call)))
            return summary;
        Repetition repetition = call.RepetitionBeyond(FunctionScope.SmallSequence);
        Weight weight = scope.WeightOf(call.Operation, repetition);
        return weight switch
        {
            Weight.Once or Weight.PerElement when kind == TripKind.Read && call.Body.RunsWhereUnloaded(call.Operation) => summary with { ReadsOnMiss = true },
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
    private bool IsOwnUnitOfWork(DbCall call) => ownership.HoldsAcquired(Operations.RootSymbol(call.Session), call.Body.Origins);

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

    private Edge EdgeOf(OwnCall call, FunctionScope scope, bool isReturned) => new(call, callees.TargetOf(call, scope.Flags), callees.DelegatesOf(call, scope.Function), scope)
    {
        OwnDelegate = call.Delegate is { } value ? Callees.ParameterOf(value, scope.Function) : null,
        IsReturned = isReturned,
    };

    private static bool IsIterator(FunctionNode node)
    {
        if (node.Symbol.ReturnType is not INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" })
            return false;
        return node.Symbol.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is var declaration
            && declaration.DescendantNodes(inner => inner == declaration || inner is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<YieldStatementSyntax>().Any());
    }
}
