using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>What a projection hands out, as far as its lambda shows.</summary>
internal static class Projections
{
    /// <summary>
    /// Whether a projection returns columns alone: no object of the model comes out of it, goes into a method, or has a member that computes. Proven, or false.
    /// </summary>
    public static bool HoldNoEntity(IOperation selector)
    {
        while (selector is IConversionOperation conversion)
            selector = conversion.Operand;
        return selector is IAnonymousFunctionOperation lambda && !Operations.Any(lambda.Body, Hands, insideExpressionTrees: true);
    }

    private static bool Hands(IOperation operation) => operation switch
    {
        // What an initializer sets belongs to the new object.
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => false,
        IPropertyReferenceOperation { Instance: { } instance } property when IsModelType(instance.Type) && !MappedMembers.HoldsValue(property.Property) => true,
        IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation => MayHoldEntities(operation.Type) && !IsOnlyRead(operation),
        IInvocationOperation call => MayHoldEntities(call.Type) && !IsOnlyRead(call) && !IsFedByColumns(call),
        _ => false,
    };

    /// <summary>New objects, one or many: what they are made of is checked where the entities stand.</summary>
    private static bool IsFedByColumns(IInvocationOperation call)
    {
        if (!IsSequenceOperator(call))
            return false;
        ITypeSymbol? element = call.Type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [var only] } => only,
            var type => type,
        };
        return Operations.Any(
            call,
            part => part is IInvocationOperation { TargetMethod: { Name: "Select", TypeArguments: [.., var made] } } && SymbolEqualityComparer.Default.Equals(made, element),
            insideExpressionTrees: true);
    }

    /// <summary>A value whose member is read, that a sequence operator goes over, or that is compared with null.</summary>
    private static bool IsOnlyRead(IOperation value)
    {
        IOperation current = value;
        while (current.Parent is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            current = current.Parent;
        return current.Parent switch
        {
            IMemberReferenceOperation member => member.Instance == current,
            IArgumentOperation { Parent: IInvocationOperation call } argument => IsSequenceOperator(call) && call.Arguments[0] == argument,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => Conditions.IsNull(comparison.LeftOperand) || Conditions.IsNull(comparison.RightOperand),
            _ => false,
        };
    }

    private static bool IsSequenceOperator(IInvocationOperation call) =>
        call.TargetMethod is { IsExtensionMethod: true, ContainingType: { Name: "Enumerable" or "Queryable", ContainingNamespace.Name: "Linq" } };

    private static bool MayHoldEntities(ITypeSymbol? type) => type switch
    {
        null => false,
        IArrayTypeSymbol { ElementType: var element } => MayHoldEntities(element),
        INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments, IsAnonymousType: false } => arguments.Any(MayHoldEntities),
        _ => IsModelType(type),
    };

    /// <summary>A class of somebody's own, not of the base class library.</summary>
    private static bool IsModelType(ITypeSymbol? type)
    {
        if (type is ITypeParameterSymbol)
            return true;
        if (type is not { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None, IsAnonymousType: false })
            return type is { SpecialType: SpecialType.System_Object } or { IsAnonymousType: true };
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer)
            space = outer;
        return space?.Name != "System";
    }
}
