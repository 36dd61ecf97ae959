using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>How a value relates to the passes of an iteration.</summary>
public enum Dependence
{
    /// <summary>Proven to be the same in every pass.</summary>
    Invariant,

    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Made from the element or from something that the iteration changes.</summary>
    Varies,
}

/// <summary>Decides for one iteration which expressions have the same value in every pass.</summary>
public sealed class Variance(Iteration iteration, Origins origins, Func<IMethodSymbol, bool> isHarmless)
{
    /// <summary>Locals made from locals. Beyond this depth the answer is not known, so that long code cannot overflow the stack.</summary>
    private const int DeepestChain = 64;

    private readonly Dictionary<ISymbol, Dependence> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private bool _isProvisional;

    /// <summary>
    /// The dependence of an expression, everything it is made of included: captured variables of its lambdas, members, locals of the body.
    /// A call counts as unknown unless its arguments decide its result. Safe to ask from several threads.
    /// </summary>
    public Dependence Of(IOperation expression)
    {
        lock (_known)
            return OfExpression(expression);
    }

    private Dependence OfExpression(IOperation expression)
    {
        Dependence result = Dependence.Invariant;
        Operations.Any(expression, part =>
        {
            Dependence dependence = OfPart(part, expression);
            if (dependence > result)
                result = dependence;
            return result == Dependence.Varies;
        }, insideExpressionTrees: true);
        return result;
    }

    private Dependence OfPart(IOperation part, IOperation whole) => part switch
    {
        ILocalReferenceOperation { Local: var local } => OfSymbol(local, whole),
        IParameterReferenceOperation { Parameter: var parameter } => OfSymbol(parameter, whole),
        IMemberReferenceOperation when IsInitializer(part) => Dependence.Invariant,
        IFieldReferenceOperation { Field: { IsConst: false } field } => field is { IsReadOnly: true, IsStatic: true } ? Dependence.Invariant : OfSymbol(field, whole),
        IPropertyReferenceOperation { Property: var property } reference => OfProperty(reference, property, whole),
        IInvocationOperation call => OfCall(call),
        IAssignmentOperation assignment => IsInitializer(assignment.Target) || assignment.Parent is IAnonymousObjectCreationOperation ? Dependence.Invariant : Dependence.Varies,
        IIncrementOrDecrementOperation => Dependence.Varies,
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation
            or IFunctionPointerInvocationOperation or IInvalidOperation => Dependence.Unknown,
        _ => Dependence.Invariant,
    };

    private Dependence OfProperty(IPropertyReferenceOperation reference, IPropertySymbol property, IOperation whole)
    {
        // A static getter of a library may answer differently each time, as a clock does.
        if (reference.Instance is null)
            return property.IsStatic && !IsInSource(property) ? Dependence.Unknown : OfSymbol(property, whole);
        return IsOfLambdaParameter(reference, whole) ? Dependence.Invariant : OfSymbol(property, whole);
    }

    private Dependence OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (isHarmless(method) || method.MethodKind == MethodKind.LambdaMethod)
            return Dependence.Invariant;
        // What a library computes from its arguments alone; a parameterless static call (a clock, a new id) is not such.
        return !IsInSource(method)
            && (call.Instance is not null || call.Arguments.Length > 0)
            && !method.ContainingType.Name.Contains("Random")
            && Mutations.OnlyReads(method) ? Dependence.Invariant : Dependence.Unknown;
    }

    private Dependence OfSymbol(ISymbol symbol, IOperation whole)
    {
        if (Operations.IsDeclaredInside(symbol, whole))
            return Dependence.Invariant;
        if (_known.TryGetValue(symbol, out Dependence known))
        {
            _isProvisional |= _open.Contains(symbol);
            return known;
        }

        if (_open.Count >= DeepestChain)
            return Dependence.Unknown;
        // While a local is being looked at, code that refers back to it adds nothing.
        _known[symbol] = Dependence.Invariant;
        _open.Add(symbol);
        Dependence result = Decide(symbol);
        _open.Remove(symbol);
        _known[symbol] = result;
        if (_open.Count == 0)
            Forget(symbol);
        return result;
    }

    /// <summary>What was decided about others while this symbol was still open holds only if nothing referred back.</summary>
    private void Forget(ISymbol decided)
    {
        if (!_isProvisional)
            return;
        _isProvisional = false;
        Dependence result = _known[decided];
        _known.Clear();
        _known[decided] = result;
    }

    private Dependence Decide(ISymbol symbol)
    {
        if (iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default))
            return Dependence.Varies;
        IReadOnlyList<Assignment> assignments = origins.Of(symbol);
        bool declaredHere = symbol is ILocalSymbol or IParameterSymbol && Operations.IsDeclaredInside(symbol, iteration.Body);
        Dependence result = Dependence.Invariant;
        foreach (Assignment assignment in assignments)
        {
            bool elsewhere = !iteration.Repeats(assignment.Site);
            if (elsewhere && !IsInOtherFunction(assignment.Site))
                continue;
            if (elsewhere || !declaredHere || assignment.Value is null || assignments.Count > 1)
                return Dependence.Varies;
            Dependence value = OfExpression(assignment.Value);
            if (value > result)
                result = value;
        }

        if (declaredHere && assignments.Count == 0)
            return Dependence.Varies;
        if (result == Dependence.Invariant && MayBeSetByCallee(symbol))
            result = Dependence.Unknown;
        if (result == Dependence.Varies || !Mutations.MayChange(symbol, iteration.Body, isHarmless))
            return result;
        // An object that is made anew in every pass is what flows into it; one that outlives the pass remembers what earlier passes did.
        if (declaredHere && symbol is ILocalSymbol)
            return Strongest(Mutations.Inputs(symbol, iteration.Body, isHarmless)) is var input && input > result ? input : result;
        return result == Dependence.Invariant ? Dependence.Varies : result;
    }

    /// <summary>In a lambda or local function beside the iteration, whose code runs whenever somebody calls it.</summary>
    private bool IsInOtherFunction(IOperation site) => Operations.EnclosingFunction(site) is { } function && !Operations.IsInside(iteration.Body, function);

    /// <summary>The body calls a method of the type whose methods set the field or property.</summary>
    private bool MayBeSetByCallee(ISymbol symbol) =>
        symbol is IFieldSymbol or IPropertySymbol
        && Operations.Any(iteration.Body, operation => operation is IInvocationOperation { TargetMethod: var method } call
            && (call.Instance is null or IInstanceReferenceOperation)
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, symbol.ContainingType)
            && IsInSource(method)
            && !isHarmless(method))
        // Reads the whole type, so it is asked last.
        && Mutations.IsSetInMethods(symbol);

    private Dependence Strongest(List<IOperation> inputs)
    {
        Dependence result = Dependence.Invariant;
        foreach (IOperation input in inputs)
        {
            Dependence dependence = OfExpression(input);
            if (dependence > result)
                result = dependence;
        }

        return result;
    }

    private static bool IsInitializer(IOperation target) =>
        target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } };

    private static bool IsOfLambdaParameter(IPropertyReferenceOperation reference, IOperation whole) =>
        Operations.RootSymbol(reference) is IParameterSymbol parameter && Operations.IsDeclaredInside(parameter, whole);

    private static bool IsInSource(ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsEmpty;
}
