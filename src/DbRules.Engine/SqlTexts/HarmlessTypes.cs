using Microsoft.CodeAnalysis;

namespace DbRules.Engine.SqlTexts;

/// <summary>Types whose values have no text that could change a statement.</summary>
internal static class HarmlessTypes
{
    /// <summary>Numbers, booleans, enums, dates and identifiers, null included; lists of these.</summary>
    /// <param name="type">The type.</param>
    /// <param name="standsForOne">Whether a type parameter only ever stands for one of these.</param>
    public static bool Contains(ITypeSymbol? type, Func<ITypeParameterSymbol, bool>? standsForOne = null)
    {
        ITypeSymbol? bare = Bare(type);
        if (bare is null)
            return false;
        if (bare is ITypeParameterSymbol parameter)
            return standsForOne?.Invoke(parameter) == true;
        if (bare is IArrayTypeSymbol { ElementType: var element })
            return Contains(element, standsForOne);
        if (bare.TypeKind == TypeKind.Enum || bare.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr and not (SpecialType.System_String or SpecialType.System_Char) or SpecialType.System_DateTime)
            return true;
        if (bare is INamedTypeSymbol { TypeArguments: [var only] } named && named.AllInterfaces.Append(named).Any(static sequence => sequence.SpecialType == SpecialType.System_Collections_IEnumerable))
            return Contains(only, standsForOne);
        return bare is { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Version" or "Type" or "Int128" or "UInt128" or "BigInteger" or "Half" } && bare.ContainingNamespace?.Name is "System" or "Numerics";
    }

    /// <summary>Whether the text of a value depends on the culture of the machine: dates, and numbers with a fraction.</summary>
    public static bool DependOnCulture(ITypeSymbol? type) => Bare(type) is { } bare
        && (bare.SpecialType is SpecialType.System_DateTime or SpecialType.System_Decimal or SpecialType.System_Double or SpecialType.System_Single
            || (bare is { Name: "DateTimeOffset" or "DateOnly" or "TimeOnly" } && bare.ContainingNamespace?.Name == "System"));

    private static ITypeSymbol? Bare(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type;
}
