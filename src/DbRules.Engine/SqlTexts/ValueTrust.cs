using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Says whether the values of one body may be text of any kind.</summary>
/// <param name="context">What such questions share.</param>
/// <param name="roots">The blocks of the body.</param>
/// <param name="origins">Where its values come from.</param>
/// <param name="given">What the parameters of a helper method are given by the code that calls it; null for the body that is asked about.</param>
/// <param name="level">How many helper methods the question has come through.</param>
internal sealed class ValueTrust(TrustContext context, IReadOnlyList<IOperation> roots, Origins origins, Func<IParameterSymbol, Trust>? given = null, int level = 0)
{
    private const int MaxSteps = 400;
    private const int MaxLevel = 3;

    private static readonly string[] SameText = ["Trim", "TrimStart", "TrimEnd", "ToLower", "ToLowerInvariant", "ToUpper", "ToUpperInvariant", "Substring", "ToString", "Normalize", "PadLeft", "PadRight", "Insert", "Remove", "Split", "AsSpan", "ToArray", "ToList", "ToHashSet", "Distinct", "Where", "OrderBy", "Take", "Skip", "First", "Single", "Last", "FirstOrDefault", "AsEnumerable", "ToCharArray"];

    private readonly CheckedValues _checked = new(context.Outside, roots);
    private Func<ITypeParameterSymbol, bool>? _isGivenHarmless;
    private HashSet<ISymbol>? _open;
    private int _steps;

    /// <summary>What a value may be.</summary>
    public Trust Of(IOperation operation)
    {
        IOperation value = Operations.Unwrap(operation);
        if (++_steps > MaxSteps)
            return Trust.Unknown;
        if (value.ConstantValue.HasValue || HarmlessTypes.Contains(value.Type, _isGivenHarmless ??= IsGivenHarmless) || HarmlessTypes.Contains(operation.Type))
            return Trust.Harmless;
        return value switch
        {
            ILocalReferenceOperation { Local: var local } => OfLocal(local),
            IParameterReferenceOperation { Parameter: var parameter } => OfParameter(parameter),
            IFieldReferenceOperation field => OfField(field),
            IPropertyReferenceOperation property => OfProperty(property),
            IInvocationOperation call => OfCall(call),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Worst(Of(choice.WhenTrue), Of(otherwise)),
            ICoalesceOperation coalesce => Worst(Of(coalesce.Value), Of(coalesce.WhenNull)),
            ISwitchExpressionOperation several => Worst(several.Arms.Where(static arm => arm.Value is not IConversionOperation { Operand: IThrowOperation }).Select(arm => Of(arm.Value))),
            IBinaryOperation sum => Worst(Of(sum.LeftOperand), Of(sum.RightOperand)),
            IInterpolatedStringOperation interpolated => Worst(interpolated.Parts.OfType<IInterpolationOperation>().Select(part => Of(part.Expression))),
            IArrayElementReferenceOperation element => Of(element.ArrayReference),
            IArrayCreationOperation { Initializer: { } listed } => Worst(listed.ElementValues.Select(Of)),
            ICollectionExpressionOperation listed => Worst(listed.Elements.Select(Of)),
            IConditionalAccessOperation access => Of(access.WhenNotNull),
            IConditionalAccessInstanceOperation instance when Operations.ConditionalReceiver(instance) is { } receiver => Of(receiver),
            IThrowOperation => Trust.Harmless,
            IConversionOperation { OperatorMethod: not null, Operand: var sent } when context.Outside.IsInput(sent.Type) => Of(sent) == Trust.Harmless ? Trust.Harmless : Trust.Data,
            _ => Trust.Unknown,
        };
    }

    /// <summary>What a value may be that is one of two.</summary>
    public static Trust Worst(Trust first, Trust second) => first > second ? first : second;

    /// <summary>What a value may be that is one of several.</summary>
    public static Trust Worst(IEnumerable<Trust> all) => all.Aggregate(Trust.Harmless, Worst);

    private bool IsGivenHarmless(ITypeParameterSymbol parameter) => context.StandsOnlyFor(parameter, roots, static type => HarmlessTypes.Contains(type));

    private Trust OfLocal(ILocalSymbol local)
    {
        if (local.HasConstantValue || !(_open ??= new(SymbolEqualityComparer.Default)).Add(local))
            return Trust.Harmless;
        Trust trust = _checked.Contains(local) ? Trust.Harmless : context.Outside.IsInput(local.Type) ? Trust.Data : Worst(origins.Of(local).Select(OfAssignment));
        bool isKnown = origins.Of(local).Count > 0;
        _open.Remove(local);
        return isKnown ? trust : Trust.Unknown;
    }

    private Trust OfAssignment(Assignment assignment) => assignment switch
    {
        { Site: ICompoundAssignmentOperation { Value: var added } } => Of(added),
        { Value: { } value } => Of(value),
        { Site: IVariableDeclaratorOperation { Parent: IForEachLoopOperation loop } } => Of(loop.Collection),
        { Site: IForEachLoopOperation loop } => Of(loop.Collection),
        _ => Trust.Unknown,
    };

    private Trust OfParameter(IParameterSymbol parameter)
    {
        if (_checked.Contains(parameter))
            return Trust.Harmless;
        if (context.Outside.IsInput(parameter.Type))
            return Trust.Data;
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            return OfLambda(parameter);
        if (given is not null)
            return given(parameter);
        if (NameWords.SpeakOfSettings(parameter.Type) || parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
            return Trust.Setting;
        Trust assigned = Worst(origins.Of(parameter).Select(OfAssignment));
        return assigned != Trust.Unknown ? Worst(assigned, OfCallers(parameter)) : Trust.Unknown;
    }

    /// <summary>What a lambda is given: parts of a request, or elements of what it is called on.</summary>
    private Trust OfLambda(IParameterSymbol parameter)
    {
        if (TakerOf(parameter) is not { Parent: IInvocationOperation taker } taken)
            return Trust.Unknown;
        if (context.Outside.AnswersAs(taken))
            return context.Outside.IsInput(parameter, answers: true) ? Trust.Data : Trust.Unknown;
        return Operations.Receiver(taker) is { } source ? Of(source) : Trust.Unknown;
    }

    /// <summary>What the calls in view give a parameter that only they can give a value.</summary>
    private Trust OfCallers(IParameterSymbol parameter)
    {
        if (level >= MaxLevel || parameter.ContainingSymbol is not IMethodSymbol method)
            return Trust.Unknown;
        if (!Callers.AreInView(method))
            return Trust.Data;
        return context.GivenTo(parameter, method, roots, caller => new ValueTrust(context, caller, new Origins(caller), null, level + 1).Of) ?? Trust.Unknown;
    }

    /// <summary>The argument as which the lambda of a parameter is handed on; null when it is not.</summary>
    private IArgumentOperation? TakerOf(IParameterSymbol parameter)
    {
        foreach (IOperation root in roots)
        {
            IArgumentOperation? taken = null;
            Operations.Any(root, operation =>
            {
                if (operation is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Contains(parameter, SymbolEqualityComparer.Default))
                    taken = Operations.ArgumentOf(lambda);
                return taken is not null;
            });
            if (taken is not null)
                return taken;
        }

        return null;
    }

    private Trust OfField(IFieldReferenceOperation reference)
    {
        if (reference.Instance is null or IInstanceReferenceOperation)
            return reference.Field.IsReadOnly && context.Compilation.Bodies.TextOf(reference.Field) is { ConstantValue.HasValue: true } ? Trust.Harmless : Trust.Setting;
        return Of(reference.Instance);
    }

    private Trust OfProperty(IPropertyReferenceOperation reference)
    {
        if (context.Outside.IsInput(reference.Property))
            return Trust.Data;
        if (NameWords.SpeakOfSettings(reference.Property.ContainingType) || reference.Property.ContainingType is { ContainingNamespace.Name: "Reflection" } or { Name: "Type", ContainingNamespace.Name: "System" })
            return reference.Instance is null ? Trust.Setting : Trust.Harmless;
        return reference.Instance switch
        {
            null or IInstanceReferenceOperation => Trust.Setting,
            { } instance when NameWords.SpeakOfSettings(instance.Type) => Trust.Setting,
            { } instance => Of(instance),
        };
    }

    private Trust OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (NameWords.SpeakOfEscaping(method))
            return Trust.Harmless;
        if (context.Outside.Returns(call))
            return Trust.Data;
        IOperation? receiver = Operations.Receiver(call);
        bool isOfText = method.ContainingType?.SpecialType == SpecialType.System_String;
        if (isOfText && method.Name == "Replace")
            return Escapes(call) ? Trust.Harmless : Of(call.Instance!);
        if (isOfText && method.Name is "Join" or "Concat" or "Format")
            return Worst(call.Arguments.Select(argument => Of(argument.Value)));
        if (method.Name == "AppendJoin" && !context.Compilation.Own.Contains(method))
            return Worst(call.Arguments.Select(argument => Of(argument.Value)));
        if (receiver is not null && SameText.Contains(method.Name) && !context.Compilation.Own.Contains(method))
            return Of(receiver);
        if (receiver is not null && method is { Name: "Select", Parameters.Length: > 0 } && method.ContainingNamespace?.Name == "Linq")
            return call.Arguments.Select(static argument => Operations.Unwrap(argument.Value)).OfType<IDelegateCreationOperation>().FirstOrDefault()?.Target is IAnonymousFunctionOperation lambda
                ? Worst(CalleeBodies.ReturnedValues(lambda.Body).Select(Of))
                : Of(receiver);
        return OfHelper(call);
    }

    /// <summary>What a method of this compilation returns for what it is given here.</summary>
    private Trust OfHelper(IInvocationOperation call)
    {
        if (level >= MaxLevel || call.TargetMethod.ReturnType.SpecialType != SpecialType.System_String || context.Compilation.Bodies.Of(call.TargetMethod) is not { } helper)
            return Trust.Unknown;
        var trust = new ValueTrust(context, helper, new Origins(helper), GivenBy, level + 1);
        return Worst(helper.SelectMany(CalleeBodies.ReturnedValues).Select(trust.Of));

        Trust GivenBy(IParameterSymbol parameter) => Operations.Argument(call, parameter.Name) is { } argument ? Of(argument) : Trust.Harmless;
    }

    /// <summary>Whether a replacement takes the quotes away that would end a string of SQL.</summary>
    private static bool Escapes(IInvocationOperation call) =>
        call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: "'" or '\'' or "\"" or '"' or "]" or "`" } }, ..];
}
