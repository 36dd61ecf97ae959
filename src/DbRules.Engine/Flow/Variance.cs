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
    /// <summary>Locals made from locals made from locals: deeper chains than this are not followed.</summary>
    private const int MaxDepth = 100;

    private int _depth;
    private readonly Dictionary<ISymbol, Dependence> _known = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// The dependence of an expression, everything it is made of included: captured variables of its lambdas, members, locals of the body.
    /// A call counts as unknown unless its arguments decide its result.
    /// </summary>
    public Dependence Of(IOperation expression)
    {
        // Rules that run at the same time share one instance.
        lock (_known)
        {
            if (_depth >= MaxDepth)
                return Dependence.Unknown;
            _depth++;
            try
            {
                return OfParts(expression);
            }
            finally
            {
                _depth--;
            }
        }
    }

    private Dependence OfParts(IOperation expression)
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
        IFieldReferenceOperation { Field: { IsConst: false } field } => field is { IsReadOnly: true, IsStatic: true } ? Dependence.Invariant : OfSymbol(field, whole),
        IPropertyReferenceOperation { Property: var property } reference => OfProperty(reference, property, whole),
        IInvocationOperation call => OfCall(call),
        IAssignmentOperation or IIncrementOrDecrementOperation => Dependence.Varies,
        IDynamicInvocationOperation or IFunctionPointerInvocationOperation or IInvalidOperation => Dependence.Unknown,
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
        return !IsInSource(method) && (call.Instance is not null || call.Arguments.Length > 0) && Mutations.OnlyReads(method) ? Dependence.Invariant : Dependence.Unknown;
    }

    private Dependence OfSymbol(ISymbol symbol, IOperation whole)
    {
        if (IsDeclaredInside(symbol, whole))
            return Dependence.Invariant;
        if (_known.TryGetValue(symbol, out Dependence known))
            return known;
        // While a local is being looked at, code that refers back to it adds nothing.
        _known[symbol] = Dependence.Invariant;
        Dependence result = Decide(symbol);
        _known[symbol] = result;
        return result;
    }

    private Dependence Decide(ISymbol symbol)
    {
        if (iteration.Elements.Contains(symbol, SymbolEqualityComparer.Default))
            return Dependence.Varies;
        IReadOnlyList<Assignment> assignments = origins.Of(symbol);
        bool declaredHere = symbol is ILocalSymbol or IParameterSymbol && IsDeclaredInside(symbol, iteration.Body);
        Dependence result = Dependence.Invariant;
        foreach (Assignment assignment in assignments)
        {
            if (!iteration.Repeats(assignment.Site))
                continue;
            if (!declaredHere || assignment.Value is null || assignments.Count > 1)
                return Dependence.Varies;
            Dependence value = Of(assignment.Value);
            if (value > result)
                result = value;
        }

        if (declaredHere && assignments.Count == 0)
            return Dependence.Varies;
        if (result != Dependence.Invariant || !Mutations.MayChange(symbol, iteration.Body, isHarmless))
            return result;
        // An object that is made anew in every pass is what flows into it; one that outlives the pass remembers what earlier passes did.
        return declaredHere && symbol is ILocalSymbol ? Strongest(Mutations.Inputs(symbol, iteration.Body)) : Dependence.Varies;
    }

    private Dependence Strongest(List<IOperation> inputs)
    {
        Dependence result = Dependence.Invariant;
        foreach (IOperation input in inputs)
        {
            Dependence dependence = Of(input);
            if (dependence > result)
                result = dependence;
        }

        return result;
    }

    private static bool IsOfLambdaParameter(IPropertyReferenceOperation reference, IOperation whole) =>
        Operations.RootSymbol(reference) is IParameterSymbol parameter && IsDeclaredInside(parameter, whole);

    private static bool IsDeclaredInside(ISymbol symbol, IOperation operation)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }

    private static bool IsInSource(ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsEmpty;
}
