using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>A <c>foreach</c> whose elements can be walked before it to collect keys.</summary>
internal sealed class KeyLookupLoop
{
    /// <summary>Text of more parts is no key that somebody wrote.</summary>
    private const int MaxTextDepth = 16;

    private readonly IOperation _call;
    private readonly BodyFacts _body;
    private readonly Iteration _iteration;
    private readonly Origins _origins;

    private KeyLookupLoop(IOperation call, BodyFacts body, Iteration iteration, IForEachLoopOperation loop, ILocalSymbol element, SequenceUse source)
    {
        _call = call;
        _body = body;
        _iteration = iteration;
        _origins = body.Origins;
        Loop = loop;
        Element = element;
        Source = source;
    }

    public IForEachLoopOperation Loop { get; }

    public ILocalSymbol Element { get; }

    public SequenceUse Source { get; }

    /// <summary>The loop around a call; null when keys cannot be collected before it.</summary>
    public static KeyLookupLoop? Of(DbCall call, Iteration iteration, WellKnownTypes types) => Of(call.Operation, call.Body, iteration, types);

    /// <inheritdoc cref="Of(DbCall, Iteration, WellKnownTypes)"/>
    public static KeyLookupLoop? Of(IOperation call, BodyFacts body, Iteration iteration, WellKnownTypes types)
    {
        if (!iteration.IsStatement
            || iteration is not { Operation: IForEachLoopOperation { IsAsynchronous: false, Syntax: ForEachStatementSyntax syntax } loop, Elements: [ILocalSymbol element] }
            || !LoopEntry.HasRoom(loop)
            || !LoopEntry.ReachesDirectly(loop, call)
            || loop.SemanticModel?.GetForEachStatementInfo(syntax) is not { ElementConversion.IsIdentity: true, ElementType: { } elementType }
            || elementType.NullableAnnotation == NullableAnnotation.Annotated
            || LoopEntry.TestsForNull(loop.Body, element)
            || (LoopEntry.IsConditional(loop, call) && LoopEntry.MayMeetNull(call)))
        {
            return null;
        }

        return UseOf(Operations.Unwrap(loop.Collection), loop.Collection, types) is { } source ? new KeyLookupLoop(call, body, iteration, loop, element, source) : null;
    }

    /// <summary>
    /// The key as an expression of the element: the element, a member chain of it, or what a local of the body got from it. Null for anything else,
    /// for types that a store may compare otherwise than C# does, and where the loop changes the key before the call.
    /// </summary>
    public IOperation? KeyOfElement(IOperation key)
    {
        IOperation value = WithoutParentheses(key);
        if (value is ILocalReferenceOperation { Local: var local } && !IsElement(local))
        {
            if (_origins.Of(local) is not [{ Value: { } assigned, Site: var site }] || !_iteration.Repeats(site) || !SameType(local.Type, WithoutParentheses(assigned).Type))
                return null;
            value = WithoutParentheses(assigned);
        }

        return IsComparable(value.Type) && IsChain(value) && !ChangesBeforeCall(value) ? value : null;
    }

    /// <summary>
    /// The key as an expression of the element, for a store that compares keys as C# compares text: also text that is put together from the element.
    /// Null for anything else, and where the loop changes the element before the call.
    /// </summary>
    public IOperation? TextOfElement(IOperation key)
    {
        IOperation value = WithoutConversions(key);
        if (value is ILocalReferenceOperation { Local: var local } && !IsElement(local))
        {
            if (_origins.Of(local) is not [{ Value: { } assigned, Site: var site }] || !_iteration.Repeats(site))
                return null;
            value = WithoutConversions(assigned);
        }

        return IsPutTogether(value, 0) ? value : null;
    }

    /// <summary>Whether an expression has the same value in every pass and can be written before the loop.</summary>
    public bool IsSame(IOperation expression) =>
        _body.VarianceOf(_iteration).Of(expression) == Dependence.Invariant && LoopEntry.ExistsBefore(Loop, expression);

    /// <summary>
    /// Whether what the call goes through, a connection, a context or a set of it, is there before the loop and stays. Staging changes a context, and
    /// not what its queries return.
    /// </summary>
    public bool HasBefore(IOperation session)
    {
        bool isPlain = Operations.Unwrap(session) switch
        {
            IInvocationOperation set => set.Arguments.All(argument => argument.Value == Operations.Receiver(set)),
            IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation => true,
            _ => false,
        };
        return isPlain && LoopEntry.ExistsBefore(Loop, session) && !LoopEntry.IsAssignedIn(Loop, session, _origins);
    }

    /// <summary>Whether a type has one meaning of equality in C# and in every store: whole numbers, decimals, booleans, enums and Guid. Characters are text.</summary>
    public static bool IsComparable(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        { SpecialType: SpecialType.System_Boolean or (>= SpecialType.System_SByte and <= SpecialType.System_Decimal) } => true,
        { Name: "Guid", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        _ => false,
    };

    public static bool SameType(ITypeSymbol? left, ITypeSymbol? right) => SymbolEqualityComparer.Default.Equals(left, right);

    public static IOperation WithoutParentheses(IOperation operation)
    {
        while (operation is IParenthesizedOperation parenthesized)
            operation = parenthesized.Operand;
        return operation is IConversionOperation { IsImplicit: true, Operand: { } operand } && SameType(operand.Type, operation.Type) ? WithoutParentheses(operand) : operation;
    }

    private bool IsPutTogether(IOperation value, int depth) => depth <= MaxTextDepth && value switch
    {
        IParenthesizedOperation or IConversionOperation { OperatorMethod: null } => IsPutTogether(value.ChildOperations.First(), depth + 1),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
            IsPutTogether(sum.LeftOperand, depth + 1) && IsPutTogether(sum.RightOperand, depth + 1),
        IInterpolatedStringOperation text => text.Parts.All(part => part is IInterpolatedStringTextOperation or IInterpolationOperation { Alignment: null, FormatString: null }
            && (part is not IInterpolationOperation hole || IsPutTogether(hole.Expression, depth + 1))),
        _ => (IsChain(value) && !ChangesBeforeCall(value)) || IsSame(value),
    };

    private static IOperation WithoutConversions(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            operation = operation.ChildOperations.First();
        return operation;
    }

    /// <summary>Whether an expression is the element or a chain of members whose middle is never null.</summary>
    private bool IsChain(IOperation value)
    {
        IOperation current = value;
        while (current is IMemberReferenceOperation { Instance: { } instance } reference and (IPropertyReferenceOperation { Arguments.IsEmpty: true } or IFieldReferenceOperation))
        {
            if (current != value && !IsNeverNull(reference.Member))
                return false;
            current = instance;
        }

        return current is ILocalReferenceOperation { Local: var local } && IsElement(local);
    }

    private static bool IsNeverNull(ISymbol member)
    {
        (ITypeSymbol? type, NullableAnnotation annotation) = member switch
        {
            IPropertySymbol property => (property.Type, property.NullableAnnotation),
            IFieldSymbol field => (field.Type, field.NullableAnnotation),
            _ => (null, NullableAnnotation.None),
        };
        return type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } || annotation == NullableAnnotation.NotAnnotated;
    }

    /// <summary>Whether code of the loop may give the element another key before the call reads it.</summary>
    private bool ChangesBeforeCall(IOperation key)
    {
        if (key is ILocalReferenceOperation)
            return LoopEntry.IsAssignedIn(Loop.Body, key, _origins);
        if (LoopEntry.IsAssignedIn(Loop.Body, key, _origins))
            return true;
        if (Element.Type.IsValueType)
            return false;
        int end = _call.Syntax.SpanStart;
        return Operations.Any(Loop.Body, operation => operation.Syntax.SpanStart < end && operation switch
        {
            IInvocationOperation { Instance: { } instance } call => IsElement(Operations.Referenced(instance)) && MayChangeArguments(call.TargetMethod),
            IArgumentOperation { Parent: IInvocationOperation call } argument => IsElement(Operations.Referenced(argument.Value)) && MayChangeArguments(call.TargetMethod),
            _ => false,
        });
    }

    /// <summary>Code of the project may change what it is given; library code that collects, logs or reads does not.</summary>
    private static bool MayChangeArguments(IMethodSymbol method) => !method.DeclaringSyntaxReferences.IsEmpty && !Mutations.OnlyReads(method);

    private bool IsElement(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, Element);

    /// <summary>Null when the sequence cannot be walked twice at all: a pattern-based or untyped one.</summary>
    private static SequenceUse? UseOf(IOperation source, IOperation collection, WellKnownTypes types)
    {
        ITypeSymbol? type = WithoutConversion(collection).Type;
        if (type is null)
            return null;
        if (IsCollection(type))
            return WithoutConversion(collection) == source && IsNamed(source) ? SequenceUse.Again : SequenceUse.Held;
        if (types.IsQueryable(type))
            return SequenceUse.Queried;
        return Implements(type, "IEnumerable") ? SequenceUse.Listed : null;
    }

    private static IOperation WithoutConversion(IOperation collection)
    {
        while (collection is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            collection = collection is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)collection).Operand;
        return collection;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1 } || Implements(type, "ICollection") || Implements(type, "IReadOnlyCollection");

    private static bool Implements(ITypeSymbol type, string interfaceName) => IsGeneric(type, interfaceName) || type.AllInterfaces.Any(candidate => IsGeneric(candidate, interfaceName));

    private static bool IsGeneric(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { Arity: 1 } && type.Name == name && type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";

    /// <summary>A chain of locals, parameters, fields and properties without code of their own.</summary>
    private static bool IsNamed(IOperation source)
    {
        while (true)
        {
            switch (source)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation:
                    return true;
                case IFieldReferenceOperation field:
                    if (field.Instance is null)
                        return true;
                    source = field.Instance;
                    break;
                case IPropertyReferenceOperation { Arguments.IsEmpty: true } property when IsAutomatic(property.Property):
                    if (property.Instance is null)
                        return true;
                    source = property.Instance;
                    break;
                default:
                    return false;
            }
        }
    }

    private static bool IsAutomatic(IPropertySymbol property) => property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() switch
    {
        PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        ParameterSyntax => true,
        _ => false,
    });
}
