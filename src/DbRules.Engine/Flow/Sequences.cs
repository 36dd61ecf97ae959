using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Small questions about sequences and the code that fills them.</summary>
internal static class Sequences
{
    /// <summary>An array or a type that can be enumerated. A string is a value, not a sequence.</summary>
    public static bool IsSequence(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType == SpecialType.System_String)
            return false;
        if (type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_Collections_IEnumerable)
            return true;
        // The definition implements what its constructed types do, and has its interfaces at hand.
        foreach (INamedTypeSymbol implemented in type.OriginalDefinition.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.System_Collections_IEnumerable)
                return true;
        }

        return false;
    }

    /// <summary>The type of the elements of an array or of a type with one type argument; null for others.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol? sequence) => sequence switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>Whether code in a scope puts something into the sequence that a variable holds.</summary>
    public static bool IsFilled(ISymbol sequence, IOperation scope, IFlowVocabulary vocabulary) =>
        Operations.Any(scope, operation => operation is IInvocationOperation { Arguments.Length: > 0 } call
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(call.Instance), sequence)
            && !vocabulary.Advances(call.TargetMethod)
            && !Mutations.OnlyReads(call.TargetMethod)
            && !call.TargetMethod.Name.StartsWith("Remove", StringComparison.Ordinal));

    /// <summary>Whether code in a scope gives a collection to a method that may fill it.</summary>
    public static bool IsHandedOn(ISymbol sequence, IOperation scope) =>
        Operations.Any(scope, operation => operation is IArgumentOperation { Parent: IInvocationOperation call } argument
            && argument.Value.Type is INamedTypeSymbol { IsGenericType: true }
            && SymbolEqualityComparer.Default.Equals(Operations.Referenced(argument.Value), sequence)
            && !Mutations.OnlyReads(call.TargetMethod));
}
