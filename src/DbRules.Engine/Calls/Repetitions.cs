using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Decides for one call whether a loop around it repeats it for each element, or is one of the loops that are meant so.</summary>
internal sealed class Repetitions(BodyFacts body, Iterations iterations, SearchLoops searches, CachedLookups caches, ReadBacks readBacks)
{
    private static readonly string[] InstallationWords = ["server", "tenant", "shard"];
    private static readonly string[] SetUpVerbs = ["Add", "Create", "Remove", "Delete", "Enable", "Disable"];

    public Repetition Of(DbCall call, int smallSequence) => !Iterations.MayRepeat(call.Operation) ? Repetition.Once : Of(call.Operation, call, smallSequence, static (all, call, iteration) => all.ExemptionOf(call, iteration));

    public Repetition Of(OwnCall call, int smallSequence) => Of(call.Operation, call, smallSequence, static (all, call, iteration) => all.ExemptionOf(call, iteration));

    private Repetition Of<TCall>(IOperation operation, TCall call, int smallSequence, Func<Repetitions, TCall, Iteration, Exemption> exemptionOf)
    {
        Exemption innermost = Exemption.None;
        foreach (Iteration iteration in iterations.Around(operation))
        {
            Exemption exemption = iteration.ConstantCount <= smallSequence ? Exemption.SmallSequence : exemptionOf(this, call, iteration);
            if (exemption == Exemption.None)
                return new Repetition(iteration, Exemption.None);
            if (innermost == Exemption.None)
                innermost = exemption;
            // Which values are free by then only the passes before tell: no query in front of the loops around could.
            if (IsProbe(operation, iteration) && Asks(operation))
                break;
        }

        return innermost == Exemption.None ? Repetition.Once : new Repetition(null, innermost);
    }

    /// <summary>The loop over pages or groups that repeats a call, where the call itself shows no other reason to be repeated; null for any other call.</summary>
    public Iteration? BatchAround(DbCall call) => BatchAround(call.Operation, iteration => ReasonOf(call, iteration));

    /// <inheritdoc cref="BatchAround(DbCall)"/>
    public Iteration? BatchAround(OwnCall call) => BatchAround(call.Operation, iteration => ReasonOf(call, iteration));

    private Iteration? BatchAround(IOperation operation, Func<Iteration, Exemption> reasonOf) =>
        iterations.Around(operation).FirstOrDefault() is { IsStatement: true, Nature: Exemption.Chunks or Exemption.Paging, ConstantCount: null } iteration
        && reasonOf(iteration) == Exemption.None
            ? iteration
            : null;

    private Exemption ExemptionOf(DbCall call, Iteration iteration) => iteration.Nature != Exemption.None ? iteration.Nature : ReasonOf(call, iteration);

    private Exemption ExemptionOf(OwnCall call, Iteration iteration) => iteration.Nature != Exemption.None ? iteration.Nature : ReasonOf(call, iteration);

    private Exemption ReasonOf(DbCall call, Iteration iteration)
    {
        if (ReasonOf(call.Operation, iteration) is var exemption and not Exemption.None)
            return exemption;
        Variance variance = body.VarianceOf(iteration);
        if (IsFreshSession(call.Session, iteration, variance))
            return Exemption.FreshSession;
        if (call.Command.AsksForSchema)
            return Exemption.PerInstallation;
        if (MovesPage(call, iteration, variance))
            return Exemption.Paging;
        if (IsSetBased(call, variance))
            return Exemption.SetBased;
        if (body.IsPipelined(call, iteration))
            return Exemption.Pipelined;
        if (readBacks.IsReadBack(call, iteration))
            return Exemption.ReadBack;
        return LeavesOrRetries(call.Operation, iteration);
    }

    private Exemption ReasonOf(OwnCall call, Iteration iteration)
    {
        if (ReasonOf(call.Operation, iteration) is var exemption and not Exemption.None)
            return exemption;
        if (SetsUpInstallation(call))
            return Exemption.PerInstallation;
        if (call.Method is { MethodKind: MethodKind.Ordinary } method && StoreNames.IsNote(method))
            return Exemption.Note;
        Variance variance = body.VarianceOf(iteration);
        if (IsElementsOwn(call, iteration) || IsFreshReceiver(call, iteration, variance) || call.Arguments.Any(argument => body.IsSession(argument.Value.Type) && IsFreshSession(argument.Value, iteration, variance)))
            return Exemption.FreshSession;
        if (call.Arguments.Any(argument => KeyList(argument.Value) is { } keys && variance.Of(keys) == Dependence.Varies))
            return Exemption.SetBased;
        return Reloads.IsReload(call, iteration) ? Exemption.CachedLookup : LeavesOrRetries(call.Operation, iteration);
    }

    /// <summary>What the loop's elements, or the place in it, say about anything that stands there.</summary>
    private Exemption ReasonOf(IOperation operation, Iteration iteration)
    {
        if (GoesOverInstallations(iteration))
            return Exemption.PerInstallation;
        if (Operations.IsInCatch(operation) || Operations.IsInCatch(iteration.Operation) || IsOfException(iteration))
            return Exemption.ErrorHandling;
        if (IsProbe(operation, iteration))
            return Exemption.Probing;
        return caches.IsGuarded(operation, iteration) ? Exemption.CachedLookup : Exemption.None;
    }

    private Exemption LeavesOrRetries(IOperation operation, Iteration iteration)
    {
        // A foreach that nothing leaves looks for nothing, and goes on after every pass.
        if (iteration.Operation is IForEachLoopOperation each && !SearchLoops.HasExit(each))
            return Exemption.None;
        if (searches.LeavesOnHit(operation, iteration))
            return Exemption.Search;
        if (SearchLoops.DrawsUntilNone(operation, iteration))
            return Exemption.NotOverElements;
        return iteration.IsStatement && !body.RepeatsAfterSuccess(operation, iteration.Operation) ? Exemption.Retry : Exemption.None;
    }

    /// <summary>The names of the element, its type or the sequence say that it is a server, tenant or shard.</summary>
    private static bool GoesOverInstallations(Iteration iteration)
    {
        if (iteration.Source is not { } source)
            return false;
        if (NamesInstallation(Operations.Referenced(source)?.Name))
            return true;
        foreach (ISymbol element in iteration.Elements)
        {
            if (NamesInstallation(element.Name) || NamesInstallation(Operations.TypeOf(element)?.Name))
                return true;
        }

        return false;
    }

    /// <summary>The elements are those that an exception speaks of.</summary>
    private bool IsOfException(Iteration iteration) =>
        iteration.Source is { } source && body.Origins.Resolve(source) is IMemberReferenceOperation { Instance: { } owner } && WellKnownTypes.IsException(owner.Type);

    /// <summary>The member, as its name says, sets up or takes away a whole server, tenant or shard: <c>AddTenantAsync</c>.</summary>
    private static bool SetsUpInstallation(OwnCall call)
    {
        if (call.Method is not { MethodKind: MethodKind.Ordinary, Name: var name })
            return false;
        foreach (string verb in SetUpVerbs)
        {
            if (!name.StartsWith(verb, StringComparison.Ordinal))
                continue;
            foreach (string word in InstallationWords)
            {
                int end = verb.Length + word.Length;
                if (string.Compare(name, verb.Length, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0 && (name.Length == end || char.IsUpper(name[end]) || name[end] == 's'))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The name ends with such a word, or with several of them.</summary>
    private static bool NamesInstallation(string? name)
    {
        if (name is null)
            return false;
        int end = name.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? name.Length - 1 : name.Length;
        foreach (string word in InstallationWords)
        {
            if (EndsWith(name, name.Length, word) || EndsWith(name, end, word))
                return true;
        }

        return false;
    }

    private static bool EndsWith(string name, int end, string word) => end >= word.Length && string.Compare(name, end - word.Length, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>The loop goes on or ends by what the call returns.</summary>
    private static bool IsProbe(IOperation operation, Iteration iteration) =>
        iteration.Operation is IWhileLoopOperation { Condition: { } condition } && Operations.IsInside(operation, condition);

    /// <summary>The call asks whether something is there.</summary>
    private static bool Asks(IOperation call) => call.Type is { } answer && Tasks.ResultOf(answer).SpecialType == SpecialType.System_Boolean;

    /// <summary>The loop goes over handlers, steps or validators, and asks each to do its own work, or over objects that each hold a session of their own.</summary>
    private bool IsElementsOwn(OwnCall call, Iteration iteration) =>
        call.Receiver is { } receiver
        && Operations.RootSymbol(receiver) is { } root
        && (IsElement(root, iteration) || (root is ILocalSymbol local && Operations.Referenced(body.Origins.SingleValue(local)) is { } source && IsElement(source, iteration)))
        && (call.IsVirtual || HoldsSession(receiver.Type));

    private static bool IsElement(ISymbol symbol, Iteration iteration) => iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default);

    private bool HoldsSession(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } && type.GetMembers().Any(member => member is IFieldSymbol field && body.IsSession(field.Type));

    /// <summary>The object comes from a scope or factory of the pass. One that the pass itself makes uses the session that it is given.</summary>
    private bool IsFreshReceiver(OwnCall call, Iteration iteration, Variance variance) =>
        Operations.Referenced(call.Receiver) is ILocalSymbol local
        && body.Origins.SingleValue(local) is IInvocationOperation
        && IsFreshSession(call.Receiver, iteration, variance);

    /// <summary>
    /// The session is made in the pass, from something that depends on the element (a tenant, a shard, a file), or as a unit of work that
    /// the pass also commits.
    /// </summary>
    private bool IsFreshSession(IOperation? session, Iteration iteration, Variance variance)
    {
        if (session is null || Operations.RootSymbol(session) is not { } root)
            return false;
        if (Operations.Unwrap(session) is IInvocationOperation made && body.IsSession(made.Type) && IsMadeForElement(session, iteration, variance))
            return true;
        if (iteration.Elements.Contains(root, SymbolEqualityComparer.Default))
            return true;
        if (root is not ILocalSymbol local || !body.Origins.Of(local).Any(assignment => iteration.Repeats(assignment.Site)))
            return false;
        return body.Origins.Of(local).Any(assignment => assignment.Value is { } value && IsMadeForElement(value, iteration, variance)) || IsCommittedInside(local, iteration);
    }

    /// <summary>
    /// A factory from outside the loop makes the same kind of session in every pass, unless the pass tells it something about the element.
    /// </summary>
    private bool IsMadeForElement(IOperation value, Iteration iteration, Variance variance)
    {
        if (Operations.Unwrap(value) is not IInvocationOperation { Instance: { } factory } call
            || Operations.RootSymbol(factory) is not { } maker
            || iteration.Elements.Contains(maker, SymbolEqualityComparer.Default)
            || (maker is ILocalSymbol && Operations.IsDeclaredInside(maker, iteration.Body)))
        {
            return variance.Of(value) == Dependence.Varies;
        }

        return ArgumentsAlong(call).Concat(Mutations.Inputs(maker, iteration.Body, body.IsHarmless)).Any(input => variance.Of(input) == Dependence.Varies);
    }

    /// <summary>The arguments of a call that makes a session, and of those that make the session it is made from: a client's database, a database's collection.</summary>
    private IEnumerable<IOperation> ArgumentsAlong(IInvocationOperation chain)
    {
        for (IInvocationOperation? call = chain; call is not null; call = MakerOf(call))
        {
            foreach (IArgumentOperation argument in call.Arguments)
                yield return argument.Value;
        }
    }

    private IInvocationOperation? MakerOf(IInvocationOperation call) =>
        call.Instance is { } instance && Operations.Unwrap(instance) is IInvocationOperation maker && body.IsSession(maker.Type) ? maker : null;

    private bool IsCommittedInside(ILocalSymbol session, Iteration iteration) => body.Calls.Any(other =>
        other.MayWrite
        && iteration.Repeats(other.Operation)
        && SymbolEqualityComparer.Default.Equals(Operations.RootSymbol(other.Session), session));

    private static bool MovesPage(DbCall call, Iteration iteration, Variance variance)
    {
        if (call.Query is { } query)
        {
            return query.Steps.Any(use => use.Step is QueryStep.Skip or QueryStep.Take
                    && use.Call.Arguments.Length > 0
                    && variance.Of(use.Call.Arguments[use.Call.Arguments.Length - 1].Value) == Dependence.Varies)
                || query.Steps.Any(use => use.Step == QueryStep.Page && TakesOtherPage(use.Call, variance))
                || (call is { Model.Step: QueryStep.Page, Invocation: { } terminal } && TakesOtherPage(terminal, variance));
        }

        return iteration.Source is null && call.Command.IsPaged;
    }

    /// <summary>The number of the page, its size or the object that holds them is another in each pass.</summary>
    private static bool TakesOtherPage(IInvocationOperation step, Variance variance) =>
        step.Arguments.Any(argument => argument.Value != Operations.Receiver(step) && variance.Of(argument.Value) == Dependence.Varies);

    /// <summary>The call asks for a whole list of keys at once: <c>keys.Contains(x.Id)</c>, <c>IN @keys</c>.</summary>
    private bool IsSetBased(DbCall call, Variance variance)
    {
        if ((call.Command.TakesKeyList && !body.GivesOneKey(call)) || body.TakesKeysOfPass(call, variance))
            return true;
        if (call.Query is not { } query)
            return call.Argument(ParameterRole.Predicate) is not null && HasVaryingKeyList(call.Invocation!, variance);
        if (query.Root is IInvocationOperation root && HasVaryingKeyList(root, variance))
            return true;
        return query.Steps.Any(use => use.Step == QueryStep.Where && HasVaryingKeyList(use.Call, variance)) || (call.Invocation is { } terminal && HasVaryingKeyList(terminal, variance));
    }

    private bool HasVaryingKeyList(IInvocationOperation call, Variance variance)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (Operations.Any(argument.Value, part => part is IInvocationOperation { TargetMethod.Name: "Contains" } contains
                && Operations.Receiver(contains) is { } list
                && KeyList(list) is { } keys
                && variance.Of(keys) != Dependence.Invariant, insideExpressionTrees: true))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A sequence held in memory. A string's <c>Contains</c> and a subquery's are no key lists, and <c>[order.Id]</c> is a key.</summary>
    private IOperation? KeyList(IOperation list)
    {
        IOperation keys = Operations.Unwrap(list);
        return keys.Type is IArrayTypeSymbol or INamedTypeSymbol { TypeArguments.Length: > 0 } && Sequences.IsSequence(keys.Type) && !body.IsQueryable(keys.Type) && !new ConstantSequences(body.Origins).ListsOneValue(keys)
            ? keys
            : null;
    }
}
