using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Which members of a row a query can translate: properties that hold a value of their own.</summary>
internal static class MappedMembers
{
    /// <summary>Whether an expression is nothing but members of a lambda's parameter, each of which holds a value.</summary>
    public static bool IsColumnPath(IOperation expression)
    {
        IOperation current = expression;
        while (current is IPropertyReferenceOperation { Arguments.Length: 0, Instance: { } instance, Property: var property })
        {
            // The value of a nullable column is the column.
            bool isValueOfNullable = property is { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
            if (!isValueOfNullable && !HoldsValue(property))
                return false;
            current = instance;
        }

        return current is IParameterReferenceOperation && current != expression;
    }

    /// <summary>A property with a setter whose getter computes nothing, as far as its source shows, and that is not left out of the mapping.</summary>
    public static bool HoldsValue(IPropertySymbol property) =>
        property.SetMethod is not null
        && !property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "NotMappedAttribute")
        && property.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() switch
        {
            PropertyDeclarationSyntax declaration => declaration.ExpressionBody is null && declaration.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true,
            _ => true,
        });
}
